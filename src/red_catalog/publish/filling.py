"""What a release is filled with: each file is written, or taken over where nothing changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from red_catalog import __version__
from red_catalog.ehds import terms
from red_catalog.model import Run, Standing, Verdict
from red_catalog.publish import (
    datasets,
    dumps,
    feeds,
    folder,
    orders,
    pages,
    reports,
    rulebooks,
    search,
    shards,
    sitemap,
    standings,
    styles,
    void,
)
from red_catalog.publish import holdings as holdings_file
from red_catalog.publish.cards import Card
from red_catalog.publish.contents import Contents
from red_catalog.publish.crew import Crew, crew
from red_catalog.publish.deck import Deck
from red_catalog.publish.dumps import Dump
from red_catalog.publish.holdings import Holding, hold
from red_catalog.publish.languages import CODES
from red_catalog.publish.rules import Book, Lore
from red_catalog.publish.site import Site
from red_catalog.publish.stock import Stock
from red_catalog.publish.themes import OURS, static_files

# So many datasets are a piece of work for one process.
_BATCH = 40


@dataclass(frozen=True, slots=True)
class Content:
    """All that a release is made from.

    `cards`: of all datasets, light, withdrawn ones too; `deck`: of those that are not.
    """

    site: Site
    stock: Stock
    cards: Mapping[str, Card]
    deck: Deck
    near: Mapping[str, tuple[Card, ...]]
    runs: Mapping[str, Run]
    data_keys: Mapping[str, str]
    keys: Mapping[str, str]
    moment: datetime
    trend: Sequence[Standing]
    place: Path
    lore: Lore

    def contents(self, files: Sequence[Dump]) -> Contents:
        """What pages tell of, once the dumps are there."""
        return Contents(self.site, self.deck, self.runs, files, self.moment, self.trend)


@dataclass(frozen=True, slots=True)
class Job:
    """What every process that writes the release must have."""

    draft: folder.Draft
    before: Mapping[str, Any]
    spare: Mapping[str, str]
    content: Content


def fill(
    draft: folder.Draft, live: folder.Live | None, content: Content, workers: int | None
) -> dict[str, Any]:
    """Writes all files of the site and tells what the manifest says of them."""
    before = live.manifest if live else {}
    cards = content.deck.cards
    shared = _Spare(draft)
    held = _keep_datasets(draft, shared, live, content)
    todo = [slug for slug in content.cards if slug not in held]
    told_pages: dict[str, str] = {}
    rules = _Shelf(draft, before, content)
    job = Job(draft, before, shared.pages, content)
    indexed = shards.digests(content.place, content.site, cards)
    with (
        crew(job, len(todo) + len(cards) // 10, workers) as everyone,
        shards.indexing(content.place, draft, live, indexed),
    ):
        for start in range(0, len(todo), _BATCH):
            everyone.ask(_write_datasets, todo[start : start + _BATCH])
        search.write(draft, content.site, content.deck)
        if indexed:
            orders.write(draft, cards)
        files, members = _write_dumps(everyone, draft, live, content)
        for holdings in everyone.results():
            held |= holdings
        for code in CODES:
            everyone.ask(_write_pages, (code, files))
        for piece in rules.todo:
            everyone.ask(_write_rules, piece)
        for told in everyone.results():
            told_pages |= told
    told_pages |= rules.kept
    others = []
    for name, written in _others(content, files, list(told_pages)):
        draft.write(f"site/{name}", written)
        others.append(name)
    shared.leave(told_pages, others)
    draft.write(
        holdings_file.FILE, holdings_file.write({slug: held[slug] for slug in content.cards})
    )
    return {
        "moment": content.moment.astimezone(UTC).isoformat(),
        "version": __version__,
        "counts": _counts(content, files),
        "dumps": [asdict(dump) for dump in files],
        "members": members,
        "shards": indexed,
        "pages": told_pages,
        "others": others,
        "lore": content.lore.key,
        "datasets": {slug: card.entry.iri for slug, card in content.cards.items()},
        "gone": {
            slug: card.entry.withdrawn_at.astimezone(UTC).isoformat()
            for slug, card in content.cards.items()
            if card.entry.withdrawn_at
        },
    }


class _Spare:
    """What the spare folder holds already, and what of it must go."""

    def __init__(self, draft: folder.Draft) -> None:
        self._draft = draft
        manifest = draft.spare.manifest if draft.spare else {}
        self.pages: dict[str, str] = manifest.get("pages", {})
        self._others: list[str] = manifest.get("others", [])
        self.datasets = holdings_file.read(draft.folder) if draft.spare else {}
        if draft.spare:
            known = {name.partition("/")[0] for name in [*self.pages, *self._others]}
            draft.clear(known | {"dataset", "en", shards.FOLDER})

    def leave(self, pages: Mapping[str, str], others: Sequence[str]) -> None:
        """Removes the files that the new release has no more."""
        gone = {*self.pages, *self._others} - {*pages, *others}
        self._draft.remove(f"site/{name}" for name in gone)


def _write_dumps(
    everyone: Crew, draft: folder.Draft, live: folder.Live | None, content: Content
) -> tuple[list[Dump], dict[str, list[tuple[str, int, int]]]]:
    """Writes the whole catalogue as files; tells what they are and what they are made of."""
    cards = content.deck.cards
    names = [(c.entry.slug, c.entry.iri) for c in cards]
    parts = dumps.parts(names, content.data_keys)
    known = dumps.kept(live.folder, live.manifest) if live else {}
    fresh = [part for part in parts if any(part.key not in known[name] for name in known)]
    packed = everyone.map(_pack, fresh if known else parts)
    first = dumps.pack_catalogue(content.site, [c.entry.holder for c in cards], content.moment)
    files, index = [], {}
    for name, head in first.items():
        found = known.get(name, {}) | {one[name].key: one[name] for one in packed}
        members = [head, *(found[part.key] for part in parts)]
        dump, written = dumps.join(name, members)
        draft.write(f"{dumps.FOLDER}/{name}", written)
        files.append(dump)
        index[name] = [(one.key, one.statements, len(one.packed)) for one in members]
    draft.write(f"{dumps.FOLDER}/SHA256SUMS", dumps.checksums(files))
    return files, index


def _pack(job: Job, part: dumps.Part) -> dict[str, dumps.Member]:
    content = job.content
    return dumps.pack(content.site, part, content.stock.fetch(part.iris))


def _keep_datasets(
    draft: folder.Draft, spare: _Spare, live: folder.Live | None, content: Content
) -> dict[str, Holding]:
    """Takes over the files of datasets that did not change; tells whose."""
    told = holdings_file.read(live.folder) if live else {}
    held = {}
    for slug, key in content.keys.items():
        was, there = told.get(slug), spare.datasets.get(slug)
        if was is not None and there == was and was.key == key:
            held[slug] = was
            continue
        if there is not None:
            draft.remove(there.files(slug))
        if was is not None and was.key == key and draft.keep(was.files(slug)):
            held[slug] = was
    for slug in spare.datasets.keys() - content.keys.keys():
        draft.remove(spare.datasets[slug].files(slug))
    return held


def _write_datasets(job: Job, slugs: Sequence[str]) -> dict[str, Holding]:
    """Writes the files of these datasets; tells their names."""
    content = job.content
    told: dict[str, Holding] = {}
    for entry in content.stock.fetch([content.cards[slug].entry.iri for slug in slugs]):
        reports = () if entry.withdrawn_at else entry.reports
        problems = [content.lore.problems(entry, report) for report in reports]
        several = entry.versions > 1 and not entry.withdrawn_at
        pasts = content.lore.versions(entry.iri) if several else ()
        besides = datasets.Besides(content.near.get(entry.slug, ()), problems, pasts)
        names = []
        for name, written in datasets.render(content.site, entry, besides):
            job.draft.write(f"site/{name}", written)
            names.append(name)
        told[entry.slug] = hold(entry.slug, content.keys[entry.slug], names)
    return told


class _Shelf:
    """The pages of the rules: taken over whole, or to be written, one profile a piece."""

    def __init__(self, draft: folder.Draft, before: Mapping[str, Any], content: Content) -> None:
        key = rulebooks.key(content.site, content.lore)
        told = {n: k for n, k in before.get("pages", {}).items() if k == key}
        there = draft.spare.manifest.get("pages", {}) if draft.spare else {}
        missing = [f"site/{name}" for name in told if there.get(name) != key]
        self.kept: dict[str, str] = {}
        self.todo: Sequence[tuple[Book, str, str]] = ()
        if told and (not missing or draft.keep(missing)):
            self.kept = told
        elif content.lore.profiles:
            self.todo = [(book, code, key) for book in content.lore.books() for code in CODES]


def _write_rules(job: Job, piece: tuple[Book, str, str]) -> dict[str, str]:
    """Writes the pages of a profile's rules in a language; tells each one's key."""
    book, code, key = piece
    told = {}
    for name, written in rulebooks.render(job.content.site, book, code):
        job.draft.write(f"site/{name}", written)
        told[name] = key
    return told


def _write_pages(job: Job, piece: tuple[str, Sequence[Dump]]) -> dict[str, str]:
    """Writes every other page of a language, or takes it over; tells each one's key."""
    code, files = piece
    content, before = job.content, job.before.get("pages", {})
    contents = content.contents(files)
    told = {}
    for name, key, write in pages.overview(contents, code):
        told[name] = key
        if job.spare.get(name) == key == before.get(name):
            continue
        if before.get(name) != key or not job.draft.keep([f"site/{name}"]):
            job.draft.write(f"site/{name}", write())
    return told


