"""One group of findings with all that people are told of it, in no words yet."""

import re
from dataclasses import dataclass
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Suggestion, Text
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_literal, literal, make_iri
from red_catalog.validation.advice import subjects
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.fixing import Fix, is_limited
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.rules import wording

_BOOLEAN: Final = f"{PREFIXES['xsd']}boolean"
_HOW: Final = re.compile(r", (?:déclaré|declared|avec un|with a) | (?:comme|such as) ")


@dataclass(frozen=True, slots=True)
class Case:
    """One group of findings with all that its words are made of."""

    group: Group
    index: Index
    dataset: str
    asked: Asked
    name: Text
    about: Text
    told: Text  # what the rule itself says
    demand: Text  # what it asks of any description
    suggestions: tuple[Suggestion, ...]
    fix: Fix
    contested: bool = False  # a graver rule of the same profile asks for this very value


def show(value: str | None, index: Index | None = None) -> Text | None:
    """A value as people may read it: what is said of it in `index` may have its name."""
    if value is None:
        return None
    if is_blank(value):
        return _call(value, index or {})
    if is_literal(value):
        text = subjects.shorten(literal(value)[0], 80)
        if not text:
            return {"fr": "le texte vide", "en": "the empty text"}
        return {"fr": f"« {text} »", "en": f"“{text}”"}
    address = subjects.shorten(bare(value), 100)
    known = vocabulary.labels(bare(value))
    if known:
        return {"fr": f"« {known['fr']} » ({address})", "en": f"“{known['en']}” ({address})"}
    return {"fr": f"« {address} »", "en": f"“{address}”"}


def _call(node: str, index: Index) -> Text:
    fr, en = (subjects.name_of(index, node, lang) for lang in ("fr", "en"))
    if fr and en:
        return {"fr": f"« {fr} »", "en": f"“{en}”"}
    return {"fr": "la valeur donnée", "en": "the value given"}


def bare_words(case: Case) -> Text:
    """The kind of value asked for, without how it is declared and what it may look like."""
    return {lang: _HOW.split(text)[0] for lang, text in case.asked.words().items()}


def is_mistyped(case: Case) -> bool:
    """Whether only the declared type of a value is wrong."""
    converted, value = case.fix.converted, case.group.value
    if not converted or not value or not (is_literal(converted) and is_literal(value)):
        return False
    return literal(converted)[0] == literal(value)[0]


def is_boolean(value: str | None) -> bool:
    """Whether a value is one of `true` and `false`, which are written without quotes."""
    return bool(value and is_literal(value)) and literal(value or "")[2] == _BOOLEAN


def kind_of(case: Case) -> Text | None:
    """What a thing should be declared to be."""
    kinds = (subjects.a_kind(make_iri(c)) for c in case.asked.classes)
    return next((k for k in kinds if k), None)


def is_told(case: Case) -> bool:
    """Whether the rule's own words say more than ours could."""
    group = case.group
    if is_ruled(case) or is_limited(group):
        return True
    return group.kind == "value" and not case.asked.tells_apart(group.value)


def count_too_few(case: Case) -> tuple[int, int] | None:
    """How many values there are and must be, where some are there already."""
    group, least = case.group, case.asked.least or 1
    if "sh:MinCountConstraintComponent" not in group.components or least < 2:
        return None
    counts = {len(case.index.get(s, {}).get(group.path or "", ())) for s in group.subjects}
    return (given, least) if len(counts) == 1 and (given := counts.pop()) else None


def is_ruled(case: Case) -> bool:
    """Whether a rule of our own, that says what is wrong, was broken."""
    shapes = case.group.shapes
    return wording.find(shapes[0] if shapes else None) is not None


def local_name(rule: str) -> str:
    """The end of an address."""
    return rule.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]
