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
from red_catalog.publish import datasets, dumps, folder, links, pages, search, sitemap
from red_catalog.publish.cards import card
from red_catalog.publish.description import describe
from red_catalog.publish.dumps import Dump
from red_catalog.publish.site import HERE, Site, fingerprint, site


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete release folder that is not live yet. Other files may still be added."""

    id: str
    key: str
    folder: Path


def prepare(
    config: Config,
    entries: Sequence[Entry],
    runs: Sequence[Run],
    moment: datetime,
    trend: Sequence[Standing] = (),
) -> Prepared | None:
    """Writes a new release beside the live one; None where the live one already says it all.

    `runs`: for each source the run to show. `moment`: when the register last changed.
    `trend`: how the catalogue stood, oldest first.
    """
    about = site(config)
    entries = sorted(entries, key=lambda e: e.slug)
    _check(entries)
    shown = {run.source: run for run in sorted(runs, key=lambda r: (r.source, r.id))}
    keys = {entry.slug: datasets.key(about, entry) for entry in entries}
    key = _content_key(about, keys, shown, trend)
    live = folder.live(config.public)
    if live is not None and live.manifest.get("key") == key:
        return None
    draft = folder.Draft(config.public, live)
    try:
        stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{key[:12]}"
        name = folder.vacant(config.public, stem)
        content = _Content(about, entries, shown, keys, moment, trend)
        manifest = {"id": name, "key": key, **_fill(draft, live, content)}
        draft.write(folder.MANIFEST, _json(manifest))
        return Prepared(name, key, draft.finish(name))
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
    runs: Mapping[str, Run]
    keys: Mapping[str, str]
    moment: datetime
    trend: Sequence[Standing]

    @property
    def published(self) -> list[Entry]:
        return [e for e in self.entries if e.withdrawn_at is None]


def _fill(draft: folder.Draft, live: folder.Live | None, content: _Content) -> dict[str, Any]:
    """Writes all files of the site and tells what the manifest says of them."""
    told = _datasets(draft, live, content)
    own = describe(content.site, content.published, content.moment)
    made = dumps.write(content.site, content.published, own)
    for dump, packed in made:
        draft.write(f"site/dumps/{dump.name}", packed)
    files = [dump for dump, _ in made]
    draft.write("site/dumps/SHA256SUMS", dumps.checksums(files))
    cards = [card(entry) for entry in content.published]
    contents = pages.Contents(content.site, cards, content.runs, files, content.moment, content.trend)
    indexed = search.write(draft, live, content.site, cards)
    listed = []
    for name, written in pages.overview(contents):
        draft.write(f"site/{name}", written)
        listed.append(name)
    for name, written in pages.tables(contents):
        draft.write(f"site/{name}", written)
    for name, written in _static(content, listed):
        draft.write(f"site/{name}", written)
    return {
        "moment": content.moment.astimezone(UTC).isoformat(),
        "version": __version__,
        "counts": _counts(content, files),
        "dumps": [asdict(dump) for dump in files],
        "search": indexed,
        "datasets": told,
        "gone": {
            e.slug: e.withdrawn_at.astimezone(UTC).isoformat()
            for e in content.entries
            if e.withdrawn_at
        },
    }


def _datasets(
    draft: folder.Draft, live: folder.Live | None, content: _Content
) -> dict[str, dict[str, Any]]:
    before = live.manifest.get("datasets", {}) if live else {}
    told = {}
    for entry in content.entries:
        names = datasets.names(entry)
        same = before.get(entry.slug, {}).get("key") == content.keys[entry.slug]
        if not (same and draft.keep([f"site/{name}" for name in names])):
            for name, written in datasets.render(content.site, entry):
                draft.write(f"site/{name}", written)
        told[entry.slug] = {"iri": entry.iri, "key": content.keys[entry.slug], "files": names}
    return told


def _static(content: _Content, listed: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted((HERE / "static").iterdir()):
        yield f"static/{path.name}", path.read_bytes()
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
    sources = [(s.id, s.holder, s.kind, links.web(s.location)) for s in about.sources.values()]
    inputs = (
        __version__, fingerprint(), about.catalogue, about.sparql, about.gate, about.search,
        list(about.holders.values()), sources, list(keys.items()), list(runs.values()),
        list(trend),
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
