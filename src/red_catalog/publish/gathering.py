"""Reading the datasets of a release: those that changed, and what is remembered of the rest."""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from red_catalog.errors import DamagedTextError
from red_catalog.model import Entry, Indexed, Problem, Report
from red_catalog.publish import rows
from red_catalog.publish.bugs import attempt, expect_few
from red_catalog.publish.crew import crew
from red_catalog.publish.data import feeds
from red_catalog.publish.dataset import forms
from red_catalog.publish.dataset.problems import deciding
from red_catalog.publish.folder import Live
from red_catalog.publish.lists import items, related
from red_catalog.publish.lists.cards import Card, card, light
from red_catalog.publish.rows import Row
from red_catalog.publish.search import fragments, indexing
from red_catalog.publish.stock import Name, Stock
from red_catalog.publish.stock import changed as find_changed
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.site import Site

# So many datasets are a piece of work for one process.
_BATCH: Final = 40
SPOOL: Final = "indexed.jsonl"


@dataclass(frozen=True, slots=True)
class Reader:
    """What every process that reads datasets must have.

    `place`: of the search's fragments, which are for an index of so many shards; `problems`: of a
    report, from those who know them; `now`: the year of the catalogue's state; `rehearse`: makes
    what dumps and feeds give of a dataset; `doubted`: the IRIs of those for which that is done
    here, and lists are tried, None for all.
    """

    site: Site
    stock: Stock
    place: Path
    marks: Mapping[str, str] | None
    shards: int
    problems: Callable[[Entry, Report], Sequence[Problem] | None]
    now: int
    rehearse: Callable[[Entry], object]
    doubted: Collection[str] | None = ()

    def is_doubtful(self, entry: Entry) -> bool:
        """Whether a bug is to be looked for where many datasets are made together."""
        return self.doubted is None or entry.iri in self.doubted


