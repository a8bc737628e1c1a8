"""From the register to the live release."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from red_catalog import vocabulary
from red_catalog.config import Config
from red_catalog.ehds import terms
from red_catalog.model import Announcement, Entry, Run, Triple
from red_catalog.pipeline import ruling
from red_catalog.pipeline.announcing import announce
from red_catalog.pipeline.explaining import explain
from red_catalog.publish import dumps, folder, indexing, release
from red_catalog.publish.federation import filling as federation
from red_catalog.publish.history import VERSIONS, Past
from red_catalog.publish.rules import Lore
from red_catalog.publish.site import site
from red_catalog.publish.withholding import Private, open_entry, open_run, open_versions
from red_catalog.register.ledger import Register
from red_catalog.store import embedded, index

# Where more of the catalogue than this is new, the store is built faster than it is renewed.
_LITTLE: Final = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. `fresh` is False where the live release was already right."""

    fresh: bool
    datasets: int
    withdrawn: int

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


def publish(config: Config, register: Register) -> Published:
    """Prepares a release beside the live one, fills its store, and switches to it."""
    entries, runs = read_open(config, register)
    announce(config, register, entries, _moment(entries, runs))
    live = folder.live(config.public)
    prepared = release.prepare(
        config,
        entries,
        runs,
        _moment(entries, runs),
        trend=register.trend("catalogue"),
        lore=lore(config, register),
    )
    if prepared is not None:
        fill_store(prepared, live, terms.triples(config.catalogue.base_iri))
        fill_index(config, prepared, entries)
        fill_feeds(config, register, prepared, live, entries)
        release.switch(config, prepared)
    release.prune(config)
    withdrawn = sum(e.withdrawn_at is not None for e in entries)
    return Published(prepared is not None, len(entries) - withdrawn, withdrawn)


def read_open(config: Config, register: Register) -> tuple[list[Entry], list[Run]]:
    """Every dataset, and the run of each source to show, without what is never published.

    Our own terms are in the namespace of this catalogue.
    """
    base, private = config.catalogue.base_iri, Private()
    entries = []
    for entry in register.entries():
        opened, withheld = open_entry(entry)
        private |= withheld
        localised = terms.localise(opened.canonical, base)
        same = localised is entry.canonical or localised == entry.canonical
        entries.append(entry if same else replace(opened, canonical=localised))
    runs = [run for s in config.sources for run in register.runs(s.id, only_eventful=True)]
    return entries, [open_run(run, private) for run in runs]


def fill_store(
    prepared: release.Prepared, live: folder.Live | None, own: Iterable[Triple] = ()
) -> None:
    """Makes the new release's store: from the live one's where little changed, or afresh.

    `own`: what our vocabulary says, in the namespace of the catalogue.
    """
    names, place = [*vocabulary.triples(), *own], prepared.folder / "store"
    if live is not None:
        before = dumps.kept(live.folder, live.manifest)
        after = dumps.kept(prepared.folder, prepared.manifest)
        changed = dumps.difference(before, after)
        if changed.share <= _LITTLE:
            old, new = dumps.unpack(changed.gone), dumps.unpack(changed.come)
            if embedded.renew(place, live.folder / "store", old, new, names):
                return
    embedded.build(place, prepared.folder / dumps.FOLDER / dumps.NQUADS, names)


def fill_index(config: Config, prepared: release.Prepared, entries: list[Entry]) -> None:
    """Writes the index of a prepared release, which goes on from that of the live one."""
    about = site(config)
    contents = index.Contents(
        release=prepared.id,
        rows=indexing.rows(about, entries, prepared.cards),
        facets=indexing.names(about, list(prepared.cards.values())),
        holders=indexing.holders(about, entries),
        now=datetime.now(UTC),
    )
    index.build(prepared.folder / index.INDEX, contents, config.public / "current" / index.INDEX)


def fill_feeds(
    config: Config,
    register: Register,
    prepared: release.Prepared,
    live: folder.Live | None,
    entries: list[Entry],
) -> None:
    """Writes the feeds of a prepared release, which go on from those of the live one."""
    single = {e.iri for e in entries if e.versions == 1}

    def tell(announcement: Announcement) -> bytes:
        return described(config, register, announcement, several=announcement.iri not in single)

    ledger = federation.Ledger(
        register.announcement_count, register.place_count, register.announcements,
        register.placed, tell,
    )  # fmt: skip
    before = live.folder if live else None
    federation.fill(site(config), prepared.folder, before, {e.iri: e for e in entries}, ledger)


def described(
    config: Config, register: Register, announcement: Announcement, *, several: bool = True
) -> bytes:
    """The description that an announcement tells of, without what is never published.

    What another version says to be private is taken out as well, where there are `several`.
    """
    iri = announcement.iri
    others = [v.canonical for v in register.versions(iri)] if several else []
    opened = open_versions([*others, register.described(announcement)], iri)[-1]
    return terms.localise(opened, config.catalogue.base_iri)


def lore(config: Config, register: Register) -> Lore:
    """What pages tell of rules, problems and versions; looked up only for pages that changed."""

    def versions(iri: str) -> list[Past]:
        # One more than is told, to compare the oldest of them with.
        kept = register.versions(iri)[-VERSIONS - 1 :]
        opened = open_versions([v.canonical for v in kept], iri)
        base = config.catalogue.base_iri
        return [
            Past(v.number, v.recorded, terms.localise(canonical, base))
            for v, canonical in zip(kept, opened, strict=True)
        ]

    return Lore(
        key=ruling.digest(config.shapes),
        profiles=ruling.titles(config.shapes),
        books=partial(ruling.books, config.shapes),
        problems=partial(explain, installed=config.shapes),
        versions=versions,
    )


def _moment(entries: list[Entry], runs: list[Run]) -> datetime:
    """When the register last changed: the only time that a release knows."""
    reviewed = (e.reviewed.moment for e in entries if e.reviewed)
    return max([_EPOCH, *(e.changed for e in entries), *(r.ended for r in runs), *reviewed])
