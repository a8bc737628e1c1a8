"""The template: what it offers, asks for and colours, and that it says what the profile says."""

import re
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from rdflib import Graph
from rdflib.namespace import DCAT, SH

from red_catalog.errors import RedError
from red_catalog.harvesters.spreadsheet import convert_documents
from red_catalog.harvesters.spreadsheet.choices import labels, understand
from red_catalog.harvesters.spreadsheet.columns import LEVELS
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.documentation import renew
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import (
    FIRST_ROW,
    LAST_ROW,
    layout,
    write_template,
)
from red_catalog.model import Document, Level, Source, Unreadable
from red_catalog.namespaces import term
from red_catalog.pipeline.desk.spreadsheets import make_template
from red_catalog.rdf.limits import Limits
from red_catalog.validation import shapes_graph
from tests.harvesters.spreadsheet.declaration import (
    UNFILLED,
    declaration,
    fill,
    place_columns,
)

# Asked for by the profile, and not as a column of datasets.
ELSEWHERE: Final = {
    "dcat:distribution", "adms:sample", "healthdcatap:analytics",  # rows of distributions
    "dct:source",  # must name a dataset that the same document describes
}  # fmt: skip


def test_the_declaration_of_these_tests_fills_every_column() -> None:
    """So that none is read by nobody; what it does without is named with the reason."""
    given = declaration()
    for sheet in SHEETS:
        filled = {key for row in given[sheet.key] for key in row}
        assert place_columns(sheet.key).keys() - filled == UNFILLED.get(sheet.key, set())


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the template."""
    return str(request.param)


@pytest.fixture(scope="module")
def book(language: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The template as openpyxl reads it."""
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(path, language)
    return openpyxl.load_workbook(path)


def test_sheets_and_headings(book: Any, language: str) -> None:
    """A page of explanations, the four sheets, and the lists, each column with help."""
    fr = ["Lisez-moi", "Jeux de données", "Distributions", "Variables", "Contacts", "Listes"]
    en = ["Read me", "Datasets", "Distributions", "Variables", "Contacts", "Lists"]
    assert book.sheetnames == (fr if language == "fr" else en)
    for sheet in SHEETS:
        worksheet = book[sheet.name(language)]
        assert worksheet.freeze_panes == "B4"
        for number, (column, other) in enumerate(layout(sheet), 1):
            heading, told, example = (worksheet.cell(row, number).value for row in (1, 2, 3))
            wanted = column.other_heading(language) if other else column.heading(language)
            assert heading.removesuffix(" *") == wanted
            assert heading.endswith(" *") == (
                not other and column.need("NON_PUBLIC") == "mandatory"
            )
            assert told.replace("\xa0", " ").endswith(column.explain(language))
            assert other or example.endswith(column.example(language))


def test_french_punctuation_stays_with_its_word(book: Any, language: str) -> None:
    """What is explained has no line that begins with a colon; English has no such space."""
    told = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    for sheet in SHEETS:
        row = next(book[sheet.name(language)].iter_rows(2, 2, values_only=True))
        told += [cell.split(" : " if language == "fr" else ": ", 1)[1] for cell in row if cell]
    assert [one for one in told if re.search(r" [:;?!»](?=\s|$)|« ", one)] == []
    assert any("\xa0" in one for one in told) == (language == "fr")


