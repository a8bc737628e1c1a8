"""The code lists of the profiles: labels, codes, and what the shapes must know of each.

The lists lie in `vocab/`, one Turtle file a list, in a plain style (prefixes, then one
subject after another) that is read here in a few hundredths of a second.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from red_catalog.model import Text, Triple
from red_catalog.namespaces import RDF_TYPE, term

_FOLDER: Final = Path(__file__).parents[1] / "vocab"
_IN_SCHEME: Final = term("skos:inScheme")
_NOTATION: Final = term("skos:notation")
_LABELS: Final = frozenset({term("skos:prefLabel"), term("dct:title")})
# Release 8 does not bring these lists into a check: their terms have labels here, and must
# still be typed by whoever uses them.
_LABELS_ONLY: Final = ("<https://w3id.org/dpv", "<http://purl.org/adms/status/")
# Codes of the European authorities keep the name of their list when its address changes.
_EARLIER_BASE: Final = re.compile(r"/resource/authority/([\w-]+)/$")
_SUBCLASSES: Final = (
    ("dct:MediaType", "dct:MediaTypeOrExtent"),
    ("foaf:Organization", "foaf:Agent"),
    ("foaf:Person", "foaf:Agent"),
    ("vcard:Group", "vcard:Kind"),
    ("vcard:Individual", "vcard:Kind"),
    ("vcard:Organization", "vcard:Kind"),
)
_TOKEN: Final = re.compile(
    r"""(?:\s|\#[^\n]*)*
    (?:("(?:[^"\\]|\\.)*"(?:@[a-z]+)?)    # a literal
    | @prefix\s+(\w+):\s*<([^>]*)>\s*\.   # a prefix, its namespace
    | (<[^>]*>)                            # an IRI
    | (\w+):([\w-]+)                       # a prefixed name
    | (a)(?=\s)
    | ([.,;]))""",
    re.VERBOSE,
)
# How much of a statement goes on after each mark.
_KEPT: Final = {".": 0, ";": 1, ",": 2}
_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([a-z]+))?')


@dataclass(frozen=True, slots=True)
class Concept:
    """http://www.w3.org/2004/02/skos/core#Concept of one of our lists."""

    iri: str
    code: str
    labels: Text


@lru_cache(20_000)
def labels(iri: str) -> Text | None:
    """The French and English name of a code or of a list, None for an unknown one.

    A name that exists in one language only stands for both.
    """
    found = {}
    for _, predicate, value in _subjects().get(f"<{iri}>", ()):
        if predicate in _LABELS and (match := _LITERAL.fullmatch(value)):
            found[match[2]] = _plain(match[1])
    if not found:
        return None
    known = next(iter(found.values()))
    return MappingProxyType({"fr": found.get("fr", known), "en": found.get("en", known)})


def lacks(iri: str, code: str) -> bool:
    """Whether a term's name is not in this language but shown in the other one."""
    found = {
        match[2]
        for _, predicate, value in _subjects().get(f"<{iri}>", ())
        if predicate in _LABELS and (match := _LITERAL.fullmatch(value))
    }
    return bool(found) and code not in found


@cache
def concepts(scheme: str) -> tuple[Concept, ...]:
    """The codes of a list, by IRI; none for an unknown list."""
    member = (_IN_SCHEME, f"<{scheme}>")
    found = []
    for subject, triples in sorted(_subjects().items()):
        if member in ((p, o) for _, p, o in triples):
            code = next(o for _, p, o in triples if p == _NOTATION)
            names = labels(subject[1:-1])
            assert names
            found.append(Concept(subject[1:-1], _plain(code[1:-1]), names))
    return tuple(found)


@cache
def groups(scheme: str) -> frozenset[str]:
    """The codes (IRIs) that only group others of their list of standards: none to choose."""
    standard = (RDF_TYPE, term("dct:Standard"))
    said = {c.iri: {(p, o) for _, p, o in _subjects()[f"<{c.iri}>"]} for c in concepts(scheme)}
    others = {iri for iri, facts in said.items() if standard not in facts}
    return frozenset(others if len(others) < len(said) else ())


@cache
def schemes() -> tuple[str, ...]:
    """The IRIs of all lists."""
    kind = (RDF_TYPE, term("skos:ConceptScheme"))
    found = (s for s, ts in _subjects().items() if kind in ((p, o) for _, p, o in ts))
    return tuple(sorted(iri[1:-1] for iri in found))


def list_digest(scheme: str) -> str:
    """SHA-256 of a list, its codes and all that is said of them."""
    return _list_digest(f"<{scheme}>")


def is_member(node: str, scheme: str) -> bool:
    """Whether a term is a code of a list."""
    return node in _members().get(f"<{scheme}>", ())


