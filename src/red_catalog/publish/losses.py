"""What a release names and no longer has: files that somebody or something removed."""

from collections.abc import Iterator

from red_catalog.publish import holdings
from red_catalog.publish.data import dumps
from red_catalog.publish.federation import shelf
from red_catalog.publish.folder import Live
from red_catalog.publish.search import shards


def find_losses(release: Live) -> list[str]:
    """The files and folders of a release that are missing, below its folder."""
    return [name for name in _named(release) if not (release.folder / name).exists()]


def _named(release: Live) -> Iterator[str]:
    told = release.manifest
    yield holdings.FILE
    for slug, one in holdings.read(release.folder).items():
        yield from one.files(slug)
    for name in [*told.get("pages", {}), *told.get("others", ())]:
        yield f"site/{name}"
    yield from (f"{dumps.FOLDER}/{one['name']}" for one in told.get("dumps", ()))
    yield from (f"site/{shards.FOLDER}/{name}" for name in told.get("shards", {}))
    yield shelf.KEYS
    yield from (f"site/{name}" for name in shelf.read_keys(release.folder) if name)
