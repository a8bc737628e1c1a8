"""Contacts that are not to be published: any doubt keeps them back, and is told."""

from typing import Any

import pytest

from red_catalog.model import Document
from red_catalog.namespaces import term
from red_catalog.rdf.limits import Limits
from red_catalog.workbook import Table, read_tables
from tests.harvesters.spreadsheet.declaration import Rows, declaration
from tests.harvesters.spreadsheet.test_mistakes import (
    CONTACTS,
    DATASETS,
    all_told,
    book_of,
    convert,
)

PERSON = {
    "key": "EDS", "name": "Docteure Aline Morvan", "email": "aline.morvan@ch-tamaris.example",
}  # fmt: skip
HELD_BACK = f'{term("red:private")} "true"'


def said(rows: Rows) -> tuple[str, list[tuple[str, int | None]]]:
    """The statements, and what was told of which row."""
    found = convert(book_of(rows))
    assert isinstance(found.document, Document)
    told = [(one.code.removeprefix("sheet-"), one.line) for one in all_told(found)]
    return found.document.content.decode(), told


def doubled(first: Any, second: Any, contact: str = "EDS") -> Rows:
    """A declaration with two rows of one key, that answer so whether to publish."""
    rows = declaration()
    rows[CONTACTS][1]["private"] = first
    rows[CONTACTS].append({**PERSON, "private": second})
    rows[DATASETS][0]["contact"] = contact
    return rows


@pytest.mark.parametrize(
    ("first", "second", "also"),
    [
        ("non", "oui", ["contact-double-private"]), (None, "oui", ["contact-double-private"]),
        ("oui", "oui", []), ("oui", "non", []),
        ("non", "=OU(VRAI)", ["cell-private", "contact-double-private", "formula-empty"]),
    ],
)  # fmt: skip
def test_either_row_of_a_key_may_forbid(first: str, second: str, also: list[str]) -> None:
    """Where only the second says that it is private, the contact of both is kept back."""
    content, told = said(doubled(first, second))
    assert HELD_BACK in content
    codes = sorted(code for code, row in told if row == 5)
    assert codes == sorted(["contact-double", *also])


def test_two_rows_that_forbid_nothing_are_published() -> None:
    """The first wins, as it is told."""
    content, told = said(doubled(None, "non"))
    assert HELD_BACK not in content
    assert [code for code, _ in told] == ["contact-double"]


def test_the_name_of_a_private_row_is_no_contact_of_its_own() -> None:
    """Whoever names the person of the second row does not publish the name."""
    content, _ = said(doubled("non", "oui", "Docteure Aline Morvan"))
    assert HELD_BACK in content
    assert "Morvan" not in content


@pytest.mark.parametrize("row", [0, 1])
def test_a_formula_that_nobody_worked_out_is_no_no(row: int) -> None:
    """A workbook of some software has formulas without results: such a contact is kept back."""
    rows = declaration()
    rows[CONTACTS][row]["private"] = '=SI(A2="CHV";"oui";"non")'
    content, told = said(rows)
    assert HELD_BACK in content
    assert {("formula-empty", row + 2), ("cell-private", row + 2)} <= set(told)


def test_every_formula_without_a_result_is_known_however_many_are_told() -> None:
    """Notes are told up to a number; the contacts behind it are kept back as well."""
    rows = declaration()
    rows[CONTACTS] += [{**PERSON, "key": f"P{n}", "private": "=VRAI()"} for n in range(300)]
    tables = read_tables(Document("d.xlsx", book_of(rows)), Limits())
    (contacts,) = (one for one in tables if isinstance(one, Table) and one.name == "Contacts")
    assert len(contacts.notes) < len(contacts.unsaved) == 300


@pytest.mark.parametrize(
    ("answer", "private"), [("oui", True), ("Mme Morvan", True), ("non", False), (None, False)]
)
def test_the_document_says_that_something_in_it_is_private(answer: Any, private: bool) -> None:
    """Also where no dataset names the contact: mistakes in its row are not for the public."""
    rows = declaration()
    rows[CONTACTS].append({**PERSON, "key": "MOI", "email": "morvan chez nous", "private": answer})
    rows["distributions"].append({"dataset": "inconnu", "title": "Extraction"})
    found = convert(book_of(rows))
    assert isinstance(found.document, Document)
    assert found.document.private is private
    assert [one.private for one in found.unreadable()] == [private] * len(found.held)
