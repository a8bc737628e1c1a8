"""Reading what a target answered."""

import html
import json
import re
from typing import Final

from red_catalog.http import Refused, Unsent, is_page
from red_catalog.http.exchange import Answer
from red_catalog.http.headers import check_whole
from red_catalog.model import Text
from red_catalog.targets.outcome import Failure, Refusal, say

_LONGEST: Final = 300  # characters of an answer that are told
_READ: Final = 8192  # bytes of an answer in which they are looked for
_MARKUP: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_PROBLEM: Final = 65_536  # bytes of a problem; a longer body is none
# Ours to mend or theirs to come back from: nothing else would fare better now.
_UNFIT: Final = frozenset({401, 403, 404, 405, 407, 408, 415, 429})


def judge(answer: Answer | Unsent, *, per_record: frozenset[int]) -> Failure | Refusal | None:
    """What is wrong with an answer, if anything. `per_record`: statuses that blame the record."""
    if isinstance(answer, Unsent):
        return Failure(answer.reason)
    if 200 <= answer.status < 300:
        return None
    reason = _explain(answer)
    if answer.status in per_record or (400 <= answer.status < 500 and answer.status not in _UNFIT):
        return Refusal(reason)
    # Some stores say 500 to a value that they cannot keep, and proxies 504 to what takes long.
    return Failure(reason, answer.status >= 500 and "Retry-After" not in answer.headers)


def find_cut(answer: Answer) -> Failure | None:
    """What is wrong with a table that the target cut: what it lacks may be there all the same."""
    try:
        check_whole(answer, paged=False)
    except Refused as refused:
        return Failure(refused.problem.message)
    return None


def _explain(answer: Answer) -> Text:
    """The status and what goes with it: where a redirect leads, what an error says."""
    status, onward = answer.status, answer.headers.get("Location")
    if 300 <= status < 400 and onward:
        where = _line(onward)
        fr, en = f"l'adresse mène à {where}", f"the address leads on to {where}"
    else:
        fr = en = quote(_detail(answer.content))
    return say(f"Réponse {status} : {fr}", f"Answer {status}: {en}")


def _detail(content: bytes) -> bytes:
    """What a problem told as JSON says to people; of anything else, all."""
    try:
        told = json.loads(content[:_PROBLEM])["detail"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return content
    return told.encode("utf-8", "replace") if isinstance(told, str) else content


def quote(content: bytes) -> str:
    """The beginning of an answer, on one line and printable; of a page, what people read."""
    text = content[:_READ].decode("utf-8", "replace")
    return _line(html.unescape(_MARKUP.sub(" ", text)) if is_page(content) else text) or "…"


def _line(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.split())[:_LONGEST]