@dataclass(frozen=True, slots=True)
class _Read:
    """A dataset that was read: its row, its line of the spool, the tracebacks of what it met.

    `fit`: whether dumps and feeds can give it.
    """

    row: Row
    line: bytes
    trace: str
    fit: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every dataset by page name, in that order; `fresh`: those that were read, `whole`: all.

    `moved`: those that were not read, but are near to other ones now;
    `spool`: a file with what the index is to hold of those that were read; `alike`: whether
    lists of datasets are as they were in the live release; `bugs`: the traceback of what some
    met, by IRI; `unfit`: the IRIs of those of which dumps and feeds give nothing.
    """

    rows: Mapping[str, Row]
    fresh: Sequence[str]
    whole: bool
    spool: Path
    alike: bool = False
    moved: Collection[str] = ()
    bugs: Mapping[str, str] = field(default_factory=dict)
    unfit: frozenset[str] = frozenset()


def gather(
    reader: Reader, live: Live | None, base: str, spool: Path, workers: int | None
) -> Gathered:
    """The datasets of the stock. `base`: a digest of all that every one of them depends on."""
    known, changed = _find_known(reader, live, base)
    names = reader.stock.names() if changed is None else changed
    found, bugs, unfit = dict(known), dict[str, str](), set[str]()
    spool.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(names)
    pieces = [ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH)]
    if names and reader.marks is not None:
        fragments.start_writing(reader.place)
    with crew(reader, len(ordered), workers) as everyone, spool.open("wb") as file:
        for some in everyone.stream(_read, pieces):
            for one in some:
                entry = one.row.card.entry
                found[entry.slug] = one.row
                file.write(one.line)
                if one.trace:
                    bugs[entry.iri] = one.trace
                if not one.fit:
                    unfit.add(entry.iri)
    expect_few(bugs, len(found))
    _check(found)
    found = dict(sorted(found.items()))
    # A stock of two datasets of one IRI has but one of them.
    fresh = [slug for slug, _ in ordered if slug in found]
    alike = changed is not None and all(_looks_alike(known.get(s), found[s]) for s in fresh)
    moved = _relate(known, found, fresh)
    whole = changed is None
    return Gathered(found, fresh, whole, spool, alike, moved, bugs, frozenset(unfit))


def _find_known(
    reader: Reader, live: Live | None, base: str
) -> tuple[dict[str, Row], Sequence[Name] | None]:
    """What is remembered of datasets, and which are to be read all the same; None for all."""
    known = rows.read(live.folder) if live and live.manifest.get("base") == base else {}
    if live is None or not known:
        return {}, None
    # What met a bug is tried again.
    changed = find_changed(reader.stock, live.manifest["id"], live.bugs)
    if changed is None or not _has_fragments(reader, known, changed):
        return {}, None
    return known, changed


def _relate(known: Mapping[str, Row], found: dict[str, Row], fresh: Sequence[str]) -> set[str]:
    """Tells each dataset those nearest to it; gives the others of which that is another one."""
    before = [(known.get(slug), found[slug]) for slug in fresh]
    if all(one and related.is_kin(one.card, other.card) for one, other in before):
        told = {slug: known[slug].near for slug in fresh}
    else:
        cards = [row.card for row in found.values() if row.card.entry.withdrawn_at is None]
        near = related.find(cards)
        told = {slug: near.get(slug, ()) for slug in found}
    changed = {slug for slug, near in told.items() if found[slug].near != near}
    found |= {slug: replace(found[slug], near=told[slug]) for slug in changed}
    return changed.difference(fresh)


def _looks_alike(before: Row | None, now: Row) -> bool:
    """Whether lists show a dataset where and as they did."""
    if before is None:
        return False
    one, other = before.card, now.card
    there = one.entry.withdrawn_at is None, other.entry.withdrawn_at is None
    return one.face == other.face and one.codes == other.codes and there[0] == there[1]


def read_spool(spool: Path) -> Iterator[Indexed]:
    """What the index is to hold, by page name."""
    with spool.open(encoding="utf-8") as file:
        for line in file:
            yield indexing.from_plain(json.loads(line))


def index(site: Site, entry: Entry, now: int) -> Indexed:
    """What the index is to hold of a dataset; nothing of what it says where that meets a bug."""
    made = attempt(lambda: indexing.row(site, card(entry, now=now)), [])
    return made or indexing.row(site, card(replace(entry, canonical=b""), now=now))


def _read(reader: Reader, names: Sequence[Name]) -> list[_Read]:
    return [_read_one(reader, one) for one in reader.stock.fetch([iri for _, iri in names])]


def _read_one(reader: Reader, entry: Entry) -> _Read:
    """A dataset with what stands in for what met a bug.

    Lists and the search have one that cannot be read under its IRI, as if it said nothing.
    """
    traces = [str(DamagedTextError(entry.iri))] if entry.damaged else []
    problems = attempt(partial(deciding, entry, reader.problems), traces) or ()
    made = attempt(partial(_make, reader, entry, problems), traces)
    whole, line, sought = made or _make(reader, replace(entry, canonical=b""), ())
    fit = not entry.damaged
    if fit and reader.is_doubtful(entry):
        fit = attempt(lambda: [reader.rehearse(entry)], traces) is not None
    altered = hashlib.sha256(entry.canonical).hexdigest() != entry.digest
    row = Row(light(whole), forms.key(reader.site, entry), altered, sought)
    return _Read(row, line, "".join(traces), fit)


def _make(reader: Reader, entry: Entry, problems: Sequence[Problem]) -> tuple[Card, bytes, str]:
    """The card of a dataset, its line of the spool and the digest of what the search is told."""
    whole, sought = card(entry, problems, reader.now), ""
    if reader.is_doubtful(entry):
        _list(reader.site, light(whole))
    row = indexing.row(reader.site, whole)
    told: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(row)}
    line = json.dumps(told, ensure_ascii=False, default=indexing.plain).encode() + b"\n"
    if reader.marks is not None and entry.withdrawn_at is None:
        slug = links.slug(entry.slug)
        before = reader.marks.get(slug)
        sought = fragments.write(reader.place, reader.site, whole, reader.shards, before)
    return whole, line, sought


def _list(site: Site, one: Card) -> None:
    """Makes what lists and Atom have of a dataset."""
    deque(feeds.feeds(site, [one], (), one.entry.changed), maxlen=0)
    for code in CODES if one.entry.withdrawn_at is None else ():
        items.lister(site, code)(one)


def _has_fragments(reader: Reader, known: Mapping[str, Row], changed: Sequence[Name]) -> bool:
    """Whether what the search needs of the datasets that did not change is there."""
    if reader.marks is None:
        return True
    new = {slug for slug, _ in changed}
    return all(
        reader.marks.get(slug) == row.sought
        for slug, row in known.items()
        if slug not in new and row.card.entry.withdrawn_at is None
    )


def _check(found: Mapping[str, Row]) -> None:
    seen: set[str] = set()
    for slug in found:
        folded = links.slug(slug).casefold()
        if folded in seen:
            raise ValueError(f"Two datasets would share the page {slug!r}.")
        seen.add(folded)
