"""A folder from which a message gateway takes files: one an event, named by its own digest."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from red_catalog.model import Announcement
from red_catalog.targets.outcome import Accepted, Failure, Outcome, Parcel, say


def deliver(folder: Path, parcel: Parcel) -> Outcome:
    """Places the file of an event, whole or not at all; the same event gives the same file."""
    content = write(parcel)
    name = f"{name_of(parcel.announcement)}{hashlib.sha256(content).hexdigest()}.json"
    try:
        _place(folder, name, content)
    except OSError as error:
        told = f"{folder}: {error.strerror}"
        return Failure(say(f"Le dossier n'accepte rien ({told}).", f"The folder refuses ({told})."))
    return Accepted(name)


def name_of(one: Announcement) -> str:
    """How the name of an event's file begins; its digest and `.json` follow."""
    return f"{one.number:010d}-{one.kind}-"


def write(parcel: Parcel) -> bytes:
    """The file of an event."""
    one = parcel.announcement
    message: dict[str, Any] = {
        "feed": one.feed,
        "number": one.number,
        "published": one.published.isoformat(),
        "kind": one.kind,
        "iri": one.iri,
        "id": one.slug,
        "version": one.version,
        "digest": f"sha256:{one.digest}",
    }
    if one.kind != "delete":
        message |= {"media_type": "application/n-triples", "content": parcel.content.decode()}
    return json.dumps(message, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _place(folder: Path, name: str, content: bytes) -> None:
    unfinished = folder / f".{name}.part"
    # A link that somebody laid there would lead to another file.
    unfinished.unlink(missing_ok=True)
    with unfinished.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
