"""What a release is filled with: each file is written, or taken over where nothing changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from red_catalog import __version__
from red_catalog.ehds import terms
from red_catalog.model import Entry, Run, Standing, Verdict
from red_catalog.publish import (
    datasets,
    dumps,
    feeds,
    folder,
    pages,
    reports,
    rulebooks,
    search,
    sitemap,
    standings,
    styles,
    void,
)
from red_catalog.publish.cards import Card
from red_catalog.publish.contents import Contents
from red_catalog.publish.crew import Crew, crew
from red_catalog.publish.dumps import Dump
from red_catalog.publish.history import Past
from red_catalog.publish.languages import CODES
from red_catalog.publish.rules import Book, Lore
from red_catalog.publish.site import OURS, Site, static_files

# So many datasets are a piece of work for one process.
_BATCH = 40


@dataclass(frozen=True, slots=True)
class Content:
    """All that a release is made from."""

    site: Site
    entries: Sequence[Entry]
    cards: Mapping[str, Card]
    near: Mapping[str, tuple[Card, ...]]
    runs: Mapping[str, Run]
    data_keys: Mapping[str, str]
    keys: Mapping[str, str]
    moment: datetime
    trend: Sequence[Standing]
    place: Path
    lore: Lore

    @property
    def published(self) -> list[Entry]:
        """The datasets that are not withdrawn."""
        return [e for e in self.entries if e.withdrawn_at is None]


@dataclass(frozen=True, slots=True)
class Job:
    """What every process that writes the release must have."""

    draft: folder.Draft
    before: Mapping[str, Any]
    content: Content


def fill(
    draft: folder.Draft, live: folder.Live | None, content: Content, workers: int | None
) -> dict[str, Any]:
    """Writes all files of the site and tells what the manifest says of them."""
    before = live.manifest if live else {}
    cards = list(content.cards.values())
    todo = _keep_datasets(draft, before, content)
    unindexed = search.stale(content.place, content.site, cards)
    told_pages: dict[str, str] = {}
    written_now: dict[str, list[str]] = {}
    shelf = _Shelf(draft, before, content)
    with crew(Job(draft, before, content), len(todo) + len(cards) // 10, workers) as everyone:
        for start in range(0, len(unindexed), 5 * _BATCH):
            everyone.ask(_write_fragments, unindexed[start : start + 5 * _BATCH])
        everyone.results()
        with search.indexing(content.place, draft, live, content.site, cards) as indexed:
            for start in range(0, len(todo), _BATCH):
                numbers = todo[start : start + _BATCH]
                everyone.ask(_write_datasets, [(n, _pasts(content, n)) for n in numbers])
            search.words(draft, content.site, cards)
            files, members = _write_dumps(everyone, draft, live, content)
            for names in everyone.results():
                written_now |= names
            for code in CODES:
                everyone.ask(_write_pages, (code, files))
            for piece in shelf.todo:
                everyone.ask(_write_rules, piece)
            for told in everyone.results():
                told_pages |= told
    for name, written in _others(content, files, [*told_pages, *shelf.kept]):
        draft.write(f"site/{name}", written)
    return {
        "moment": content.moment.astimezone(UTC).isoformat(),
        "version": __version__,
        "counts": _counts(content, files),
        "dumps": [asdict(dump) for dump in files],
        "members": members,
        "search": indexed,
        "pages": told_pages | shelf.kept,
        "lore": content.lore.key,
        "datasets": {
            e.slug: {
                "iri": e.iri,
                "key": content.keys[e.slug],
                "files": written_now.get(e.slug) or before["datasets"][e.slug]["files"],
            }
            for e in content.entries
        },
        "gone": {
            e.slug: e.withdrawn_at.astimezone(UTC).isoformat()
            for e in content.entries
            if e.withdrawn_at
        },
    }


def _write_dumps(
    everyone: Crew, draft: folder.Draft, live: folder.Live | None, content: Content
) -> tuple[list[Dump], dict[str, list[tuple[str, int, int]]]]:
    """Writes the whole catalogue as files; tells what they are and what they are made of."""
    parts = dumps.parts(content.published, content.data_keys)
    known = dumps.kept(live.folder, live.manifest) if live else {}
    fresh = [part for part in parts if any(part.key not in known[name] for name in known)]
    packed = everyone.map(_pack, fresh if known else parts)
    first = dumps.pack_catalogue(content.site, content.published, content.moment)
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
    return dumps.pack(job.content.site, part)


def _keep_datasets(draft: folder.Draft, before: Mapping[str, Any], content: Content) -> list[int]:
    """Takes over the files of datasets that did not change; tells the numbers of the others."""
    told = before.get("datasets", {})
    todo = []
    for number, entry in enumerate(content.entries):
        was = told.get(entry.slug, {})
        same = was.get("key") == content.keys[entry.slug]
        if not (same and draft.keep([f"site/{name}" for name in was["files"]])):
            todo.append(number)
    return todo


def _pasts(content: Content, number: int) -> Sequence[Past]:
    """The versions that a dataset's page tells of, where there are several."""
    entry = content.entries[number]
    if entry.versions < 2 or entry.withdrawn_at:
        return ()
    return content.lore.versions(entry.iri)


