"""One property has one name: on the pages, in the rules and in the workbook."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

import red_catalog
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.namespaces import term
from red_catalog.publish.record import properties
from red_catalog.publish.record.graph import Row, Thing
from red_catalog.publish.web.markup import writer
from red_catalog.rdf.terms import iri as bare

SHAPES = Path(red_catalog.__file__).parent / "shapes"
RED = rdflib.Namespace("https://red-catalog.org/shapes/red#")
# What a property says of one class alone, under a name of its own.
APART = {
    # Of a catalogue, of a record, of a publisher, of an identifier, of a code.
    "catalogue-has-part", "dcat-catalogue-has-part", "dcat-catalogue-is-part-of",
    "dcat-record-source", "publisher-note", "other-identifier-notation",
    "dcat-identifier-notation", "code-value-in-scheme",
    # Columns that say a part of a value, or speak of another thing.
    "datasets period_start", "datasets period_end", "datasets retention_start",
    "datasets retention_end", "datasets assessed", "variables table", "contacts note",
    # Short where the page has room to say more.
    "datasets fee_estimate", "datasets delivery", "contacts private",
}  # fmt: skip


def rules() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each rule about one property: its own name, the property, what it calls it."""
    for file in sorted(SHAPES.rglob("*.ttl")):
        graph = rdflib.Graph().parse(file)
        for about in (SH.path, RED.property):
            for rule, path in graph.subject_objects(about):
                if isinstance(path, rdflib.URIRef):
                    named = {
                        str(text.language): str(text)
                        for text in graph.objects(rule, SH.name)
                        if isinstance(text, rdflib.Literal)
                    }
                    yield str(rule).rpartition("#")[2], str(path), named


def columns() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each column that says one property: sheet and key, the property, its headings."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.property:
                headings = {code: column.heading(code) for code in ("fr", "en")}
                yield f"{sheet.key} {column.key}", bare(term(column.property)), headings


def agree(page: str, other: str) -> bool:
    """Whether one is the other, or says in addition of what: “Type”, “Dataset types”."""
    words = (text.replace("’", "'").casefold().split() for text in (page, other))
    known, said = ({word.removesuffix("s") for word in text} for text in words)
    return known <= said or said <= known


@pytest.mark.parametrize("code", ["fr", "en"])
def test_pages_rules_and_workbook_name_a_property_alike(code: str) -> None:
    """Whoever reads of a correction finds the same word on the page and over the column."""
    named = [*rules(), *columns()]
    assert len(named) > 500
    wrong = {
        (properties.compact(iri), properties.name(iri, code), text[code])
        for key, iri, text in named
        if key not in APART and not agree(properties.name(iri, code), text[code])
    }
    assert wrong == set()


def test_the_access_level_is_no_condition_of_access() -> None:
    """dct:accessRights is the level everywhere; conditions are fees, delays and purposes."""
    said = "".join(file.read_text("utf-8") for file in sorted(SHAPES.rglob("*.ttl"))).casefold()
    assert [w for w in ("conditions d'accès", "droits d'accès", "access rights") if w in said] == []
    name = properties.name(bare(term("dct:accessRights")), "fr")
    assert name == "Niveau d’accès"


@pytest.mark.parametrize(("code", "dataset"), [("fr", "Jeu de données d’origine"),
                                               ("en", "Source dataset")])  # fmt: skip
def test_a_legal_basis_has_no_source_dataset(code: str, dataset: str) -> None:
    """Only a dataset comes from a source dataset: a legal basis has a source."""
    law = Thing("http://data.europa.eu/eli/reg/2016/679/oj", None, ())
    source = Row(bare(term("dct:source")), (law,))
    basis = Row(bare(term("dpv:hasLegalBasis")), (Thing(None, None, (), (source,)),))
    spoken = writer(code)
    assert f">{dataset}</dt>" in spoken.rows([source])
    assert dataset not in spoken.rows([basis])
    assert ">Source</dt>" in spoken.rows([basis])
    path = f"{term('dpv:hasLegalBasis')}/{term('dct:source')}"
    assert properties.name(path, code).endswith(" › source")
