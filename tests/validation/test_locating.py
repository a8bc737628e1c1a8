"""Lines of values and subjects: right, or none."""

import pytest

from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.validation.locating import locator

SUBJECT = "<https://chu-valmont.example.fr/jeu/sejours>"
TITLE = term("dct:title")
DATASET = term("dcat:Dataset")
TURTLE = '''@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://chu-valmont.example.fr/jeu/> .
# dct:title "Faux" .

ex:sejours a <http://www.w3.org/ns/dcat#Dataset> ;
    dct:description """Plusieurs
lignes ; "ici" ."""@fr ;
    dct:title
        "Séjours"@fr ,
        "Stays"@en ;
    dct:publisher [
        dct:title "CHU" ] ;
    dct:extent 12 .
'''
XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#">
  <dcat:Dataset rdf:about="https://chu-valmont.example.fr/jeu/sejours">
    <dct:title xml:lang="fr">Séjours</dct:title>
    <dct:publisher rdf:resource="https://chu-valmont.example.fr/"/>
  </dcat:Dataset>
</rdf:RDF>
"""
JSON = """{
  "@context": {"ex": "https://chu-valmont.example.fr/jeu/"},
  "@graph": [
    {"@id": "https://chu-valmont.example.fr/", "http://www.w3.org/ns/dcat#dataset":
      {"@id": "ex:sejours"}},
    {
      "@id": "ex:sejours",
      "http://purl.org/dc/terms/title": "Séjours",
      "http://purl.org/dc/terms/language": "fr", "http://purl.org/dc/terms/type": "fr"
    }
  ]
}
"""


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (None, None, 5),
        (RDF_TYPE, DATASET, 5),
        (TITLE, '"Séjours"@fr', 9),
        (TITLE, '"Stays"@en', 10),
        (TITLE, '"Faux"', None),
        (term("dct:description"), '"Plusieurs\\nlignes ; \\"ici\\" ."@fr', 6),
        (term("dct:publisher"), "_:b0", 11),
    ],
)
def test_turtle(path: str | None, value: str | None, line: int | None) -> None:
    """Prefixes, lists of values, long texts, comments and blocks are read as they are meant."""
    assert locator(TURTLE, "ttl").find(SUBJECT, path, value) == line


def test_a_block_is_known_by_what_it_alone_says() -> None:
    """A blank node has the line of its value where that value stands once."""
    lines = locator(TURTLE, "ttl")
    assert lines.find("_:b0", TITLE, '"CHU"') == 12
    twice = TURTLE.replace("dct:extent 12", 'dct:creator [ dct:title "CHU" ]')
    assert locator(twice, "ttl").find("_:b0", TITLE, '"CHU"') is None


TRIG = f"""@prefix dct: <http://purl.org/dc/terms/> .
{SUBJECT} dct:issued "2029" .
<https://chu-valmont.example.fr/graphe/1> {{
  {SUBJECT} dct:title "Séjours"@fr ;
    dct:extent 12}}
GRAPH _:autre {{ {SUBJECT} dct:type "a" .
  {SUBJECT} dct:language "fr" . }}
{{
  {SUBJECT} dct:relation "b" }}
