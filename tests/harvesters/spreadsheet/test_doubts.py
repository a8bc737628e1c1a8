"""What a value probably lost or joins is told, and the value read as it stands."""

import io

import openpyxl
import pytest

from red_catalog.harvesters.spreadsheet.grids import Grid, recognise
from red_catalog.workbook import Cell
from red_catalog.workbook.xlsx import read_xlsx
from tests.harvesters.spreadsheet.tables import converted, one, table

DATASET = {"identifier": "TAM-URG", "title": "Passages aux urgences"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("FR-EN", True), ("français-anglais", True), ("fra_eng", True), ("fr-EN", True),
        ("fr-FR", False), ("en-GB", False), ("pt-BR", False), ("fr-BE", False), ("fr-CA", False),
        ("français", False), ("FR ; EN", False), ("en-US", False), ("sv-FI", False),
    ],
)  # fmt: skip
def test_a_second_language_behind_a_hyphen_is_told(written: str, told: bool) -> None:
    """A country there is none."""
    content, codes = one("language", written)
    assert "/language/" in content
    assert codes == ["cell-languages"] * told


@pytest.mark.parametrize(
    ("key", "written", "told"),
    [
        ("keyword", "urgences, tri, durée", True), ("code_values", "E10, E11, E14", True),
        ("keyword", "urgences ; tri, ccmu, durée", False), ("description", "Tri, âge, sexe", False),
        ("keyword", "tumeur, sans précision", False),
        ("population", "Adultes, ados, bébés", False),
    ],
)  # fmt: skip
def test_a_list_by_commas_is_told(key: str, written: str, told: bool) -> None:
    """Where a lone value has two of them; one belongs to many names."""
    content, codes = one(key, written)
    assert written.rsplit(" ; ", maxsplit=1)[-1] in content
    assert codes == ["cell-commas"] * told


@pytest.mark.parametrize("key", ["landing", "page", "iri"])
@pytest.mark.parametrize(("ends", "told"), [(".", True), ("/a.b", False), ("", False)])
def test_an_address_that_a_full_stop_ends_is_told(key: str, ends: str, *, told: bool) -> None:
    """That of a sentence, probably; an address may have one."""
    content, codes = one(key, f"https://ch-tamaris.example/urgences{ends}")
    assert f"<https://ch-tamaris.example/urgences{ends}>" in content
    assert codes == ["cell-link-ended"] * told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("date", "1905-07-07"), True), (Cell("text", "1905-07-07"), False),
        (Cell("date", "1906-01-01"), False), (Cell("date", "2015-01-01"), False),
    ],
)  # fmt: skip
def test_a_year_in_a_cell_of_dates_is_told(cell: Cell, told: bool) -> None:
    """Spreadsheet programs show 2015 there as a day of 1905."""
    content, codes = one("period_start", cell)
    assert f'"{cell.text}"' in content
    assert codes == ["cell-year-dated"] * told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("text", "199001234"), True), (Cell("text", "33199001234"), True),
        (Cell("number", "33199001234"), True), (Cell("text", "0199001234"), False),
        (Cell("text", "+33 1 99 00 12 34"), False), (Cell("text", "3939"), False),
    ],
)  # fmt: skip
def test_a_telephone_number_without_its_beginning_is_told(cell: Cell, told: bool) -> None:
    """A file of CSV has it as a program wrote the number."""
    row: dict[str, str | Cell] = {
        "key": "EDS", "name": "Entrepôt", "email": "eds@ch-tamaris.example", "phone": cell,
    }  # fmt: skip
    sheets = table("datasets", [{**DATASET, "contact": "EDS"}]), table("contacts", [row])
    content, codes = converted(*sheets)
    assert "<tel:" in content
    assert codes == ["cell-phone-short"] * told


def test_the_date_of_a_label_that_is_not_there_is_told() -> None:
    """It is the date of nothing."""
    assert one("assessed", "2026-05-12")[1] == ["assessed-alone"]
    label = {**DATASET, "assessed": "2026-05-12", "quality": "https://ch-tamaris.example/q.pdf"}
    assert converted(table("datasets", [label]))[1] == []


def test_a_number_that_is_shown_with_more_zeros_is_told() -> None:
    """Of identifiers and texts, once a column; what is counted has no such digits to lose."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Jeux de données"
    sheet.append(["Identifiant", "Titre", "Codes utilisés", "Version", "Nombre d'enregistrements"])
    for number in (123, 124):
        sheet.append([number, "Séjours", 250, 2, 12])
        forms = ("000000000", "General", "0.00", "0.0", "0000")
        for cell, form in zip(sheet[sheet.max_row], forms, strict=True):
            cell.number_format = form
    content = io.BytesIO()
    book.save(content)
    (read,) = read_xlsx(content.getvalue(), 10_000_000)
    assert [(note.column, dict(note.details)) for note in read.notes] == [
        (1, {"value": "123", "shown": "000000123", "count": 2}),
        (3, {"value": "250", "shown": "250.00", "count": 2}),
        (4, {"value": "2", "shown": "2.0", "count": 2}),
        (5, {"value": "12", "shown": "0012", "count": 2}),
    ]
    grid = recognise(read, "d.xlsx", "fr")
    assert isinstance(grid, Grid)
    assert [grid.tells(note) for note in read.notes] == [True, True, True, False]
