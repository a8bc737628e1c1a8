"""A release: the whole public site of one moment, prepared aside and switched to at once."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.model import Entry, Run
from red_catalog.publish import folder, rows
from red_catalog.publish.bugs import expect_few
from red_catalog.publish.dataset import forms
from red_catalog.publish.filling import fill
from red_catalog.publish.gathering import SPOOL, Gathered, Reader, gather
from red_catalog.publish.jobs import Content
from red_catalog.publish.lists import related
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.pages import overviews
from red_catalog.publish.pages.contents import Trends
from red_catalog.publish.record.withholding import UNKNOWN, open_run
from red_catalog.publish.search import fragments, shards
from red_catalog.publish.stock import Held, Stock
from red_catalog.publish.tidying import seldom
from red_catalog.publish.web import links
from red_catalog.publish.web.rules import Lore
from red_catalog.publish.web.site import Site, site, site_key


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete release folder that is not live yet. Other files may still be added.

    `gathered`: its datasets, and what the index is to hold of those that changed.
    """

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    gathered: Gathered


@seldom()
def prepare(
    config: Config,
    stock: Stock | Sequence[Entry],
    runs: Sequence[Run],
    moment: datetime,
    trends: Trends = MappingProxyType({}),
    lore: Lore = Lore(),  # noqa: B008 - frozen
    workers: int | None = None,
) -> Prepared | None:
    """Writes a new release beside the live one; None where the live one already says it all.

    `runs`: for each source the run to show. `moment`: when the register last changed.
    `trends`: how holders and the catalogue stood. `lore`: rules, problems and versions, from
    those who know them. `workers`: how many processes write, one a core by default.
    """
    about = site(config, lore.profiles or {})
    kept: Stock = Held(stock) if isinstance(stock, Sequence) else stock
    live = folder.trusted(config.public)
    place, spool = config.var / "search", config.var / SPOOL
    now = moment.astimezone(UTC).year
    # In a new decade data that have no end are found in one more: all are read.
    base = _digest((site_key(about), about.finder(kept.count()), lore.key, now // 10))
    reader = _reader(about, kept, live, place, lore, now)
    try:
        gathered = gather(reader, None if lore.wary else live, base, spool, workers)
        shown = _shown(kept, gathered, runs)
        rest = (moment, trends, place, lore, _lists(about, gathered, live))
        content = _content(about, kept, gathered, shown, rest)
        fragments.finish_writing(place, about, content.sought, reader.marks)
        told = list(content.contents(()).run_marks().values())
        key = _digest((base, list(content.keys.items()), told, sorted(trends.items())))
        if live is not None and live.manifest.get("key") == key and not live.bugs:
            spool.unlink()
            return None
        return _write(config, live, content, gathered, (base, key), workers)
    except BaseException:
        spool.unlink(missing_ok=True)
        raise


def _reader(
    about: Site, stock: Stock, live: folder.Live | None, place: Path, lore: Lore, now: int
) -> Reader:
    count = stock.count()
    marks = fragments.marks(place, about, count)
    doubted = None if lore.wary else live.bugs if live else ()
    return Reader(
        about, stock, place, marks, shards.count(count), lore.problems, now, lore.rehearse, doubted
    )


def _shown(stock: Stock, gathered: Gathered, runs: Sequence[Run]) -> dict[str, Run]:
    """The run of each source, without what is private in the datasets, or may be."""
    altered = [row.card.entry for row in gathered.rows.values() if row.altered]
    private = stock.secrets([entry.iri for entry in altered if not entry.damaged])
    unsure = {entry.source for entry in altered if entry.damaged}
    return {
        run.source: open_run(run, private | UNKNOWN if run.source in unsure else private)
        for run in sorted(runs, key=lambda r: (r.source, r.id))
    }


def _write(
    config: Config,
    live: folder.Live | None,
    content: Content,
    gathered: Gathered,
    digests: tuple[str, str],
    workers: int | None,
) -> Prepared:
    base, key = digests
    spare = folder.spare(config.public) if live else None
    draft = folder.Draft(config.public, live, spare)
    try:
        stem = f"{content.moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{key[:12]}"
        name = folder.vacant(config.public, stem)
        named = {"id": name, "key": key, "base": base, "addresses": _addresses(config)}
        named["base_iri"] = config.catalogue.base_iri
        manifest = {**named, **fill(draft, live, content, workers)}
        manifest["bugs"] = {**gathered.bugs, **manifest["bugs"]}
        rows.write(draft, gathered.rows, {*gathered.fresh, *gathered.moved})
        draft.write(folder.MANIFEST, _json(manifest))
        return Prepared(name, draft.finish(name), manifest, gathered)
    except BaseException:
        draft.drop()
        raise


def _content(
    about: Site,
    stock: Stock,
    gathered: Gathered,
    runs: Mapping[str, Run],
    rest: tuple[datetime, Trends, Path, Lore, Mapping[str, str] | None],
) -> Content:
    cards = {slug: row.card for slug, row in gathered.rows.items()}
    deck = Deck(
        [c for c in cards.values() if c.entry.withdrawn_at is None],
        [c for c in cards.values() if c.entry.withdrawn_at is not None],
    )
    near = {s: tuple(cards[one] for one in row.near) for s, row in gathered.rows.items()}
    sought = {c.entry.slug: gathered.rows[c.entry.slug].sought for c in deck.cards}
    data_keys = {slug: row.key for slug, row in gathered.rows.items()}
    moment, trends, place, lore, lists = rest
    named = related.named(deck.cards)
    keys = {
        slug: forms.page_key(about, key, near[slug], named.get(slug, ()), lore.key)
        for slug, key in data_keys.items()
    }
    return Content(
        about, stock, cards, deck, near, named, runs, sought, data_keys, keys, moment, trends,
        place, lore, gathered.unfit, lists,
    )  # fmt: skip


def _lists(about: Site, gathered: Gathered, live: folder.Live | None) -> Mapping[str, str] | None:
    """The keys of the live release's lists of datasets, where nothing changed that they show."""
    # A theme's list may show more of a dataset than ours.
    if live is None or not gathered.alike or about.theme:
        return None
    return {n: k for n, k in live.manifest.get("pages", {}).items() if overviews.is_list(k)}


def last(config: Config, live: folder.Live | None) -> str | None:
    """The live release, None where there is none or its sources had other addresses."""
    if live is None or live.manifest.get("addresses") != _addresses(config):
        return None
    return str(live.manifest["id"])


def _addresses(config: Config) -> Mapping[str, str]:
    return {one.id: links.web(one.location) or "" for one in config.sources}


def expect_base(config: Config) -> None:
    """Raises RedError where the live release has another base: its addresses are permanent."""
    live = folder.live(config.public)
    was, now = live.manifest.get("base_iri") if live else None, config.catalogue.base_iri
    if was not in {None, now}:
        raise RedError(
            f"base_iri in red.toml is {now}, but the live release is of {was}: put it back. To give"
            " up every permanent address and move all the same: `red-catalog publish --afresh`,"
            f" `push --rebuild`, and in stores drop the graphs of {was}record/."
        )


def expect(config: Config, known: int) -> None:
    """Raises RedError where no dataset is known, not even a withdrawn one, of a live release.

    A register that was made anew, as where the disk of the old one is not mounted, withdraws
    nothing. Where it has another base, too.
    """
    expect_base(config)
    live = folder.live(config.public)
    count = live.manifest.get("counts", {}).get("datasets") if live else 0
    if count and not known:
        raise RedError(
            f"{config.register} knows no dataset, but the live release has {count}: see that its"
            " disk is mounted, or restore a backup (`red-catalog publish --afresh` empties all)."
        )


def doubt(config: Config) -> None:
    """Has the next release written from nothing, for the live one may be damaged."""
    folder.doubt(config.public)
    shutil.rmtree(config.var / "search", ignore_errors=True)


def note(prepared: Prepared, bugs: Mapping[str, str]) -> Prepared:
    """A prepared release that knows of more bugs, by IRI. Raises MishapError for too many."""
    known = prepared.manifest["bugs"]
    if not bugs.keys() - known:
        return prepared
    every = {**bugs, **known}
    expect_few(every, len(prepared.gathered.rows))
    manifest = {**prepared.manifest, "bugs": every}
    (prepared.folder / folder.MANIFEST).write_bytes(_json(manifest))
    return replace(prepared, manifest=manifest)


@contextmanager
def completing(prepared: Prepared) -> Iterator[None]:
    """What is added to a prepared release, and the switch; where one fails, it is removed."""
    try:
        yield
    except BaseException:
        folder.abandon(prepared.folder)
        raise


def switch(config: Config, prepared: Prepared, finish: Callable[[], object] = lambda: None) -> None:
    """Makes a prepared release the live one, atomically. `finish`: what is done right before."""
    folder.point(config.public, prepared.folder, finish)


def prune(config: Config) -> list[str]:
    """Removes releases beyond `keep_releases` and abandoned folders; tells their names."""
    return folder.clear(config.public, config.publication.keep_releases)


def _digest(inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def _json(manifest: Mapping[str, Any]) -> bytes:
    """A line a name: indenting all of it takes seconds where there are many pages."""
    lines = (f"{json.dumps(k)}: {_line(v)}" for k, v in sorted(manifest.items()))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
