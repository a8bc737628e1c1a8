"""The documents that others wrote, whatever they are written in, and what they describe."""

import os
from pathlib import Path

import pytest

from red_catalog.model import Document, Reading, Source, Triple
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation.compiled.data import read_canonical
from tests import shared

_SOURCE = Source("fichiers", "chu-lille", "file", "fichiers")


def files() -> list[Path]:
    """Every file of them; a folder that RED_REAL names may hold any."""
    return sorted(path for path in shared.real().rglob("*") if path.is_file())


def names(pattern: str = "*") -> list[str]:
    """Their paths in the folder, to name tests by: one that tells why, where there is none."""
    folder = shared.place("real", "RED_REAL")
    found = (path for path in folder.rglob(pattern) if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found) or ["absent"]


def file(name: str) -> Path:
    """A document that a test speaks of by name; another folder need not have it."""
    path = shared.real() / name
    if os.environ.get("RED_REAL") and not path.is_file():
        pytest.skip(f"{name} is not in the folder that RED_REAL names.")
    return path


def described(path: Path) -> list[Triple]:
    """What the datasets in a file say, as the catalogue reads them; nothing where it cannot."""
    found = read(Document(path.name, path.read_bytes()), _SOURCE, Limits())
    records = found.records if isinstance(found, Reading) else ()
    return [triple for record in records for triple in read_canonical(record.canonical)]
