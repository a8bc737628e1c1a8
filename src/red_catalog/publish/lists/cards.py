"""One dataset in a list: the little that lists show, read without building its page."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from red_catalog.ehds import categories
from red_catalog.model import Completeness, Entry, Problem, Severity
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import term
from red_catalog.publish.lists import details, facets, population
from red_catalog.publish.lists.kinds import Kind, kinds
from red_catalog.publish.record import mentions
from red_catalog.publish.record.graph import Words, words
from red_catalog.publish.web.texts import choose, clean
from red_catalog.rdf.terms import is_literal, make_iri
from red_catalog.rdf.writing import triples

_TITLE, _DESCRIPTION, _KEYWORD, _SERIES, _PEOPLE = (
    term(name) for name in ("dct:title", "dct:description", "dcat:keyword", "dcat:inSeries",
                            "healthdcatap:numberOfUniqueIndividuals")
)  # fmt: skip


# So much of a description is shown, and so much is enough to tell that there is more.
_SUMMARY: Final = 240
_CUT: Final = _SUMMARY + 1
# Ranks stand in attributes, where Pagefind takes them as they are written.
_UNQUOTED: Final = dict.fromkeys(map(ord, '"&<>'), " ")


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset as lists show it.

    `blocking`: how many problems of the deciding report block, as its page tells them; `kinds`:
    the kinds of all that are in it; `mentions`: the IRIs that it names as related; `people`: how
    many it is about, 0 where that is not told; `details`: what is looked for and shown in no list,
    on no light card; `mark`: what tells this card from any other, and from its other states;
    `face`: what tells how it looks as an item of a list, where most changes do not show.
    """

    entry: Entry
    titles: tuple[Words, ...]
    descriptions: tuple[Words, ...]
    keywords: tuple[Words, ...]
    series: tuple[str, ...]
    codes: facets.Codes
    blocking: int = 0
    kinds: tuple[Kind, ...] = ()
    mentions: tuple[str, ...] = ()
    people: int = 0
    details: tuple[str, ...] = ()
    mark: str = field(init=False, compare=False)
    face: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Works out mark and face: lists ask for them at each of their pages."""
        one = self.entry
        codes = self.codes["category"], self.codes["access"]
        shown = f"{one.slug} {one.holder} {one.verdict} {codes} {self.titles}"
        object.__setattr__(self, "face", _digest(shown))
        # Of one that met a bug the title comes back without another digest.
        told = f"{self.face} {one.digest} {one.changed} {one.versions}"
        object.__setattr__(self, "mark", _digest(told))

    @property
    def level(self) -> str:
        """The access level, as `facets.access` tells it."""
        return self.codes["access"][0]

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
        if found is None or len(found.text) <= _SUMMARY:
            return found
        short = re.sub(r"\s+\S*$", "", found.text[:_SUMMARY])
        return Words(f"{short}…", found.language, found.datatype)

    def category_names(self, code: str) -> list[str]:
        """The name of each category."""
        return [categories.name(one)[code] for one in self.codes["category"]]

    def rank(self, code: str) -> str:
        """A key that sorts by title; no two datasets have the same.

        Those without an initial come last.
        """
        title = sort_key(self.title(code))
        none = not (self.titles and title[:1].isalpha())
        words = title[:300].translate(_UNQUOTED).split()
        # "!" comes after the space: a title comes before those that begin with it. Pagefind takes
        # two spaces for one.
        return f"{int(none)} {'!'.join(words)} {self.entry.slug}"


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def card(entry: Entry, problems: Sequence[Problem] = (), now: int = 0) -> Card:
    """The card of an entry, with the problems of its deciding report where they are counted.

    `now`: the year of the catalogue's state, where it is to be found by its period.
    """
    me = make_iri(entry.iri)
    statements = triples(entry.canonical)
    mine = [one for one in statements if one[0] == me]

    def literals(wanted: str) -> tuple[Words, ...]:
        return tuple(words(o) for _, p, o in mine if p == wanted and is_literal(o))

    return Card(
        entry=entry,
        titles=titles(entry),
        descriptions=literals(_DESCRIPTION),
        keywords=literals(_KEYWORD),
        series=tuple(o for _, p, o in mine if p == _SERIES),
        codes=facets.read(entry, statements, now),
        blocking=sum(one.severity is Severity.VIOLATION for one in problems),
        kinds=kinds(problems),
        mentions=mentions.read(me, statements),
        people=max(population.read(o for _, p, o in mine if p == _PEOPLE), default=0),
        details=details.read(me, statements),
    )


def titles(entry: Entry) -> tuple[Words, ...]:
    """The titles of an entry, without the rest of its card."""
    return literals(entry, _TITLE)


def literals(entry: Entry, wanted: str) -> tuple[Words, ...]:
    """The texts of one property (a term) of an entry."""
    start = f"{make_iri(entry.iri)} {wanted} ".encode()
    mine = b"\n".join(one for one in entry.canonical.split(b"\n") if one.startswith(start))
    return tuple(words(o) for _, _, o in triples(mine) if is_literal(o))


def light(card: Card) -> Card:
    """The card without what lists do not show: a catalogue's cards are all in memory at once."""
    entry = card.entry
    counted = entry.completeness
    return replace(
        card,
        entry=replace(
            entry,
            canonical=b"",
            report=replace(entry.report, findings=(), note=None),
            others=(),
            remarks=(),
            completeness=counted and Completeness(counted.given, counted.applicable),
        ),
        descriptions=tuple(replace(one, text=one.text[:_CUT]) for one in card.descriptions),
        details=(),
    )


def fold(text: str) -> str:
    """Lower case without accents, as people type when they search."""
    return " ".join(unaccent(clean(text).casefold()).split())


@lru_cache(100_000)
def sort_key(title: str) -> str:
    """A title for sorting: accents, case and leading punctuation do not count."""
    return re.sub(r"^\W+", "", fold(title)) or fold(title)
