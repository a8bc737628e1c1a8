"""What the first sheet of the template tells people, and the words around its cells."""

from dataclasses import dataclass
from typing import Final

from red_catalog.harvesters.spreadsheet.columns import LEVELS
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.model.spelling import bind

LEVEL_NAMES: Final = {
    "fr": dict(zip(LEVELS, ("public", "restreint", "non public"), strict=True)),
    "en": dict(zip(LEVELS, ("public", "restricted", "non public"), strict=True)),
}
TITLES: Final = {
    "fr": "Décrire des jeux de données de santé",
    "en": "Describing health datasets",
}
NEEDS: Final = {
    "fr": {
        "mandatory": "obligatoire", "recommended": "recommandé", "optional": "facultatif",
    },
    "en": {
        "mandatory": "mandatory", "recommended": "recommended", "optional": "optional",
    },
}  # fmt: skip
SEVERAL: Final = {
    "fr": "Plusieurs valeurs : séparez-les par « ; ».",
    "en": "Several values: separate them by “;”.",
}
NOT_LISTED: Final = {
    "fr": "Cette valeur n'est pas dans la liste.",
    "en": "This value is not in the list.",
}
NOT_WHOLE: Final = {
    "fr": "Écrivez un nombre entier, zéro ou plus.",
    "en": "Write a whole number, zero or more.",
}
_STEPS: Final = {
    "fr": (
        "Ce classeur décrit vos jeux de données pour le répertoire national prévu par le "
        "règlement (UE) 2025/327 (espace européen des données de santé). Il ne contient jamais "
        "les données elles-mêmes. Donnez des adresses de service ; pour un contact qui est une "
        "personne, répondez « oui » à « Ne pas publier ».",
        "1. Contacts : votre organisme, ses services et l'organisme d'accès, un par ligne.",
        "2. Jeux de données : un par ligne. L'identifiant ne doit plus jamais changer.",
        "3. Distributions : au moins une ligne par jeu de données, avec l'adresse où l'on "
        "obtient ou demande les données.",
        "4. Variables : pour les données structurées, une ligne par variable.",
        "Écrivez à partir de la ligne 4 : les trois premières portent les titres, l'aide et un "
        "exemple, et ne sont pas lues. Plusieurs valeurs dans une cellule : séparez-les par « ; ».",
        "Les listes déroulantes montrent les libellés ; les codes sont compris aussi "
        "(feuille « Listes »).",
        "Textes dans une autre langue que le français ou l'anglais : ajoutez ses deux lettres au "
        "titre de la colonne, comme « Titre (pl) ».",
        "Une cellule rouge est obligatoire et vide ; une cellule jaune est recommandée et vide. "
        "Niveau d'accès supposé tant qu'une ligne ne dit pas le sien : {level}.",
    ),
    "en": (
        "This workbook describes your datasets for the national catalogue that Regulation (EU) "
        "2025/327 (European Health Data Space) asks for. It never holds the data themselves. Give "
        "role addresses; for a contact who is a person, answer “yes” to “Do not publish”.",
        "1. Contacts: your organisation, its departments and the access body, one per row.",
        "2. Datasets: one per row. The identifier must never change again.",
        "3. Distributions: at least one row per dataset, with the address where the data are "
        "obtained or applied for.",
        "4. Variables: for structured data, one row per variable.",
        "Write from row 4 on: the first three hold headings, help and an example, and are not "
        "read. Several values in a cell: separate them by “;”.",
        "The drop-down lists show labels; codes are understood as well (sheet “Lists”).",
        "Texts in another language than English or French: add its two letters to the heading of "
        "the column, as in “Title (pl)”.",
        "A red cell is mandatory and empty; a yellow cell is recommended and empty. Access level "
        "assumed until a row gives its own: {level}.",
    ),
}  # fmt: skip
_CHECK: Final = {
    "fr": "Vérifiez avant d'envoyer : page « Vérifier une description » du site du catalogue, ou "
    "red-catalog check FICHIER.xlsx",
    "en": "Check before sending: page “Check a description” of the catalogue's site, or "
    "red-catalog check FILE.xlsx",
}
_SEND: Final = {
    "fr": "Vérifiez avant d'envoyer : {check} (rien n'y est conservé). Puis envoyez ce classeur "
    "à : {contact}",
    "en": "Check before sending: {check} (nothing is kept there). Then send this workbook to: "
    "{contact}",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a workbook that was filled in is checked, and whom it is sent to."""

    check: str
    contact: str


def steps(language: str, level: str, desk: Desk | None = None) -> list[str]:
    """The paragraphs of the first sheet. `desk`: of the catalogue that gives it, where known."""
    name = LEVEL_NAMES[language][level]
    colon = " :" if language == "fr" else ":"
    about = [f"{one.name(language)}{colon} {one.about[language == 'en']}" for one in SHEETS]
    last = (
        _SEND[language].format(check=desk.check, contact=desk.contact) if desk else _CHECK[language]
    )
    said = [*(step.format(level=name) for step in _STEPS[language]), last, *about]
    return [bind(one) for one in said] if language == "fr" else said
