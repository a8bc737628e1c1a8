"""The statements that mend a problem: which to remove, which to add."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Suggestion, Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, RED_SHAPES, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, is_literal, literal, make_iri, make_literal
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.choosing import choose
from red_catalog.validation.advice.converting import convert
from red_catalog.validation.advice.examples import example_of
from red_catalog.validation.advice.explaining import is_known
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.limits import COMPONENTS
from red_catalog.validation.advice.offering import (
    declare,
    declare_algorithm,
    is_reach,
    is_sure,
    offer,
    same,
)
from red_catalog.validation.advice.pasting import Addition, paste, paste_inside, shorten
from red_catalog.validation.rules import dates, wording
from red_catalog.validation.rules.numbers import contradicted

# Only the holder knows what is right: an example in its place would be one more error.
_TO_CHECK: Final = frozenset(
    f"<{RED_SHAPES}{rule}>"
    for rule in (
        "wrong-siren", "wrong-siret", "wrong-finess", "wrong-ror", "social-security-number",
        "duplicate-identifier", "date-in-the-future", "start-after-end",
        "modified-before-issued", "ages-out-of-order", "individuals-above-records",
    )
)  # fmt: skip
_DATASET: Final = f"{PREFIXES['dcat']}Dataset"
_PLACEHOLDER: Final = f"<{RED_SHAPES}placeholder>"
_TOO_LONG: Final = 80  # characters: more than a template leaves behind are the holder's own
_COUNT: Final = re.compile(r'"(\d+)"\^\^xsd:nonNegativeInteger')
_HAS_VALUE: Final = term("vcard:hasValue")
_IN_PLACE: Final = "[ … ]"
_LANGUAGE_MISSING: Final = f"<{RED_SHAPES}language-missing>"


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix to paste. `converted`: the term that stands for the wrong one, where it is sure.

    `declared`: the class (in Turtle) that it says the value to be of, and `parts` (terms) what else
    a thing of it must have; nothing else.
    `renamed`: the property under which the missing value stands, and the right one (IRIs).
    `against`: property and value (terms) that the converted value cannot be true beside.
    """

    turtle: Text | None = None
    removed: tuple[Triple, ...] = ()
    converted: str | None = None
    declared: str | None = None
    parts: tuple[str, ...] = ()
    renamed: tuple[str, str] | None = None
    against: tuple[str, str] | None = None


def is_limited(group: Group) -> bool:
    """Whether only the length, the form or the language of a text is wrong, by no rule of ours."""
    ours = wording.find(group.shapes[0] if group.shapes else None)
    return group.kind == "value" and not ours and COMPONENTS.issuperset(group.components)


def fix_group(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...], index: Index) -> Fix:
    """The fix of a group, empty where its subject has no address to speak of it."""
    if not group.path or not is_iri(group.path) or _TO_CHECK.intersection(group.shapes):
        return Fix()
    if is_limited(group):
        return Fix()  # the text is the holder's own, and how it should go on is not ours to tell
    typed = declare_algorithm(group.value, index) if group.kind == "value" else []
    return Fix(paste((), typed)) if typed else _fix(group, asked, suggestions, index)


def _fix(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...], index: Index) -> Fix:
    path = group.path or ""
    named = [s for s in group.subjects if not is_blank(s)]
    if group.kind == "value" and is_blank(group.value or ""):
        return _unwrap(named, group, asked, index)
    if not named:
        return _inside(group, asked, suggestions, index)
    if group.kind == "missing":
        moved = _misnamed(named, path, asked, index)
        return moved or _add(named, group, asked, suggestions, index)
    if group.kind == "value" and group.value:
        return _replace(named, group, asked, suggestions, index)
    if group.kind == "many":
        turtle, removed = choose(group, asked, index)
        return Fix(turtle, removed)
    return _declare_kind(named, asked, index) if group.kind == "type" else Fix()


def _inside(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...], index: Index) -> Fix:
    """What to write within the block of a thing that has no address of its own."""
    path, value = group.path or "", group.value
    if group.kind == "type":
        return _declare_kind([], asked, index)
    if group.kind not in {"missing", "value"}:
        return Fix()
    converted = convert(group, asked) if value and not suggestions else None
    if not converted and not suggestions and _is_undescribed(group, asked):
        return _describe(group, asked, index)
    new = same(shorten(converted)) if converted else _offer_for(group, asked, suggestions)
    new = _beside(index.get(group.subjects[0], {}), path, new)
    if new is None:
        return Fix()
    beside = declare(converted or new["fr"], asked, index)
    old = shorten(value) if value else None
    sure = (bool(converted) and not dates.is_either(value or "")) or is_sure(suggestions)
    return Fix(paste_inside(path, old, new, beside, sure=sure), converted=converted)


def _unwrap(named: list[str], group: Group, asked: Asked, index: Index) -> Fix:
    """To write the address that a value described in place has, where only an address will do."""
    path, inner = group.path or "", index.get(group.value or "", {}).get(_HAS_VALUE, ())
    if not asked.wants_link() or len(inner) != 1 or not is_iri(inner[0]):
        return Fix()
    new = same(shorten(inner[0]))
    if not named:
        return Fix(paste_inside(path, _IN_PLACE, new, (), sure=True), converted=inner[0])
    # Nothing can name what is to be removed.
    removed = [(s, path, _IN_PLACE) for s in named]
    return Fix(paste(removed, [(s, path, new) for s in named]), converted=inner[0])


def _describe(group: Group, asked: Asked, index: Index) -> Fix:
    """To say what an address is, but for a dataset: it would be one more to describe whole."""
    value = group.value or ""
    return Fix() if _DATASET in asked.classes else _declare_kind([value], asked, index)


