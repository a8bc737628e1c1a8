"""The statements that mend a problem: which to remove, which to add."""

import re
from dataclasses import dataclass
from typing import Final

from red_catalog.model import Suggestion, Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, is_literal, literal, make_iri, make_literal
from red_catalog.validation.asking import Asked
from red_catalog.validation.examples import example_of, example_of_datatype
from red_catalog.validation.explaining import is_known
from red_catalog.validation.grouping import Group, Index
from red_catalog.validation.pasting import Addition, paste, paste_inside, shorten
from red_catalog.validation.result import Result
from red_catalog.validation.rules.correcting import correct
from red_catalog.validation.rules.numbers import contradicted
from red_catalog.validation.suggesting import example_code, suggest_legislation

_XSD: Final = PREFIXES["xsd"]
# 45.000 is forty-five thousand to most of Europe: who knows?
_WHOLE_NUMBER: Final = re.compile(r"\+?\d+(?:\.0{1,2})?", re.ASCII)
_EMAIL: Final = re.compile(r"(?:mailto:)?([^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+)")
_LINK: Final = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_WWW: Final = re.compile(r"www\.[^\s<>\"{}|^`\\]+")
_BOOLEANS: Final = {
    "true": "true", "1": "true", "vrai": "true", "oui": "true", "yes": "true",
    "false": "false", "0": "false", "faux": "false", "non": "false", "no": "false",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix to paste. `converted`: the term that stands for the wrong one, where it is sure.

    `renamed`: the property (an IRI) under which the missing value stands. `against`: property
    and value (terms) that the converted value cannot be true beside.
    """

    turtle: Text | None = None
    removed: tuple[Triple, ...] = ()
    converted: str | None = None
    renamed: str | None = None
    against: tuple[str, str] | None = None


def fix_group(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...], index: Index) -> Fix:
    """The fix of a group, empty where its subject has no address to speak of it."""
    if not group.path or not is_iri(group.path):
        return Fix()
    named = [s for s in group.subjects if not is_blank(s)]
    if not named:
        return _inside(group, asked, suggestions)
    if group.kind == "missing":
        return _misnamed(named, group.path, index) or _add(named, group, asked, suggestions)
    if group.kind == "value" and group.value and not is_blank(group.value):
        return _replace(named, group, asked, suggestions, index)
    return {
        "many": lambda: _keep_some(group, asked, index),
        "type": lambda: _declare_kind(named, asked),
    }.get(group.kind, Fix)()


def _inside(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Fix:
    """What to write within the block of a thing that has no address of its own."""
    path, value = group.path or "", group.value
    if group.kind not in {"missing", "value"} or (value and is_blank(value)):
        return Fix()
    converted = _convert(group, asked) if value and not suggestions else None
    new = _same(shorten(converted)) if converted else _wanted(path, asked, suggestions)
    old = shorten(value) if value else None
    return Fix(paste_inside(path, old, new), converted=converted) if new else Fix()


def _keep_some(group: Group, asked: Asked, index: Index) -> Fix:
    subject, path = group.subjects[0], group.path or ""
    values = [v for v in index.get(subject, {}).get(path, ()) if not is_blank(v)]
    kept = asked.most or 1
    # The value that the level of the dataset asks for stays.
    values.sort(key=lambda v: not v.endswith("/NON_PUBLIC>"))
    removed = tuple((subject, path, v) for v in values[kept:])
    return Fix(paste(removed, (), example=False), removed)


def _declare_kind(named: list[str], asked: Asked) -> Fix:
    kinds = [c for c in asked.classes if not c.endswith("#Resource")]
    if not kinds:
        return Fix()
    written = shorten(make_iri(kinds[0]))
    added: list[Addition] = [(s, RDF_TYPE, _same(written)) for s in named]
    return Fix(paste((), added, example=False))


def _add(named: list[str], group: Group, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Fix:
    path = group.path or ""
    value = _wanted(path, asked, suggestions)
    if value is None:
        return Fix()
    sure = len(suggestions) == 1
    return Fix(paste((), [(s, path, value) for s in named], example=not sure))


def _wanted(path: str, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Text | None:
    """The value to add, in Turtle: the one that is meant, or an example."""
    codes = [*suggestions, *(c for scheme in asked.lists if (c := example_code(scheme)))]
    if codes:
        return _same(f"<{codes[0].iri}>")
    literals = (e for datatype in asked.datatypes if (e := example_of_datatype(datatype)))
    found = example_of(path) or next(literals, None)
    if found is None and asked.wants_link():
        return _same("<https://www.organisme.example/page>")
    if found is None and asked.kinds == {"Literal"}:
        return {"fr": '"Texte à adapter"@fr', "en": '"Text to adapt"@en'}
    return found


def _replace(
    named: list[str],
    group: Group,
    asked: Asked,
    suggestions: tuple[Suggestion, ...],
    index: Index,
) -> Fix:
    path, value = group.path or "", group.value or ""
    converted = None if suggestions else _convert(group, asked)
    if not converted and _is_undescribed(group, asked):
        return _declare_kind([value], asked)
    removed = tuple((s, path, value) for s in named)
    against = contradicted(index.get(named[0], {}), path, converted) if converted else None
    # Of a number that cannot be true, only its type is sure: the least that can be stands in.
    written = against[1] if against else converted
    new = _same(shorten(written)) if written else _wanted(path, asked, suggestions)
    if new is None:
        return Fix(paste(removed, (), example=False), removed)
    sure = bool(suggestions or converted) and not against
    turtle = paste(removed, [(s, path, new) for s in named], example=not sure)
    return Fix(turtle, removed, converted, against=against)


def _is_undescribed(group: Group, asked: Asked) -> bool:
    """Whether all that is wrong with an address is that nothing says what it is."""
    alone = group.components == ["sh:ClassConstraintComponent"]
    codes = any(c.endswith("core#Concept") for c in asked.classes)
    return alone and is_iri(group.value or "") and not asked.lists and not codes


def _convert(group: Group, asked: Asked) -> str | None:
    """The same value as it should be written, None where that takes a guess."""
    value = group.value or ""
    lead = group.lead
    if lead is not None:
        right = correct(
            Result(lead.focus, lead.path, value, lead.component, "sh:Violation", lead.shape)
        )
        if right:
            return right
    if group.path == term("dcatap:applicableLegislation"):
        found = suggest_legislation(value)
        return make_iri(found) if found else None
    if is_literal(value):
        text = literal(value)[0].strip()
        return _retype(text, asked) or (_link(text, asked) if not asked.lists else None)
    if asked.kinds == {"Literal"} and is_iri(value):
        return make_literal(bare(value).removeprefix("mailto:"))
    return None


def _retype(text: str, asked: Asked) -> str | None:
    for datatype in asked.datatypes:
        kind = datatype.removeprefix(_XSD)
        digits = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        if kind in {"nonNegativeInteger", "integer"} and _WHOLE_NUMBER.fullmatch(digits):
            return make_literal(digits.lstrip("+").split(".")[0], datatype=datatype)
        if kind == "anyURI" and _LINK.fullmatch(text):
            return make_literal(text, datatype=datatype)
        if kind == "boolean" and text.lower() in _BOOLEANS:
            return make_literal(_BOOLEANS[text.lower()], datatype=datatype)
    return None


def _link(text: str, asked: Asked) -> str | None:
    if not asked.kinds & {"IRI", "BlankNodeOrIRI"}:
        return None
    if email := _EMAIL.fullmatch(text):
        return make_iri(f"mailto:{email[1]}")
    if _LINK.fullmatch(text):
        return make_iri(text)
    return make_iri(f"https://{text}") if _WWW.fullmatch(text) else None


def _misnamed(named: list[str], path: str, index: Index) -> Fix | None:
    """The values of a property that differs by its namespace, its case or a plural."""
    wanted = _local(path)
    for other in sorted(index.get(named[0], {})):
        if other == RDF_TYPE or is_known(other) or _local(other).rstrip("s") != wanted.rstrip("s"):
            continue
        moved = [(s, other, v) for s in named for v in index.get(s, {}).get(other, ())]
        if any(is_blank(v) for _, _, v in moved):
            continue
        added: list[Addition] = [(s, path, _same(shorten(v))) for s, _, v in moved]
        return Fix(paste(moved, added, example=False), tuple(moved), renamed=bare(other))
    return None


def _local(path: str) -> str:
    return path.strip("<>").replace("#", "/").rsplit("/", 1)[-1].casefold()


def _same(turtle: str) -> Text:
    return {"fr": turtle, "en": turtle}
