"""Values of which too many are given: which can stay is the holder's choice."""

from typing import Final

from red_catalog.model import Text, Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import is_blank, is_literal, literal
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.offering import same
from red_catalog.validation.advice.pasting import paste, paste_choice, shorten
from red_catalog.validation.advice.subjects import name_of
from red_catalog.validation.compiled.declaration import term_of

_ACCESS_RIGHTS: Final = term("dct:accessRights")
_UNIQUE_LANGUAGE: Final = "sh:UniqueLangConstraintComponent"


def choose(group: Group, asked: Asked, index: Index) -> tuple[Text | None, tuple[Triple, ...]]:
    """The statements to choose from, to paste; and what to remove, where that is sure."""
    subject, path = group.subjects[0], group.path or ""
    values = list(index.get(subject, {}).get(path, ()))
    most = asked.most or 1
    # Several levels were declared: which shapes apply was assumed, and what they want with it.
    required = set() if path == _ACCESS_RIGHTS else {term_of(v) for v in asked.values}
    kept = [v for v in values if v in required]
    others = [v for v in values if v not in required]
    if kept and len(kept) == most and not any(map(is_blank, others)):
        removed = tuple((subject, path, v) for v in others)
        return paste(removed, ()), removed
    by_language = is_by_language(group)
    chosen = [_write(v, index) for v in (_repeated(values) if by_language else values)]
    return paste_choice(subject, path, chosen, most, by_language=by_language), ()


def is_by_language(group: Group) -> bool:
    """Whether one value a language is what is allowed."""
    return group.components == [_UNIQUE_LANGUAGE]


def _repeated(values: list[str]) -> list[str]:
    """The texts of the languages that several have."""
    languages = [(literal(v)[1] or "").lower() if is_literal(v) else "" for v in values]
    return [
        v for v, lang in zip(values, languages, strict=True) if lang and languages.count(lang) > 1
    ]


def _write(value: str, index: Index) -> Text:
    """A value in Turtle; what has no address by its name, between the brackets that hold it."""
    if not is_blank(value):
        return same(shorten(value))
    names = {lang: name_of(index, value, lang) for lang in ("fr", "en")}
    return {lang: f"[ … « {name} » … ]" if name else "[ … ]" for lang, name in names.items()}
