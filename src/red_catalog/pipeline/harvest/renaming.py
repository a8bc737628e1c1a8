"""Telling what has another identifier, or another holder, than before. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from red_catalog.model import Outcome, Record, Run, Source, State
from red_catalog.namespaces import term
from red_catalog.pipeline.harvest.wording import join, say
from red_catalog.rdf.terms import is_literal
from red_catalog.rdf.writing import triples
from red_catalog.register.ledger import Known

_IDENTIFIER: Final = term("dct:identifier")
_PUBLISHER: Final = term("dct:publisher")


def find_renamed(
    new: Iterable[Record], gone: Mapping[str, Callable[[], bytes]]
) -> dict[str, tuple[str, str]]:
    """For each new record that a vanished one explains: its former IRI, and how it is known.

    `gone`: how to get the last description of each vanished dataset. `content`: the two
    descriptions differ in nothing but the IRI; `identifier`: they give the same identifier
    and publisher. Each vanished dataset explains one new one at most.
    """
    marks: dict[tuple[str, str], str] = {}
    for iri, load in sorted(gone.items()):
        for mark in _marks(iri, load()):
            marks.setdefault(mark, iri)
    told = [(r.iri, _marks(r.iri, r.canonical)) for r in new] if marks else []
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for kind in ("content", "identifier"):
        for iri, mine in told:
            alike = (marks[m] for m in mine if m[0] == kind and m in marks)
            former = next((one for one in alike if one not in taken), None)
            if former is not None and iri not in found:
                found[iri] = (former, kind)
                taken.add(former)
    return found


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
    """The outcomes, those of datasets that were another holder's saying whose they were."""
    mine = {source.holder, *source.former}
    told = []
    for one in run.outcomes:
        before = known.get(one.iri) if one.state is State.UPDATED else None
        if before is not None and before.holder not in mine:
            moved = say("inherited", former=before.holder, now=source.holder, source=source.id)
            told.append(replace(one, reason=join([moved, *([one.reason] if one.reason else [])])))
        else:
            told.append(one)
    return told


def _marks(iri: str, canonical: bytes) -> list[tuple[str, str]]:
    """What tells a dataset by something other than its IRI."""
    # Whatever is named after the dataset, its distributions for instance, is renamed with it.
    anonymous = canonical.replace(iri.encode(), b"")
    lines = sorted(anonymous.splitlines())
    marks = [("content", hashlib.sha256(b"\n".join(lines)).hexdigest())]
    mine = [(p, o) for s, p, o in triples(canonical) if s == f"<{iri}>"]
    publishers = sorted(o for p, o in mine if p == _PUBLISHER)
    marks += [
        ("identifier", f"{o} {' '.join(publishers)}")
        for p, o in mine
        if p == _IDENTIFIER and publishers and is_literal(o) and iri not in o
    ]
    return marks
