"""Characters that nobody sees in a cell: what they mean, and what of them is told."""

import pytest

from red_catalog.harvesters.spreadsheet.forms import read_form
from red_catalog.workbook import Cell
from red_catalog.workbook.csvtext import read_csv
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


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_alike_wherever_they_were_written(end: str) -> None:
    """Browsers send other ends of line than workbooks hold: the dataset is the same."""
    about = f"Séjours depuis 2012.{end}Diagnostics codés."
    sent = read_form({"datasets.0.title": ["Séjours"], "datasets.0.description": [about]}, (), "fr")
    assert sent.content is not None
    assert b"2012.\\nDiagnostics" in sent.content
    (_, row) = read_csv(f'Titre;Description\nSéjours;"{about}"\n'.encode()).rows
    assert row.cells[2].text == "Séjours depuis 2012.\nDiagnostics codés."


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


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\xad", "\u2060", "\u200e", "\u202a", "\u2069"]
)
def test_what_nobody_sees_is_left_out(unseen: str) -> None:
    """An identifier, a code or an address from a web page is what one reads; so in a workbook."""
    text = f"Identifiant{unseen};Titre;Thème\nEDS-{unseen}1;Urgences{unseen};Santé{unseen}\n"
    table = read_csv(f"{text}{unseen};;\n".encode())
    assert [[c.text for c in row.cells.values()] for row in table.rows] == [
        ["Identifiant", "Titre", "Thème"], ["EDS-1", "Urgences", "Santé"],
    ]  # fmt: skip
    content = workbook((f"Ti{unseen}tre", unseen))
    ((row,),) = [sheet.rows for sheet in read_xlsx(content, 10_000_000)]
    assert row.cells == {1: Cell("text", "Titre")}


def test_what_joins_letters_stays() -> None:
    """Some scripts and pictures are written with it."""
    ((row,),) = [read_csv("نمی\u200cخواهم;👩\u200d⚕️\n".encode()).rows]
    assert [cell.text for cell in row.cells.values()] == ["نمی\u200cخواهم", "👩\u200d⚕️"]


def test_the_form_leaves_it_out_as_well() -> None:
    """The parts find the dataset by the identifier that one reads."""
    values = {
        "datasets.0.title": ["Passages\xad aux urgences"],
        "datasets.0.identifier": ["TAM\u200b-URG"],
        "distributions.0.access_url": ["https://ch-tamaris.example/demande\ufeff"],
    }
    content = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").content
    assert content is not None
    assert "<https://ch-tamaris.example/demande> ." in content.decode()
    assert '"TAM-URG"' in content.decode()
    assert '"Passages aux urgences"@fr' in content.decode()
