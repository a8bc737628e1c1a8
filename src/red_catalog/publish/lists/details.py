"""What is looked for in a description, but shown in no list: identifiers, codes, variables.

And what people call the places whose addresses it gives: lists have their regions alone.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from red_catalog.model import Triple
from red_catalog.namespaces import HEALTH_AUTHORITY, term
from red_catalog.publish.record import regions
from red_catalog.publish.web.texts import clean
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal

# A table of some thousand columns has the names of all, and the meaning of the first ones.
MOST: Final = 30_000
_OWN: Final = tuple(
    term(name)
    for name in (
        "dct:identifier", "dct:alternative", "adms:identifier", "healthdcatap:hasCodeValues",
    )
)  # fmt: skip
_CODING: Final = term("healthdcatap:hasCodingSystem")
# What people call coding systems: the EU list names each once, some by their code alone and some
# without it.
_ALSO_CALLED: Final = {
    f"<{HEALTH_AUTHORITY}coding-system/{code}>": names
    for code, names in {
        "ATC": "ATC",
        "ICD-9-CM": "ICD9 CIM-9-MC CIM9",
        "ICD-10": "ICD10 CIM-10 CIM10",
        "ICD-10-NAT": "ICD10 CIM-10 CIM10",
        "ICD-11": "ICD11 CIM-11 CIM11",
        "ICD-O": "ICDO CIM-O CIMO",
        "ICF": "ICF CIF",
        "ICPC-2": "ICPC2 CISP-2 CISP2",
        "ICPC-3": "ICPC3 CISP-3 CISP3",
        "ORPHACODE": "ORPHA Orphanet",
        "SNOMED-CT": "SNOMEDCT",
    }.items()
}
_PLACE: Final = term("dct:spatial")
_AGENTS: Final = (term("dct:publisher"), term("dct:creator"))
_AGENT_NAME, _NOTATION = term("foaf:name"), term("skos:notation")
# Some list their columns one behind the other.
_COLUMNS: Final = (term("csvw:column"), term("rdf:first"))
_VARIABLE: Final = tuple(
    tuple(term(name) for name in names)
    for names in (
        ("csvw:name",),
        ("csvw:title", "csvw:titles", "dct:title"),
        ("dct:description",),
    )
)


def read(me: str, statements: Sequence[Triple]) -> tuple[str, ...]:
    """The texts of a dataset (a term), those that tell it best first, as many as are indexed."""
    found: list[str] = []
    left = MOST
    for text in dict.fromkeys(filter(None, map(clean, _texts(me, statements)))):
        left -= len(text)
        if left < 0:
            break
        found.append(text)
    return tuple(found)


def _texts(me: str, statements: Sequence[Triple]) -> Iterator[str]:
    said: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in statements:
        if predicate in _ASKED:
            said.setdefault(predicate, []).append((subject, value))
    yield iri(me)
    for predicate in _OWN:
        yield from (_text(value) for subject, value in said.get(predicate, ()) if subject == me)
    yield from _of(said, [term("adms:identifier")], _NOTATION)
    yield from (_ALSO_CALLED.get(o, "") for s, o in said.get(_CODING, ()) if s == me)
    yield from _of(said, _AGENTS, _AGENT_NAME)
    yield from (_place(o) for s, o in said.get(_PLACE, ()) if s == me)
    for names in _VARIABLE:
        for name in names:
            yield from _of(said, _COLUMNS, name)


def _of(said: dict[str, list[tuple[str, str]]], leading: Sequence[str], name: str) -> Iterator[str]:
    """The texts under a name of whatever these properties lead to."""
    nodes = {value for one in leading for _, value in said.get(one, ())}
    yield from (_text(value) for subject, value in said.get(name, ()) if subject in nodes)


def _place(value: str) -> str:
    called = regions.label(iri(value)) if is_iri(value) else None
    return " ".join(dict.fromkeys((called or {}).values()))


def _text(value: str) -> str:
    if is_literal(value):
        return literal(value)[0]
    return iri(value) if is_iri(value) else ""


_ASKED: Final = frozenset(
    (
        *_OWN,
        _CODING,
        _PLACE,
        *_AGENTS,
        _AGENT_NAME,
        _NOTATION,
        *_COLUMNS,
        *(n for some in _VARIABLE for n in some),
    )
)
