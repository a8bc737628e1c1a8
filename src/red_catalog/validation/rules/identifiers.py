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
_ROR: Final = re.compile(r"(?:https?://)?(?:www\.)?ror\.org/", re.IGNORECASE)
_LENGTHS: Final = {"siren": 9, "siret": 14, "finess": 9, "ror": 9}
# Digits, the A or B of Corsica among them, with the gaps that people write.
_RUN: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9][0-9AB]*(?:[\s\u00a0\u202f.-][0-9AB]+)*(?![0-9A-Za-z])"
)
_ROR_RUN: Final = re.compile(r"(?<![0-9a-z])0[0-9a-z]{5,}(?![0-9a-z])", re.IGNORECASE)
_AROUND: Final = re.compile(r"siren|siret|finess|ror|num[eé]ro|urn|n[°o]|\W|_", re.IGNORECASE)
_SHORTEST: Final = 6  # a number of fewer is a year, a version, a department
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
    if _ROR.match(text.strip()):
        return None if is_ror(text) else "ror"
    kinds = {kind.lower() for kind in _KIND.findall(f"{hint} {text}")}
    if not kinds and is_literal(value) and re.fullmatch(r"\d{14}", squeeze(text), re.ASCII):
        kinds = {"siret"}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    numbers = _numbers(kind, text, anywhere=is_literal(value))
    return kind if numbers and not any(_has_form(kind, n) for n in numbers) else None


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
        # Their kinds alone: each of many numbers would be sought in each of many texts.
        hint = " ".join({*_KIND.findall(" ".join(_hints(description, value)).lower())})
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


def _numbers(kind: str, text: str, *, anywhere: bool) -> list[str]:
    """What may be the number of this kind in a text, without gaps: `SIREN : 775 672 272 (siège)`.

    In an address, only what follows the kind's name: `…/siren/775672272#org`.
    """
    matches = (_ROR_RUN if kind == "ror" else _RUN).finditer(text)
    if not anywhere:
        named = re.finditer(rf"{kind}[/:=#_.-]+", text, re.IGNORECASE)
        behind = {match.end() for match in named}
        matches = (match for match in matches if match.start() in behind)
    runs = [match[0] for match in matches]
    found = [n for run in runs for n in _parts(run, _LENGTHS[kind])]
    if found or len(runs) != 1 or not anywhere:
        return found
    # Nothing but a number of another length: it is the one that is meant.
    alone = not _AROUND.sub("", text.replace(runs[0], ""))
    number = squeeze(runs[0])
    return [number] if alone and len(number) >= _SHORTEST else []


def _parts(run: str, length: int) -> Iterator[str]:
    """The numbers of a length that groups of digits make together: a postcode may stand behind."""
    groups = re.split(r"[\s\u00a0\u202f.-]", run)
    for start in range(len(groups)):
        number = ""
        for group in groups[start : start + length]:
            number += group.upper()
            if len(number) >= length:
                break
        if len(number) == length:
            yield number


def _local(iri: str) -> str:
    return re.split(r"[/#:]", iri)[-1]


def _has_form(kind: str, number: str) -> bool:
    return is_right(kind, f"https://ror.org/{number.lower()}" if kind == "ror" else number)
