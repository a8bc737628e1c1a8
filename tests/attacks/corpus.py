"""The attack corpus as its manifest describes it; nothing here knows a file's name."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from red_catalog.harvesters import HARVESTERS
from tests import shared

# What each media type of `feeds/` is an answer of; everything else is plain DCAT.
_KINDS = {"application/json": "ckan", "text/xml": "oaipmh", "text/csv": "spreadsheet"}
_ENDS = re.compile(r"ACCEPT(?:-CLEAN|-WARN)?|QUARANTINE|REJECT-DOC|GUARD|transcode")
_SECONDS = re.compile(r"(?:within|under) (\d+) s")


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
        return float(asked[1]) if asked else 30.0


def cases(folder: str) -> list[Case]:
    """The files of one folder of the corpus, in the manifest's order."""
    return [case for case in _all() if case.file.startswith(f"{folder}/")]


def series(folder: str) -> list[list[Case]]:
    """The files of a folder that follow one another: those whose names start alike."""
    alike = groupby(cases(folder), key=lambda case: case.file.split("-")[0])
    return [list(group) for _, group in alike]


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
