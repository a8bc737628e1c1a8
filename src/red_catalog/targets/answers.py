"""Reading what a target answered."""

from typing import Final

from red_catalog.http import Unsent
from red_catalog.http.exchange import Answer
from red_catalog.targets.outcome import Failure, Refusal, say

_LONGEST: Final = 300
# Ours to mend or theirs to come back from: nothing else would fare better now.
_UNFIT: Final = frozenset({401, 403, 404, 405, 407, 408, 415, 429})


def judge(answer: Answer | Unsent, *, per_record: frozenset[int]) -> Failure | Refusal | None:
    """What is wrong with an answer, if anything. `per_record`: statuses that blame the record."""
    if isinstance(answer, Unsent):
        return Failure(answer.reason)
    if 200 <= answer.status < 300:
        return None
    told = quote(answer.content)
    reason = say(f"Réponse {answer.status} : {told}", f"Answer {answer.status}: {told}")
    if answer.status in per_record or (400 <= answer.status < 500 and answer.status not in _UNFIT):
        return Refusal(reason)
    return Failure(reason)


def quote(content: bytes) -> str:
    """The beginning of an answer, on one line and printable."""
    text = content[:_LONGEST].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip() or "…"
