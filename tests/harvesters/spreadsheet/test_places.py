"""Where something is, told so that it can be found, and columns found by people's own names."""

import pytest

from red_catalog.harvesters.spreadsheet.conversion import convert_tables
from red_catalog.harvesters.spreadsheet.grids import EXAMPLE_MARKS, Grid, recognise
from red_catalog.harvesters.spreadsheet.mistakes import Place, row_of, tell
from red_catalog.harvesters.spreadsheet.sheets import VARIABLES
from red_catalog.workbook import Cell, Note, Row, Table
from tests.harvesters.spreadsheet.tables import SOURCE, converted, table

DATASET = {"identifier": "TAM-URG", "title": "Passages aux urgences"}


def test_the_first_of_two_is_told_with_its_sheet_where_that_is_another() -> None:
    """Copies of a sheet have the same rows."""
    both = [
        table("datasets", [DATASET])._replace(name=name) for name in ("Urgences", "Réanimation")
    ]
    heads = [one._replace(rows=(*one.rows, one.rows[1]._replace(number=3, line=3))) for one in both]
    found = convert_tables(heads, SOURCE, "d.xlsx")
    told = [one.problem.message["fr"].partition("données de ")[2] for one in found.held]
    assert [one.partition(" : ")[0] for one in told] == [
        "la ligne 2", *["la ligne 2 de la feuille « Urgences »"] * 2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "fr", "en"),
    [
        (Place("a/jeux.csv", None, 2), "2", "2"),
        (Place("a/autres.csv", None, 2), "2 du fichier autres.csv", "2 of file autres.csv"),
        (Place("a/jeux.csv", "Jeux", 2), "2 de la feuille « Jeux »", "2 of sheet “Jeux”"),
    ],
)
def test_a_row_of_another_file_is_told_with_it(first: Place, fr: str, en: str) -> None:
    """In both languages."""
    assert row_of(first, Place("a/jeux.csv", None, 9)) == {"first_fr": fr, "first_en": en}


def test_files_without_names_are_told_apart_by_their_sheets() -> None:
    """The addresses of all sheets of one document end alike, and may hold keys."""
    address = "https://tableur.example/pub?gid={}&output=csv"
    heads = ({1: "Identifiant", 2: "Titre"}, {1: "Jeu de données", 2: "Adresse d'accès"})
    told = []
    for number, head in enumerate(heads):
        row = Row(1, 1, {at: Cell("text", name) for at, name in head.items()})
        grid = recognise(Table(None, (row,)), address.format(number), "fr")
        assert isinstance(grid, Grid)
        told.append(tell("no-headings", grid.place).message)
    assert [one["fr"].partition(" : ")[0] for one in told] == [
        "Fichier pub (Jeux de données)", "Fichier pub (Distributions)",
    ]  # fmt: skip
    assert told[0]["en"].startswith("File pub (Datasets): ")


@pytest.mark.parametrize(
    "heading",
    ["Titre anglais", "Titre en anglais", "Titre EN", "Titre - anglais", "Titre (anglais)",
     "Intitulé anglais", "Titre anglaise", "Title - English"],
)  # fmt: skip
def test_the_language_of_a_column_may_stand_behind_its_name(heading: str) -> None:
    """However people join the two, the translations are read."""
    row = Row(1, 1, {1: Cell("text", "Titre"), 2: Cell("text", heading)})
    grid = recognise(Table(None, (row,)), "jeux.csv", "fr")
    assert isinstance(grid, Grid)
    assert [(column.key, said) for column, said in grid.columns.values()] == [
        ("title", "fr"), ("title", "en"),
    ]  # fmt: skip
    assert grid.mistakes == []


def test_a_variable_may_be_described_by_examples() -> None:
    """What begins as the template's examples do is one only where it is that example."""
    variable = {"dataset": "TAM-URG", "name": "sexe", "label": "Sexe", "datatype": "entier"}
    own = "Ex. : 1 = homme, 2 = femme"
    rows = [table("datasets", [DATASET]), table("variables", [{**variable, "description": own}])]
    content, told = converted(*rows)
    assert f'"{own}"@fr' in content
    assert told == []
    left = EXAMPLE_MARKS["fr"] + VARIABLES.column("description").example("fr")
    rows[1] = table("variables", [{**variable, "description": left}])
    assert converted(*rows)[1] == ["example-left"]


def test_a_hidden_column_that_says_nothing_is_not_told() -> None:
    """Whoever hides columns of the template that stay empty is asked nothing."""
    notes = tuple(Note("hidden-column", None, at) for at in (2, 3))
    head = Row(1, 1, {at: Cell("text", n) for at, n in enumerate(("Titre", "Thème", "Éditeur"), 1)})
    rows = (
        head,
        Row(2, 2, {2: Cell("text", "Ex. : Santé"), 3: Cell("text", "Ex. : HOPITAL")}),
        Row(3, 3, {1: Cell("text", "Urgences"), 3: Cell("text", "CHV")}),
    )
    grid = recognise(Table("Jeux de données", rows, notes), "d.xlsx", "fr")
    assert isinstance(grid, Grid)
    assert [grid.tells(note) for note in notes] == [False, True]
