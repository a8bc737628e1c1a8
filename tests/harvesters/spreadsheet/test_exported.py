"""Each sheet of the template exported as a file of CSV: none says more than it did."""

from pathlib import Path

import pytest

from red_catalog.harvesters.spreadsheet.grids import Grid, recognise
from red_catalog.harvesters.spreadsheet.template import write_template
from red_catalog.workbook import Cell, Row, Table
from red_catalog.workbook.xlsx import read_xlsx


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("named", ["{}", "declaration-{}", "Déclaration 2026 - {}", "depot_{}"])
def test_what_is_for_people_alone_is_silent(tmp_path: Path, language: str, named: str) -> None:
    """Its explanations and code lists are no datasets, however a program names the files."""
    path = tmp_path / "d.xlsx"
    write_template(path, language, "NON_PUBLIC")
    read = {}
    for table in read_xlsx(path.read_bytes(), 10_000_000):
        assert table.name is not None
        location = f"depot/{named.format(table.name)}.csv"
        found = recognise(table._replace(name=None), location, language)
        read[table.name] = found.sheet.key if isinstance(found, Grid) else found
    silent = ("Read me", "Lists") if language == "en" else ("Lisez-moi", "Listes")
    assert [read.pop(name) for name in silent] == [[], []]
    assert list(read.values()) == ["datasets", "distributions", "variables", "contacts"]


def test_a_file_of_datasets_may_be_called_lists() -> None:
    """What has a column of titles is read."""
    texts = (("Identifiant", "Titre"), ("A1", "Passages aux urgences"))
    rows = [
        Row(n, n, {at: Cell("text", text) for at, text in enumerate(row, 1)})
        for n, row in enumerate(texts, 1)
    ]
    found = recognise(Table(None, tuple(rows)), "depot/mes-listes.csv", "fr")
    assert isinstance(found, Grid)
