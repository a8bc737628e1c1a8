"""How the duties stand, from what is public: the figures of the access body's dashboard."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from red_catalog.ehds import categories
from red_catalog.model import Completeness, Holder, Verdict
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.pages import quality
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.tables import write_csv

DAYS: Final = (categories.GENERAL, categories.DEFERRED)
Plain = dict[str, Any]


def figures(site: Site, holders: Sequence[Holder], cards: Sequence[Card]) -> Plain:
    """The whole catalogue and each holder, ready for JSON."""
    mine: dict[str, list[Card]] = {}
    for one in cards:
        mine.setdefault(one.entry.holder, []).append(one)
    told = [_holder(site, holder, mine.get(holder.id, [])) for holder in holders]
    return {
        **_sums(cards),
        "states": Counter(one["state"] for one in told),
        "profiles": [
            {"profile": p, "release": r, "level": level, "datasets": t.datasets,
             "conformant": t.conformant}
            for p, r, level, t in quality.by_profile(cards)
        ],
        "holders": told,
    }  # fmt: skip


def outlook(cards: Sequence[Card], day: date) -> Plain:
    """How many datasets the duty binds on a day, and how many of them would fail as they are.

    `lacking`: a minimum element of Regulation (EU) 2026/2098 is missing; `nonconformant`: the
    profile is not met: two answers, never mixed. A dataset without category is bound: it may be
    of any.
    """
    bound = [c.entry for c in cards if _is_bound(c, day)]
    return {
        "day": day.isoformat(),
        "bound": len(bound),
        "lacking": sum(_lacks(e.completeness) for e in bound),
        "nonconformant": sum(e.verdict is not Verdict.CONFORMANT for e in bound),
    }


def _lacks(counted: Completeness | None) -> bool:
    return counted is not None and counted.given < counted.applicable


def write(found: Plain) -> bytes:
    """The figures as JSON, for programs."""
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def csv(found: Plain, code: str) -> bytes:
    """A row a holder."""
    _ = language(code).gettext
    heads = (
        _("Holder"), _("Name"), _("Datasets"), _("Conformant"), _("Lacking on 26 March 2029"),
        _("Lacking on 26 March 2031"), _("Attested"), _("Changed since"), _("Declared none of"),
        _("Contradictions"), _("State"),
    )  # fmt: skip
    names = [STATES[one["state"]] for one in found["holders"]]
    rows = [
        (one["id"], one["name"][code], one["datasets"], one["conformant"],
         *(o["lacking"] for o in one["outlook"]), one["attested"], one["changed_since"],
         letters(one["holds_none"]), letters(one["clashes"]), _(names[number]))
        for number, one in enumerate(found["holders"])
    ]  # fmt: skip
    return write_csv(heads, rows)


def letters(codes: Sequence[str]) -> str:
    """Categories by their letters, in order."""
    return "".join(sorted(categories.LETTERS[one] for one in codes))


def lettered(codes: Sequence[str], code: str) -> str:
    """Categories by their letters as a sentence lists them, in the language `code`."""
    return ", ".join(map(language(code).letter, letters(codes)))


def _mark(message: str) -> str:
    return message


STATES: Final = {
    "describes": _mark("describes datasets"),
    "declares": _mark("declares having none"),
    "exempt": _mark("exempt"),
    "silent": _mark("silent"),
}


def state(holder: Holder, datasets: int) -> str:
    """How a holder with so many live datasets answers the duty to describe: a key of STATES."""
    if datasets:
        return "describes"
    return "exempt" if holder.exempt else "declares" if holder.holds_none else "silent"


def _holder(site: Site, holder: Holder, cards: Sequence[Card]) -> Plain:
    counted = Counter(code for c in cards for code in c.codes["category"])
    return {
        "id": holder.id,
        "name": dict(site.holder(holder.id).name),
        "kind": holder.kind,
        "state": state(holder, len(cards)),
        "categories": {one: counted[one] for one in categories.LETTERS if counted[one]},
        "holds_none": list(holder.holds_none),
        "clashes": [one for one in holder.holds_none if counted[one]],
        **_sums(cards),
    }


def _sums(cards: Sequence[Card]) -> Plain:
    entries = [c.entry for c in cards]
    return {
        "datasets": len(entries),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in entries),
        "attested": sum(e.reviewed is not None for e in entries),
        "changed_since": sum(e.changed_since for e in entries),
        "outlook": [outlook(cards, day) for day in DAYS],
    }


def _is_bound(card: Card, day: date) -> bool:
    first = _first(card.codes["category"])
    return first is None or first <= day


@cache
def _first(codes: tuple[str, ...]) -> date | None:
    """From when the duty for data of these categories applies; few combinations exist."""
    found = categories.application(codes)
    return found.first if found else None
