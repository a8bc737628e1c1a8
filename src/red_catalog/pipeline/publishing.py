"""From the register to the live release."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from red_catalog import vocabulary
from red_catalog.config import Config
from red_catalog.ehds import terms
from red_catalog.errors import DamagedTextError, RedError
from red_catalog.model import FEEDS, Announcement, Entry, Run, Triple
from red_catalog.pipeline import ruling
from red_catalog.pipeline.announcing import announce, rehearse
from red_catalog.pipeline.events import described, find_rest, has_lost, has_marks
from red_catalog.pipeline.explaining import explain_for
from red_catalog.pipeline.stocking import RegisterStock
from red_catalog.publish import folder, gathering, release
from red_catalog.publish.bugs import MishapError, attempt, tell, tell_of_all
from red_catalog.publish.crew import beside
from red_catalog.publish.data import dumps
from red_catalog.publish.data.differences import Difference, find_difference
from red_catalog.publish.federation import filling as federation
from red_catalog.publish.search import indexing
from red_catalog.publish.tidying import seldom
from red_catalog.publish.web.rules import Lore
from red_catalog.publish.web.site import site
from red_catalog.register.ledger import Register
from red_catalog.store import embedded, index, stamps

# Where more of the catalogue than this is new, the store is built faster than it is renewed.
_LITTLE: Final = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. `fresh` is False where the live release was already right.

    `bugs`: the traceback of what some datasets met, by IRI, or a sentence where the register's text
    of them is damaged; all else is published. `trace`: that of a bug which no dataset met alone.
    """

    fresh: bool
    datasets: int
    withdrawn: int
    bugs: Mapping[str, str] = field(default_factory=dict)
    trace: str = ""

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        told = {name: getattr(self, name) for name in ("fresh", "datasets", "withdrawn")}
        return {**told, "bugs": [*self.bugs]}

    @property
    def bug(self) -> MishapError | DamagedTextError | None:
        """What to raise of them once all else is told."""
        if self.bugs:
            return tell(self.bugs, "what it spoilt says so or is left out; all else is published")
        return tell_of_all(self.trace) if self.trace else None


def publish(
    config: Config, register: Register, now: datetime | None = None, *, afresh: bool = False
) -> Published:
    """Prepares a release beside the live one, fills its store, and switches to it.

    `now`: what is dated later does not date the release. `afresh`: nothing is taken over from the
    live one, as where its index cannot be read. Raises RedError where a backup was restored that
    may say what is private now, or a register that knows nothing would empty the live release.
    """
    if not afresh:
        release.expect(config, register.count() + register.withdrawn())
    if afresh or not index.is_readable(config.public / "current" / index.INDEX):
        release.doubt(config)
    _expect_heard(config, register)
    # What a publication that was killed has left takes the room that this one needs.
    release.prune(config)
    register.inherit(config.heirs, now or datetime.now(UTC))
    with closing(RegisterStock(config.register, config.catalogue.base_iri)) as stock:
        told = lore(config, stock)
        traces: list[str] = []
        done = attempt(partial(_publish, config, register, stock, told, now), traces)
        if done is not None:
            return done
        # A bug where many datasets are made together: whose it is, is found out one by one.
        done = _publish(config, register, stock, replace(told, wary=True), now)
        return replace(done, trace=traces[0])


def _publish(
    config: Config, register: Register, stock: RegisterStock, told: Lore, now: datetime | None
) -> Published:
    number = register.touched()
    runs = [run for s in config.sources for run in register.runs(s.id, only_eventful=True)]
    live = folder.trusted(config.public)
    moment = _moment(register, runs, now)
    prepared = release.prepare(config, stock, runs, moment, register.trends(), told)
    changed = stock.changed(release.last(config, live), live.bugs if live else ())
    if prepared is not None:
        with release.completing(prepared):
            unfit = prepared.gathered.unfit
            announce(config, register, (e for e in changed if e.iri not in unfit), moment)
            prepared = _complete(config, register, prepared, live, stock)
            register.keep_release(prepared.id, number)
            release.switch(config, prepared, partial(stamps.show, prepared.folder / index.INDEX))
    else:
        announce(config, register, changed, moment)
        if live is not None and register.released(live.manifest["id"]) != number:
            register.keep_release(live.manifest["id"], number)
    release.prune(config)
    bugs = prepared.manifest["bugs"] if prepared else {}
    return Published(prepared is not None, stock.count(), register.withdrawn(), bugs)


def _complete(
    config: Config,
    register: Register,
    prepared: release.Prepared,
    live: folder.Live | None,
    stock: RegisterStock,
) -> release.Prepared:
    """A prepared release with its store, its feeds and its index."""
    alone = embedded.has_opened()

    def has_secrets() -> bool:
        fresh = (prepared.gathered.rows[slug].card.entry.iri for slug in prepared.gathered.fresh)
        return any(has_lost(stock.register(), iri) for iri in fresh)

    filling = partial(fill_store, prepared, live, names(config), has_secrets)
    with beside(filling, 0 if alone else stock.count()):
        prepared = release.note(prepared, fill_feeds(config, prepared, live, stock))
        told = {feed: register.announcement_count(feed) for feed in FEEDS}
        fill_index(config, prepared, partial(stock.changed, None), told)
    return prepared


