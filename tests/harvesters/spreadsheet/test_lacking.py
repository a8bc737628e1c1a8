"""Where values of the parts of a dataset are missing, in few words."""

import pytest

from red_catalog.harvesters.spreadsheet.lacking import Lacking
from red_catalog.harvesters.spreadsheet.mistakes import Place
from red_catalog.harvesters.spreadsheet.sheets import VARIABLES
from red_catalog.model import Absence

IRI = "https://ch-tamaris.example/jeu/TAM-URG"


def absence(*places: tuple[str | None, int], key: str = "name") -> Absence:
    """What is told of rows of a sheet, or of a file, that lack a value."""
    found = Lacking()
    for sheet, row in places:
        place = Place("depot/variables.csv", sheet, row, row + 1, 3, "Nom de la variable")
        found.add(IRI, "csvw:Column", VARIABLES.column(key), place)
    (one,) = found.absences()
    return one


@pytest.mark.parametrize(
    ("rows", "fr", "en"),
    [
        ((704,), "ligne 704", "row 704"),
        ((704, 1404), "lignes 704 et 1404", "rows 704 and 1404"),
        ((*range(104, 124), 1504, 1505), "lignes 104 à 123, 1504 et 1505",
         "rows 104 to 123, 1504 and 1505"),
        (range(2, 20, 2), "lignes 2, 4, 6, 8, 10, 12, 14, 16 et 18",
         "rows 2, 4, 6, 8, 10, 12, 14, 16 and 18"),
        (range(10, 50, 2), "lignes 10, 12, 14, 16, 18, 20, 22, 24 et 12 autres",
         "rows 10, 12, 14, 16, 18, 20, 22, 24 and 12 others"),
    ],
)  # fmt: skip
def test_rows_that_follow_one_another_are_told_together(
    rows: tuple[int, ...], fr: str, en: str
) -> None:
    """All of few, the first of many; the line is that of the first."""
    one = absence(*(("Variables", row) for row in rows))
    assert one.where == {
        "fr": f"Feuille « Variables », colonne C « Nom de la variable », {fr}",
        "en": f"Sheet “Variables”, column C “Nom de la variable”, {en}",
    }
    assert one.line == rows[0] + 1


def test_each_sheet_and_file_has_its_own_rows() -> None:
    """A file of CSV is told by its name."""
    told = absence(("Séjours", 5), (None, 5)).where["fr"]
    assert "Feuille « Séjours », colonne C « Nom de la variable », ligne 5 ; Fichier var" in told


def test_a_value_of_a_list_is_to_be_taken_from_it() -> None:
    """The profile's own words (`string`) are not those of the template."""
    fix = absence(("Variables", 4), key="datatype").fix
    assert fix is not None
    assert fix["fr"].endswith("« entier » par exemple.")
    assert absence(("Variables", 4)).fix is None
