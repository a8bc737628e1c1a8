import json
import subprocess
import sys
from typing import get_args
from xml.etree import ElementTree as ET
from xml.parsers import expat

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from red_catalog.rdf.terms import make_literal
from red_catalog.rdf.writing import Syntax, nquads, serialise, triples

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
LINES = b"""<https://chu.exemple.fr/1> <http://purl.org/dc/terms/creator> _:b12 .
<https://chu.exemple.fr/1> <http://purl.org/dc/terms/title> "Registre _:b12 ."@fr .
<https://chu.exemple.fr/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
<https://chu.exemple.fr/1> <http://www.w3.org/ns/dcat#byteSize> "010"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> .
_:b12 <http://xmlns.com/foaf/0.1/name> "CHU" .
"""  # noqa: E501


def back(written: bytes, syntax: Syntax) -> list[str]:
    """The lines of a written document, as pyoxigraph reads them."""
    return sorted(str(quad.triple) for quad in ox.parse(written, format=FORMATS[syntax]))


def test_every_syntax_says_the_same() -> None:
    """What is written reads back as the same statements, datatypes included."""
    expected = sorted(line.removesuffix(" .") for line in LINES.decode().splitlines())
    assert {s: back(serialise(LINES, s), s) for s in get_args(Syntax)} == dict.fromkeys(
        get_args(Syntax), expected
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_rdf_xml_is_always_well_formed(text: str) -> None:
    """No text, NUL included, makes RDF/XML that an XML parser refuses."""
    line = f"<urn:a> <http://purl.org/dc/terms/title> {make_literal(text)} .\n".encode()
    expat.ParserCreate().Parse(serialise(line, "rdf"), True)


def test_predicates_without_an_xml_name_are_left_out_of_rdf_xml_and_told() -> None:
    """A predicate that ends in no name costs its own statement, and a comment says so."""
    lines = LINES + b"<https://chu.exemple.fr/1> <https://chu.exemple.fr/p/> <urn:x> .\n"
    written = serialise(lines, "rdf")
    assert (back(written, "rdf"), b"1 statement(s)" in written) == (
        back(serialise(LINES, "rdf"), "rdf"),
        True,
    )


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KEPT = ("li", "ID", "about", "resource", "nodeID", "datatype", "parseType", "Description", "RDF",
        "bagID", "aboutEach", "aboutEachPrefix")  # fmt: skip


@pytest.mark.parametrize("name", [*(RDF + one for one in KEPT), "http://www.w3.org/2000/xmlns/foo"])
def test_names_that_rdf_xml_keeps_for_itself_are_left_out_of_it(name: str) -> None:
    """They are in every other syntax: neither is a publication stopped nor a file spoilt."""
    lines = LINES + f"<https://chu.exemple.fr/1> <{name}> <urn:x> .\n".encode()
    written = serialise(lines, "rdf")
    assert (back(written, "rdf"), b"1 statement(s)" in written) == (
        back(serialise(LINES, "rdf"), "rdf"),
        True,
    )


@pytest.mark.parametrize(
    "name", ["http://snomed.info/id/27113001", "http://www.w3.org/ns/dcat#", "https://a.fr/1?b=2&c"]
)
def test_a_class_whose_address_ends_in_no_name_is_a_value(name: str) -> None:
    """An element cannot be called so: a parser of XML must read the file all the same."""
    lines = LINES + f"<https://chu.exemple.fr/1> <{RDF}type> <{name}> .\n".encode()
    written = serialise(lines, "rdf")
    ET.fromstring(written)
    assert back(written, "rdf") == back(serialise(lines, "nt"), "nt")


def test_bytes_are_the_same_in_another_process() -> None:
    """Writing is deterministic from one process to the next."""
    code = (
        "import sys; from red_catalog.rdf.writing import serialise; "
        "sys.stdout.buffer.write(serialise(sys.stdin.buffer.read(), sys.argv[1]))"
    )
    for syntax in get_args(Syntax):
        run = [sys.executable, "-c", code, syntax]
        outputs = {subprocess.run(run, input=LINES, stdout=-1, check=True).stdout for _ in "abc"}
        assert outputs == {serialise(LINES, syntax)}


def test_a_prefix_that_is_somebody_s_scheme_is_not_declared() -> None:
    """`time:x` as a whole IRI must not be read as a prefixed name in JSON-LD."""
    line = b"<time:x> <http://www.w3.org/2006/time#hasEnd> <time:y> .\n"
    assert back(serialise(line, "jsonld"), "jsonld") == [line.decode().removesuffix(" .\n")]
    assert "time" not in json.loads(serialise(line, "jsonld"))["@context"]


def test_a_prefix_that_is_the_scheme_of_a_datatype_is_not_declared() -> None:
    """`time:x` as the datatype of a value is a whole IRI, too; a text with a colon is none."""
    line = b'<http://x/s> <http://www.w3.org/2006/time#inXSDDate> "1"^^<time:x> .\n'
    assert back(serialise(line, "jsonld"), "jsonld") == [line.decode().removesuffix(" .\n")]
    text = line.replace(b'"1"^^<time:x>', b'"time: 12:00"')
    assert json.loads(serialise(text, "jsonld"))["@context"].keys() == {"time"}


def test_quads_and_triples_by_line() -> None:
    """Lines become quads of one graph, and tuples of three terms."""
    assert triples(LINES)[4] == ("_:b12", "<http://xmlns.com/foaf/0.1/name>", '"CHU"')
    assert nquads(LINES, "urn:g").splitlines()[4] == LINES.splitlines()[4][:-1] + b"<urn:g> ."
