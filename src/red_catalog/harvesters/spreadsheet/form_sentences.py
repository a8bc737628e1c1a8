"""What the form says where the sentence on a spreadsheet speaks of sheets, rows and columns."""

from typing import Final

from red_catalog.harvesters.spreadsheet.file_sentences import Sentences

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
    "sheet-no-variables": (
        "Les données sont dites structurées, mais aucune variable n'est décrite.",
        "The data are said to be structured, but no variable is described.",
        "Remplissez la partie « Variables », ou répondez « non ».",
        "Fill in the part “Variables”, or answer “no”.",
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
