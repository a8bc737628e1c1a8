"""Checking one document from the command line: fetch it, read it, compare the engines."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from red_catalog.errors import RedError
from red_catalog.http import Http, drop_settings
from red_catalog.model import Checked, Document, Reading, Unreadable
from red_catalog.pipeline.spreadsheets import is_spreadsheet, read_spreadsheets
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation import background, engines, installing, levels, profiles
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.documents import (
    DEFAULT_PROFILE,
    Manner,
    check_reading,
    find_lines,
    source_of,
)
from red_catalog.validation.locating import JsonLines, Lines
from red_catalog.validation.rules.description import describe

__all__ = ["DEFAULT_PROFILE", "Manner", "check", "fetch", "install_shapes", "verify"]


def fetch(location: str, http: Http) -> Document | Unreadable:
    """The document in a file, at a URL or on standard input (`-`).

    Raises RedError for a file that does not exist or cannot be read.
    """
    if location == "-":
        content = sys.stdin.buffer.read()
        return Document("standard input", content, "text/csv" if _is_table(content) else None)
    if urlsplit(location).scheme in {"http", "https"}:
        found = http.get(location, source_of(location))
        return drop_settings(found) if isinstance(found, Unreadable) else found.document
    path = Path(location)
    if path.is_dir():
        raise RedError(f"{location} is a folder: name one of its files.")
    try:
        return Document(location, path.read_bytes())
    except FileNotFoundError:
        raise RedError(f"{location} does not exist: check the path.") from None
    except OSError as error:
        raise RedError(f"{location} cannot be read ({error.strerror}): check the path.") from None


def _is_table(content: bytes) -> bool:
    """Whether what has no name begins as CSV does and no RDF: a first line of three columns."""
    start = content[:2000].decode("utf-8-sig", "replace").lstrip()
    line = start.partition("\n")[0]
    if line[:1] in set("@<{[#_(") or line[:6].lower() in {"prefix", "base <"}:
        return False
    return any(line.count(separator) >= 2 for separator in (";", ",", "\t"))


def install_shapes(
    location: str, name: str | None, into: Path, release: str | None, http: Http
) -> profiles.Profile:
    """Installs the shapes in a file or folder, or at a URL. Raises RedError where they are bad.

    Without a `name`, the profile is called as the file or folder is.
    """
    name = name or installing.name_after(location)
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
    for name in profile_names:
        profiles.load(name, manner.installed)
    found, lines = _read(document, limits or Limits())
    return check_reading(found, lines, profile_names, manner)


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
        level, _ = levels.level(describe(triples, record.iri))
        for name in dict.fromkeys(profile_names):
            told += engines.compare(engines.Chosen(name, level, manner.installed), triples)
    return told


def _read(
    document: Document | Unreadable, limits: Limits
) -> tuple[Reading | Unreadable, Lines | JsonLines]:
    """What a document holds, RDF or a spreadsheet, and what finds lines in it."""
    if isinstance(document, Unreadable):
        return document, Lines()
    if not is_spreadsheet(document):
        return read(document, source_of(document.location), limits), find_lines(document, limits)
    converted = read_spreadsheets([document], limits)
    if isinstance(converted.document, Unreadable):
        return converted.document, Lines()
    found = read(converted.document, source_of(converted.document.location), limits)
    if isinstance(found, Reading):
        found = replace(found, quarantined=(*found.quarantined, *converted.held))
    return found, Lines(subjects=dict(converted.rows or {}))
