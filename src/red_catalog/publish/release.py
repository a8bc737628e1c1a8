"""A release: the whole public site of one moment, prepared aside and switched to at once."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from red_catalog import __version__
from red_catalog.config import Config
from red_catalog.model import Entry, Run, Standing, Verdict
from red_catalog.publish import (
    datasets,
    dumps,
    feeds,
    folder,
    links,
    pages,
    related,
    search,
    sitemap,
    void,
)
from red_catalog.publish.cards import Card, card
from red_catalog.publish.crew import Crew, crew
from red_catalog.publish.dumps import Dump
from red_catalog.publish.languages import CODES
from red_catalog.publish.site import Site, site, site_key, static_files

# So many datasets are a piece of work for one process.
_BATCH = 40
# Counts up when a release gets other files, so that the live one is written anew.
_LAYOUT = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete release folder that is not live yet. Other files may still be added.

    `cards`: the published datasets by page name.
    """

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    cards: Mapping[str, Card]


def prepare(
    config: Config,
    entries: Sequence[Entry],
    runs: Sequence[Run],
    moment: datetime,
    trend: Sequence[Standing] = (),
    workers: int | None = None,
) -> Prepared | None:
    """Writes a new release beside the live one; None where the live one already says it all.

    `runs`: for each source the run to show. `moment`: when the register last changed.
    `trend`: how the catalogue stood, oldest first. `workers`: how many processes write, one
    a core by default.
    """
    about = site(config)
    entries = sorted(entries, key=lambda e: e.slug)
    _check(entries)
    shown = {run.source: run for run in sorted(runs, key=lambda r: (r.source, r.id))}
    cards = {e.slug: card(e) for e in entries if e.withdrawn_at is None}
    near = related.find(list(cards.values()))
    data_keys = {e.slug: datasets.key(about, e) for e in entries}
    keys = {slug: datasets.page_key(key, near.get(slug, ())) for slug, key in data_keys.items()}
    key = _content_key(about, keys, shown, trend)
    live = folder.live(config.public)
    if live is not None and live.manifest.get("key") == key:
        return None
    draft = folder.Draft(config.public, live)
    try:
        stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{key[:12]}"
        name = folder.vacant(config.public, stem)
        content = _Content(
            about,
            entries,
            cards,
            near,
            shown,
            data_keys,
            keys,
            moment,
            trend,
            config.var / "search",
        )
        manifest = {"id": name, "key": key, **_fill(draft, live, content, workers)}
        draft.write(folder.MANIFEST, _json(manifest))
        return Prepared(name, draft.finish(name), manifest, cards)
    except BaseException:
        draft.drop()
        raise


def switch(config: Config, prepared: Prepared) -> None:
    """Makes a prepared release the live one, atomically."""
    folder.point(config.public, prepared.folder)


def prune(config: Config) -> list[str]:
    """Removes releases beyond `keep_releases` and abandoned folders; tells their names."""
    return folder.clear(config.public, config.publication.keep_releases)


