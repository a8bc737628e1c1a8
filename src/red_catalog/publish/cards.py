"""One dataset in a list: the little that lists show, read without building its page."""

import re
import unicodedata
from dataclasses import dataclass

from red_catalog import vocabulary
from red_catalog.model import Entry
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.publish.graph import Words, words
from red_catalog.publish.markup import choose, clean
from red_catalog.rdf.terms import iri, is_iri, is_literal, make_iri
from red_catalog.rdf.writing import triples

_LEVELS = {f"{EU_AUTHORITY}access-right/{one}": one for one in
           ("PUBLIC", "RESTRICTED", "NON_PUBLIC")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset as lists show it."""

    entry: Entry
    titles: tuple[Words, ...]
    descriptions: tuple[Words, ...]
    keywords: tuple[Words, ...]
    level: str
    categories: tuple[str, ...]

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

    def category_names(self, code: str) -> list[tuple[str, str]]:
        """IRI and name of each category."""
        labels = ((one, vocabulary.labels(one)) for one in self.categories)
        return [(one, label[code] if label else one) for one, label in labels]

    def rank(self, code: str) -> tuple[bool, str, str]:
        """A key that sorts by title; what has none comes last."""
        return self.letter(code) == "#", sort_key(self.title(code)), self.entry.slug

    def haystack(self, code: str) -> str:
        """What the list's filter looks into."""
        spoken = [k.text for k in self.keywords if not k.language or k.language[:2] == code]
        return fold(" ".join([self.title(code), *spoken]))[:1000]


def card(entry: Entry) -> Card:
    """The card of an entry."""
    me = make_iri(entry.iri)
    mine = [one for one in triples(entry.canonical) if one[0] == me]

    def literals(name: str) -> tuple[Words, ...]:
        wanted = term(name)
        return tuple(words(o) for _, p, o in mine if p == wanted and is_literal(o))

    def iris(name: str) -> list[str]:
        wanted = term(name)
        return [iri(o) for _, p, o in mine if p == wanted and is_iri(o)]

    levels = [_LEVELS[one] for one in iris("dct:accessRights") if one in _LEVELS]
    return Card(
        entry=entry,
        titles=literals("dct:title"),
        descriptions=literals("dct:description"),
        keywords=literals("dcat:keyword"),
        level=levels[0] if len(levels) == 1 else "",
        categories=tuple(iris("healthdcatap:healthCategory")),
    )


def fold(text: str) -> str:
    """Lower case without accents, as people type when they search."""
    split = unicodedata.normalize("NFKD", clean(text).casefold())
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).split())


def sort_key(title: str) -> str:
    """A title for sorting: accents, case and leading punctuation do not count."""
    return re.sub(r"^\W+", "", fold(title)) or fold(title)
