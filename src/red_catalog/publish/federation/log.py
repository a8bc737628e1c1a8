"""The ledger of changes as JSON Lines: to be replayed from any number on."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from red_catalog.model import Announcement
from red_catalog.publish.federation.payload import stamp

PAGE: Final = 1000
INDEX: Final = "index.json"


def path(feed: str, name: str | int) -> str:
    """The file of a part of the ledger, by its number from 1, or its index."""
    return f"feed/{feed}/changes/{name}" + ("" if name == INDEX else ".jsonl")


def write(base: str, events: Sequence[Announcement]) -> bytes:
    """A part of the ledger, one change a line."""
    return b"".join(
        json.dumps(to_plain(base, one), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for one in events
    )


def to_plain(base: str, one: Announcement) -> dict[str, Any]:
    """A change as it is told."""
    return {
        "number": one.number,
        "published": stamp(one.published.isoformat()),
        "kind": one.kind,
        "id": one.slug,
        "iri": one.iri,
        "holder": one.told["holder"],
        "changed": one.told["modified"],
        "version": one.version,
        "digest": f"sha256:{one.digest}",
        "page": f"{base}dataset/{one.slug}",
    }


def write_index(count: int, ends: Sequence[str]) -> bytes:
    """What tells a reader which part to open. `ends`: when the last change of each was made."""
    parts = [{"file": f"{n}.jsonl", "until": end} for n, end in enumerate(ends, 1)]
    return json.dumps({"changes": count, "size": PAGE, "parts": parts}, indent=1).encode() + b"\n"


def end(site: Path, feed: str) -> tuple[int, str | None]:
    """How many changes a published ledger has, and when its last one was made public.

    Raises FileNotFoundError where the release has no ledger.
    """
    index = json.loads((site / path(feed, INDEX)).read_bytes())
    return index["changes"], index["parts"][-1]["until"] if index["parts"] else None


def read(site: Path, feed: str, after: int) -> Iterator[dict[str, Any]]:
    """The changes of a published ledger after a number, in order.

    Raises FileNotFoundError where the release has no ledger.
    """
    index = json.loads((site / path(feed, INDEX)).read_bytes())
    for number in range(after // PAGE + 1, len(index["parts"]) + 1):
        for line in (site / path(feed, number)).read_bytes().splitlines():
            change = json.loads(line)
            if change["number"] > after:
                yield change
