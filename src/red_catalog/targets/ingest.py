"""Another catalogue that takes descriptions in, as this one does (`/ingest/…`)."""

import json
from typing import Final
from urllib.parse import quote

from red_catalog.http import Sender
from red_catalog.rdf.writing import serialise
from red_catalog.targets.answers import judge
from red_catalog.targets.answers import quote as cite
from red_catalog.targets.outcome import Accepted, Failure, Outcome, Parcel, say

# A description, or a dataset that is somebody else's there.
_OF_RECORD: Final = frozenset({400, 403, 409, 413, 422})
_TURTLE: Final = {"Content-Type": "text/turtle", "Accept": "application/json"}


def deliver(sender: Sender, base: str, parcel: Parcel) -> Outcome:
    """Puts a description, or takes it back, under our own name for it."""
    name = quote(parcel.announcement.slug, safe="")
    if parcel.announcement.kind == "delete":
        answer = sender.send("DELETE", f"{base}ingest/datasets/{name}")
    else:
        content = serialise(parcel.content, "ttl")
        url = f"{base}ingest/datasets/origin?originalId={name}"
        answer = sender.send("PUT", url, _TURTLE, content)
    wrong = judge(answer, per_record=_OF_RECORD)
    gone = parcel.announcement.kind == "delete" and getattr(answer, "status", 0) == 404
    if wrong is not None and not gone:
        return wrong
    return _read(answer.content, gone=gone)  # type: ignore[union-attr]


def _read(content: bytes, *, gone: bool) -> Outcome:
    """A success says which dataset it is about; anything else is no answer of such a catalogue."""
    try:
        told = json.loads(content)
        # A catalogue that does not know the dataset says so in `detail`.
        named = told["detail"] if gone else told["id"]
    except (ValueError, KeyError, TypeError):
        shown = cite(content)
        return Failure(
            say(
                f"La réponse n'est pas celle d'un catalogue : {shown}",
                f"The answer is not that of a catalogue: {shown}",
            )
        )
    return Accepted("" if gone else str(named))
