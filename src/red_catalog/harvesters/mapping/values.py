"""From values that others wrote to terms: each function takes anything and raises nothing."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, urljoin

from red_catalog.harvesters.dates import date_literal
from red_catalog.harvesters.mapping.codes import expand, find_code
from red_catalog.harvesters.mapping.jsontext import NotJson, parse_json
from red_catalog.harvesters.mapping.proposals import name_lists, propose
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY, PREFIXES
from red_catalog.rdf.languages import is_language
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.vocabulary import words

Convert = Callable[[Sheet, str, object], list[str]]
"""The terms of a value of a named field; what cannot be one is noted on the sheet."""

_XSD: Final = PREFIXES["xsd"]
_DEEPEST: Final = 20
_UNSAFE: Final = re.compile(
    r"[^!#$%&'()*+,\-./:;=?@_~0-9A-Za-z\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]"
)
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HTTP: Final = re.compile(
    r"https?://[\w.-]{1,253}(?::\d{1,5})?(?:[/?][^#]*)?(?:#[^#]*)?", re.IGNORECASE
)
_URN: Final = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9()+,\-.:=@;$_!*'%/?]{1,500}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DURATION: Final = re.compile(
    r"-?P(?=.)(?:\d{1,9}Y)?(?:\d{1,9}M)?(?:\d{1,9}D)?"
    r"(?:T(?=.)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:\.\d{1,9})?S)?)?",
    re.ASCII,
)
_INTEGER: Final = re.compile(r"[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_LAW: Final = (
    f"Écrivez l'adresse du texte à la source, par exemple {EHDS_LEGISLATION}.",
    f"Write the address of the law at the source, for example {EHDS_LEGISLATION}.",
)
_TRUE: Final = {"true", "1", "yes", "oui", "vrai"}
_FALSE: Final = {"false", "0", "no", "non", "faux"}


def scalars(value: object, depth: int = 0) -> Iterator[object]:
    """The single values in a value: lists opened, also those written as JSON in a text."""
    if isinstance(value, str):
        text = value.strip()
        if text[:1] in {"[", "{"} and text[-1:] in {"]", "}"}:
            try:
                opened = parse_json(text)
            except NotJson:
                opened = None
            if isinstance(opened, list | dict) and depth < _DEEPEST:
                yield from scalars(opened, depth + 1)
                return
        if text:
            yield value
    elif isinstance(value, list | tuple):
        if depth < _DEEPEST:
            for one in value:
                yield from scalars(one, depth + 1)
    elif value is not None:
        yield value


def texts(sheet: Sheet, field: str, value: object) -> list[str]:
    """Literals: plain, in several languages (`{"fr": …, "en": …}`), or of JSON-LD."""
    found: list[str] = []
    for one in scalars(value):
        if isinstance(one, str):
            found += sheet.text(one)
        elif isinstance(one, dict):
            found += _languages(sheet, field, one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            found += sheet.text(str(one))
        else:
            sheet.refuse(field, one, ("un texte", "a text"))
    return found


def _languages(sheet: Sheet, field: str, value: Mapping[object, object]) -> list[str]:
    if isinstance(said := value.get("@value"), str):
        tag = value.get("@language")
        return sheet.text(said, tag if isinstance(tag, str) and _is_language(tag) else "")
    found: list[str] = []
    for tag, said in value.items():
        if not isinstance(tag, str) or not _is_language(tag):
            sheet.refuse(field, value, ("un texte par langue", "a text by language"))
            continue
        for one in scalars(said):
            if isinstance(one, str):
                found += sheet.text(one, tag)
            else:
                sheet.refuse(field, one, ("un texte", "a text"))
    return found


def _is_language(tag: str) -> bool:
    """Whether this names a language, as `fr_FR` does, too."""
    return is_language(tag.replace("_", "-"))


def plain(sheet: Sheet, field: str, value: object) -> list[str]:
    """Literals without a language, for identifiers and versions."""
    found = []
    for one in scalars(value):
        if isinstance(one, str | int | float) and not isinstance(one, bool):
            clean = str(one).encode("utf-8", "replace").decode().strip()
            found.append(make_literal(clean))
        else:
            sheet.refuse(field, one, ("un texte", "a text"))
    return found


def address(value: object, base: str | None = None) -> str | None:
    """The IRI that a text writes (http, https or urn), spelt as browsers spell it, or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _URN.fullmatch(text):
        return text
    try:
        text = urljoin(base, text) if base else text
    except ValueError:
        return None
    spelt = _PERCENT.sub("%25", _UNSAFE.sub(lambda m: quote(m[0], errors="replace"), text))
    return spelt if _HTTP.fullmatch(spelt) else None


