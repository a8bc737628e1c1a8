"""Graphs as answers to a query."""

from xml.etree import ElementTree as ET

import pyoxigraph as ox

from red_catalog.store.results import write_graph

RED = "https://chu.exemple.fr/jeu/"


def test_rdf_xml_is_always_well_formed() -> None:
    """Characters that XML cannot hold are replaced, and what it cannot name is told."""
    subject, name = ox.NamedNode(f"{RED}1"), ox.NamedNode("http://purl.org/dc/terms/title")
    triples = [
        ox.Triple(subject, name, ox.Literal("Page\x0c suivante\x0b\r fin", language="fr")),
        ox.Triple(subject, ox.NamedNode(f"{RED}annee/2024"), ox.Literal("12")),
    ]
    written = write_graph("application/rdf+xml", triples)
    (title,) = ET.fromstring(written).iter("{http://purl.org/dc/terms/}title")
    assert title.text == "Page\ufffd suivante\ufffd\r fin"
    assert b"1 statement(s)" in written
    assert b"xmlns:dct=" in written


def test_no_statement_is_a_document_too() -> None:
    """An empty graph is a whole RDF/XML document."""
    assert ET.fromstring(write_graph("application/rdf+xml", [])).tag.endswith("}RDF")