def _others(
    content: Content, files: list[Dump], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Tables, feeds, and what machines read first."""
    cards, contents = content.deck.cards, content.contents(files)
    yield from standings.tables(contents)
    yield from feeds.feeds(
        content.site, content.deck.latest(), list(content.runs.values()), content.moment
    )
    yield from reports.reports(content.site, content.runs.values())
    yield ".well-known/void", void.void(content.site, files, len(cards))
    yield from _static(content, cards, listed)


def _static(
    content: Content, cards: Sequence[Card], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    for name, path in sorted(static_files(content.site.theme).items()):
        written = path.read_bytes()
        if path.suffix == ".css" and path.parent == OURS:
            written = styles.squeeze(written.decode()).encode()
        yield f"static/{name}", written
    yield f"{terms.PATH}.ttl", terms.turtle(content.site.catalogue.base_iri)
    yield "robots.txt", sitemap.robots(content.site)
    yield from sitemap.sitemap(content.site, listed, [c.entry for c in cards])


def _counts(content: Content, files: Sequence[Dump]) -> dict[str, int]:
    published = [c.entry for c in content.deck.cards]
    return {
        "datasets": len(published),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in published),
        "flagged": sum(e.verdict is Verdict.FLAGGED for e in published),
        "withdrawn": len(content.cards) - len(published),
        "holders": len({e.holder for e in published}),
        "statements": files[0].statements,
    }