def iris(sheet: Sheet, field: str, value: object) -> list[str]:
    """Addresses."""
    found = []
    for one in scalars(value):
        iri = address(one)
        if iri:
            found.append(make_iri(iri))
        else:
            sheet.refuse(field, one, ("une adresse http(s)", "an http(s) address"))
    return found


def laws(sheet: Sheet, field: str, value: object) -> list[str]:
    """Laws by address, or as people call those of the Union."""
    found = []
    for one in scalars(value):
        iri = address(one) or (isinstance(one, str) and words.named(words.LAWS, one)) or None
        if iri:
            found.append(make_iri(iri))
        else:
            sheet.refuse(field, one, ("l'adresse d'un texte de loi", "the address of a law"), _LAW)
    return found


def things(kind: str) -> Convert:
    """Addresses of things of this class, such as `foaf:Document`."""

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = iris(sheet, field, value)
        return [sheet.node(kind, one[1:-1]) for one in found]

    return convert


def labelled(kind: str, *schemes: str) -> Convert:
    """Addresses or codes of things of this class; other texts become the label of one."""

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for one in scalars(value):
            iri = address(one) or (isinstance(one, str) and find_code(schemes, one)) or None
            names = [] if iri else texts(sheet, field, one)
            if iri or names:
                node = _coded(sheet, kind, iri) if iri and schemes else sheet.node(kind, iri)
                sheet.say(node, "rdfs:label", names)
                found.append(node)
        return found

    return convert


def _coded(sheet: Sheet, kind: str, iri: str) -> str:
    """A code; the checks know the class of those of European lists only."""
    known = iri.startswith((EU_AUTHORITY, HEALTH_AUTHORITY))
    return make_iri(iri) if known or not kind else sheet.node(kind, iri)


def codes(*schemes: str, kind: str = "") -> Convert:
    """Addresses, codes or names of one of these lists; nothing else.

    `kind` is the class to state of a code of no European list.
    """

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for one in scalars(value):
            iri = None
            if isinstance(one, str):
                iri = address(one) or find_code(schemes, one) or expand(one.strip())
            if iri:
                found.append(_coded(sheet, kind, iri))
            else:
                proposal = propose(schemes, str(one)[:400])
                sheet.refuse(field, one, name_lists(schemes), proposal)
        return found

    return convert


def dates(sheet: Sheet, field: str, value: object) -> list[str]:
    """Years, months, days or moments, each with its own datatype."""
    found = []
    for one in scalars(value):
        literal = date_literal(str(one)) if isinstance(one, str | int) else None
        if literal:
            found.append(literal)
        else:
            sheet.refuse(field, one, ("une date (AAAA-MM-JJ)", "a date (YYYY-MM-DD)"))
    return found


def _numbers(pattern: re.Pattern[str], datatype: str, kind: tuple[str, str]) -> Convert:
    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for one in scalars(value):
            if isinstance(one, float) and math.isfinite(one) and one.is_integer():
                one = f"{one:.0f}"  # noqa: PLW2901
            written = "" if isinstance(one, bool | dict) else str(one).strip()
            if pattern.fullmatch(written):
                found.append(make_literal(written, None, _XSD + datatype))
            else:
                sheet.refuse(field, one, kind)
        return found

    return convert


counts = _numbers(
    _INTEGER, "nonNegativeInteger", ("un nombre entier, zéro ou plus", "a whole number, 0 or more")
)
decimals = _numbers(_DECIMAL, "decimal", ("un nombre", "a number"))
durations = _numbers(_DURATION, "duration", ("une durée (P1M, P1Y…)", "a duration (P1M, P1Y…)"))


def booleans(sheet: Sheet, field: str, value: object) -> list[str]:
    """True or false."""
    found = []
    for one in scalars(value):
        written = str(one).strip().casefold()
        if written in _TRUE | _FALSE:
            lexical = "true" if written in _TRUE else "false"
            found.append(make_literal(lexical, None, _XSD + "boolean"))
        else:
            sheet.refuse(field, one, ("vrai ou faux", "true or false"))
    return found


def emails(sheet: Sheet, field: str, value: object) -> list[str]:
    """E-mail addresses, with or without `mailto:`, as plain texts."""
    found = []
    for one in scalars(value):
        written = one.strip().removeprefix("mailto:") if isinstance(one, str) else ""
        if len(written) <= 254 and _EMAIL.fullmatch(written):
            found.append(written)
        else:
            sheet.refuse(field, one, ("une adresse électronique", "an e-mail address"))
    return found