def digest_of(iris: Iterable[str]) -> str:
    """SHA-256 of the lists that these IRIs refer to: another one where any of them changed.

    An unknown code refers to the list that it seems meant for, by its namespace or, under an
    earlier base, by the name of the list.
    """
    return _digest_lists(frozenset(one for iri in iris for one in _lists_of(f"<{iri}>")))


def background(iris: Iterable[str]) -> tuple[Triple, ...]:
    """What the shapes must know of these IRIs: their triples, their lists', subclass axioms.

    Nothing is said of the lists that Release 8 leaves out of a check.
    """
    mentioned = {f"<{iri}>" for iri in iris}
    subjects = _subjects()
    of_lists = {o for s in mentioned for _, p, o in subjects.get(s, ()) if p == _IN_SCHEME}
    found = [
        triple
        for s in sorted(mentioned | of_lists)
        if not s.startswith(_LABELS_ONLY)
        for triple in subjects.get(s, ())
    ]
    return (*found, *_axioms())


def whole_background() -> tuple[Triple, ...]:
    """What `background` could say of any IRI."""
    return background(iri[1:-1] for iri in _subjects())


def triples() -> Iterator[Triple]:
    """All triples of all lists, sorted: names for whoever queries the catalogue."""
    for _, found in sorted(_subjects().items()):
        yield from sorted(found)


@lru_cache(1000)
def _digest_lists(lists: frozenset[str]) -> str:
    """SHA-256 of these lists: most descriptions refer to the same ones."""
    told = "".join(f"{_list_digest(one)}  {one}\n" for one in sorted(lists))
    return hashlib.sha256(told.encode()).hexdigest()


def _axioms() -> tuple[Triple, ...]:
    subclass = term("rdfs:subClassOf")
    return tuple((term(narrow), subclass, term(wide)) for narrow, wide in _SUBCLASSES)


def _lists_of(node: str) -> Iterable[str]:
    """The lists a term refers to; what is in no list, a law for instance, is one by itself."""
    triples = _subjects().get(node)
    if triples is not None:
        return [o for _, p, o in triples if p == _IN_SCHEME] or (node,)
    return _lists_in(_space(node))


@lru_cache(1000)
def _lists_in(space: str) -> Iterable[str]:
    """The lists of a namespace, or of the name of a list at its end."""
    known = _spaces()
    named = _EARLIER_BASE.search(space)
    return known.get(space) or known.get(named[1] if named else "") or ()


def _space(node: str) -> str:
    """The namespace of a term: all but what follows its last slash or hash."""
    return node[: max(node.rfind("/"), node.rfind("#")) + 1]


@cache
def _members() -> Mapping[str, Mapping[str, list[Triple]]]:
    """The codes of each list, with their triples."""
    found: dict[str, dict[str, list[Triple]]] = {}
    for subject, triples in _subjects().items():
        for _, predicate, scheme in triples:
            if predicate == _IN_SCHEME:
                found.setdefault(scheme, {})[subject] = triples
    return found


@cache
def _spaces() -> Mapping[str, set[str]]:
    """The lists of each namespace; and those of the authorities, by their short names."""
    found: dict[str, set[str]] = {}
    for scheme, members in _members().items():
        for space in {_space(node) for node in members}:
            found.setdefault(space, set()).add(scheme)
            if named := _EARLIER_BASE.search(space):
                found.setdefault(named[1], set()).add(scheme)
    return found


@cache
def _list_digest(node: str) -> str:
    """SHA-256 of a list, its codes and all that is said of them."""
    triples = [*_subjects().get(node, ())]
    for more in _members().get(node, {}).values():
        triples += more
    lines = "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in triples))
    return hashlib.sha256(lines.encode()).hexdigest()


@cache
def _subjects() -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for path in sorted(_FOLDER.glob("*.ttl")):
        for triple in read(path.read_text("utf-8")):
            found.setdefault(triple[0], []).append(triple)
    return found


def read(turtle: str) -> Iterator[Triple]:
    """The triples of a Turtle text in the style of our files."""
    prefixes: dict[str, str] = {}
    subject = predicate = ""
    said = 0  # how much of the statement under way: its subject, then its predicate
    for literal, declared, namespace, iri, prefix, local, _, mark in _TOKEN.findall(turtle):
        if mark:
            said = _KEPT[mark]
        elif declared:
            prefixes[declared] = namespace
        else:
            node = f"<{prefixes[prefix]}{local}>" if prefix else literal or iri or RDF_TYPE
            if said == 2:
                yield subject, predicate, node
            elif said:
                predicate, said = node, 2
            else:
                subject, said = node, 1


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", r"\1", escaped)
