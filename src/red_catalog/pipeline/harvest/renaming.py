"""Telling what has another identifier, holder or source than before. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from red_catalog.model import Defect, Outcome, Record, Run, Source, State, Text, Triple
from red_catalog.namespaces import term
from red_catalog.pipeline.harvest.reconciling import Decision
from red_catalog.pipeline.harvest.wording import join, say
from red_catalog.rdf.canonical import BlankNodes
from red_catalog.rdf.terms import is_blank, is_literal
from red_catalog.rdf.writing import triples
from red_catalog.register.ledger import Known

# The dataset itself, whatever its IRI.
_SELF: Final = "urn:x-red:dataset"


def find_renamed(
    new: Iterable[Record], gone: Mapping[str, Callable[[], bytes]]
) -> dict[str, tuple[str, str]]:
    """For each new record that a vanished one explains: its former IRI, and how it is known.

    `gone`: how to get the last description of each vanished dataset. `address`: the IRIs differ
    in http or https alone; `content`: the two descriptions differ in nothing but the IRI;
    `identifier`: they give the same identifier and publisher. Each vanished dataset explains one
    new one at most.
    """
    marks: dict[tuple[str, str], str] = {}
    for iri, load in sorted(gone.items()):
        for mark in _marks(iri, load()):
            marks.setdefault(mark, iri)
    told = [(r.iri, _marks(r.iri, r.canonical)) for r in new] if marks else []
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for kind in ("address", "content", "identifier"):
        for iri, mine in told:
            alike = (marks[m] for m in mine if m[0] == kind and m in marks)
            former = next((one for one in alike if one not in taken), None)
            if former is not None and iri not in found:
                found[iri] = (former, kind)
                taken.add(former)
    return found


def tell_all_renamed(run: Run, decision: Decision, latest: Callable[[str], bytes]) -> Run:
    """The run, saying which new datasets look like vanished ones; `latest`: their descriptions."""
    new = [record for record, state in decision.changed if state is State.NEW]
    leaving = (*decision.absent, *decision.withdrawn, *decision.vanishing)
    gone = {iri: partial(latest, iri) for iri in leaving}
    renamed = find_renamed([*new, *decision.waiting], gone)
    outcomes = tell_renamed(run.outcomes, renamed)
    *others, alarm = run.unreadable or (None,)
    if decision.status == "guarded" and alarm and renamed:
        others.append(replace(alarm, problem=_tell_moved(alarm.problem, renamed)))
        run = replace(run, unreadable=tuple(filter(None, others)))
    return replace(run, outcomes=tuple(outcomes))


def _tell_moved(alarm: Defect, renamed: Mapping[str, tuple[str, str]]) -> Defect:
    """What the guard says, and how many of the vanishing come under another address."""
    now, (former, _) = min(renamed.items())
    moved = say("guard-moved", moved=len(renamed), former=former, now=now)
    message = join([alarm.message, moved])
    return replace(alarm, message=message or alarm.message)


def tell_renamed(
    outcomes: Iterable[Outcome], renamed: Mapping[str, tuple[str, str]]
) -> list[Outcome]:
    """The outcomes, those of both ends of each renaming saying so."""
    former = {old: (new, how) for new, (old, how) in renamed.items()}
    told = []
    for one in outcomes:
        if one.state is State.NEW and one.iri in renamed:
            old, how = renamed[one.iri]
            reasons = [say(f"renamed-{how}", former=old), *([one.reason] if one.reason else [])]
            told.append(replace(one, reason=join(reasons)))
        elif one.state in {State.ABSENT, State.WITHDRAWN} and one.iri in former:
            now = say("renamed-to", now=former[one.iri][0])
            told.append(replace(one, reason=join([*([one.reason] if one.reason else []), now])))
        else:
            told.append(one)
    return told


def tell_inherited(run: Run, source: Source, known: Mapping[str, Known]) -> list[Outcome]:
    """The outcomes, those of datasets that were another holder's or source's saying whose."""
    told = []
    for one in run.outcomes:
        before = known.get(one.iri) if one.state is State.UPDATED else None
        moved = _tell_origin(before, source) if before is not None else None
        if moved is not None:
            told.append(replace(one, reason=join([moved, *([one.reason] if one.reason else [])])))
        else:
            told.append(one)
    return told


def _tell_origin(before: Known, source: Source) -> Text | None:
    if before.holder not in {source.holder, *source.former}:
        return say("inherited", former=before.holder, now=source.holder, source=source.id)
    # A source that is no more had another name: all of its datasets would say so.
    if before.source in source.siblings:
        return say("moved", former=before.source, now=source.id)
    return None


def _marks(iri: str, canonical: bytes) -> list[tuple[str, str]]:
    """What tells a dataset by something other than its IRI."""
    # Whatever is named after the dataset, its distributions for instance, is renamed with it.
    address = _secure(iri)
    anonymous = _secure(canonical.decode()).replace(address, _SELF)
    said = triples(anonymous.encode())
    # Labels of blank nodes are made of the IRI as well.
    labels = BlankNodes(said).label(_SELF) or {}
    lines = sorted(f"{labels.get(s, s)} {p} {labels.get(o, o)}" for s, p, o in said)
    content = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    mine = [(p, o) for s, p, o in said if s == f"<{_SELF}>"]
    publishers = sorted(_name(o, said) for p, o in mine if p == _PUBLISHER)
    return [("address", address), ("content", content)] + [
        ("identifier", f"{o} {' '.join(publishers)}")
        for p, o in mine
        if p == _IDENTIFIER and publishers and is_literal(o) and _SELF not in o
    ]


def _name(agent: str, said: Sequence[Triple]) -> str:
    """An organisation by its IRI, or by its names where it has none."""
    names = sorted(o for s, p, o in said if s == agent and p == _NAME) if is_blank(agent) else []
    return " ".join(names) or agent


def _secure(text: str) -> str:
    """A server that moves to https renames everything."""
    return text.replace("http://", "https://")


_IDENTIFIER: Final = _secure(term("dct:identifier"))
_PUBLISHER: Final = _secure(term("dct:publisher"))
_NAME: Final = _secure(term("foaf:name"))
