"""The search index in shards: a change has one of them made again, the others are kept.

Pagefind cannot change an index. A shard has the datasets whose names a digest puts there, and
lies in a folder of its own; a browser puts their answers together.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from red_catalog.publish import spreading
from red_catalog.publish.folder import Draft, Live
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.search import indexer, lexicon
from red_catalog.publish.web.site import Site, site_key

# So many datasets may a shard have, give or take what chance does.
MOST: Final = 500
FOLDER: Final = "pagefind"


def count(datasets: int) -> int:
    """How many shards so many datasets have: a power of two, by their number alone."""
    return spreading.count(datasets, MOST)


def names(cards: Sequence[Card]) -> list[str]:
    """The folders of the index: the first one has the program, the others are merged into it.

    Where there are several shards the first one is of their words.
    """
    number = count(len(cards))
    found = [
        str(one) for one in sorted({spreading.part(card.entry.slug, number) for card in cards})
    ]
    return found if number == 1 else [lexicon.NAME, *found]


def folder(place: Path, shard: int | str) -> Path:
    """Where the fragments of a shard lie."""
    return place / "pages" / str(shard)


def digests(place: Path, site: Site, sought: Mapping[str, str]) -> dict[str, str]:
    """For each folder of the index a digest of what is in it; none where the index is not ours.

    `place`: of the fragments, all of which are there; `sought`: the digest of each dataset's.
    """
    if site.finder(len(sought)) != "pagefind":
        return {}
    number = count(len(sought))
    base = (site_key(site), version("pagefind"), number)
    told = {name: _digest((base, mine)) for name, mine in _split(sought, number).items()}
    if number == 1:
        return told
    return {lexicon.NAME: _digest((base, lexicon.write(place / "pages", told))), **told}


@contextmanager
def indexing(
    place: Path, draft: Draft, live: Live | None, wanted: Mapping[str, str]
) -> Iterator[None]:
    """Indexes the fragments of shards while the block goes on, or takes over what is right.

    `wanted`: the digest of each folder, the first one with the program.
    """
    stale = _keep(draft, live, wanted)
    # Not in the release: whoever dies on the way would leave a process that writes there.
    apart = place / f"index-{secrets.token_hex(8)}"
    with indexer.running([(folder(place, name), apart / name) for name in stale]):
        yield
    for name in stale:
        indexer.strip(apart / name, whole=name == next(iter(wanted)))
        target = draft.folder / "site" / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(apart / name, target)
    shutil.rmtree(apart, ignore_errors=True)


def files(release: Path, name: str) -> list[str]:
    """The files of a shard of a release."""
    root = f"{release}/"
    top = f"{root}site/{FOLDER}/{name}"
    return sorted(
        f"{at}/{file}".removeprefix(root) for at, _, found in os.walk(top) for file in found
    )


def _split(sought: Mapping[str, str], number: int) -> dict[str, list[tuple[str, str]]]:
    """The datasets of each shard that has any, with their digests."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in sought.items():
        found.setdefault(spreading.part(one[0], number), []).append(one)
    return {str(one): found[one] for one in sorted(found)}


def _digest(inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def _keep(draft: Draft, live: Live | None, wanted: Mapping[str, str]) -> list[str]:
    """Takes over the shards that are right in the spare folder or live; tells the others."""
    there = draft.spare.manifest.get("shards", {}) if draft.spare else {}
    before = live.manifest.get("shards", {}) if live else {}
    top = draft.folder / "site" / FOLDER
    for left in top.iterdir() if top.is_dir() else ():
        if left.name not in wanted or there.get(left.name) != wanted[left.name]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    if not wanted and top.is_dir():
        top.rmdir()
    return [
        name
        for name, key in wanted.items()
        if not (top / name).is_dir() and not (before.get(name) == key and _link(draft, live, name))
    ]


def _link(draft: Draft, live: Live | None, name: str) -> bool:
    kept = files(live.folder, name) if live else []
    return bool(kept) and draft.keep(kept)
