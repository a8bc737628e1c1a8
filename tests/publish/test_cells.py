"""Cells of CSV that spreadsheets take for text."""

import csv
import io
import time

import pytest

from red_catalog.publish.record.cells import harmless
from red_catalog.publish.web.tables import write_csv


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("Séjours;=cmd|'/C calc'!A0;2024", "Séjours;'=cmd|'/C calc'!A0;2024"),
        ("a;\t＝1", "a;\t'＝1"),
        ('Registre ;"=HYPERLINK(1);"', 'Registre ;"\'=HYPERLINK(1);"'),
        ("\t=1", "'\t'=1"),
        ("Âge de 0 à 18 ans; dont -1 : inconnu", "Âge de 0 à 18 ans; dont -1 : inconnu"),
        ("Séjours 2015-2025", "Séjours 2015-2025"),
    ],
)
def test_what_would_begin_a_formula_has_an_apostrophe(text: str, written: str) -> None:
    """At the beginning, and where a spreadsheet would begin another cell."""
    assert harmless(text) == written


def test_a_text_of_blanks_takes_no_time() -> None:
    """What is between a semicolon and a sign is looked at once, however long it is."""
    for blank in (" ", "\t", ";", '"', "; "):
        text = "a;" + blank * 1_000_000 + "x"
        began = time.process_time()
        assert harmless(text).lstrip("'") == text
        assert time.process_time() - began < 5


def test_a_table_split_at_semicolons_has_no_formula() -> None:
    """As a spreadsheet in French opens it."""
    table = write_csv(("id", "titre"), [("1", "Séjours;=cmd|'/C calc'!A0;2024")]).decode(
        "utf-8-sig"
    )
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
