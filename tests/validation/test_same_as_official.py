"""Our shapes say of every description what the official Release 8 shapes say of it."""

import json
import random
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import rdflib
from rdflib.namespace import RDF

from red_catalog import vocabulary
from red_catalog.model import Level, Triple
from red_catalog.validation import background, engines, pyshacl_engine, shapes_graph
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.compiled.paths import describe_path
from red_catalog.validation.engines import Chosen
from red_catalog.validation.result import Result
from tests import real, shared

PROFILE: Final = "healthdcat-ap-8"
EVERY_CLASS: Final = Path(__file__).parents[1] / "data" / "shapes" / "every-class.ttl"
FORMATS: Final = {
    ".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".nt": "nt", ".n3": "n3",
}  # fmt: skip
# What may differ, by (component, path), with the reason. Nothing does.
ALLOWED: Final[dict[tuple[str, str | None], str]] = {}
# The guard of the official set asks a whole document for a dataset: it is about the
# document, not about any description in it.
GUARD: Final = "<urn:x-shacl:guard>"

Key = tuple[str, str | None, str | None, str, str]


@cache
def official(level: Level) -> rdflib.Graph:
    """The official shapes of one level."""
    folder = shared.folder("official") / "healthdcat-ap-r8-patched"
    return rdflib.Graph().parse(folder / f"{level}.ttl", format="turtle")


@cache
def official_background() -> rdflib.Graph:
    """The code lists and types that the official range and list checks need."""
    return rdflib.Graph().parse(shared.folder("official") / "vocab" / "background-red.ttl")


def triples_of(path: Path) -> list[Triple] | None:
    """The triples of a file, None where neither rdflib nor the catalogue can read it.

    What only the catalogue reads gives its datasets alone.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            graph = rdflib.Graph().parse(path, format=FORMATS[path.suffix])
    except Exception:  # noqa: BLE001 - its parsers raise anything on what is not RDF
        return background.drop_axioms(real.described(path)) or None
    return background.drop_axioms(as_terms(graph))


def as_terms(graph: rdflib.Graph) -> Iterator[Triple]:
    """The triples of a graph as N-Triples terms."""
    for s, p, o in graph:
        yield term_of(s), term_of(p), term_of(o)


def results(
    shapes: rdflib.Graph, triples: list[Triple], beside: tuple[Triple, ...]
) -> dict[Key, Result]:
    """The results of a run, by what they are compared on."""
    found = {r[:5]: r for r in pyshacl_engine.run(shapes, triples, beside)}
    return {key: one for key, one in found.items() if key[0] != GUARD}


def referenced(triples: list[Triple]) -> tuple[Triple, ...]:
    """The official background of the IRIs that a description mentions, and the axioms."""
    graph = official_background()
    mentioned = {rdflib.URIRef(t[1:-1]) for s, _, o in triples for t in (s, o) if t[0] == "<"}
    of_lists = {o for s in mentioned for o in graph.objects(s, rdflib.SKOS.inScheme)}
    found = rdflib.Graph()
    for one in mentioned | of_lists:
        found += graph.triples((one, None, None))
    return (*as_terms(found), *vocabulary.background(()))


def differences(triples: list[Triple], level: Level) -> list[str]:
    """What differs between pySHACL with the official shapes and lists, and us with ours; lines."""
    expected = results(official(level), triples, referenced(triples))
    found = {r[:5] for r in engines.run("compiled", Chosen(PROFILE, level), triples)}
    actual = {key for key in found if key[0] != GUARD}
    return [
        f"{level} {'+' if key in actual else '-'} {key}"
        for key in sorted(expected.keys() ^ actual, key=str)
        if (key[3], key[1]) not in ALLOWED
    ]


def mutant(triples: list[Triple], seed: int) -> list[Triple]:
    """The triples with a tenth left out and a tenth given the object of another one."""
    chance = random.Random(seed)
    # Blank nodes get other labels at every reading; the order must not depend on them.
    in_order = sorted(triples, key=lambda t: ["_" if node[0] == "_" else node for node in t])
    kept = [t for t in in_order if chance.random() > 0.1]
    return [
        (s, p, chance.choice(kept)[2]) if chance.random() < 0.1 else (s, p, o) for s, p, o in kept
    ]


def test_every_real_document_gets_the_same_results() -> None:
    """Whole documents that others wrote, at all three levels, each with its own code lists."""
    compared, found = set(), []
    for path in real.files():
        if triples := triples_of(path):
            compared.add(path)
            found += [f"{path.name} {d}" for level in Level for d in differences(triples, level)]
    assert found == []
    assert compared


@pytest.mark.parametrize("name", ["jeu.jsonld", "jeu.json", "jeu.nq", "jeu.trig", "jeu"])
def test_whatever_a_document_is_written_in_it_is_compared(name: str, tmp_path: Path) -> None:
    """A folder that RED_REAL names may hold any syntax that the catalogue reads."""
    iri, title = "https://chu-lille.example/jeu", "http://purl.org/dc/terms/title"
    kind = "http://www.w3.org/ns/dcat#Dataset"
    nquads = f'<{iri}> <{RDF.type}> <{kind}> .\n<{iri}> <{title}> "Séjours"@fr .\n'
    plain = {"@id": iri, "@type": kind, title: {"@value": "Séjours", "@language": "fr"}}
    path = tmp_path / name
    path.write_text(json.dumps(plain) if "json" in name else nquads, "utf-8")
    assert sorted(triples_of(path) or ()) == [
        (f"<{iri}>", f"<{title}>", '"Séjours"@fr'), (f"<{iri}>", f"<{RDF.type}>", f"<{kind}>"),
    ]  # fmt: skip


@pytest.mark.parametrize("level", Level)
def test_every_class_of_the_profile_gets_the_same_results(level: Level) -> None:
    """A description that uses every class and breaks nearly every rule."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    assert differences(triples, level) == []
    shapes = shapes_graph.shapes(PROFILE, level)
    assert len(results(shapes, triples, background.gather(triples))) > 600


