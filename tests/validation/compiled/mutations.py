"""Damaging records at random, always in the same way for the same seed."""

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import rdflib

from red_catalog.model import Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.rdf.terms import is_literal, literal, make_literal
from red_catalog.validation.compiled.datatypes import form_of

XSD: Final = PREFIXES["xsd"]
DATATYPES: Final = tuple(
    XSD + name
    for name in (
        "string", "boolean", "integer", "decimal", "double", "date", "dateTime", "duration",
        "nonNegativeInteger", "gYear", "anyURI", "hexBinary", "byte",
    )
)  # fmt: skip
TEXTS: Final = ("", " ", "hier", "-1", "12.5", "1e5", "2024-02-30", "P1M", "true", "été", "0007")
LANGUAGES: Final = ("fr", "en", "fr-be", "de", "mul")
CLASSES: Final = tuple(
    term(name)
    for name in (
        "dcat:Dataset", "dcat:Distribution", "dcat:Catalog", "dcat:DatasetSeries", "foaf:Agent",
        "vcard:Kind", "vcard:Individual", "skos:Concept", "dct:PeriodOfTime", "csvw:Column",
        "dcat:DataService", "dcat:CatalogRecord", "cv:ContactPoint", "dct:MediaType",
    )
)  # fmt: skip
PREDICATES: Final = tuple(
    term(name)
    for name in (
        "dcat:dataset", "dcat:inSeries", "dct:hasPart", "dcat:theme", "dct:publisher",
        "dct:modified", "skos:inScheme", "dct:license", "dct:spatial", "spdx:algorithm",
    )
)  # fmt: skip

Change = Callable[[random.Random, list[Triple], Sequence[str]], None]


def mutate(record: Sequence[Triple], codes: Sequence[str], seed: str) -> list[Triple]:
    """The record after one to eight random changes; `codes` are nodes of the background."""
    chance = random.Random(seed)
    triples = list(record)
    for _ in range(chance.randint(1, 8)):
        if triples:
            chance.choice(CHANGES)(chance, triples, codes)
    return sorted(t for t in set(triples) if _is_agreed(t[2]))


def _drop(chance: random.Random, triples: list[Triple], _codes: Sequence[str]) -> None:
    del triples[chance.randrange(len(triples))]


def _forget(chance: random.Random, triples: list[Triple], _codes: Sequence[str]) -> None:
    """A property is dropped everywhere, or a node with all that is said of it."""
    place = chance.choice((0, 1))
    lost = chance.choice(triples)[place]
    triples[:] = [t for t in triples if t[place] != lost]


def _duplicate(chance: random.Random, triples: list[Triple], codes: Sequence[str]) -> None:
    """A statement is made again, of another subject or with another object."""
    subject, predicate, value = chance.choice(triples)
    if chance.random() < 0.5:
        triples.append((chance.choice(triples)[0], predicate, value))
    else:
        triples.append((subject, predicate, _other(chance, triples, codes)))


def _add(chance: random.Random, triples: list[Triple], codes: Sequence[str]) -> None:
    subject = chance.choice(triples)[0]
    triples.append((subject, chance.choice(PREDICATES), _other(chance, triples, codes)))


def _retarget(chance: random.Random, triples: list[Triple], codes: Sequence[str]) -> None:
    number = chance.randrange(len(triples))
    subject, predicate, _ = triples[number]
    triples[number] = (subject, predicate, _other(chance, triples, codes))


def _retype(chance: random.Random, triples: list[Triple], _codes: Sequence[str]) -> None:
    """A literal gets another datatype, a node another class."""
    number = chance.randrange(len(triples))
    subject, predicate, value = triples[number]
    if is_literal(value):
        changed = make_literal(literal(value)[0], datatype=chance.choice(DATATYPES))
        triples[number] = (subject, predicate, changed)
    else:
        node = value if chance.random() < 0.5 else subject
        triples.append((node, RDF_TYPE, chance.choice(CLASSES)))


def _relang(chance: random.Random, triples: list[Triple], _codes: Sequence[str]) -> None:
    number = chance.randrange(len(triples))
    subject, predicate, value = triples[number]
    text = literal(value)[0] if is_literal(value) else "sans titre"
    triples[number] = (subject, predicate, make_literal(text, chance.choice(LANGUAGES)))


def _renode(chance: random.Random, triples: list[Triple], codes: Sequence[str]) -> None:
    """A node becomes another one everywhere: blank, an IRI, a code of a list."""
    old = chance.choice(triples)[0]
    new = chance.choice(
        ("_:b0", "<https://example.org/n>", chance.choice(codes), chance.choice(triples)[0])
    )
    triples[:] = [(new if s == old else s, p, new if o == old else o) for s, p, o in triples]


def _other(chance: random.Random, triples: list[Triple], codes: Sequence[str]) -> str:
    text = chance.choice(TEXTS)
    return chance.choice(
        (
            chance.choice(triples)[0],
            chance.choice(triples)[2],
            chance.choice(codes),
            "_:b1",
            "<https://example.org/ailleurs>",
            make_literal(text),
            make_literal(text, "fr"),
            make_literal(text, datatype=chance.choice(DATATYPES)),
        )
    )


CHANGES: Final[tuple[Change, ...]] = (
    _drop, _forget, _duplicate, _add, _retarget, _retype, _relang, _renode,
)  # fmt: skip


@lru_cache(maxsize=65_536)
def _is_agreed(value: str) -> bool:
    """Whether pySHACL reads the literal as XSD does; `test_datatypes` has those it does not."""
    if not is_literal(value):
        return True
    text, language, datatype = literal(value)
    form = None if language else form_of(datatype)
    if form is None:
        return True
    return bool(form(text)) != bool(
        rdflib.Literal(text, datatype=datatype, normalize=False).ill_typed
    )
