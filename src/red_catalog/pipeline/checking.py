"""Checking one document without a catalogue: read it, validate each dataset, explain."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from red_catalog.errors import RedError
from red_catalog.http import Http
from red_catalog.model import (
    Checked,
    CheckedDataset,
    Completeness,
    Document,
    Mqa,
    Reading,
    Record,
    Report,
    Severity,
    Source,
    Unreadable,
)
from red_catalog.pipeline.examining import judge
from red_catalog.pipeline.spreadsheets import is_spreadsheet, read_spreadsheets
from red_catalog.rdf import syntax
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.trouble import RefusedError
from red_catalog.validation import background, engines, installing, levels, profiles
from red_catalog.validation.checking import validate
from red_catalog.validation.compiled.data import index_triples, read_canonical
from red_catalog.validation.locating import JsonLines, Lines, locator
from red_catalog.validation.problems import find_problems, retell
from red_catalog.validation.repeating import mark
from red_catalog.validation.scoring import assess
from red_catalog.validation.subjects import name_of

DEFAULT_PROFILE: Final = "healthdcat-ap-8"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to validate. `installed`: the folder of the catalogue's own profiles."""

    engine: str = "compiled"
    installed: Path | None = None


def fetch(location: str, http: Http) -> Document | Unreadable:
    """The document in a file, at a URL or on standard input (`-`).

    Raises RedError for a file that does not exist or cannot be read.
    """
    if location == "-":
        return Document("standard input", sys.stdin.buffer.read())
    if urlsplit(location).scheme in {"http", "https"}:
        found = http.get(location, _source(location))
        return found if isinstance(found, Unreadable) else found.document
    path = Path(location)
    if path.is_dir():
        raise RedError(f"{location} is a folder: name one of its files.")
    try:
        return Document(location, path.read_bytes())
    except FileNotFoundError:
        raise RedError(f"{location} does not exist: check the path.") from None
    except OSError as error:
        raise RedError(f"{location} cannot be read ({error.strerror}): check the path.") from None


def install_shapes(
    location: str, name: str, into: Path, release: str | None, http: Http
) -> profiles.Profile:
    """Installs the shapes in a file or folder, or at a URL. Raises RedError where they are bad."""
    if urlsplit(location).scheme not in {"http", "https"}:
        return installing.install(Path(location), name, into, release=release)
    found = fetch(location, http)
    if isinstance(found, Unreadable):
        raise RedError(f"{location}: {found.problem.message['en']} {found.problem.fix['en']}")
    return installing.install(found.content, name, into, origin=location, release=release)


def check(
    document: Document | Unreadable,
    profile_names: Sequence[str] = (DEFAULT_PROFILE,),
    limits: Limits | None = None,
    manner: Manner | None = None,
) -> tuple[Checked, ...]:
    """Reads a document once and checks each of its datasets against each profile."""
    manner = manner or Manner()
    names = list(dict.fromkeys(profile_names))
    for name in names:
        profiles.load(name, manner.installed)
    limits = limits or Limits()
    found, lines = _read(document, limits)
    records = found.records if isinstance(found, Reading) else ()
    reports = [_validate(record, names, manner) for record in records]
    by_profile = [tuple(one) for one in zip(*reports, strict=True)] or [()] * len(names)
    return tuple(
        _check(found, lines, name, mine, manner)
        for name, mine in zip(names, by_profile, strict=True)
    )


def verify(
    document: Document | Unreadable, profile_names: Sequence[str], manner: Manner
) -> list[str]:
    """Where the two engines differ on a document, a line each; none where they agree."""
    found, _ = _read(document, Limits())
    if not isinstance(found, Reading):
        return []
    told = []
    for record in found.records:
        triples = background.drop_axioms(read_canonical(record.canonical))
        level, _ = levels.level(triples, record.iri)
        for name in dict.fromkeys(profile_names):
            told += engines.compare(engines.Chosen(name, level, manner.installed), triples)
    return told


def _validate(record: Record, names: Sequence[str], manner: Manner) -> tuple[Report, ...]:
    return mark(
        [
            validate(record.iri, record.canonical, name, manner.installed, manner.engine)
            for name in names
        ]
    )


def _read(
    document: Document | Unreadable, limits: Limits
) -> tuple[Reading | Unreadable, Lines | JsonLines]:
    """What a document holds, RDF or a spreadsheet, and what finds lines in it."""
    if isinstance(document, Unreadable):
        return document, Lines()
    if not is_spreadsheet(document):
        return read(document, _source(document.location), limits), _lines(document, limits)
    converted = read_spreadsheets([document], limits)
    if isinstance(converted.document, Unreadable):
        return converted.document, Lines()
    found = read(converted.document, _source(converted.document.location), limits)
    if isinstance(found, Reading):
        found = replace(found, quarantined=(*found.quarantined, *converted.held))
    return found, Lines(subjects=dict(converted.rows or {}))


def _check(
    found: Reading | Unreadable,
    lines: Lines | JsonLines,
    name: str,
    reports: Sequence[Report],
    manner: Manner,
) -> Checked:
    used = profiles.load(name, manner.installed)
    said = (found.location, used.name, used.release, used.digest, used.title)
    if isinstance(found, Unreadable):
        return Checked(*said, unreadable=found)
    datasets = tuple(
        _check_record(record, lines, name, report, manner)
        for record, report in zip(found.records, reports, strict=True)
    )
    return Checked(*said, datasets, found.quarantined, found.repaired)


def _check_record(
    record: Record, lines: Lines | JsonLines, name: str, report: Report, manner: Manner
) -> CheckedDataset:
    triples = background.drop_axioms(read_canonical(record.canonical))
    shapes = profiles.shapes(name, report.level, manner.installed)
    given, quality = _scores(record.iri, record.canonical)
    problems = find_problems(report, shapes, triples, record.iri, lines)
    return CheckedDataset(
        iri=record.iri,
        name=name_of(index_triples(triples), make_iri(record.iri), "fr"),
        verdict=judge(report.count(Severity.VIOLATION), "flag"),
        report=retell(report, problems),
        problems=tuple(p for p in problems if not p.repeats),
        completeness=given,
        mqa=quality,
    )


@lru_cache(maxsize=512)
def _scores(iri: str, canonical: bytes) -> tuple[Completeness, Mqa]:
    """The scores of a record, which are the same whatever profile it is checked against."""
    return assess(iri, canonical, validate(iri, canonical, DEFAULT_PROFILE))


def _lines(document: Document, limits: Limits) -> Lines | JsonLines:
    """What finds lines in a document; nothing in one that cannot be decoded."""
    forced = _source(document.location).format
    try:
        decoded = syntax.decode(
            document.content, document.media_type, document.location, forced,
            limits.document_bytes,
        )  # fmt: skip
    except RefusedError:
        return Lines()
    return locator(decoded.content.decode("utf-8", "replace"), decoded.syntax)


def _source(location: str) -> Source:
    return Source(id="check", holder="check", kind="file", location=location)
