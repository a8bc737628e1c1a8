"""Checking one document without a catalogue: read it, validate each dataset."""

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from red_catalog.errors import RedError
from red_catalog.http import Http
from red_catalog.model import (
    Document,
    Quarantined,
    Reading,
    Report,
    Severity,
    Source,
    Unreadable,
    Verdict,
)
from red_catalog.pipeline.harvesting import judge
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation import profiles
from red_catalog.validation.checking import validate


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `unreadable` is set where the document gave nothing at all."""

    profile: str
    location: str
    reports: tuple[tuple[str, Report], ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    reading: Reading | None = None
    unreadable: Unreadable | None = None

    def verdicts(self) -> list[tuple[str, Verdict]]:
        """Each dataset's IRI with its verdict."""
        return [(iri, judge(report, "flag")) for iri, report in self.reports]

    def exit_code(self, fail_on: str) -> int:
        """1 where a finding is at least this severe or nothing was readable, else 0."""
        if self.unreadable or self.quarantined or not self.reports:
            return 1
        grave = {
            "violation": {Severity.VIOLATION},
            "warning": {Severity.VIOLATION, Severity.WARNING},
            "never": set[Severity](),
        }[fail_on]
        return int(any(f.severity in grave for _, r in self.reports for f in r.findings))


def fetch(location: str, http: Http) -> Document | Unreadable:
    """The document in a file, at a URL or on standard input (`-`).

    Raises RedError for a file that does not exist or cannot be read.
    """
    if location == "-":
        return Document("standard input", sys.stdin.buffer.read())
    if urlsplit(location).scheme in {"http", "https"}:
        found = http.get(location, _source(location))
        return found if isinstance(found, Unreadable) else found.document
    try:
        return Document(location, Path(location).read_bytes())
    except OSError as error:
        raise RedError(f"{location} cannot be read ({error.strerror}): check the path.") from None


def check(document: Document | Unreadable, profile: str, limits: Limits | None = None) -> Checked:
    """Reads a document and validates each dataset that it describes."""
    profiles.load(profile)
    found: Reading | Unreadable | Document = document
    if isinstance(found, Document):
        found = read(found, _source(found.location), limits or Limits())
    if isinstance(found, Unreadable):
        return Checked(profile, found.location, unreadable=found)
    assert isinstance(found, Reading)
    reports = tuple((r.iri, validate(r.iri, r.canonical, profile)) for r in found.records)
    return Checked(profile, found.location, reports, found.quarantined, found)


def _source(location: str) -> Source:
    return Source(id="check", holder="check", kind="file", location=location)
