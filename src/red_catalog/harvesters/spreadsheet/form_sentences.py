"""What the form says where the sentence on a spreadsheet speaks of sheets, rows and columns."""

from typing import Final

from red_catalog.harvesters.spreadsheet.file_sentences import Sentences
from red_catalog.harvesters.spreadsheet.values import PICK, SEPARATE
from red_catalog.model import Text

IN_FORM: Final[Sentences] = {
    "sheet-no-rows": (
        "Aucun champ n'est rempli.", "No field is filled in.",
        "Donnez au moins un titre.", "Give a title at least.",
    ),
    "sheet-row-untitled": (
        "Le jeu de données n'a pas de titre.", "The dataset has no title.",
        "Écrivez-le ici.", "Write it here.",
    ),
    "sheet-cell-missing": (
        # What to write stands beside the field already.
        "Ce champ est obligatoire.", "This field is mandatory.", "", "",
    ),
    "sheet-theme-health": (
        "Le thème « Santé » manque.", "The theme “Health” is missing.",
        "Cochez « Santé ».", "Tick “Health”.",
    ),
    "sheet-no-distribution": (
        "Le formulaire ne dit pas comment obtenir les données.",
        "The form does not say how to obtain the data.",
        "Remplissez la partie « Comment obtenir les données », avec l'adresse où on les obtient "
        "ou les demande.",
        "Fill in the part “How to obtain the data”, with the address where they are obtained or "
        "applied for.",
    ),
    "sheet-samples-alone": (
        "Cette forme est un échantillon ou une analyse ; les données elles-mêmes manquent.",
        "This form is a sample or analytics; the data themselves are missing.",
        "Décrivez les données elles-mêmes dans la partie « Comment obtenir les données », et "
        "l'échantillon ou l'analyse dans « Une autre forme ».",
        "Describe the data themselves in the part “How to obtain the data”, and the sample or the "
        "analytics in “Another form”.",
    ),
    "sheet-no-variables": (
        "Les données sont dites structurées, mais aucune variable n'est décrite.",
        "The data are said to be structured, but no variable is described.",
        "Remplissez la partie « Variables », ou répondez « non ».",
        "Fill in the part “Variables”, or answer “no”.",
    ),
    "sheet-cell-blank": (
        "Ce qui est écrit ici ne dit rien ; le champ est tenu pour vide.",
        "What is written here says nothing; the field counts as empty.",
        "Écrivez la valeur, ou videz le champ.", "Write the value, or empty the field.",
    ),
    "sheet-cell-error": (
        "Ce qui est écrit ici est le message d'une erreur, non une valeur.",
        "What is written here is the message of an error, not a value.",
        "Écrivez la valeur, ou videz le champ.", "Write the value, or empty the field.",
    ),
    "sheet-example-left": (
        "Ce qui est écrit ici commence comme un exemple : il a été laissé de côté.",
        "What is written here begins like an example: it was left out.",
        "Écrivez votre propre valeur, ou videz le champ.",
        "Write your own value, or empty the field.",
    ),
    "sheet-cell-phone-short": (
        "Ce numéro ne commence ni par « + » ni par un zéro ; il est publié tel quel.",
        "This number begins with neither “+” nor a zero; it is published as it is.",
        "Écrivez-le en entier, comme +33 1 99 00 00 00.",
        "Write it whole, such as +33 1 99 00 00 00.",
    ),
    "sheet-cell-languages": (
        "De deux langues, seule la première est reprise.",
        "Of two languages the first alone is taken.",
        "Écrivez une seule langue par case.", "Write only one language per box.",
    ),
    "sheet-assessed-alone": (
        "La date n'est celle d'aucun label ni certificat : elle n'a pas été reprise.",
        "The date is that of no label or certificate: it was not taken.",
        "Donnez l'adresse du label ou du certificat, ou videz ce champ.",
        "Give the address of the label or certificate, or empty this field.",
    ),
    "sheet-cell-none-public": (
        "Ce contact n'est pas à publier : le jeu de données est publié sans lui.",
        "This contact is not to be published: the dataset is published without it.",
        "Donnez plutôt un service, avec une adresse de service.",
        "Give a department instead, with an address of its own.",
    ),
    "sheet-variable-double": (
        "Cette variable est déjà décrite plus haut.", "This variable is already described above.",
        "N'en gardez qu'une.", "Keep one only.",
    ),
}  # fmt: skip
"""code: (wrong in French, in English, what to do in French, in English)"""

_OF_COLUMNS: Final = (
    (PICK, {"fr": "Choisissez une valeur de la liste du champ.",
            "en": "Choose a value from the list of the field."}),
    (SEPARATE, {"fr": "Écrivez une seule valeur par case.", "en": "Write only one value per box."}),
)  # fmt: skip


_OR_NONE: Final[Text] = {
    "fr": "Choisissez une valeur de la liste du champ, ou laissez-le vide.",
    "en": "Choose a value from the list of the field, or leave it empty.",
}


def fit(fix: Text, *, optional: bool) -> Text:
    """What to do, in the words of the form where those of a spreadsheet are of its columns.

    `optional`: the field may stay empty.
    """
    found = dict(fix)
    if optional:
        found = {lang: text.replace(PICK[lang], _OR_NONE[lang]) for lang, text in found.items()}
    for of_column, of_field in _OF_COLUMNS:
        found = {
            lang: text.replace(of_column[lang], of_field[lang]) for lang, text in found.items()
        }
    return found
