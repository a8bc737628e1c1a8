"""Identifiers of French organisations: their form, where a description declares them.

Whether the organisation exists is not asked. A bare number of nine digits can be a SIREN or a
FINESS, and is let pass.
"""

import re
from collections.abc import Iterator
from typing import Final

from red_catalog.ehds.identifiers import is_right, is_ror, squeeze
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_blank, is_iri, is_literal, literal
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

_AGENTS: Final = ("foaf:Agent", "foaf:Organization", "org:Organization")
_ROLES: Final = tuple(
    term(name)
    for name in (
        "dct:publisher", "dct:creator", "geodcatap:custodian", "healthdcatap:hdab",
        "healthdcatap:hdabCoordinator",
    )
)  # fmt: skip
_IDENTIFIERS: Final = (term("dct:identifier"), term("adms:identifier"), term("org:identifier"))
_SAME: Final = (term("owl:sameAs"), term("rdfs:seeAlso"))
_NOTATION: Final = term("skos:notation")
_KIND: Final = re.compile(r"(?<![a-z])(siren|siret|finess|ror)(?![a-z])", re.IGNORECASE)


def find_identifiers(description: Description) -> Iterator[Result]:
    """Numbers of organisations that cannot be right."""
    for agent in _agents(description):
        if is_iri(agent) and (kind := wrong_kind(agent)):
            yield make(f"wrong-{kind}", agent, term("rdf:type"), agent)
        for predicate in (*_IDENTIFIERS, *_SAME):
            for value in description.objects(agent, predicate):
                yield from _check(description, agent, predicate, value)


def wrong_kind(value: str, hint: str = "") -> str | None:
    """`siren`, `siret`, `finess` or `ror` where a value declares it and is none."""
    text = iri(value) if is_iri(value) else literal(value)[0]
    if "ror.org/" in text.lower():
        return None if is_ror(text) else "ror"
    kinds = {kind.lower() for kind in _KIND.findall(f"{hint} {text}")}
    number = _number(text)
    if not kinds and is_literal(value) and re.fullmatch(r"\d{14}", number):
        kinds = {"siret"}
    if len(kinds) != 1 or not number:
        return None
    kind = kinds.pop()
    return None if _has_form(kind, number) else kind


def _agents(description: Description) -> list[str]:
    named = {s for kind in _AGENTS for s in description.subjects(kind)}
    roles = {o for _, p, o in description.triples if p in _ROLES and not is_literal(o)}
    return sorted(named | roles)


def _check(description: Description, agent: str, path: str, value: str) -> Iterator[Result]:
    if is_literal(value) or (is_iri(value) and not description.objects(value, _NOTATION)):
        hint = literal(value)[2] if is_literal(value) else ""
        if kind := wrong_kind(value, _local(hint)):
            yield make(f"wrong-{kind}", agent, path, value)
    if is_blank(value) or is_iri(value):
        hint = " ".join(_hints(description, value))
        for notation in description.objects(value, _NOTATION):
            if is_literal(notation) and (
                kind := wrong_kind(notation, f"{hint} {_local(literal(notation)[2])}")
            ):
                yield make(f"wrong-{kind}", value, _NOTATION, notation)


def _hints(description: Description, identifier: str) -> Iterator[str]:
    """What an identifier's description says of its kind."""
    for name in ("adms:schemaAgency", "dct:type", "skos:inScheme", "dct:creator"):
        for value in description.named(identifier, name):
            yield iri(value) if is_iri(value) else literal(value)[0] if is_literal(value) else ""


def _number(text: str) -> str:
    """The number that a text ends with, without gaps: `SIREN : 775 672 272`."""
    bare = squeeze(re.split(r"[/:=#]", text)[-1])
    return re.sub(r"^(?:SIREN|SIRET|FINESS|ROR|N°)+", "", bare)


def _local(iri: str) -> str:
    return re.split(r"[/#:]", iri)[-1]


def _has_form(kind: str, number: str) -> bool:
    return is_right(kind, f"https://ror.org/{number.lower()}" if kind == "ror" else number)
