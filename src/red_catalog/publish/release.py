"""A release: the whole public site of one moment, prepared aside and switched to at once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from red_catalog import __version__
from red_catalog.config import Config
from red_catalog.model import Entry, Run, Standing
from red_catalog.publish import datasets, folder, links, related
from red_catalog.publish.cards import Card, card
from red_catalog.publish.filling import Content, fill
from red_catalog.publish.rules import Lore
from red_catalog.publish.site import Site, site, site_key

# Counts up when a release gets other files, so that the live one is written anew.
_LAYOUT = 3


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
    lore: Lore = Lore(),  # noqa: B008 - frozen
    workers: int | None = None,
) -> Prepared | None:
    """Writes a new release beside the live one; None where the live one already says it all.

    `runs`: for each source the run to show. `moment`: when the register last changed.
    `trend`: how the catalogue stood, oldest first. `lore`: rules, problems and versions, from
    those who know them. `workers`: how many processes write, one a core by default.
    """
    about = site(config, lore.profiles)
    entries = sorted(entries, key=lambda e: e.slug)
    _check(entries)
    shown = {run.source: run for run in sorted(runs, key=lambda r: (r.source, r.id))}
    cards = {e.slug: card(e) for e in entries if e.withdrawn_at is None}
    near = related.find(list(cards.values()))
    data_keys = {e.slug: datasets.key(about, e) for e in entries}
    keys = {
        slug: datasets.page_key(key, near.get(slug, ()), lore.key)
        for slug, key in data_keys.items()
    }
    key = _content_key(about, keys, shown, trend, lore)
    live = folder.live(config.public)
    if live is not None and live.manifest.get("key") == key:
        return None
    draft = folder.Draft(config.public, live)
    try:
        stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{key[:12]}"
        name = folder.vacant(config.public, stem)
        content = Content(
            about, entries, cards, near, shown, data_keys, keys, moment, trend,
            config.var / "search", lore,
        )  # fmt: skip
        manifest = {"id": name, "key": key, **fill(draft, live, content, workers)}
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


def _content_key(
    about: Site,
    keys: Mapping[str, str],
    runs: Mapping[str, Run],
    trend: Sequence[Standing],
    lore: Lore,
) -> str:
    inputs = (
        __version__, _LAYOUT, site_key(about), list(keys.items()), list(runs.values()), list(trend),
        lore.key,
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
