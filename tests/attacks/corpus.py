"""The attack corpus as its manifest describes it; nothing here knows a file's name."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from red_catalog.harvesters import HARVESTERS
from tests import shared
from tests.attacks import manifest

# What each media type of `feeds/` is an answer of; everything else is plain DCAT.
_KINDS = {"application/json": "ckan", "text/xml": "oaipmh", "text/csv": "spreadsheet"}
_ENDS = re.compile(r"ACCEPT(?:-CLEAN|-WARN)?|QUARANTINE|REJECT-DOC|GUARD|transcode")
_SECONDS = re.compile(r"(?:within|under) (\d+) s")
_MEGABYTES = re.compile(r"(\d+) MB")
_PAGES = re.compile(r"page \d+ of (\d+)")
# These are attacked elsewhere: tests/serve and tests/validation.
_ELSEWHERE = {"sparql", "shapes"}
_TOGETHER = {"feeds", "holders", "sequence"}


@dataclass(frozen=True)
class Case:
    """One file of the corpus: how it is served and what must become of it."""

    file: str
    media_type: str
    outcome: str
    attack: str
    body: bytes

    @property
    def path(self) -> str:
        """Where it is served."""
        return "/" + self.file.removesuffix(".gz")

    @property
    def kind(self) -> str:
        """The kind of source that reads it."""
        if not self.file.startswith("feeds/"):
            return "dcat"
        return _KINDS.get(self.media_type.split(";")[0], "dcat")

    @property
    def known(self) -> bool:
        """Whether a harvester of this kind exists."""
        return self.kind in HARVESTERS

    @property
    def ends(self) -> set[str]:
        """The outcomes that the manifest allows."""
        found = set(_ENDS.findall(self.outcome.split(";")[0]))
        return {"ACCEPT" if end == "transcode" else end for end in found}

    @property
    def said(self) -> list[str]:
        """What the refusal must say."""
        return re.findall(r'REJECT-DOC (?:with )?"([^"]+)"', self.outcome)

    @property
    def seconds(self) -> float:
        """How long it may take."""
        asked = _SECONDS.search(self.outcome)
        return float(asked[1]) if asked else manifest.invariants().seconds

    @property
    def memory_bytes(self) -> int | None:
        """What its own row says of memory."""
        asked = _MEGABYTES.search(self.outcome)
        return int(asked[1]) * 1_000_000 if asked else None


def cases(folder: str) -> list[Case]:
    """The files of one folder of the corpus, in the manifest's order."""
    return [case for case in _all() if case.file.startswith(f"{folder}/")]


def documents() -> list[Case]:
    """The files that are attacks by themselves, of `rdf/` and of any folder not known here."""
    return [c for c in _all() if c.file.split("/")[0] not in _TOGETHER | _ELSEWHERE]


def pages() -> list[list[Case]]:
    """The documents that are pages of one feed, as `page 1 of 2` says."""
    found, rest = [], documents()
    for number, case in enumerate(rest):
        first = _PAGES.search(case.attack)
        if first:
            found.append(rest[number : number + int(first[1])])
    return found


def alone() -> list[Case]:
    """The documents that are no pages."""
    paged = {case.file for group in pages() for case in group}
    return [case for case in documents() if case.file not in paged]


def series(folder: str) -> list[list[Case]]:
    """The files of a folder that follow one another: each that is a `first` begins anew."""
    groups: list[list[Case]] = []
    for case in cases(folder):
        if not groups or "first" in case.attack:
            groups.append([])
        groups[-1].append(case)
    return groups


def _all() -> Iterator[Case]:
    root = shared.attacks()
    for entry in json.loads((root / "manifest.json").read_text("utf-8")):
        yield Case(
            entry["file"],
            re.split(r" \(", entry["served_as"])[0],
            entry["outcome"],
            entry["attack"],
            _body(root / entry["file"]),
        )


def _body(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content
