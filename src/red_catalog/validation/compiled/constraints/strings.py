"""sh:minLength, sh:maxLength, sh:pattern, sh:languageIn and sh:uniqueLang."""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex
from rdflib.namespace import SH
from rdflib.term import Literal

from red_catalog.validation.compiled.check import Check, Context, each, each_in_data
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.patterns import matches, text_of
from red_catalog.validation.result import Result


def compile_lengths(context: Context) -> Iterator[Check]:
    """Each value has a text of at least, or at most, so many characters."""
    least = context.declared.integer(SH.minLength)
    if least is not None:
        fail = context.failing("sh:MinLengthConstraintComponent")
        yield each(lambda term: (text := text_of(term)) is not None and len(text) >= least, fail)
    most = context.declared.integer(SH.maxLength)
    if most is not None:
        fail = context.failing("sh:MaxLengthConstraintComponent")
        yield each(lambda term: (text := text_of(term)) is not None and len(text) <= most, fail)


def compile_patterns(context: Context) -> Iterator[Check]:
    """The text of each value matches each regular expression, anywhere in it."""
    flags = "".join(str(node) for node in context.declared.nodes(SH.flags)[:1])
    fail = context.failing("sh:PatternConstraintComponent")
    for pattern in context.declared.nodes(SH.pattern):
        try:
            yield each_in_data(matches(str(pattern), flags), fail)
        except regex.error as error:
            raise context.declared.error(
                f"has a sh:pattern that is not a regular expression ({error})"
            ) from None


def compile_languages(context: Context) -> Iterator[Check]:
    """Each value has a language that one of the ranges takes in."""
    head = context.declared.one(SH.languageIn)
    if head is None:
        return
    items = context.declared.items(head)
    if not all(isinstance(item, Literal) and isinstance(item.value, str) for item in items):
        raise context.declared.error("needs texts for sh:languageIn")
    ranges = tuple(str(item).lower() for item in items)

    def accepts(term: str) -> bool:
        tag = _language(term)
        return bool(tag) and any(
            wanted in {"*", tag} or tag.startswith(wanted + "-") for wanted in ranges
        )

    yield each(accepts, context.failing("sh:LanguageInConstraintComponent"))


def compile_unique_language(context: Context) -> Iterator[Check]:
    """No two values have the same language; one result for each language that is shared."""
    if context.declared.one(SH.uniqueLang) is None:
        return
    context.need_path("sh:uniqueLang")
    if not context.declared.boolean(SH.uniqueLang):
        return
    fail = context.failing("sh:UniqueLangConstraintComponent")

    def check(_data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        counts = Counter(filter(None, map(_language, values)))
        out.extend(fail(focus, None) for count in counts.values() if count > 1)

    yield check


def _language(term: str) -> str:
    """The language of a term in lower case; empty for one that has none."""
    if term[0] != '"' or term[-1] in '">':
        return ""
    return term[term.rindex("@") + 1 :].lower()
