"""What dashboards tell: of all, for the access body; of its own datasets, for a holder."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.ehds import categories
from red_catalog.ehds.reviews import Standing, calendar
from red_catalog.model import Text, Verdict
from red_catalog.publish.dataset.problems import Explain
from red_catalog.publish.lists.cards import card
from red_catalog.publish.pages import clashing, oversight
from red_catalog.publish.pages.effects import effects
from red_catalog.publish.record.withholding import open_entry
from red_catalog.register.ledger import Register

Plain = dict[str, Any]
_TITLES: Final = 1000  # late datasets that are told by their title
_NAMED: Final = 10  # datasets with a problem, likewise


def of_holder(
    config: Config,
    register: Register,
    explain: Explain,
    holder_id: str,
    today: date,
    lang: str,
) -> Plain:
    """A holder's own: figures, what to mend first, checks, contradictions.

    `explain`: what gives the problems that pages tell; `lang`: of titles, where there is one in it.
    """
    holder = config.holder(holder_id)
    entries = [open_entry(e)[0] for e in register.entries_of(holder_id) if e.withdrawn_at is None]
    cards = [card(e) for e in entries]
    titles = {one.entry.slug: one.title(lang) for one in cards}
    described = {code for one in cards for code in one.codes["category"]}
    silent = [
        one for one in categories.LETTERS if one not in described and one not in holder.holds_none
    ]
    return {
        "holder": holder_id,
        "name": dict(holder.name),
        "datasets": len(entries),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in entries),
        "outlook": [oversight.outlook(cards, day) for day in oversight.DAYS],
        "effects": [
            {**one.to_plain(), "titles": {slug: titles[slug] for slug in one.slugs[:_NAMED]}}
            for one in effects(entries, explain)
        ],
        "contradictions": [dict(one) for one in clashing.clashes(holder, described)],
        "nothing_said_of": silent,
        **_checks(config, register, holder_id, today, lang),
    }


def of_body(
    config: Config, register: Register, figures: Mapping[str, Any], today: date, lang: str
) -> Plain:
    """The access body's: the public `figures` of the release, and who to write to about what."""
    mailboxes = {h.id: h.email for h in config.holders}
    contradictions: list[Text] = []
    for one in figures["holders"]:
        holder = next((h for h in config.holders if h.id == one["id"]), None)
        if holder and one["clashes"]:
            contradictions += clashing.clashes(holder, one["categories"])
    checked = _checks(config, register, None, today, lang)
    late: dict[str, dict[str, int]] = {}
    for one in checked["late"]:
        late.setdefault(one["holder"], {"due": 0, "overdue": 0})[one["standing"]] += 1
    return {
        "holder": None,
        "name": dict(config.catalogue.hdab),
        **{k: figures[k] for k in ("datasets", "conformant", "outlook", "states", "profiles")},
        "contradictions": [dict(one) for one in contradictions],
        "silent": [
            {"id": one["id"], "name": one["name"], "kind": one["kind"],
             "email": mailboxes.get(one["id"]),
             "sources": [s.id for s in config.sources if s.holder == one["id"]]}
            for one in figures["holders"] if one["state"] == "silent"
        ],
        "holders": [
            {**one, "email": mailboxes.get(one["id"]),
             "checks": late.get(one["id"], {"due": 0, "overdue": 0})}
            for one in figures["holders"]
        ],
        "trend": [
            {"moment": s.moment.isoformat(), "datasets": s.datasets, "conformant": s.conformant,
             "completeness": round(s.completeness, 4)}
            for s in register.trend("catalogue")[-100:]
        ],
        **checked,
    }  # fmt: skip


def _checks(
    config: Config, register: Register, holder_id: str | None, today: date, lang: str
) -> Plain:
    """How many checks stand how, and those that are due or overdue, the latest first."""
    counts = dict.fromkeys((s.value for s in Standing), 0)
    late = []
    exempt = config.exempt
    for point in register.checkpoints(holder_id):
        if point.holder in exempt:
            continue
        days = calendar(point.since)
        standing = days.standing(today)
        counts[standing.value] += 1
        if standing is not Standing.CURRENT:
            late.append((days, standing, point))
    late.sort(key=lambda one: (one[0].overdue, one[2].slug))
    heirs = config.heirs
    reminded = {(r.iri, heirs.get(r.holder, r.holder)): r.moment for r in register.reminders()}
    told = []
    for number, (days, standing, point) in enumerate(late):
        entry = register.entry(point.iri) if number < _TITLES else None
        moment = reminded.get((point.iri, point.holder))
        if moment and moment.date() <= days.since:
            moment = None
        told.append(
            {"id": point.slug, "iri": point.iri, "holder": point.holder,
             "title": card(open_entry(entry)[0]).title(lang) if entry else point.slug,
             "standing": standing.value, "attested": point.attested,
             "changed_since": point.changed_since, "since": days.since.isoformat(),
             "due": days.due.isoformat(), "overdue": days.overdue.isoformat(),
             "reminded": moment and moment.date().isoformat()}
        )  # fmt: skip
    return {"checks": counts, "late": told}
