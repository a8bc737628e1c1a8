"""MANIFEST.md of the attack corpus, read as it is written: tables, canaries, invariants."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import shared

_CANARIES = re.compile(r"`([^`\s]+)` and `([^`\s]+)` \(create them holding `([^`]+)` / `([^`]+)`\)")
_ROUTE = re.compile(r"/[\w-]+")


@dataclass(frozen=True)
class Route:
    """One route of the hostile server, and what its row requires."""

    path: str
    required: str

    @property
    def said(self) -> list[str]:
        """What the refusal must say, word for word."""
        return re.findall(r'"([^"]+)"', self.required)


@dataclass(frozen=True)
class Invariants:
    """What every attack is held to. `canaries`: content by path; `port`: of the network canary."""

    port: int
    canaries: dict[Path, bytes]
    memory_bytes: int
    seconds: float

    @property
    def secret(self) -> bytes:
        """What must come out nowhere."""
        return next(iter(self.canaries.values()))


@cache
def text() -> str:
    """The whole file."""
    return (shared.attacks() / "MANIFEST.md").read_text("utf-8")


@cache
def control() -> str:
    """The dataset that is published whatever stands beside it."""
    return _one(r"control dataset `([^`]+)`")


@cache
def invariants() -> Invariants:
    """The invariants, their figures as written."""
    found = _CANARIES.search(text())
    assert found, "MANIFEST.md names no canary files"
    first, second, *held = found.groups()
    return Invariants(
        port=int(_one(r"canary at 127\.0\.0\.1:(\d+)")),
        canaries={Path(first): held[0].encode(), Path(second): held[1].encode()},
        memory_bytes=int(_one(r"peak memory of any process under (\d+) GB")) * 1_000_000_000,
        seconds=float(_one(r"under (\d+) s per document")),
    )


def files() -> list[list[str]]:
    """The rows of the table of files: file, served as, outcome, attack, …"""
    return [row for row in _rows() if re.fullmatch(r"`[^`]+/[^`]+`", row[0])]


def routes() -> list[Route]:
    """The rows of the table of routes, one route each."""
    rows = [row for row in _rows() if row[0].startswith("/")]
    return [Route(path, row[1]) for row in rows for path in _ROUTE.findall(row[0])]


def limit(what: str) -> float:
    """A figure of the route table: `cap` in bytes, `deadline` in seconds."""
    if what == "cap":
        return int(_one(r"use (\d+) MB in the test", "50")) * 1_000_000
    return float(_one(r"TOTAL deadline \(test: (\d+) s\)", "5"))


def _rows() -> Iterator[list[str]]:
    for line in text().splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def _one(pattern: str, usual: str | None = None) -> str:
    found = re.search(pattern, text())
    assert found or usual, f"MANIFEST.md does not say {pattern}"
    return found[1] if found else str(usual)