"""
QUADS = f"""# {TITLE}
{SUBJECT} {TITLE} "Séjours"@fr <https://chu-valmont.example.fr/graphe/1> .
{SUBJECT} {term("dct:publisher")} _:b1 _:g .
{SUBJECT} {term("dct:issued")} "2029" .
"""


@pytest.mark.parametrize(
    ("syntax", "path", "value", "line"),
    [
        ("trig", None, None, 2),
        ("trig", "dct:issued", '"2029"', 2),
        ("trig", "dct:title", '"Séjours"@fr', 4),
        ("trig", "dct:extent", f'"12"^^{term("xsd:integer")}', 5),
        ("trig", "dct:type", '"a"', 6),
        ("trig", "dct:language", '"fr"', 7),
        ("trig", "dct:relation", '"b"', 9),
        ("nq", None, None, 2),
        ("nq", "dct:title", '"Séjours"@fr', 2),
        ("nq", "dct:publisher", "_:c1", 3),
        ("nq", "dct:issued", '"2029"', 4),
        ("nq", "dct:title", '"Autre"', None),
    ],
)
def test_graphs(syntax: str, path: str | None, value: str | None, line: int | None) -> None:
    """A statement within a named graph has its line, and the name of the graph is no subject."""
    lines = locator(TRIG if syntax == "trig" else QUADS, syntax)
    assert lines.find(SUBJECT, path and term(path), value) == line
    assert lines.find("<https://chu-valmont.example.fr/graphe/1>") is None


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (None, None, 4),
        (TITLE, '"Séjours"@fr', 5),
        (term("dct:publisher"), "<https://chu-valmont.example.fr/>", 6),
        (TITLE, '"Autre"', None),
    ],
)
def test_rdf_xml(path: str | None, value: str | None, line: int | None) -> None:
    """Elements have the line where they begin."""
    assert locator(XML, "rdf").find(SUBJECT, path, value) == line


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (None, None, 7),
        (TITLE, '"Séjours"', 8),
        (term("dct:language"), '"fr"', 9),
        (term("dct:relation"), '"fr"', None),
        (term("dcat:dataset"), SUBJECT, 5),
    ],
)
def test_json_ld(path: str | None, value: str | None, line: int | None) -> None:
    """A description is told from a mere reference; what is of another property has no line."""
    assert locator(JSON, "jsonld").find(SUBJECT, path, value) == line


VALUES = """{
  "@context": {"dct": "http://purl.org/dc/terms/", "nombre": "dct:extent", "lang": "fr"},
  "@id": "https://chu-valmont.example.fr/jeu/sejours",
  "healthdcatap:numberOfRecords": 2024,
  "dcat:version": "2024",
  "dct:accessRights": "Acc\\u00e8s public",
  "dct:description": {"@value": "Acc\\u00e8s public", "@language": "fr"},
  "dcat:keyword": ["Accès public", {"@value": "Santé", "@language": "fr"}],
  "nombre": 12.50,
  "healthdcatap:hasStructuredData": true,
  "dct:title": "Le \\"vrai\\" titre",
  "dct:publisher": {"dct:title": "CHU", "dct:type": "x"},
  "un": "même", "deux": "même"
}
"""
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("healthdcatap:numberOfRecords", f'"2024"^^<{XSD}integer>', 4),
        ("dcat:version", '"2024"', 5),
        ("dct:identifier", '"2024"', None),
        ("dct:accessRights", '"Accès public"', 6),
        ("dct:description", '"Accès public"@fr', 7),
        ("dcat:keyword", '"Accès public"', 8),
        ("dcat:keyword", '"Santé"@fr', 8),
        ("dct:extent", f'"1.25E1"^^<{XSD}double>', 9),
        ("healthdcatap:hasStructuredData", f'"true"^^<{XSD}boolean>', 10),
        ("dct:title", '"Le \\"vrai\\" titre"', 11),
        ("dct:title", '"CHU"', 12),
        ("dct:language", '"fr"', None),
        ("dct:alternative", '"même"', None),
    ],
)
def test_values_of_json_ld_are_told_apart_by_their_keys(
    path: str, value: str, line: int | None
) -> None:
    """Numbers, escapes and the same text under several properties; unsure ones have no line."""
    assert locator(VALUES, "jsonld").find(SUBJECT, term(path), value) == line


def test_entities_and_oddities_have_no_line() -> None:
    """Entities are not expanded, and what is not understood is left without lines."""
    bomb = XML.replace("<rdf:RDF", '<!DOCTYPE r [<!ENTITY a "b">]>\n<rdf:RDF', 1)
    assert locator(bomb, "rdf").find(SUBJECT) is None
    assert locator(TURTLE + "\n@@@", "ttl").find(SUBJECT) is None
    assert locator(TURTLE, "spreadsheet").find(SUBJECT) is None
