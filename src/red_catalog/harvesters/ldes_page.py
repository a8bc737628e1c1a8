"""A page of a Linked Data Event Stream: what its statements say of datasets and other pages."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from red_catalog.harvesters.dcat import check_link
from red_catalog.harvesters.telling import refuse, tell
from red_catalog.model import Defect, Document, Triple, Unreadable
from red_catalog.namespaces import DATASET, RDF_TYPE
from red_catalog.rdf.reading import Graphs
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal

_AS: Final = "https://www.w3.org/ns/activitystreams#"
_TREE: Final = "https://w3id.org/tree#"
_LDES: Final = "https://w3id.org/ldes#"
_OBJECT: Final = f"<{_AS}object>"
_PUBLISHED: Final = f"<{_AS}published>"
_RELATION: Final = f"<{_TREE}relation>"
_NODE: Final = f"<{_TREE}node>"
_VIEW: Final = f"<{_TREE}view>"
_VALUE: Final = f"<{_TREE}value>"
_PATH: Final = f"<{_TREE}path>"
_MEMBER: Final = f"<{_TREE}member>"
_IMMUTABLE: Final = f"<{_LDES}immutable>"
_RETENTION: Final = f"<{_LDES}retentionPolicy>"
# Policies which keep the latest event of each dataset: that of before LDES 1.0, and those that
# bound the number of versions alone.
_LATEST: Final = f"<{_LDES}LatestVersionSubset>"
_AMOUNT: Final = f"<{_LDES}versionAmount>"
_PERIODS: Final = {
    f"<{_LDES}{name}>"
    for name in ("versionDuration", "versionDeleteDuration", "fullLogDuration", "startingFrom")
}
_TOMBSTONE: Final = f"<{_AS}Tombstone>"
_UPSERTS: Final = {f"<{_AS}Create>", f"<{_AS}Update>"}
_DELETES: Final = {f"<{_AS}Delete>", f"<{_AS}Remove>"}
# A page behind one of these holds nothing after the relation's value.
_BEFORE: Final = {f"<{_TREE}LessThanRelation>", f"<{_TREE}LessThanOrEqualToRelation>"}


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one dataset, and when. `statements` None: it was deleted."""

    name: str
    target: str
    published: datetime
    page: str
    statements: tuple[Triple, ...] | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its events, the pages it leads to, what it got wrong.

    `forgets`: it says that the feed drops what is old.
    """

    events: tuple[Event, ...]
    onward: tuple[str, ...]
    immutable: bool
    defects: tuple[Defect, ...]
    forgets: bool


def read_page(
    graphs: Graphs, document: Document, since: datetime | None, *, entry: bool = True
) -> Page | Unreadable:
    """What the statements of a page say, or what is wrong with them.

    `entry`: the feed is entered here, and may lead to where its pages begin.
    """
    said = _Said(graphs)
    onward = []
    for link in said.links(document.base or document.location, since, entry=entry):
        checked = check_link(link, document)
        if isinstance(checked, Unreadable):
            return checked
        onward.append(checked)
    events, defects = [], []
    targets: dict[str, str] = {}
    for name in said.events():
        found = _event(name, said, document.location)
        if isinstance(found, Unreadable):
            return found
        if isinstance(found, Defect):
            defects.append(found)
            continue
        own = name in graphs
        if not own and found.statements is not None and targets.get(found.target, name) != name:
            return refuse(document.location, "ldes-mixed", object=found.target)
        if not own and found.statements is not None:
            targets[found.target] = name
        events.append(found)
    if not (events or onward or defects) and not said.is_feed():
        return refuse(document.location, "ldes-empty")
    links = tuple(dict.fromkeys(onward))
    return Page(tuple(events), links, said.is_immutable(), tuple(defects), said.forgets())


def _event(name: str, said: "_Said", location: str) -> Event | Unreadable | Defect:
    kinds = set(said.values(name, RDF_TYPE))
    targets = [one for one in said.values(name, _OBJECT) if is_iri(one)]
    # What has no type and describes a dataset is an update, DCAT-AP Feeds says.
    untyped = not any(one.startswith(f"<{_AS}") for one in kinds) and said.describes(name, targets)
    if not (untyped or kinds & (_UPSERTS | _DELETES)):
        return tell("ldes-activity", event=name)
    if len(targets) != 1:
        return refuse(location, "ldes-no-object", event=name)
    dates = [date for one in said.values(name, _PUBLISHED) if (date := _date(one))]
    if not dates:
        return refuse(location, "ldes-no-date", event=name)
    shown = iri(name) if is_iri(name) else f"{location}{name}"
    statements = None if kinds & _DELETES else said.describe(name, targets[0])
    if statements == ():
        return refuse(location, "ldes-no-description", event=name, object=targets[0])
    return Event(shown, iri(targets[0]), max(dates), location, statements)


def _date(term: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(literal(term)[0])
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class _Said:
    """The statements of a page, by subject."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs
        # Feeds say what they say of themselves in the default graph; some, in one of their own.
        own = [name for name, one in graphs.items() if not name or _speaks_of_pages(one)]
        self._by_subject: dict[str, list[tuple[str, str]]] = {}
        for graph in own:
            for s, p, o in graphs[graph]:
                self._by_subject.setdefault(s, []).append((p, o))
        objects = (o for said in self._by_subject.values() for p, o in said if p == _OBJECT)
        self._apart = {*self.events(), *objects}  # of none of them does another's description tell

    def values(self, subject: str, predicate: str) -> list[str]:
        return [o for p, o in self._by_subject.get(subject, ()) if p == predicate]

    def events(self) -> list[str]:
        """The activities, in the order of the page."""
        typed = _UPSERTS | _DELETES
        return [
            s
            for s, said in self._by_subject.items()
            if any(p == _OBJECT or (p == RDF_TYPE and o in typed) for p, o in said)
        ]

    def is_feed(self) -> bool:
        """Whether the page says that it belongs to a feed, be it empty."""
        return any(
            p in {_VIEW, _MEMBER} or o in {f"<{_LDES}EventStream>", f"<{_TREE}Collection>"}
            for said in self._by_subject.values()
            for p, o in said
        )

    def is_immutable(self) -> bool:
        """Whether the page says that it will never change."""
        return any(
            p == _IMMUTABLE and is_literal(o) and literal(o)[0] in {"true", "1"}
            for said in self._by_subject.values()
            for p, o in said
        )

    def forgets(self) -> bool:
        """Whether the feed states a policy after which a dataset may be told of no more."""
        found = [o for said in self._by_subject.values() for p, o in said if p == _RETENTION]
        return not all(map(self._keeps_latest, found))

    def _keeps_latest(self, policy: str) -> bool:
        if _LATEST in self.values(policy, RDF_TYPE):
            return True
        stated = {p for p, _ in self._by_subject.get(policy, ())}
        return _AMOUNT in stated and stated.isdisjoint(_PERIODS)

    def links(self, here: str, since: datetime | None, *, entry: bool) -> Iterator[str]:
        """Where the page leads, but for pages that hold nothing new."""
        found = [(p, o) for said in self._by_subject.values() for p, o in said]
        for predicate, relation in found:
            if predicate == _RELATION and not self._is_past(relation, since):
                yield from map(_link, self.values(relation, _NODE))
        views = [_link(o) for p, o in found if p == _VIEW]
        if entry and here.partition("#")[0] not in views:
            yield from views

    def _is_past(self, relation: str, since: datetime | None) -> bool:
        if since is None or self.values(relation, _PATH) != [_PUBLISHED]:
            return False
        before = not _BEFORE.isdisjoint(self.values(relation, RDF_TYPE))
        dates = [date for one in self.values(relation, _VALUE) if (date := _date(one))]
        return before and len(dates) == 1 and dates[0] < since

    def describes(self, event: str, targets: Sequence[str]) -> bool:
        """Whether the event's own graph holds more than what is left of a dataset.

        Without one, whether the page says that the object is a dataset.
        """
        if event not in self._graphs:
            return any(DATASET in self.values(one, RDF_TYPE) for one in targets)
        types = {o for _, p, o in self._graphs[event] if p == RDF_TYPE}
        return DATASET in types or _TOMBSTONE not in types

    def describe(self, event: str, target: str) -> tuple[Triple, ...]:
        """The graph named after the event; without one, what the page says of the object."""
        if event in self._graphs:
            return tuple(self._graphs[event])
        found, waiting, seen = [], deque([target]), set[str]()
        while waiting:
            subject = waiting.popleft()
            for predicate, value in self._by_subject.get(subject, ()):
                found.append((subject, predicate, value))
                if value in self._apart or value in seen or is_literal(value):
                    continue
                seen.add(value)
                waiting.append(value)
        return tuple(found)


def _speaks_of_pages(statements: Sequence[Triple]) -> bool:
    return any(p in {_RELATION, _MEMBER, _VIEW} for _, p, _ in statements)


def _link(term: str) -> str:
    return iri(term) if is_iri(term) else literal(term)[0] if is_literal(term) else ""
