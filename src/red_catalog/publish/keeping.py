"""What a new release takes over, from the live one or from the folder that it is written over."""

from collections.abc import Mapping, Sequence
from typing import Any

from red_catalog.publish import folder, holdings
from red_catalog.publish.holdings import Holding
from red_catalog.publish.jobs import Content
from red_catalog.publish.pages import rulebooks
from red_catalog.publish.search import shards
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.rules import Book

Rules = tuple[Book, str, str]
"""Pages of rules to write: of a profile, in a language, with this key."""


class Spare:
    """What the spare folder holds already, and what of it must go."""

    def __init__(self, draft: folder.Draft) -> None:
        self._draft = draft
        manifest = draft.spare.manifest if draft.spare else {}
        self.pages: dict[str, str] = manifest.get("pages", {})
        self._others: list[str] = manifest.get("others", [])
        self.datasets = holdings.read(draft.folder) if draft.spare else {}
        if draft.spare:
            known = {name.partition("/")[0] for name in [*self.pages, *self._others]}
            draft.clear(known | {"dataset", "en", shards.FOLDER})

    def leave(self, pages: Mapping[str, str], others: Sequence[str]) -> None:
        """Removes the files that the new release has no more."""
        gone = {*self.pages, *self._others} - {*pages, *others}
        self._draft.remove(f"site/{name}" for name in gone)


def keep_datasets(
    draft: folder.Draft, spare: Spare, live: folder.Live | None, content: Content
) -> dict[str, Holding]:
    """Takes over the files of datasets that did not change; tells whose."""
    told = holdings.read(live.folder) if live else {}
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


class Shelf:
    """The pages of the rules: taken over whole, or to be written, one profile a piece."""

    def __init__(self, draft: folder.Draft, before: Mapping[str, Any], content: Content) -> None:
        key = rulebooks.key(content.site, content.lore)
        told = {n: k for n, k in before.get("pages", {}).items() if k == key}
        there = draft.spare.manifest.get("pages", {}) if draft.spare else {}
        missing = [f"site/{name}" for name in told if there.get(name) != key]
        self.kept: dict[str, str] = {}
        self.todo: Sequence[Rules] = ()
        if told and (not missing or draft.keep(missing)):
            self.kept = told
        elif content.lore.profiles:
            self.todo = [(book, code, key) for book in content.lore.books() for code in CODES]
