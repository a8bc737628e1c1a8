"""Characters that nobody sees in a cell: what they mean, and what of them is told."""

import pytest

from red_catalog.workbook.xlsx import read_xlsx
from tests.harvesters.spreadsheet.tables import one
from tests.workbook.test_reading import part, repack, workbook


def test_a_word_processor_s_break_of_lines_is_one() -> None:
    """It is a vertical tab."""
    content, told = one("description", "Première ligne\vSeconde ligne")
    assert '"Première ligne\\nSeconde ligne"@fr' in content
    content, told = one("keyword", "urgences\vtri")
    assert '"urgences"@fr' in content
    assert told == []


def test_a_control_character_is_replaced_and_told() -> None:
    """The rest of the text stays."""
    content, told = one("description", "Avis \x07 du comité")
    assert '"Avis � du comité"@fr' in content
    assert told == ["cell-control"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ligne un_x000D_\nLigne deux", "Ligne un\nLigne deux"), ("un_x000d_deux", "un\ndeux"),
        ("un_x0009_deux", "un\tdeux"), ("_x005F_x000D_", "_x000D_"),
        # Names of variables, as programs write them that know of no escapes.
        ("age_x2015_an", "age_x2015_an"), ("a_x005F_b", "a_x005F_b"), ("v_x000D", "v_x000D"),
    ],
)  # fmt: skip
def test_the_format_s_own_escapes_are_undone(written: str, read: str) -> None:
    """Of what breaks lines and texts, and of what only looks like an escape."""
    good = workbook(("Titre",), ("ICI",))
    sheet = part(good).replace(b"ICI", written.encode())
    made = repack(good, xl__worksheets__sheet1_dot_xml=sheet)
    ((_, row),) = [table.rows for table in read_xlsx(made, 10_000_000)]
    assert row.cells[1].text == read
