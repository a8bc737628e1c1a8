"""What a check of a spreadsheet asks: each thing once, where it is written, and nothing else."""

from collections.abc import Callable

import pytest

from red_catalog.model import CheckedDataset, Document, Problem, Severity
from red_catalog.pipeline.desk.checking import check
from tests.harvesters.spreadsheet.declaration import Rows, declaration
from tests.harvesters.spreadsheet.test_mistakes import book_of

LAW = "Législation applicable"


def checked(change: Callable[[Rows], object]) -> CheckedDataset:
    """The check of the hospital's workbook, changed."""
    rows = declaration()
    change(rows)
    (found,) = check(Document("declaration.xlsx", book_of(rows)))
    return found.datasets[0]


def blocking(change: Callable[[Rows], object]) -> list[Problem]:
    """What blocks the dataset then."""
    return [p for p in checked(change).problems if p.severity is Severity.VIOLATION]


@pytest.mark.parametrize("written", [None, "loi n° 78-17"])
def test_a_law_that_is_missing_is_asked_of_the_dataset_alone(written: str | None) -> None:
    """Empty or refused: the distributions, whose cells are empty, take that of their dataset."""
    (one,) = blocking(lambda rows: rows["datasets"][0].update(legislation=written))
    assert LAW in one.message["fr"]
    assert written is None or f"« {written} » n'est pas dans la liste" in one.message["fr"]
    assert "distribution" not in one.about["fr"]


def test_a_theme_to_add_is_told_by_its_name_and_with_what_stands_between() -> None:
    """Nobody writes addresses in a cell, and a comma would separate nothing."""
    (one,) = blocking(lambda rows: rows["datasets"][0].update(theme="Population et société"))
    assert one.fix == {
        "fr": "Ajoutez « Santé » ; plusieurs valeurs se séparent par « ; ».",
        "en": "Add “Health”; several values are separated by “;”.",
    }


def test_what_the_template_has_no_column_for_is_not_asked() -> None:
    """The type of a licence of the list, the outline of a place; that of an organisation is."""

    def change(rows: Rows) -> None:
        rows["datasets"][0]["spatial"] = "Isère"
        rows["contacts"][0]["type"] = None

    asked = {(p.about["en"].split(" “")[0], p.path) for p in checked(change).problems}
    of_types = {about for about, path in asked if path == "<http://purl.org/dc/terms/type>"}
    assert of_types
    assert not any("licence" in about for about in of_types)
    assert not any("bbox" in (path or "") or "centroid" in (path or "") for _, path in asked)


def test_a_territory_of_no_list_is_told_at_its_cell_alone() -> None:
    """Of the description made from it nothing more is said, whatever it is worth."""
    found = checked(lambda rows: rows["datasets"][0].update(spatial="France ; Isère"))
    assert not [p for p in found.problems if p.path == "<http://purl.org/dc/terms/spatial>"]


def test_what_parts_lack_is_told_with_its_rows() -> None:
    """Their sheet, rows and column, in the findings too: which of a thousand is meant."""

    def change(rows: Rows) -> None:
        rows["variables"][1]["name"] = rows["variables"][3]["name"] = None
        rows["variables"][2]["datatype"] = None
        rows["distributions"][2]["access_url"] = None
        rows["distributions"][1]["description"] = "Cent lignes."

    found = checked(change)
    told = {p.message["fr"].partition("»")[0]: p for p in found.problems if p.line and p.line > 2}
    name, kind = (
        told["Il manque « Nom de la variable "],
        told["Il manque « Type de valeurs de la variable "],
    )
    assert name.message["fr"].endswith(
        "de 2 variables. Feuille « Variables », colonne C « Nom de la variable », lignes 3 et 5."
    )
    assert (name.line, kind.line) == (3, 4)
    assert kind.fix["fr"].endswith("« entier » par exemple.")
    assert told["Il manque « Adresse d'accès "].line == 4
    assert len(told) == 3
    assert {f.line for f in found.report.findings if f.message == name.message} == {3}
