"""Reading the datasets of a release: those that changed, and what is remembered of the rest."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from red_catalog.model import Entry, Indexed, Problem, Report
from red_catalog.publish import mishaps, rows
from red_catalog.publish.crew import crew
from red_catalog.publish.dataset import forms
from red_catalog.publish.dataset.problems import deciding
from red_catalog.publish.folder import Live
from red_catalog.publish.lists import related
from red_catalog.publish.lists.cards import card, light
from red_catalog.publish.rows import Row
from red_catalog.publish.search import fragments, indexing
from red_catalog.publish.stock import Name, Stock
from red_catalog.publish.web import links
from red_catalog.publish.web.site import Site

# So many datasets are a piece of work for one process.
_BATCH: Final = 40
SPOOL: Final = "indexed.jsonl"


@dataclass(frozen=True, slots=True)
class Reader:
    """What every process that reads datasets must have.

    `place`: of the search's fragments, which are for an index of so many shards; `problems`: of a
    report, from those who know them; `now`: the year of the catalogue's state.
    """

    site: Site
    stock: Stock
    place: Path
    marks: Mapping[str, str] | None
    shards: int
    problems: Callable[[Entry, Report], Sequence[Problem] | None]
    now: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every dataset by page name, in that order; `fresh`: those that were read, `whole`: all.

    `moved`: those that were not read, but are near to other ones now;
    `spool`: a file with what the index is to hold of those that were read; `alike`: whether
    lists of datasets are as they were in the live release; `bugs`: the traceback of what some
    met, by IRI.
    """

    rows: Mapping[str, Row]
    fresh: Sequence[str]
    whole: bool
    spool: Path
    alike: bool = False
    moved: Collection[str] = ()
    bugs: Mapping[str, str] = field(default_factory=dict)


def gather(
    reader: Reader, live: Live | None, base: str, spool: Path, workers: int | None
) -> Gathered:
    """The datasets of the stock. `base`: a digest of all that every one of them depends on."""
    known = rows.read(live.folder) if live and live.manifest.get("base") == base else {}
    changed = _changed(reader.stock, live.manifest) if live and known else None
    if not _has_fragments(reader, known, changed):
        changed = None
    if changed is None:
        known = {}
    names = reader.stock.names() if changed is None else changed
    found, bugs = dict(known), dict[str, str]()
    spool.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(names)
    pieces = [ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH)]
    if names and reader.marks is not None:
        fragments.start_writing(reader.place)
    with crew(reader, len(ordered), workers) as everyone, spool.open("wb") as file:
        for some in everyone.stream(_read, pieces):
            for row, line, trace in some:
                found[row.card.entry.slug] = row
                file.write(line)
                if trace:
                    bugs[row.card.entry.iri] = trace
    mishaps.expect_few(bugs, len(found))
    _check(found)
    found = dict(sorted(found.items()))
    # A stock of two datasets of one IRI has but one of them.
    fresh = [slug for slug, _ in ordered if slug in found]
    alike = changed is not None and all(_looks_alike(known.get(s), found[s]) for s in fresh)
    moved = _relate(known, found, fresh)
    return Gathered(found, fresh, changed is None, spool, alike, moved, bugs)


def _changed(stock: Stock, before: Mapping[str, Any]) -> Sequence[Name] | None:
    """The datasets that changed since a release, and those that met a bug then."""
    changed, ill = stock.since(before["id"]), before.get("bugs")
    if changed is None or not ill:
        return changed
    return [*{*changed, *(one for one in stock.names() if one[1] in ill)}]


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


def _read(reader: Reader, names: Sequence[Name]) -> list[tuple[Row, bytes, str]]:
    return [_read_one(reader, one) for one in reader.stock.fetch([iri for _, iri in names])]


def _read_one(reader: Reader, entry: Entry) -> tuple[Row, bytes, str]:
    """The row of a dataset, its line of the spool, and the traceback of a bug in its problems."""
    traces: list[str] = []
    problems = mishaps.attempt(partial(deciding, entry, reader.problems), traces) or ()
    whole, sought = card(entry, problems, reader.now), ""
    if reader.marks is not None and entry.withdrawn_at is None:
        slug = links.slug(entry.slug)
        before = reader.marks.get(slug)
        sought = fragments.write(reader.place, reader.site, whole, reader.shards, before)
    row = indexing.row(reader.site, whole)
    told: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(row)}
    line = json.dumps(told, ensure_ascii=False, default=indexing.plain).encode() + b"\n"
    altered = hashlib.sha256(entry.canonical).hexdigest() != entry.digest
    return Row(light(whole), forms.key(reader.site, entry), altered, sought), line, "".join(traces)


def _has_fragments(
    reader: Reader, known: Mapping[str, Row], changed: Sequence[Name] | None
) -> bool:
    """Whether what the search needs of the datasets that did not change is there."""
    if reader.marks is None or changed is None:
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