def _write_datasets(job: Job, chosen: Sequence[tuple[int, Sequence[Past]]]) -> dict[str, list[str]]:
    """Writes the files of these datasets; tells their names."""
    content = job.content
    told: dict[str, list[str]] = {}
    for number, pasts in chosen:
        entry = content.entries[number]
        reports = () if entry.withdrawn_at else entry.reports
        problems = [content.lore.problems(entry, report) for report in reports]
        besides = datasets.Besides(content.near.get(entry.slug, ()), problems, pasts)
        told[entry.slug] = []
        for name, written in datasets.render(content.site, entry, besides):
            job.draft.write(f"site/{name}", written)
            told[entry.slug].append(name)
    return told


class _Shelf:
    """The pages of the rules: taken over whole, or to be written, one profile a piece."""

    def __init__(self, draft: folder.Draft, before: Mapping[str, Any], content: Content) -> None:
        key = rulebooks.key(content.site, content.lore)
        told = {n: k for n, k in before.get("pages", {}).items() if k == key}
        self.kept: dict[str, str] = {}
        self.todo: Sequence[tuple[Book, str, str]] = ()
        if told and draft.keep([f"site/{name}" for name in told]):
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


def _write_fragments(job: Job, numbers: Sequence[int]) -> None:
    """Writes what is indexed of these cards."""
    cards = list(job.content.cards.values())
    search.write(job.content.place, job.content.site, [cards[n] for n in numbers])


def _write_pages(job: Job, piece: tuple[str, Sequence[Dump]]) -> dict[str, str]:
    """Writes every other page of a language, or takes it over; tells each one's key."""
    code, files = piece
    content, before = job.content, job.before.get("pages", {})
    contents = Contents(
        content.site, list(content.cards.values()), content.runs, files, content.moment,
        content.trend,
    )  # fmt: skip
    told = {}
    for name, key, write in pages.overview(contents, code):
        told[name] = key
        if before.get(name) != key or not job.draft.keep([f"site/{name}"]):
            job.draft.write(f"site/{name}", write())
    return told


def _others(
    content: Content, files: list[Dump], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Tables, feeds, and what machines read first."""
    cards = list(content.cards.values())
    contents = Contents(content.site, cards, content.runs, files, content.moment, content.trend)
    yield from standings.tables(contents)
    yield from feeds.feeds(content.site, cards, list(content.runs.values()), content.moment)
    yield from reports.reports(content.site, content.runs.values())
    yield ".well-known/void", void.void(content.site, files, len(cards))
    yield from _static(content, listed)


def _static(content: Content, listed: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for name, path in sorted(static_files(content.site.theme).items()):
        written = path.read_bytes()
        if path.suffix == ".css" and path.parent == OURS:
            written = styles.squeeze(written.decode()).encode()
        yield f"static/{name}", written
    yield f"{terms.PATH}.ttl", terms.turtle(content.site.catalogue.base_iri)
    yield "robots.txt", sitemap.robots(content.site)
    yield "sitemap.xml", sitemap.sitemap(content.site, listed, content.published)


def _counts(content: Content, files: Sequence[Dump]) -> dict[str, int]:
    published = content.published
    return {
        "datasets": len(published),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in published),
        "flagged": sum(e.verdict is Verdict.FLAGGED for e in published),
        "withdrawn": len(content.entries) - len(published),
        "holders": len({e.holder for e in published}),
        "statements": files[0].statements,
    }
