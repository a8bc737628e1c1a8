"""What every shape of ours has, whoever wrote it."""

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from red_catalog.model import Level
from red_catalog.validation import profiles

BASE = "https://red-catalog.org/shapes/healthdcat-ap-8#"
PROFILE = profiles.load("healthdcat-ap-8")
FILES = sorted({file for files in PROFILE.files.values() for file in files})
# Words that mean nothing to someone who does not know RDF.
JARGON = re.compile(
    r"\b(IRI|URI|RDF|SHACL|node|noeud|nœud|literal|littéral|blank)\b", re.IGNORECASE
)


def whole() -> rdflib.Graph:
    """All shapes of all levels."""
    graph = rdflib.Graph()
    for file in FILES:
        graph.parse(file)
    return graph


GRAPH = whole()
POINTING = (SH.property, SH.node, SH["not"])
LISTS = (SH["or"], SH["and"], SH.xone)
SHAPES = sorted(
    {
        *GRAPH.subjects(RDF.type, SH.NodeShape),
        *GRAPH.subjects(RDF.type, SH.PropertyShape),
        *(o for p in POINTING for o in GRAPH.objects(None, p)),
        *(m for p in LISTS for o in GRAPH.objects(None, p) for m in GRAPH.items(o)),
    },
    key=str,
)


def test_every_shape_has_an_iri_of_ours() -> None:
    """Shapes within other shapes too: every result can name its rule."""
    assert [s for s in SHAPES if not (isinstance(s, rdflib.URIRef) and s.startswith(BASE))] == []


@pytest.mark.parametrize("predicate", [SH.name, SH.message])
def test_every_shape_has_a_name_and_a_message_in_both_languages(predicate: Node) -> None:
    """One text in French, one in English, without jargon."""
    for shape in SHAPES:
        texts = [o for o in GRAPH.objects(shape, predicate) if isinstance(o, rdflib.Literal)]
        assert sorted(t.language or "" for t in texts) == ["en", "fr"], shape
        assert [t for t in texts if JARGON.search(t) or not t.strip()] == []


def test_every_shape_is_described() -> None:
    """Whatever a shape points to is a node shape or a property shape of the same files."""
    kinds = {SH.NodeShape, SH.PropertyShape}
    assert [s for s in SHAPES if not kinds & set(GRAPH.objects(s, RDF.type))] == []


def test_every_property_shape_is_used() -> None:
    """A property shape that nothing points to would check nothing."""
    used = {
        *GRAPH.objects(None, SH.property),
        *(m for p in LISTS for o in GRAPH.objects(None, p) for m in GRAPH.items(o)),
    }
    assert [s for s in GRAPH.subjects(RDF.type, SH.PropertyShape) if s not in used] == []


def test_no_shape_is_written_twice() -> None:
    """A name stands for one shape of one file."""
    starts = [line for f in FILES for line in f.read_text("utf-8").splitlines() if line[:1] == ":"]
    assert sorted(starts) == sorted(set(starts))


def test_every_file_belongs_to_a_level() -> None:
    """A file that the manifest forgets would be read by nobody."""
    folder = FILES[0].parent
    while not (folder / "profile.toml").exists():
        folder = folder.parent
    assert sorted(folder.rglob("*.ttl")) == FILES


@pytest.mark.parametrize("level", Level)
def test_levels_differ_by_their_own_file_only(level: Level) -> None:
    """What the levels share is written once."""
    others = {f for other in Level if other != level for f in PROFILE.files[other]}
    assert [f.name for f in PROFILE.files[level] if f not in others] == [
        level.value.lower().replace("_", "-") + ".ttl"
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_files_are_plain_turtle(file: Path) -> None:
    """Lines of 100 characters except where a sentence needs more; no tab, no trailing space."""
    for line in file.read_text("utf-8").splitlines():
        assert line == line.rstrip()
        assert "\t" not in line
        assert len(line) <= 100 or '"' in line or line.startswith("@prefix")
