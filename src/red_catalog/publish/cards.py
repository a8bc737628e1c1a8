"""One dataset in a list: the little that lists show, read without building its page."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from red_catalog.ehds import categories
from red_catalog.model import Entry
from red_catalog.namespaces import term
from red_catalog.publish import facets
from red_catalog.publish.graph import Words, words
from red_catalog.publish.markup import choose, clean
from red_catalog.rdf.terms import is_literal, make_iri
from red_catalog.rdf.writing import triples

_TITLE, _DESCRIPTION, _KEYWORD, _SERIES = (
    term(name) for name in ("dct:title", "dct:description", "dcat:keyword", "dcat:inSeries")
)


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset as lists show it."""

    entry: Entry
    titles: tuple[Words, ...]
    descriptions: tuple[Words, ...]
    keywords: tuple[Words, ...]
    series: tuple[str, ...]
    codes: facets.Codes

    @property
    def level(self) -> str:
        """The access level, as addresses have it; `none` where it is not given."""
        return self.codes["access"][0]

    @property
    def mark(self) -> str:
        """What tells this card from any other, and from its other states."""
        one = self.entry
        return f"{one.slug} {one.digest} {one.verdict} {one.changed} {one.versions}"

    def title(self, code: str) -> str:
        """The title in this language where there is one; the IRI where there is none."""
        found = choose(self.titles, code)
        return (clean(found.text).strip() if found else "") or self.entry.iri

    def tongue(self, code: str) -> str:
        """The language of the title shown."""
        found = choose(self.titles, code)
        return (found.language or "") if found else ""

    def summary(self, code: str) -> Words | None:
        """The beginning of the description."""
        found = choose(self.descriptions, code)
        if found is None or len(found.text) <= 240:
            return found
        short = re.sub(r"\s+\S*$", "", found.text[:240])
        return Words(f"{short}…", found.language, found.datatype)

    def letter(self, code: str) -> str:
        """The initial under which the dataset is found, `#` for no title or no letter."""
        first = sort_key(self.title(code))[:1].upper() if self.titles else "#"
        return first if "A" <= first <= "Z" else "#"

    def category_names(self, code: str) -> list[str]:
        """The name of each category."""
        return [categories.name(one)[code] for one in self.codes["category"]]

    def rank(self, code: str) -> tuple[bool, str, str]:
        """A key that sorts by title; what has none comes last."""
        return self.letter(code) == "#", sort_key(self.title(code)), self.entry.slug


def card(entry: Entry) -> Card:
    """The card of an entry."""
    me = make_iri(entry.iri)
    statements = triples(entry.canonical)
    mine = [one for one in statements if one[0] == me]

    def literals(wanted: str) -> tuple[Words, ...]:
        return tuple(words(o) for _, p, o in mine if p == wanted and is_literal(o))

    return Card(
        entry=entry,
        titles=literals(_TITLE),
        descriptions=literals(_DESCRIPTION),
        keywords=literals(_KEYWORD),
        series=tuple(o for _, p, o in mine if p == _SERIES),
        codes=facets.read(entry, statements),
    )


def fold(text: str) -> str:
    """Lower case without accents, as people type when they search."""
    split = unicodedata.normalize("NFKD", clean(text).casefold())
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).split())


@lru_cache(100_000)
def sort_key(title: str) -> str:
    """A title for sorting: accents, case and leading punctuation do not count."""
    return re.sub(r"^\W+", "", fold(title)) or fold(title)
