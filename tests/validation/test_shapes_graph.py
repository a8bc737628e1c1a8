"""Shapes are read and looked up as rdflib would, only faster."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from red_catalog.model import Level
from red_catalog.rdf.canonical import canonicalise
from red_catalog.validation import profiles, shapes_graph
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.shapes_graph import ShapesGraph, read_shapes

FOLDER = Path(profiles.__file__).parents[1] / "shapes"
FILES = sorted(FOLDER.rglob("*.ttl"))


def canonical(graph: rdflib.Graph) -> bytes:
    """A graph, whatever its blank nodes are called."""
    return canonicalise("", [(term_of(s), term_of(p), term_of(o)) for s, p, o in graph])


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(FOLDER).as_posix())
def test_every_file_of_ours_is_read_as_rdflib_reads_it(file: Path) -> None:
    """The same statements, each literal as it is written."""
    assert canonical(read_shapes((file,))) == canonical(rdflib.Graph().parse(file))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(FOLDER).as_posix())
def test_no_file_of_ours_writes_out_the_datatype_of_texts(file: Path) -> None:
    """Which the reader would not tell from a text without it, as pySHACL does."""
    text = file.read_text("utf-8")
    assert "^^xsd:string" not in text
    assert "^^<http://www.w3.org/2001/XMLSchema#string>" not in text


def test_everything_is_looked_up_as_in_rdflib() -> None:
    """Each kind of pattern, path included, gives what rdflib's own store gives."""
    shapes = read_shapes(profiles.load("hdh").files[Level.PUBLIC])
    plain = rdflib.Graph()
    plain += shapes
    assert len(shapes) == len(plain) == len(set(shapes))
    some = sorted(plain, key=str)[::97]
    for (s, p, o), kept in product(some, product((True, False), repeat=3)):
        pattern = (s if kept[0] else None, p if kept[1] else None, o if kept[2] else None)
        assert set(shapes.triples(pattern)) == set(plain.triples(pattern))
        assert (pattern in shapes) == (pattern in plain)
    for subject, predicate, value in some:
        assert set(shapes.objects(subject, predicate)) == set(plain.objects(subject, predicate))
        assert set(shapes.objects(subject)) == set(plain.objects(subject))
        assert set(shapes.subjects(predicate, value)) == set(plain.subjects(predicate, value))
        assert set(shapes.subjects(None, value)) == set(plain.subjects(None, value))
    path = SH.property / SH.path
    assert set(shapes.subject_objects(path)) == set(plain.subject_objects(path))


def test_shapes_cannot_be_changed() -> None:
    """Whoever adds to them, or takes away, has made a mistake."""
    one = rdflib.URIRef("https://chu.example.fr/shape")
    shapes = ShapesGraph([(one, RDF.type, SH.NodeShape)])
    with pytest.raises(TypeError, match="not changed"):
        shapes.add((one, RDF.type, SH.PropertyShape))
    with pytest.raises(TypeError, match="not changed"):
        shapes.remove((one, None, None))
    assert list(shapes) == [(one, RDF.type, SH.NodeShape)]


def test_levels_with_the_same_files_have_one_graph() -> None:
    """So that they are compiled once."""
    assert len({id(shapes_graph.shapes("hdh", level)) for level in Level}) == 1
    assert len({id(shapes_graph.shapes("healthdcat-ap-8", level)) for level in Level}) == 3


def test_validating_loads_no_other_engine() -> None:
    """Each worker would pay for loading pySHACL and SPARQL, which our shapes do not need."""
    code = """
import sys
from red_catalog.validation.checking import validate
for profile in ("healthdcat-ap-8", "red", "minimum-2026-2098", "dcat-ap-3", "hdh"):
    validate("https://chu.example.fr/d", b"", profile)
print([name for name in sys.modules if name.startswith(("pyshacl", "rdflib.plugins.sparql"))])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
