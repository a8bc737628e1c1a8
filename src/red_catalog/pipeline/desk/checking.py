"""Checking one declaration from the command line: fetch it, read it, compare the engines."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from red_catalog.errors import RedError
from red_catalog.harvesters.spreadsheet import read_declaration
from red_catalog.http import Http, Purpose, drop_settings
from red_catalog.model import Checked, Document, Quarantined, Reading, Unreadable
from red_catalog.publish.checks.plain import quarantined_to_plain, unreadable_to_plain
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation import background, engines, installing, levels, profiles
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.documents import (
    DEFAULT_PROFILE,
    Manner,
    check_rdf,
    check_sheets,
    source_of,
)
from red_catalog.validation.rules.description import describe
from red_catalog.workbook.reading import CSV, begins_as_csv, is_table

__all__ = [
    "DEFAULT_PROFILE",
    "Manner",
    "Verified",
    "check",
    "fetch",
    "gather",
    "install_shapes",
    "verified_to_plain",
    "verify",
]  # fmt: skip

Given = Document | Unreadable | Sequence[Document]
"""One document, or the spreadsheets of one declaration."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What comparing the two engines found, and on what they were compared.

    `by_rules`: profiles named that have no shapes, so that no engine runs them. `differences`:
    a line each.
    """

    location: str
    profiles: tuple[str, ...]
    by_rules: tuple[str, ...]
    datasets: int = 0
    differences: tuple[str, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    unreadable: Unreadable | None = None

    @property
    def compared(self) -> bool:
        """Whether there was anything to compare the engines on."""
        return bool(self.datasets and self.profiles)

    def exit_code(self) -> int:
        """0 where the engines agree on all that there is, else 1."""
        return int(not self.compared or bool(self.differences or self.quarantined))


def gather(locations: Sequence[str], http: Http) -> Given:
    """What is to be checked: a document, or the spreadsheets that are one declaration.

    A folder stands for the files of CSV in it. Raises RedError for what cannot be read, and for
    several documents that are no spreadsheets.
    """
    found = [fetch(one, http) for location in locations for one in _unfold(location)]
    if len(found) == 1:
        return found[0]
    documents = []
    for one in found:
        if isinstance(one, Unreadable):
            return one
        if not is_table(one):
            raise RedError(
                f"{one.location} is no spreadsheet: name one document, or the CSV files of one "
                "declaration."
            )
        documents.append(one)
    return documents


def _unfold(location: str) -> list[str]:
    """A folder's files of CSV; else the location itself."""
    folder = Path(location)
    if urlsplit(location).scheme in {"http", "https"} or not folder.is_dir():
        return [location]
    found = [p for p in folder.iterdir() if p.suffix.lower() == ".csv" and p.name[0] not in ".~"]
    return sorted(map(str, found)) or [location]


def fetch(location: str, http: Http, purpose: Purpose = "check") -> Document | Unreadable:
    """The document in a file, at a URL or on standard input (`-`).

    Raises RedError for a file that does not exist or cannot be read.
    """
    if location == "-":
        content = sys.stdin.buffer.read()
        return Document("stdin", content, CSV if begins_as_csv(content) else None)
    if urlsplit(location).scheme in {"http", "https"}:
        found = http.get(location, source_of(location))
        return drop_settings(found, purpose) if isinstance(found, Unreadable) else found.document
    path = Path(location)
    if path.is_dir():
        raise RedError(f"{location} is a folder without CSV files: name one of its files.")
    try:
        return Document(location, path.read_bytes())
    except FileNotFoundError:
        if "://" in location:
            raise RedError(
                f"{location} cannot be fetched: addresses begin with http:// or https://."
            ) from None
        raise RedError(f"{location} does not exist: check the path.") from None
    except OSError as error:
        raise RedError(f"{location} cannot be read ({error.strerror}): check the path.") from None


def install_shapes(
    location: str, name: str | None, into: Path, release: str | None, http: Http
) -> profiles.Profile:
    """Installs the shapes in a file or folder, or at a URL. Raises RedError where they are bad.

    Without a `name`, the profile is called as the file or folder is.
    """
    name = name or installing.name_after(location)
    if urlsplit(location).scheme not in {"http", "https"}:
        return installing.install(Path(location), name, into, release=release)
    found = fetch(location, http, "install")
    if isinstance(found, Unreadable):
        raise RedError(f"{location}: {found.problem.message['en']} {found.problem.fix['en']}")
    return installing.install(found.content, name, into, origin=location, release=release)


def check(
    given: Given,
    profile_names: Sequence[str] = (DEFAULT_PROFILE,),
    limits: Limits | None = None,
    manner: Manner | None = None,
) -> tuple[Checked, ...]:
    """Reads what is given once and checks each of its datasets against each profile."""
    manner = manner or Manner()
    for name in profile_names:
        profiles.load(name, manner.installed)
    limits = limits or Limits()
    given = _sort(given)
    if isinstance(given, Document | Unreadable):
        return check_rdf(given, profile_names, limits, manner)
    return check_sheets(*read_declaration(given, limits), profile_names, manner)


def verify(given: Given, profile_names: Sequence[str], manner: Manner) -> Verified:
    """Where the two engines differ on what is given."""
    names = tuple(dict.fromkeys(profile_names))
    ruled = tuple(name for name in names if profiles.load(name, manner.installed).rules)
    shaped = tuple(name for name in names if name not in ruled)
    found = _read(given, Limits())
    if isinstance(found, Unreadable):
        return Verified(found.location, shaped, ruled, unreadable=found)
    told: list[str] = []
    for record in found.records:
        triples = background.drop_axioms(read_canonical(record.canonical))
        level, _ = levels.level(describe(triples, record.iri))
        for name in shaped:
            told += engines.compare(engines.Chosen(name, level, manner.installed), triples)
    count = len(found.records)
    return Verified(found.location, shaped, ruled, count, tuple(told), found.quarantined)


def verified_to_plain(found: Verified, lang: str) -> dict[str, Any]:
    """What `check --verify --json` prints."""
    return {
        "document": {"location": found.location, **unreadable_to_plain(found.unreadable, lang)},
        "datasets": found.datasets,
        "profiles": list(found.profiles),
        "by_rules": list(found.by_rules),
        "differences": list(found.differences),
        "quarantined": quarantined_to_plain(found.quarantined, lang),
    }


def _read(given: Given, limits: Limits) -> Reading | Unreadable:
    """What is described, in RDF or in spreadsheets."""
    given = _sort(given)
    if isinstance(given, Unreadable):
        return given
    if isinstance(given, Document):
        return read(given, source_of(given.location), limits)
    return read_declaration(given, limits)[0]


def _sort(given: Given) -> Given:
    """What is given, a spreadsheet alone as a declaration of one."""
    return [given] if isinstance(given, Document) and is_table(given) else given
