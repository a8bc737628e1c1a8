"""Checking what a document holds: validate each dataset, explain, count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from red_catalog.ehds import privacy
from red_catalog.model import (
    OWN_PROFILE,
    Absence,
    Checked,
    CheckedDataset,
    Completeness,
    Defect,
    Document,
    Mqa,
    Quarantined,
    Reading,
    Record,
    Report,
    Severity,
    Source,
    Unreadable,
    Verdict,
)
from red_catalog.rdf import syntax
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.trouble import RefusedError
from red_catalog.validation import background, checking, profiles, shapes_graph
from red_catalog.validation.advice.problems import find_problems, retell
from red_catalog.validation.advice.refusing import blame
from red_catalog.validation.advice.sheets import fit
from red_catalog.validation.advice.subjects import spoken_name_of
from red_catalog.validation.advice.syntaxes import suit
from red_catalog.validation.compiled.data import index_triples, read_canonical
from red_catalog.validation.locating import JsonLines, Lines, locator
from red_catalog.validation.repeating import mark
from red_catalog.validation.scoring import assess

DEFAULT_PROFILE: Final = "healthdcat-ap-8"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to validate. `installed`: the folder of the catalogue's own profiles.

    `beside`: whether our own checks are told beside the first profile. `described`: IRIs of the
    datasets that the source describes in its other documents.
    """

    engine: str = "compiled"
    installed: Path | None = None
    beside: bool = False
    described: frozenset[str] = frozenset()


def check_rdf(
    document: Document | Unreadable, profile_names: Sequence[str], limits: Limits, manner: Manner
) -> tuple[Checked, ...]:
    """Reads an RDF document once and checks each of its datasets against each profile."""
    if isinstance(document, Unreadable):
        return check_reading(document, Lines(), profile_names, manner)
    found = read(document, source_of(document.location), limits)
    lines, written = _look_into(document, limits)
    checks = check_reading(found, lines, profile_names, manner)
    return tuple(suit(one, written) for one in checks)


def check_reading(
    found: Reading | Unreadable,
    lines: Lines | JsonLines,
    profile_names: Sequence[str],
    manner: Manner,
) -> tuple[Checked, ...]:
    """Checks each dataset that was read against each profile; private ones are held back."""
    found = _hold_private(found)
    names = list(dict.fromkeys(profile_names))
    beside = manner.beside and OWN_PROFILE not in names
    ran = [*names, OWN_PROFILE] if beside else names
    for name in ran:
        profiles.load(name, manner.installed)
    records = found.records if isinstance(found, Reading) else ()
    described = _described(found) | manner.described
    reports = [_validate(record, ran, manner, described) for record in records]
    by_profile = [tuple(one) for one in zip(*reports, strict=True)] or [()] * len(ran)
    checks = [
        _check(found, lines, name, mine, manner, described)
        for name, mine in zip(ran, by_profile, strict=True)
    ]
    if beside and (own := checks.pop()).datasets:
        checks[0] = replace(checks[0], beside=replace(own, quarantined=(), repaired=()))
    return tuple(checks)


def check_sheets(
    found: Reading | Unreadable,
    rows: Mapping[str, int],
    lacking: Sequence[Absence],
    profile_names: Sequence[str],
    manner: Manner,
) -> tuple[Checked, ...]:
    """Checks what spreadsheets describe, dataset by dataset. `rows`: the row of each.

    `lacking`: where mandatory values of their parts are missing.
    """
    checks = check_reading(found, Lines(subjects=dict(rows)), profile_names, manner)
    return tuple(fit(one, lacking) for one in checks)


def _hold_private(found: Reading | Unreadable) -> Reading | Unreadable:
    """What was read, with what is marked private among what is held back."""
    if isinstance(found, Unreadable):
        return found
    held = {r.iri: r for r in found.records if privacy.is_private(r.canonical, r.iri)}
    if not held:
        return found
    told = [Quarantined(iri, privacy.PRIVATE, r.document) for iri, r in held.items()]
    return replace(
        found,
        records=tuple(r for r in found.records if r.iri not in held),
        quarantined=(*found.quarantined, *told),
    )


def _described(found: Reading | Unreadable) -> frozenset[str]:
    """The datasets that a document describes, also those that are held back."""
    if isinstance(found, Unreadable):
        return frozenset()
    return frozenset({r.iri for r in found.records} | {q.iri for q in found.quarantined})


def _validate(
    record: Record, names: Sequence[str], manner: Manner, beside: frozenset[str]
) -> tuple[Report, ...]:
    read_once = checking.read(record.iri, record.canonical, beside=beside)
    return mark(
        [checking.check(read_once, name, manner.installed, manner.engine) for name in names]
    )


def _check(
    found: Reading | Unreadable,
    lines: Lines | JsonLines,
    name: str,
    reports: Sequence[Report],
    manner: Manner,
    beside: frozenset[str],
) -> Checked:
    used = profiles.load(name, manner.installed)
    said = (found.location, used.name, used.release, used.digest, used.title)
    if isinstance(found, Unreadable):
        return Checked(*said, unreadable=found)
    datasets = tuple(
        _check_record(record, lines, name, report, manner, (found.repaired, beside))
        for record, report in zip(found.records, reports, strict=True)
    )
    return Checked(*said, datasets, found.quarantined, found.repaired)


def _check_record(
    record: Record,
    lines: Lines | JsonLines,
    name: str,
    report: Report,
    manner: Manner,
    around: tuple[Sequence[Defect], frozenset[str]],
) -> CheckedDataset:
    triples = background.drop_axioms(read_canonical(record.canonical))
    shapes = shapes_graph.shapes(name, report.level, manner.installed)
    mended, beside = around
    given, quality = _scores(record.iri, record.canonical, beside)
    found = find_problems(report, shapes, triples, record.iri, lines)
    problems = blame(found, record.iri, mended, triples)
    named = spoken_name_of(index_triples(triples), make_iri(record.iri), "fr")
    name_found, language = named or (None, None)
    return CheckedDataset(
        iri=record.iri,
        name=name_found,
        verdict=Verdict.FLAGGED if report.count(Severity.VIOLATION) else Verdict.CONFORMANT,
        report=retell(report, problems),
        problems=tuple(p for p in problems if not p.repeats),
        completeness=given,
        mqa=quality,
        language=language,
    )


@lru_cache(maxsize=512)
def _scores(iri: str, canonical: bytes, beside: frozenset[str]) -> tuple[Completeness, Mqa]:
    """The scores of a record, which are the same whatever profile it is checked against."""
    description = checking.read(iri, canonical, beside=beside)
    return assess(description, checking.check(description, DEFAULT_PROFILE))


def _look_into(document: Document, limits: Limits) -> tuple[Lines | JsonLines, str | None]:
    """What finds lines in a document, and its syntax; nothing of one that cannot be decoded."""
    forced = source_of(document.location).format
    try:
        decoded = syntax.decode(
            document.content, document.media_type, document.location, forced,
            limits.document_bytes,
        )  # fmt: skip
    except RefusedError:
        return Lines(), None
    return locator(decoded.content.decode("utf-8", "replace"), decoded.syntax), decoded.syntax


def source_of(location: str) -> Source:
    """What stands for the source of a document that is only checked."""
    return Source(id="check", holder="check", kind="file", location=location)
