"""Sending what changed to each target: all that it has not got, until it has."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.errors import DamagedTextError, RedError
from red_catalog.http import Sender, user_agent
from red_catalog.model import Announcement, Target, Text
from red_catalog.pipeline.events import described
from red_catalog.pipeline.publishing import names
from red_catalog.publish.federation import payload
from red_catalog.publish.web.site import Site, site
from red_catalog.register.deliveries import ACKNOWLEDGED, FAILED, REFUSED, Delivery
from red_catalog.register.ledger import Register
from red_catalog.store import index
from red_catalog.targets import comparing, directory, labels
from red_catalog.targets.ingest import Parent
from red_catalog.targets.outcome import Accepted, Deliver, Failure, Parcel, Refusal, say
from red_catalog.targets.sparql import OPTIONS, Store

_BATCH: Final = 200
_WAIT: Final = 120.0  # seconds for one that is told to come again: a run that writes ends
_DAMAGED: Final = (
    "le texte de {iri} dans le registre est endommagé : l’opérateur doit restaurer une sauvegarde."
)
# A target that does nothing but fail at so many datasets is left alone; not within so many
# seconds: all of one holder's may have what it cannot keep.
_PATIENCE: Final = 3
_SPELL: Final = 10.0


@dataclass(slots=True)
class Pushed:
    """What a push did. `problem`: why it stopped before the end; `reason`: of what is owed."""

    target: str
    acknowledged: int = 0
    refused: int = 0
    owed: int = 0
    problem: Text | None = None
    reason: Text | None = None
    compared: int | None = None
    different: list[str] = field(default_factory=list)

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        told = {name: plain[name] and dict(plain[name]) for name in ("problem", "reason")}
        return plain | told


class Pusher:
    """One target of one catalogue, as long as it is open."""

    def __init__(
        self, config: Config, register: Register, target: Target, clock: Callable[[], datetime],
        sender: Sender | None,
    ) -> None:  # fmt: skip
        self.register = register
        self.target = target
        self.clock = clock
        self.config = config
        self.site: Site = site(config)
        self.store: Store | None = None
        self.doubts: list[float] = []
        self.last: int | None = None
        self.deliver = self._find_way(sender)

    def push(self) -> Pushed:
        """Sends what is owed, in order. What is refused stays owed; a failure ends it.

        Not one that may be due to what was sent: what comes after it is tried first. What failed
        before comes last, the longest ago first, so that the bound on failures holds nothing else
        back. What the live release does not show yet is for a push after the next one.
        """
        done = Pushed(self.target.id)
        self.doubts = []
        self.last = index.find_told(self.config.public / "current" / index.INDEX, self.target.feed)
        late = self._send_new(done)
        wrong = self._keep_labels() if done.problem is None else None
        self.doubts.clear()
        for announcement in late:
            if done.problem is not None or not self._send(announcement, done):
                break
        done.problem = done.problem or wrong
        done.owed = self.register.balance(self.target, self.last).owed
        return done

    def _send_new(self, done: Pushed) -> list[Announcement]:
        """Sends what the target did not fail at before; gives the rest, as it is to be tried."""
        # Events for a folder are in order, whatever became of them.
        ordered = self.target.kind == "directory"
        known = {} if ordered else self.register.failed_deliveries(self.target.id)
        late: dict[str, Announcement] = {}
        after = 0
        while some := self.register.owed(self.target, after, _BATCH, self.last):
            for announcement in some:
                after, iri = announcement.number, announcement.iri
                # The deletion of what it failed at is new.
                if iri in known and (announcement.kind != "delete" or known[iri] == after):
                    late[iri] = announcement
                elif not self._send(announcement, done):
                    return []
        return [late[iri] for iri in known if iri in late]

    def _keep_labels(self) -> Text | None:
        """Sees to it that a store that can be asked has the labels of codes; why it has not."""
        if self.store is None or not self.store.options["query"]:
            return None
        base = self.config.catalogue.base_iri
        outcome = labels.keep(self.store, base, names(self.config))
        if isinstance(outcome, Accepted):
            return None
        return say(
            f"libellés des listes de codes ({base}{labels.NAME}) : {outcome.reason['fr']}",
            f"labels of code lists ({base}{labels.NAME}): {outcome.reason['en']}",
        )

    def rebuild(self) -> Pushed:
        """Sends everything, whatever the target had."""
        self.register.forget_deliveries(self.target.id)
        return self.push()

    def verify(self) -> Pushed:
        """Compares what a store holds with what it should, by counts and digests, and mends it."""
        done = self.push()
        different = self._compare(done)
        if different and done.problem is None:
            again = self.push()
            done.acknowledged += again.acknowledged
            done.refused, done.problem, done.reason = again.refused, again.problem, again.reason
            self._expect_nothing_lost(done)
        done.different = different
        done.owed = self.register.balance(self.target, self.last).owed
        return done

    def _expect_nothing_lost(self, done: Pushed) -> None:
        """What is still different after it was sent again was refused."""
        assert self.store is not None
        owed = self.register.owed(self.target, 0, -1, self.last)
        without = {self.store.graph(one.slug) for one in owed}
        lost = [graph for graph in self._compare(done) if graph not in without]
        if lost and done.problem is None:
            done.problem = say(
                f"le magasin ne garde pas ce qui lui est envoyé : {', '.join(lost[:3])}",
                f"the store does not keep what it is sent: {', '.join(lost[:3])}",
            )

    def _send(self, announcement: Announcement, done: Pushed) -> bool:
        """Whether the next one may be sent."""
        try:
            content = b"" if announcement.kind == "delete" else self._content(announcement)
            outcome = self.deliver(Parcel(announcement, content))
        except DamagedTextError as error:
            outcome = Refusal(say(_DAMAGED.format(iri=announcement.iri), str(error)))
        moment = self.clock()
        if isinstance(outcome, Accepted):
            where = self.target.address
            self._note(announcement, Delivery(ACKNOWLEDGED, moment, outcome.remote, address=where))
            done.acknowledged += 1
            self.doubts.clear()
            return True
        refused = isinstance(outcome, Refusal)
        word = REFUSED if refused else FAILED
        self._note(announcement, Delivery(word, moment, reason=outcome.reason))
        done.refused += refused
        if self.target.kind != "directory" and self._passes_on(outcome):
            done.reason = done.reason or outcome.reason
            return True
        done.problem = outcome.reason
        return False

    def _passes_on(self, outcome: Refusal | Failure) -> bool:
        """Whether the next one may fare better."""
        if isinstance(outcome, Refusal):
            self.doubts.clear()
            return True
        self.doubts.append(time.monotonic())
        lasting = len(self.doubts) >= _PATIENCE and self.doubts[-1] >= self.doubts[0] + _SPELL
        return outcome.doubtful and not lasting

    def _note(self, announcement: Announcement, delivery: Delivery) -> None:
        self.register.note_delivery(self.target.id, announcement, delivery)

    def _content(self, announcement: Announcement) -> bytes:
        canonical = described(self.config, self.register, announcement)
        about = (announcement.iri, announcement.slug)
        return payload.describe(self.site, self.target.feed, about, canonical, announcement.told)

    def _find_way(self, sender: Sender | None) -> Deliver:
        if self.target.kind == "directory":
            return partial(directory.deliver, Path(self.target.location))
        assert sender is not None
        if self.target.kind == "ingest":
            return Parent(sender, self.target.location).deliver
        options = {**OPTIONS, **self.target.options}
        prefix = f"{self.config.catalogue.base_iri}record/"
        self.store = Store(sender, self.target.location, options, prefix)
        return self.store.deliver

    def _compare(self, done: Pushed) -> list[str]:
        """The graphs that are not what they should be; each is owed again, or dropped."""
        if self.store is None:
            raise RedError(
                f"{self.target.id} is no SPARQL store, so that nothing can be read back from it:"
                " `--rebuild` sends everything again."
            )
        counts = self.store.counts()
        if isinstance(counts, Failure):
            done.problem = counts.reason
            return []
        expected = {self.store.graph(one.slug): one for one in self._live()}
        extra = [graph for graph in counts if graph not in expected]
        missing = [graph for graph in expected if not counts.get(graph)]
        different = [*extra, *missing, *self._differ(expected, set(missing), done)]
        done.compared = len(expected)
        for graph in different:
            if graph in expected:
                self.register.forget_deliveries(self.target.id, expected[graph].iri)
                continue
            dropped = self.store.drop(graph)
            if not isinstance(dropped, Accepted):
                done.problem = dropped.reason
                break
        return different

    def _differ(
        self, expected: dict[str, Announcement], missing: set[str], done: Pushed
    ) -> Iterator[str]:
        assert self.store is not None
        for found in self.store.contents([one for one in expected if one not in missing]):
            if isinstance(found, Failure):
                done.problem = found.reason
                return
            graph, held = found
            try:
                wanted = payload.statements(self._content(expected[graph]))
            except DamagedTextError:
                continue  # what the store has is all that there is
            if comparing.digest(held) != comparing.digest(wanted):
                yield graph

    def _live(self) -> Iterator[Announcement]:
        """What a target should hold, refused or not."""
        places = self.register.place_count(self.target.feed)
        for start in range(0, places, _BATCH):
            yield from self.register.placed(self.target.feed, start, start + _BATCH, self.last)


def expect_feed(register: Register, target: Target) -> None:
    """Raises RedError where a target was sent another feed."""
    sent = register.sent_feed(target.id)
    if sent not in {None, target.feed}:
        raise RedError(
            f"{target.id} has been sent the feed `{sent}`: for the feed `{target.feed}`, give the"
            f" target another `id` in red.toml, and see that what `{sent}` alone has is deleted"
            " there, for no push under another `id` does it (but `--verify`, in a SPARQL store)."
        )


@contextmanager
def opened(
    config: Config, register: Register, target: Target, clock: Callable[[], datetime]
) -> Iterator[Pusher]:
    """The way to a target, closed at the end. Raises RedError where it was sent another feed."""
    expect_feed(register, target)
    register.locate_deliveries(target)
    if target.kind == "directory":
        yield Pusher(config, register, target, clock, None)
        return
    agent = user_agent(config.catalogue.contact)
    seconds = config.limits.document_seconds
    with Sender(target.place(), agent, seconds=seconds, patience=_WAIT) as sender:
        yield Pusher(config, register, target, clock, sender)
