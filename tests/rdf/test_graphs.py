"""Statements by named graph, read in the disposable process."""

import pytest

from red_catalog.model import Document, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read_graphs
from tests.shared import attack

SOURCE = Source("ars", "ars", "ldes", "https://ars.exemple.fr/flux")


def test_statements_come_by_graph() -> None:
    """The default graph has no name; values stay as they were written."""
    content = b"""<urn:a> <urn:b> "c d"@fr . <urn:g> { <urn:x> <urn:y> _:b . _:b <urn:z> 1.50 . }"""
    found = read_graphs(Document("x", content, "application/trig"), SOURCE, Limits())
    decimal = "<http://www.w3.org/2001/XMLSchema#decimal>"
    assert found == {
        "": [("<urn:a>", "<urn:b>", '"c d"@fr')],
        "<urn:g>": [
            ("<urn:x>", "<urn:y>", "_:b"),
            ("_:b", "<urn:z>", f'"1.50"^^{decimal}'),
        ],
    }


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (b"<urn:a> <urn:b ", "text/turtle", "parser"),
        (b'{"@context": "http://x.example/", "@id": "a"}', "application/ld+json", "context"),
        (b'<?xml version="1.0"?><a/>', "application/rdf+xml", "xml-not-rdf"),
        (b" ", "text/turtle", "empty"),
    ],
)
def test_broken_document_is_a_value(content: bytes, media_type: str, expected: str) -> None:
    """One sentence, and the next document is read as if nothing had been."""
    found = read_graphs(Document("x", content, media_type), SOURCE, Limits())
    assert isinstance(found, Unreadable)
    assert found.problem.code == expected
    fine = Document("x", b"<urn:a> <urn:b> <urn:c> .", "text/turtle")
    assert read_graphs(fine, SOURCE, Limits()) == {"": [("<urn:a>", "<urn:b>", "<urn:c>")]}


@pytest.mark.parametrize("name", ["03-billion-laughs.rdf", "13-deep-object.jsonld.gz"])
def test_hostile_document_is_refused(name: str) -> None:
    """What would abort this process does not get that far."""
    content = attack(f"rdf/{name}").read_bytes()
    found = read_graphs(Document(name, content), SOURCE, Limits())
    assert isinstance(found, Unreadable)
