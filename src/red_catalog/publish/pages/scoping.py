"""The page that tells which duties apply, with or without answers to its questions."""

from typing import Any

from red_catalog.ehds import categories
from red_catalog.ehds import scope as rules
from red_catalog.ehds.scope import Scope, Situation


def view(situation: Situation | None = None) -> dict[str, Any]:
    """What the page shows: the questions as they were answered, and the answer."""
    letters = sorted(categories.LETTERS.items(), key=lambda one: one[1])
    dated = {day: [one for one in letters if categories.applies_from(one[1]) == day]
             for day in (categories.GENERAL, categories.DEFERRED)}  # fmt: skip
    whole = rules.judge(Situation(codes=("EHRS",), public_funding=True, trusted=True))
    found: Scope | None = rules.judge(situation) if situation else None
    return {
        "scope": found,
        "situation": situation or Situation(),
        "who": rules.WHO,
        "letters": letters,
        "days": list(dated.items()),
        "everything": whole.duties,
        "exempt": [rules.judge(Situation(who)).exempt for who in (rules.PERSON, rules.MICRO)],
        "names": {code: categories.name(code) for code, _ in letters},
        "laws": rules.ARTICLES,
    }
