"""Reading what a target answered."""

import json
from typing import Final

from red_catalog.http import Unsent
from red_catalog.http.exchange import Answer
from red_catalog.targets.outcome import Failure, Refusal, say

_LONGEST: Final = 300
_PROBLEM: Final = 65_536  # bytes of a problem; a longer body is none
# Ours to mend or theirs to come back from: nothing else would fare better now.
_UNFIT: Final = frozenset({401, 403, 404, 405, 407, 408, 415, 429})


def judge(answer: Answer | Unsent, *, per_record: frozenset[int]) -> Failure | Refusal | None:
    """What is wrong with an answer, if anything. `per_record`: statuses that blame the record."""
    if isinstance(answer, Unsent):
        return Failure(answer.reason)
    if 200 <= answer.status < 300:
        return None
    told = quote(_detail(answer.content))
    reason = say(f"Réponse {answer.status} : {told}", f"Answer {answer.status}: {told}")
    if answer.status in per_record or (400 <= answer.status < 500 and answer.status not in _UNFIT):
        return Refusal(reason)
    # Some stores say 500 to a value that they cannot keep, and proxies 504 to what takes long.
    return Failure(reason, answer.status >= 500 and "Retry-After" not in answer.headers)


def _detail(content: bytes) -> bytes:
    """What a problem told as JSON says to people; of anything else, all."""
    try:
        told = json.loads(content[:_PROBLEM])["detail"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return content
    return told.encode("utf-8", "replace") if isinstance(told, str) else content


def quote(content: bytes) -> str:
    """The beginning of an answer, on one line and printable."""
    text = content[:_LONGEST].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip() or "…"
