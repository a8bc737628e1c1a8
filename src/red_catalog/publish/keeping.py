"""What a new release takes over, from the live one or from the folder that it is written over."""

import os
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
    """What the spare folder holds already, and what of it must go.

    `pages`: the keys of the pages that the release had; `there`: of those that it still has.
    """

    def __init__(self, draft: folder.Draft) -> None:
        self._draft = draft
        manifest = draft.spare.manifest if draft.spare else {}
        self.pages: dict[str, str] = manifest.get("pages", {})
        self._others: list[str] = manifest.get("others", [])
        self.datasets = holdings.read(draft.folder) if draft.spare else {}
        if draft.spare:
            known = {name.partition("/")[0] for name in [*self.pages, *self._others]}
            draft.clear(known | {"dataset", "en", shards.FOLDER})
        self._listed: dict[str, frozenset[str]] = {}
        self.there = {n: key for n, key in self.pages.items() if self.has([f"site/{n}"])}

    def has(self, files: Sequence[str]) -> bool:
        """Whether these files, which the release once had, were not lost since."""
        # A folder is listed once: looking at each of a million files would take longer.
        return all(name in self._list(top) for top, _, name in (f.rpartition("/") for f in files))

    def leave(self, pages: Mapping[str, str], others: Sequence[str]) -> None:
        """Removes the files that the new release has no more."""
        gone = {*self.pages, *self._others} - {*pages, *others}
        self._draft.remove(f"site/{name}" for name in gone)

    def _list(self, top: str) -> frozenset[str]:
        if top not in self._listed:
            try:
                found = os.listdir(self._draft.folder / top)  # noqa: PTH208  names alone
            except OSError:
                found = []
            self._listed[top] = frozenset(found)
        return self._listed[top]


def keep_datasets(
    draft: folder.Draft, spare: Spare, live: folder.Live | None, content: Content
) -> dict[str, Holding]:
    """Takes over the files of datasets that did not change; tells whose."""
    told = holdings.read(live.folder) if live else {}
    held = {}
    for slug, key in content.keys.items():
        was, there = told.get(slug), spare.datasets.get(slug)
        if was and there == was and was.key == key and spare.has(was.files(slug)):
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

    def __init__(
        self, draft: folder.Draft, spare: Spare, before: Mapping[str, Any], content: Content
    ) -> None:
        key = rulebooks.key(content.site, content.lore)
        told = {n: k for n, k in before.get("pages", {}).items() if k == key}
        missing = [f"site/{name}" for name in told if spare.there.get(name) != key]
        self.kept: dict[str, str] = {}
        self.todo: Sequence[Rules] = ()
        if told and (not missing or draft.keep(missing)):
            self.kept = told
        elif content.lore.profiles:
            self.todo = [(book, code, key) for book in content.lore.books() for code in CODES]
