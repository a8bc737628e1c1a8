"""The sentences of harvesters are right for one thing as for many, and say what one can do."""

import re
from collections.abc import Iterator

import pytest

from red_catalog.ehds import scope
from red_catalog.ehds.terms import PURPOSES
from red_catalog.harvesters import sentences
from red_catalog.harvesters.losses import LOSSES
from red_catalog.harvesters.mapping import problems
from red_catalog.harvesters.spreadsheet import guidance
from red_catalog.harvesters.spreadsheet import sentences as sheet_sentences
from red_catalog.harvesters.spreadsheet.fields import known
from red_catalog.harvesters.spreadsheet.file_sentences import FILES
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS
from red_catalog.http import sentences as http_sentences
from red_catalog.publish.web.languages import LOCALES
from red_catalog.rdf import defects as rdf_defects

TABLES = {
    "sources": sentences.SENTENCES,
    "mapping": problems._TEXTS,
    "sheets": sheet_sentences.SENTENCES,
}
NUMBERS = r"\{(?:count|announced|given|matched)\}"
MANY = {"sparql-cut"}  # a limit of results, never one


def told(table: str) -> Iterator[tuple[str, str]]:
    """Code and sentence of each defect in a table."""
    for code, texts in TABLES[table].items():
        yield from ((code, text) for text in texts)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_noun_or_verb_hangs_on_a_number(table: str) -> None:
    """A number stands apart, after a colon: there may be one, or many."""
    wrong = [
        (code, text)
        for code, text in told(table)
        if code not in MANY and re.search(rf"{NUMBERS} \w|\(s\)", text)
    ]
    assert wrong == []


def test_who_cannot_split_a_document_is_told_whom_to_ask() -> None:
    """Settings are the operator's; a holder is not told to change them."""
    for table in (rdf_defects.TABLE, http_sentences.SENTENCES):
        for code, texts in table.items():
            for setting in ("document_bytes", "document_seconds", "memory_bytes", "source_seconds"):
                if any(setting in text for text in texts):
                    assert "écrivez à l'opérateur du catalogue" in texts[2], code
                    assert "write to the operator of the catalogue" in texts[3], code


def test_levels_have_one_name() -> None:
    """English calls the level public access, as the site does."""
    for texts in (LOSSES["map-access"], problems._TEXTS["access-doubtful"]):
        said = " ".join(texts).casefold()
        assert ("public access" in said, "open access" in said) == (True, False)


def test_purposes_for_public_bodies_are_named() -> None:
    """Not by their number: the list is in alphabetical order."""
    (column,) = {f.column.key: f.column for f in known().values() if f.column.lists == (PURPOSES,)
                 and f.column.key == "allowed"}.values()  # fmt: skip
    assert "statistiques officielles sont réservés" in column.explain("fr")
    assert "statistics are reserved for public bodies" in column.explain("en")


@pytest.mark.parametrize(
    ("language", "column"), [("fr", "Ne pas publier"), ("en", "Do not publish")]
)
def test_the_workbook_says_how_a_person_is_given(language: str, column: str) -> None:
    """On its first sheet and at the sheet of contacts, by the name of the column."""
    steps = guidance.steps(language, "NON_PUBLIC")
    assert any(column in step for step in steps)
    assert column in CONTACTS.about[language == "en"]


@pytest.mark.parametrize(
    ("language", "check", "declare"),
    [("fr", "« Vérifier une description »", "« Déclarer des jeux de données »"),
     ("en", "“Check a description”", "“Declare datasets”")],
)  # fmt: skip
def test_help_is_where_those_are_who_got_the_workbook_on_the_web(
    language: str, check: str, declare: str
) -> None:
    """Wherever a command is named, so is the page of the site that does the same."""
    wanted = {"red-catalog check": check, "red-catalog template": declare}
    texts = [text for all_of in FILES.values() for text in all_of[language == "en" :: 2]]
    texts += guidance.steps(language, "NON_PUBLIC")
    texts = [text.replace("\xa0", " ") for text in texts]
    named = [(one, text) for one in wanted for text in texts if one in text]
    assert len(named) == 3
    assert all(wanted[one] in text for one, text in named)


def test_holders_are_asked_to_correct() -> None:
    """One word for it in English; in French an IRI and a blank have one gender each."""
    tables = (*TABLES.values(), LOSSES, rdf_defects.TABLE, http_sentences.SENTENCES)
    texts = [text for table in tables for all_of in table.values() for text in all_of]
    wrong = re.compile(
        r"\b[Mm]end\b|\b[Uu]ne (?:IRI|espace)\b|l'IRI est mal formée|[Pp]oint SPARQL",
    )
    assert [text for text in texts if wrong.search(text)] == []


@pytest.mark.parametrize("catalogue", ["fr", "en"])
def test_a_trusted_holder_and_a_declared_none_have_one_name(catalogue: str) -> None:
    """Pages and the answer on duties name them alike."""
    pages = (LOCALES / catalogue / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    duties = str(scope._NONE.text)
    for word in ("holds none", "déclaré sans", "Détenteur de données de confiance"):
        assert word not in pages + duties