def test_drop_downs_offer_what_is_understood(book: Any, language: str) -> None:
    """Each column with a list has a drop-down, whose every label is understood back."""
    for sheet in SHEETS:
        worksheet = book[sheet.name(language)]
        rules: dict[str, Any] = {
            str(rule.sqref): rule for rule in worksheet.data_validations.dataValidation
        }
        for number, (column, other) in enumerate(layout(sheet), 1):
            letter = get_column_letter(number)
            rule: Any = rules.get(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
            if column.kind in {"agent", "contact", "dataset"}:
                assert rule.formula1.endswith(f"!$A${FIRST_ROW}:$A${LAST_ROW}")
            elif column.kind == "whole":
                assert (rule.type, rule.operator) == ("whole", "greaterThanOrEqual")
            elif not column.lists or other:
                assert rule is None
            else:
                title, cells = rule.formula1.lstrip("=").split("!")
                offered = [row[0].value for row in book[title.strip("'")][cells.replace("$", "")]]
                assert offered == labels(column.lists, language)
                assert [one for one in offered if understand(column.lists, one) is None] == []
                assert len(set(offered)) == len(offered)
                # People may type several values: such a list proposes and does not forbid.
                assert rule.showErrorMessage == (not column.many and column.kind != "place")


def test_examples_are_written_as_the_list_writes_them(language: str) -> None:
    """Whoever looks for the example in the drop-down finds it there."""
    for column in (one for sheet in SHEETS for one in sheet.columns if one.lists):
        example = column.example(language)
        for part in example.split(";") if column.many else [example]:
            assert part.strip() in labels(column.lists, language), column.key


def test_missing_cells_are_coloured_by_access_level(book: Any, language: str) -> None:
    """Each column has a rule for every level at which it is mandatory or recommended."""
    worksheet = book[DATASETS.name(language)]
    rules = {
        str(area.sqref): [rule.formula[0] for rule in found]
        for area, found in worksheet.conditional_formatting._cf_rules.items()
    }
    for number, (column, other) in enumerate(layout(DATASETS), 1):
        letter = get_column_letter(number)
        found = rules.get(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}", [])
        needs = set() if other else {column.need(level) for level in LEVELS}
        assert len(found) == len(needs - {"optional"})
        assert all(f"LEN(TRIM({letter}{FIRST_ROW}))=0" in formula for formula in found)
    access = next(n for n, (c, _) in enumerate(layout(DATASETS), 1) if c.key == "access")
    kind = next(n for n, (c, _) in enumerate(layout(DATASETS), 1) if c.key == "type")
    letter, cell = get_column_letter(kind), f"${get_column_letter(access)}{FIRST_ROW}"
    (formula,) = rules[f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"]
    assert f'OR({cell}="non public",{cell}="")' in formula


def test_the_access_level_chosen_decides_the_stars(tmp_path: Path) -> None:
    """A template for public data marks fewer columns as mandatory than one for the others."""
    marked = {}
    for level in LEVELS:
        write_template(tmp_path / f"{level}.xlsx", "fr", level)
        book = openpyxl.load_workbook(tmp_path / f"{level}.xlsx", read_only=True)
        headings = next(book["Jeux de données"].iter_rows(max_row=1, values_only=True))
        marked[level] = {str(one) for one in headings if str(one).endswith(" *")}
        book.close()
    assert marked["PUBLIC"] == marked["RESTRICTED"] < marked["NON_PUBLIC"]
    assert marked["NON_PUBLIC"] - marked["PUBLIC"] == {
        "Type de jeu de données *", "Mots-clés *", "Provenance *", "Point de contact *",
    }  # fmt: skip


def asked(graph: Graph) -> dict[str, str]:
    """What the shapes of a level want of a dataset: property → mandatory or recommended."""
    found: dict[str, str] = {}
    for shape in graph.subjects(SH.targetClass, DCAT.Dataset):
        for one in graph.objects(shape, SH.property):
            path, least = graph.value(one, SH.path), graph.value(one, SH.minCount)
            wants = (one, SH.hasValue, None) in graph or (least is not None and int(str(least)) > 0)
            if wants and path is not None:
                severe = graph.value(one, SH.severity) in {None, SH.Violation}
                need = "mandatory" if severe else "recommended"
                if found.get(str(path)) != "mandatory":
                    found[str(path)] = need
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_needs_are_those_of_the_profile(level: str) -> None:
    """What the sheet of datasets calls mandatory or recommended, the profile does, and back."""
    wanted = asked(shapes_graph.shapes("healthdcat-ap-8", Level(level)))
    stated = {
        term(column.property)[1:-1]: column.need(level)
        for column in DATASETS.columns
        if column.property and column.need(level) != "optional"
    }
    others = {term(name)[1:-1] for name in ELSEWHERE}
    mine = {p for p, need in stated.items() if need == "mandatory"}
    theirs = {p for p, need in wanted.items() if need == "mandatory"} - others
    assert mine == theirs
    recommended = {p for p, need in wanted.items() if need == "recommended"} - others
    assert {p for p, n in stated.items() if n == "recommended"} == recommended


def test_two_templates_are_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in the file depends on when it was written."""
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    """What may have been filled in is kept, and the name must end in .xlsx."""
    (tmp_path / "t.xlsx").write_bytes(b"mine")
    with pytest.raises(RedError, match="already exists"):
        make_template(tmp_path / "t.xlsx", "fr", "PUBLIC")
    with pytest.raises(RedError, match=r"must end in \.xlsx"):
        make_template(tmp_path / "t.ods", "fr", "PUBLIC")
    with pytest.raises(RedError, match="cannot be written"):
        make_template(tmp_path / "absent" / "t.xlsx", "fr", "PUBLIC")


def test_an_empty_template_removes_nothing(tmp_path: Path, language: str) -> None:
    """Help and examples are not read: without a row of one's own there is nothing."""
    write_template(tmp_path / "t.xlsx", language)
    document = Document("t.xlsx", (tmp_path / "t.xlsx").read_bytes())
    found = convert_documents([document], Source("s", "h", "spreadsheet", ""), Limits())
    assert isinstance(found.document, Unreadable)
    assert found.document.problem.code == "sheet-no-rows"


def test_an_english_template_gives_english_texts(tmp_path: Path) -> None:
    """The language of the headings is that of the texts; translations have the other one."""
    rows = declaration()
    path = fill(tmp_path / "t.xlsx", rows, "en")
    document = Document("t.xlsx", path.read_bytes())
    found = convert_documents([document], Source("s", "h", "spreadsheet", ""), Limits())
    assert isinstance(found.document, Document)
    assert found.document.defects == ()
    text = found.document.content.decode()
    assert '"Passages aux urgences des Tamaris"@en' in text
    assert '"Emergency visits at Tamaris Hospital"@fr' in text


def test_the_documentation_is_that_of_the_columns() -> None:
    """The page lists every column as the template has it (see `documentation` to renew it)."""
    page = Path(__file__).resolve().parents[3] / "docs" / "sources" / "spreadsheet.md"
    text = page.read_text("utf-8")
    assert renew(text) == text
