"""Checking one document without a catalogue: read it, validate each dataset, explain."""

import sys
from collections.abc import Sequence
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
    Source,
    Unreadable,
)
from red_catalog.pipeline.harvesting import judge
from red_catalog.rdf import syntax
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.trouble import RefusedError
from red_catalog.validation import background, profiles
from red_catalog.validation.checking import validate
from red_catalog.validation.compiled.data import index_triples, read_canonical
from red_catalog.validation.locating import JsonLines, Lines, locator
from red_catalog.validation.problems import find_problems, retell
from red_catalog.validation.scoring import assess
from red_catalog.validation.subjects import name_of

DEFAULT_PROFILE: Final = "healthdcat-ap-8"


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


def check(
    document: Document | Unreadable,
    profile_names: Sequence[str] = (DEFAULT_PROFILE,),
    limits: Limits | None = None,
    installed: Path | None = None,
) -> tuple[Checked, ...]:
    """Reads a document once and checks each of its datasets against each profile."""
    names = list(dict.fromkeys(profile_names))
    for name in names:
        profiles.load(name, installed)
    limits = limits or Limits()
    found: Reading | Unreadable = (
        read(document, _source(document.location), limits)
        if isinstance(document, Document)
        else document
    )
    lines = _lines(document, limits) if isinstance(document, Document) else Lines()
    return tuple(_check(found, lines, name, installed) for name in names)


def _check(
    found: Reading | Unreadable, lines: Lines | JsonLines, name: str, installed: Path | None
) -> Checked:
    used = profiles.load(name, installed)
    said = (found.location, used.name, used.release, used.digest, used.title)
    if isinstance(found, Unreadable):
        return Checked(*said, unreadable=found)
    datasets = tuple(_check_record(record, lines, name, installed) for record in found.records)
    return Checked(*said, datasets, found.quarantined, found.repaired)


def _check_record(
    record: Record, lines: Lines | JsonLines, name: str, installed: Path | None
) -> CheckedDataset:
    report = validate(record.iri, record.canonical, name, installed)
    triples = background.drop_axioms(read_canonical(record.canonical))
    shapes = profiles.shapes(name, report.level, installed)
    given, quality = _scores(record.iri, record.canonical)
    problems = find_problems(report, shapes, triples, record.iri, lines)
    return CheckedDataset(
        iri=record.iri,
        name=name_of(index_triples(triples), make_iri(record.iri), "fr"),
        verdict=judge(report, "flag"),
        report=retell(report, problems),
        problems=problems,
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
