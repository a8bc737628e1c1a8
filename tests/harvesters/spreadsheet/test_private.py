"""Contacts that are not to be published: any doubt keeps them back, and is told."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from red_catalog.harvesters.spreadsheet import hiding, statements
from red_catalog.harvesters.spreadsheet.conversion import convert_tables
from red_catalog.model import Document
from red_catalog.namespaces import term
from red_catalog.rdf.limits import Limits
from red_catalog.workbook import Table, read_tables
from tests.catalogue import red_catalog
from tests.harvesters.spreadsheet.declaration import Rows, begin, declaration, fill
from tests.harvesters.spreadsheet.tables import SOURCE, converted, table
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


JEANNE = {
    "key": "JD", "name": "Dr Jeanne Dupont", "email": "j.dupont@ch-tamaris.example",
    "private": "oui",
}  # fmt: skip


def named(column: str, written: str, **more: str) -> tuple[str, list[str]]:
    """The statements, and what is told, where a column names contacts so; one is private."""
    contacts = [*declaration()[CONTACTS], JEANNE, *([more] if more else [])]
    row = {"identifier": "TAM-URG", "title": "Passages aux urgences", column: written}
    return converted(table(DATASETS, [row]), table(CONTACTS, contacts))


@pytest.mark.parametrize(
    "written",
    [
        "Mme Jeanne Dupont", "DUPONT Jeanne (EDS)", "EDS et Jeanne Dupont", "Jeanne Dupond",
        "Direction des données, JD", "j.dupont@ch-tamaris.example", "Dupont Jeanne, EDS, DRCI",
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["contact", "publisher"])
def test_what_holds_a_private_name_is_kept_back(column: str, written: str) -> None:
    """A title, a service or a fault of typing makes nobody else of a private contact."""
    content, told = named(column, written)
    assert content.count(HELD_BACK) == 1
    assert told == ["cell-contact-private", "cell-none-public"]


def contacts_of(contact: Mapping[str, str], *written: str) -> tuple[str, list[str]]:
    """The statements, and what is told, where each dataset names its contact so; one is private."""
    sets = [
        {"identifier": f"TAM-{n}", "title": f"Passages aux urgences {n}", "contact": one}
        for n, one in enumerate(written)
    ]
    return converted(table(DATASETS, sets), table(CONTACTS, [*declaration()[CONTACTS], contact]))


def test_a_private_name_is_kept_back_in_whatever_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hints are given up to a number; a fault of typing behind them is recognised as well."""
    monkeypatch.setattr(statements, "_MAX_HINTS", 2)
    content, told = contacts_of(JEANNE, "Urgences", "Recherche", "Qualité", "Jeanne Dupond")
    assert content.count(HELD_BACK) == 1
    assert told == [*["cell-contact"] * 3, "cell-contact-private", "cell-none-public"]


def test_a_name_in_every_row_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another name behind it probably means is told as well."""
    monkeypatch.setattr(statements, "_MAX_HINTS", 2)
    sets = [
        {"identifier": f"TAM-{n}", "title": f"Passages aux urgences {n}", "contact": one}
        for n, one in enumerate(["Urgences", "Urgences", "Urgences", "CHW"])
    ]
    tables = [table(DATASETS, sets), table(CONTACTS, declaration()[CONTACTS])]
    document = convert_tables(tables, SOURCE, "d.xlsx").document
    assert isinstance(document, Document)
    assert "« CHV »" in document.defects[-1].message["fr"]


def test_what_there_is_no_time_to_compare_is_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of private contacts beside thousands of unlisted names publish none by mistake."""
    monkeypatch.setattr(hiding, "_MAX_LOOKS", 5)
    content, told = contacts_of(JEANNE, "Urgences", "Urgences", "Jeanne Dupond", "Recherche")
    assert told.count("cell-contact-private") == 2
    assert content.count('"Urgences"') == 2


@pytest.mark.parametrize(
    ("key", "written"),
    [("INSERM-DPO", "INSERM"), ("CHU-DPO", "CHU"), ("DPO-ARS", "ARS"), ("1", "Université Paris 1"),
     ("A", "Hôpital A. Paré")],
)  # fmt: skip
def test_an_organisation_is_no_private_contact_of_a_similar_key(key: str, written: str) -> None:
    """Contacts that are numbered, or called by their organisation, cost no publisher."""
    content, told = contacts_of({**JEANNE, "key": key}, written)
    assert f'"{written}"' in content
    assert HELD_BACK not in content
    assert told == ["cell-contact"]


def test_a_private_name_between_commas_costs_no_other() -> None:
    """The service beside it stays the contact that it is."""
    content, told = named("contact", "EDS, Mme Jeanne Dupont")
    assert told == ["cell-contact-private"]
    assert '"Entrepôt de données de santé des Tamaris"' in content
    assert named("contact", "EDS, Jeanne Dupond")[1] == told


def test_known_contacts_may_be_parted_by_commas() -> None:
    """Each is the contact of its row, the private one too."""
    apart, told = named("contact", "EDS, Dr Jeanne Dupont, CHV")
    assert told == []
    # The whole is kept with the private one, whom versions of before may have been published as.
    whole = '_:n2 <http://www.w3.org/2000/01/rdf-schema#label> "EDS, Dr Jeanne Dupont, CHV" .\n'
    assert apart.replace(whole, "") == named("contact", "EDS ; JD ; CHV")[0] != apart
    first, told = named("publisher", "CHV, JD")
    assert told == ["cell-several"]
    assert first == named("publisher", "CHV")[0]


def test_a_comma_within_a_name_parts_nothing() -> None:
    """The name of a row, or of a service that has none, is taken whole and published."""
    content, told = named("contact", "EDS, CHV", key="EDS, CHV", name="EDS du CHV", email="e@d.fr")
    assert ('"EDS du CHV"' in content, told) == (True, [])
    content, told = named("contact", "Direction de la recherche, CHV")
    assert '"Direction de la recherche, CHV"' in content
    assert HELD_BACK not in content
    assert told == ["cell-contact"]


def test_a_private_name_beside_another_is_nowhere_in_the_catalogue(tmp_path: Path) -> None:
    """From the workbook to the site, also where it was published before it was marked."""
    folder, holder = begin(tmp_path)
    rows = declaration()
    rows[DATASETS][0] |= {"contact": "EDS, Jeanne Dupont", "publisher": "Mme Jeanne Dupont"}
    told = []
    for more in ([], [JEANNE]):
        rows[CONTACTS] += more
        fill(holder / "d.xlsx", rows)
        assert red_catalog(folder, "run").returncode == 0
        files = [one for one in (folder / "public/current/").rglob("*") if one.is_file()]
        texts = [one.read_bytes() for one in files]
        told.append(
            [one.name for one, text in zip(files, texts, strict=True) if b"dupont" in text.lower()]
        )
    assert told[0]
    assert told[1] == []
    assert any("Entrepôt de données de santé des Tamaris".encode() in text for text in texts)