@dataclass(frozen=True, slots=True)
class _Content:
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

    @property
    def published(self) -> list[Entry]:
        return [e for e in self.entries if e.withdrawn_at is None]


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process that writes the release must have."""

    draft: folder.Draft
    before: Mapping[str, Any]
    content: _Content


def _fill(
    draft: folder.Draft, live: folder.Live | None, content: _Content, workers: int | None
) -> dict[str, Any]:
    """Writes all files of the site and tells what the manifest says of them."""
    before = live.manifest if live else {}
    cards = list(content.cards.values())
    todo = _keep_datasets(draft, before, content)
    unindexed = search.stale(content.place, content.site, cards)
    told_pages: dict[str, str] = {}
    written_now: dict[str, list[str]] = {}
    with crew(_Job(draft, before, content), len(todo) + len(cards) // 10, workers) as everyone:
        for start in range(0, len(unindexed), 5 * _BATCH):
            everyone.ask(_write_fragments, unindexed[start : start + 5 * _BATCH])
        everyone.results()
        with search.indexing(content.place, draft, live, content.site, cards) as indexed:
            for start in range(0, len(todo), _BATCH):
                everyone.ask(_write_datasets, todo[start : start + _BATCH])
            search.words(draft, content.site, cards)
            files, members = _write_dumps(everyone, draft, live, content)
            for names in everyone.results():
                written_now |= names
            for code in CODES:
                everyone.ask(_write_pages, (code, files))
            for told in everyone.results():
                told_pages |= told
    for name, written in _others(content, files, list(told_pages)):
        draft.write(f"site/{name}", written)
    return {
        "moment": content.moment.astimezone(UTC).isoformat(),
        "version": __version__,
        "counts": _counts(content, files),
        "dumps": [asdict(dump) for dump in files],
        "members": members,
        "search": indexed,
        "pages": told_pages,
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
    everyone: Crew, draft: folder.Draft, live: folder.Live | None, content: _Content
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


def _pack(job: _Job, part: dumps.Part) -> dict[str, dumps.Member]:
    return dumps.pack(job.content.site, part)


def _keep_datasets(draft: folder.Draft, before: Mapping[str, Any], content: _Content) -> list[int]:
    """Takes over the files of datasets that did not change; tells the numbers of the others."""
    told = before.get("datasets", {})
    todo = []
    for number, entry in enumerate(content.entries):
        was = told.get(entry.slug, {})
        same = was.get("key") == content.keys[entry.slug]
        if not (same and draft.keep([f"site/{name}" for name in was["files"]])):
            todo.append(number)
    return todo


def _write_datasets(job: _Job, numbers: Sequence[int]) -> dict[str, list[str]]:
    """Writes the files of these datasets; tells their names."""
    content = job.content
    told: dict[str, list[str]] = {}
    for number in numbers:
        entry = content.entries[number]
        near = content.near.get(entry.slug, ())
        told[entry.slug] = []
        for name, written in datasets.render(content.site, entry, near):
            job.draft.write(f"site/{name}", written)
            told[entry.slug].append(name)
    return told


def _write_fragments(job: _Job, numbers: Sequence[int]) -> None:
    """Writes what is indexed of these cards."""
    cards = list(job.content.cards.values())
    search.write(job.content.place, job.content.site, [cards[n] for n in numbers])


def _write_pages(job: _Job, piece: tuple[str, Sequence[Dump]]) -> dict[str, str]:
    """Writes every other page of a language, or takes it over; tells each one's key."""
    code, files = piece
    content, before = job.content, job.before.get("pages", {})
    contents = pages.Contents(
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
    content: _Content, files: list[Dump], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Tables, feeds, and what machines read first."""
    cards = list(content.cards.values())
    contents = pages.Contents(
        content.site, cards, content.runs, files, content.moment, content.trend
    )
    yield from pages.tables(contents)
    yield from feeds.feeds(content.site, cards, list(content.runs.values()), content.moment)
    yield ".well-known/void", void.void(content.site, files, len(cards))
    yield from _static(content, listed)


def _static(content: _Content, listed: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for name, path in sorted(static_files(content.site.theme).items()):
        yield f"static/{name}", path.read_bytes()
    yield "robots.txt", sitemap.robots(content.site)
    yield "sitemap.xml", sitemap.sitemap(content.site, listed, content.published)


def _counts(content: _Content, files: Sequence[Dump]) -> dict[str, int]:
    published = content.published
    return {
        "datasets": len(published),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in published),
        "flagged": sum(e.verdict is Verdict.FLAGGED for e in published),
        "withdrawn": len(content.entries) - len(published),
        "holders": len({e.holder for e in published}),
        "statements": files[0].statements,
    }


def _content_key(
    about: Site, keys: Mapping[str, str], runs: Mapping[str, Run], trend: Sequence[Standing]
) -> str:
    inputs = (
        __version__, _LAYOUT, site_key(about), list(keys.items()), list(runs.values()), list(trend),
    )  # fmt: skip
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def _check(entries: Sequence[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        folded = links.slug(entry.slug).casefold()
        if folded in seen:
            raise ValueError(f"Two datasets would share the page {entry.slug!r}.")
        seen.add(folded)


def _json(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