def _declare_kind(named: list[str], asked: Asked, index: Index) -> Fix:
    """To say what things are: those that have an address, or what stands in its own block.

    What a thing of this kind must have stands beside it where it is not given, as an example.
    """
    kinds = [c for c in asked.classes if not c.endswith("#Resource")]
    if not kinds:
        return Fix()
    written = shorten(make_iri(kinds[0]))
    if not named:
        return Fix(paste_inside(RDF_TYPE, None, same(written), (), sure=True), declared=written)
    added: list[Addition] = [(s, RDF_TYPE, same(written)) for s in named]
    lacking = [(s, part) for s in named for part in asked.parts if part not in index.get(s, {})]
    for subject, part in lacking:
        example = example_of(part, ())
        if example is None:
            return Fix()
        added += [(subject, part, example), *declare_algorithm(example["fr"], index)]
    parts = tuple(dict.fromkeys(part for _, part in lacking))
    return Fix(paste((), added, "example" if parts else "add"), declared=written, parts=parts)


def _add(
    named: list[str], group: Group, asked: Asked, suggestions: tuple[Suggestion, ...], index: Index
) -> Fix:
    path = group.path or ""
    value = _beside(index.get(named[0], {}), path, offer(group, asked, suggestions))
    if value is None:
        return Fix()
    added = [*((s, path, value) for s in named), *declare(value["fr"], asked, index)]
    return Fix(paste((), added, "add" if is_sure(suggestions) else "example"))


def _replace(
    named: list[str],
    group: Group,
    asked: Asked,
    suggestions: tuple[Suggestion, ...],
    index: Index,
) -> Fix:
    path, value = group.path or "", group.value or ""
    converted = None if suggestions else convert(group, asked)
    if not converted and not suggestions and _is_undescribed(group, asked):
        return _describe(group, asked, index)
    if _PLACEHOLDER in group.shapes and len(literal(value)[0]) > _TOO_LONG:
        return Fix()
    removed = tuple((s, path, value) for s in named)
    against = contradicted(index.get(named[0], {}), path, converted) if converted else None
    # Of a number that cannot be true, only its type is sure: the least that can be stands in.
    written = against[1] if against else converted
    new = same(shorten(written)) if written else _offer_for(group, asked, suggestions)
    new = _beside(index.get(named[0], {}), path, new)
    if new is None:
        # What the holder wrote is theirs: it goes only where there is nothing to lose.
        empty = is_literal(value) and not literal(value)[0].strip()
        said = not (empty or _PLACEHOLDER in group.shapes)
        return Fix() if said else Fix(paste(removed, ()), removed)
    sure = bool(is_sure(suggestions) or converted) and not (against or dates.is_either(value))
    head = "add" if sure else "language" if _lacks_language(group) else "example"
    added = [*((s, path, new) for s in named), *declare(written or new["fr"], asked, index)]
    return Fix(paste(removed, added, head), removed, converted, against=against)


def _beside(said: Mapping[str, Sequence[str]], path: str, value: Text | None) -> Text | None:
    """The value; in place of an example that cannot be true beside what is said, the figure there.

    `said`: what is said of the same thing, by property.
    """
    match = _COUNT.fullmatch(value["fr"]) if value else None
    count = make_literal(match[1], datatype=f"{PREFIXES['xsd']}nonNegativeInteger") if match else ""
    against = contradicted(said, path, count) if count else None
    return same(shorten(against[1])) if against else value


def _offer_for(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Text | None:
    """What to write for a group; of a text without its language, the text itself."""
    value = group.value
    if value and _lacks_language(group):
        text = literal(value)[0]
        return {lang: shorten(make_literal(text, lang)) for lang in ("fr", "en")}
    return offer(group, asked, suggestions)


def _lacks_language(group: Group) -> bool:
    return _LANGUAGE_MISSING in group.shapes


def _is_undescribed(group: Group, asked: Asked) -> bool:
    """Whether all that is wrong with an address is that nothing says what it is."""
    alone = group.components == ["sh:ClassConstraintComponent"]
    codes = any(c.endswith("core#Concept") for c in asked.classes)
    known = asked.lists or codes or is_reach(group.path, group.value)
    return alone and is_iri(group.value or "") and not (known or _is_no_code(group.value or ""))


def _is_no_code(value: str) -> bool:
    """Whether an address is none of a list that we have, where all of it are."""
    return bare(value).rpartition("/")[0] in vocabulary.schemes()


def _misnamed(named: list[str], path: str, asked: Asked, index: Index) -> Fix | None:
    """The values of a property that differs by its namespace, its case or a plural."""
    wanted = _local(path)
    for other in sorted(index.get(named[0], {})):
        if other == RDF_TYPE or is_known(other) or _local(other).rstrip("s") != wanted.rstrip("s"):
            continue
        values = {s: index.get(s, {}).get(other, ()) for s in named}
        moved = [(s, other, v) for s, said in values.items() for v in said]
        if not all(values.values()) or not all(_may_be(v, asked) for _, _, v in moved):
            continue
        added: list[Addition] = [(s, path, same(shorten(v))) for s, _, v in moved]
        return Fix(paste(moved, added), tuple(moved), renamed=(bare(other), bare(path)))
    return None


def _may_be(value: str, asked: Asked) -> bool:
    """Whether a value is of the kind asked for: nothing can name a blank node, to move it."""
    if is_blank(value):
        return False
    if is_literal(value):
        return not (asked.kinds & {"IRI", "BlankNodeOrIRI", "BlankNode"} or asked.classes)
    return "Literal" not in asked.kinds and (bool(asked.classes) or not asked.datatypes)


def _local(path: str) -> str:
    return path.strip("<>").replace("#", "/").rsplit("/", 1)[-1].casefold()
