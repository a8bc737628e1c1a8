"""Another catalogue that takes descriptions in, as this one does (`/ingest/…`)."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from red_catalog.http import Sender
from red_catalog.http.exchange import Answer
from red_catalog.rdf.writing import serialise
from red_catalog.targets.answers import judge
from red_catalog.targets.answers import quote as cite
from red_catalog.targets.outcome import Accepted, Failure, Outcome, Parcel, say

# A description, or a dataset that is somebody else's there.
_OF_RECORD: Final = frozenset({400, 403, 409, 413, 422})
# Its words are quoted in sentences of both languages, and most who read them read the English one.
_JSON: Final = {"Accept": "application/json", "Accept-Language": "en, fr;q=0.8"}
_TURTLE: Final = {"Content-Type": "text/turtle", **_JSON}


@dataclass(slots=True)
class Parent:
    """The catalogue at this address. `known`: whether it has said that it is one and knows us."""

    sender: Sender
    base: str
    known: bool = False

    def deliver(self, parcel: Parcel) -> Outcome:
        """Puts a description, or takes it back, under our own name for it."""
        slug = parcel.announcement.slug
        name = quote(slug, safe="")
        if parcel.announcement.kind == "delete":
            answer = self.sender.send("DELETE", f"{self.base}ingest/datasets/{name}", _JSON)
            if isinstance(answer, Answer) and answer.status == 404:
                return self._believe(answer)
        else:
            content = serialise(parcel.content, "ttl")
            url = f"{self.base}ingest/datasets/origin?originalId={name}"
            answer = self.sender.send("PUT", url, _TURTLE, content)
        wrong = judge(answer, per_record=_OF_RECORD)
        if wrong is not None:
            return wrong
        assert isinstance(answer, Answer)
        # A success names the dataset that it is about, as it was named in the request.
        return Accepted(slug) if _read(answer).get("id") == slug else _strange(answer)

    def _believe(self, answer: Answer) -> Outcome:
        """That the dataset is not there, from who is a catalogue and knows our key.

        Any server says 404 at an address where the catalogue is no more.
        """
        if not isinstance(_read(answer).get("detail"), str):
            return _strange(answer)
        if not self.known:
            owner = self.sender.send("GET", f"{self.base}api-keys/whoami", _JSON)
            wrong = judge(owner, per_record=frozenset())
            if wrong is not None:
                return Failure(wrong.reason)
            assert isinstance(owner, Answer)
            if not _read(owner):
                return _strange(owner)
            self.known = True
        return Accepted()


def _read(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer, empty where it is something else."""
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _strange(answer: Answer) -> Failure:
    shown = cite(answer.content)
    return Failure(
        say(
            f"La réponse n'est pas celle d'un catalogue : {shown}",
            f"The answer is not that of a catalogue: {shown}",
        )
    )