@pytest.mark.parametrize("seed", range(6))
def test_mutants_of_every_class_get_the_same_results(seed: int) -> None:
    """The same description with statements missing and objects exchanged at random."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    level = tuple(Level)[seed % 3]
    assert differences(mutant(triples, seed), level) == []


@pytest.mark.parametrize("level", Level)
def test_no_official_constraint_is_left_untried(level: Level) -> None:
    """Every (path, component, severity) that the official shapes can say is said at least once."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    said = {
        (path or "", component, severity)
        for _, path, _, component, severity in results(
            official(level), triples, background.gather(triples)
        )
    }
    # A place that inverse paths lead to is never a literal.
    never = {("^<http://www.w3.org/ns/dcat#inSeries>", "sh:NodeKindConstraintComponent")}
    possible = _possible(official(level))
    assert {p for p in possible - said if p[:2] not in never} == set()


def _possible(shapes: rdflib.Graph) -> set[tuple[str, str, str]]:
    sh = rdflib.SH
    components = {
        "minCount": "MinCount", "maxCount": "MaxCount", "class": "Class", "node": "Node",
        "nodeKind": "NodeKind", "datatype": "Datatype", "hasValue": "HasValue",
    }  # fmt: skip
    found = set()
    for node in set(shapes.subjects(sh.targetClass)):
        for part in shapes.objects(node, sh.property):
            path = shapes.value(part, sh.path)
            severity = shapes.value(part, sh.severity) or sh.Violation
            assert path is not None
            for parameter, _ in shapes.predicate_objects(part):
                if kind := components.get(str(parameter).removeprefix(str(sh))):
                    component = f"sh:{kind}ConstraintComponent"
                    word = f"sh:{str(severity).removeprefix(str(sh))}"
                    found.add((describe_path(shapes, path), component, word))
    return found