def _expect_heard(config: Config, register: Register) -> None:
    unheard = register.unheard().intersection(source.id for source in config.sources)
    if unheard:
        raise RedError(
            "The backup that was restored does not know what was withdrawn or marked private since,"
            f" and these sources were not harvested since: {', '.join(sorted(unheard))}. Run"
            " `red-catalog run`."
        )


def names(config: Config) -> list[Triple]:
    """What terms are called: those of code lists, and our own in the catalogue's namespace."""
    return [*vocabulary.triples(), *terms.triples(config.catalogue.base_iri)]


def fill_store(
    prepared: release.Prepared,
    live: folder.Live | None,
    names: Sequence[Triple],
    has_secrets: Callable[[], bool] = lambda: False,
) -> None:
    """Makes the new release's store: from the live one's where little changed, or afresh.

    `names`: what terms are called; `has_secrets`: whether the live one may hold what is private
    now. The engine keeps what it deletes for as long as it likes.
    """
    place = prepared.folder / "store"
    if live is not None:
        changed = find_difference(
            live.folder, live.manifest, prepared.folder, prepared.manifest, _LITTLE
        )
        before = live.folder / "store"
        if changed and not has_secrets() and _renew(place, before, changed, names):
            return
    embedded.build(place, prepared.folder / dumps.FOLDER / dumps.NQUADS, names)


def _renew(place: Path, before: Path, changed: Difference, names: Sequence[Triple]) -> bool:
    try:
        return embedded.renew(place, before, changed.gone, changed.come, names)
    except (RuntimeError, OSError):
        # What is damaged in the live store is not in the dump.
        shutil.rmtree(place, ignore_errors=True)
        return False


@seldom()
def fill_index(
    config: Config,
    prepared: release.Prepared,
    entries: Callable[[], Iterable[Entry]],
    told: Mapping[str, int],
) -> None:
    """Writes the index of a prepared release, which goes on from that of the live one.

    `entries`: every one by page name, asked for where that of the live one is damaged; `told`:
    how many changes the ledger of each feed has.
    """
    about, gathered = site(config), prepared.gathered
    cards = [row.card for row in gathered.rows.values()]
    contents = index.Contents(
        release=prepared.id,
        rows=gathering.read_spool(gathered.spool),
        whole=gathered.whole,
        facets=indexing.names(about, [c for c in cards if c.entry.withdrawn_at is None]),
        holders=indexing.holders(about, (c.entry.holder for c in cards)),
        told=told,
    )
    path, before = prepared.folder / index.INDEX, config.public / "current" / index.INDEX
    try:
        index.build(path, contents, before)
    except index.DamagedError:
        now = int(prepared.manifest["moment"][:4])
        rows = (gathering.index(about, entry, now) for entry in entries())
        index.build(path, replace(contents, rows=rows, whole=True))
    gathered.spool.unlink()


def fill_feeds(
    config: Config,
    prepared: release.Prepared,
    live: folder.Live | None,
    stock: RegisterStock,
) -> dict[str, str]:
    """Writes the feeds of a prepared release, which go on from those of the live one.

    Tells the bugs that events met, by IRI.
    """
    gathered = prepared.gathered
    entries = {row.card.entry.iri: row.card.entry for row in gathered.rows.values()}
    before, doubted = (live.folder, live.bugs) if live else (None, {})
    single = {e.iri for e in entries.values() if e.versions == 1}

    def tell(one: Announcement) -> bytes:
        return described(config, stock.register(), one, several=one.iri not in single)

    @cache
    def is_marked(iri: str) -> bool:
        # What could not be told the last time may be missing where it belongs.
        return iri in doubted or has_marks(stock.register(), iri)

    ledger = federation.Ledger(
        count=lambda feed: stock.register().announcement_count(feed),
        places=lambda feed: stock.register().place_count(feed),
        between=lambda feed, after, last: stock.register().announcements(feed, after, last),
        place=lambda feed, iri: stock.register().place(feed, iri),
        members=lambda feed, after, last: stock.register().members(feed, after, last),
        described=tell,
        marked=lambda feed, iris: stock.register().announcements_about(
            feed, filter(is_marked, iris)
        ),
        rest=lambda one: find_rest(stock.register(), one) if is_marked(one.iri) else "",
        fetch=stock.fetch,
    )
    known = {gathered.rows[slug].card.entry.iri for slug in gathered.fresh}
    changed = None if gathered.whole else known
    about, unfit = site(config), gathered.unfit
    return federation.fill(about, prepared.folder, before, entries, ledger, changed, unfit)


def lore(config: Config, stock: RegisterStock) -> Lore:
    """What pages tell of rules, problems and versions; looked up only for pages that changed."""
    profiles = ruling.titles(config.shapes, config.publication.rules)
    return Lore(
        # Pages lead to those rules that have pages.
        key=f"{ruling.digest(config.shapes)} {' '.join(sorted(profiles))}",
        profiles=profiles,
        books=partial(ruling.books, config.shapes, config.publication.rules),
        problems=explain_for(config),
        versions=stock.versions,
        rehearse=partial(rehearse, config, site(config)),
    )


def _moment(register: Register, runs: list[Run], now: datetime | None) -> datetime:
    """When the register last changed: the only time that a release knows.

    What was noted while the clock was ahead would else date each release until that day.
    """
    for limit in (now, None):
        ended = [run.ended for run in runs if limit is None or run.ended <= limit]
        if found := [*filter(None, [register.last_change(limit)]), *ended]:
            return max(found)
    return _EPOCH
