"""What holders describe, how well, and how harvests went: pages and the tables behind them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from red_catalog.ehds import categories
from red_catalog.model import HOLDER_KINDS, Holder, Outcome, Run, State, Verdict
from red_catalog.publish.lists import listings
from red_catalog.publish.lists.cards import Card, sort_key
from red_catalog.publish.pages import coverage, guide, harvested, news, oversight, quality
from red_catalog.publish.pages.contents import Contents, Page
from red_catalog.publish.web import links, wording
from red_catalog.publish.web.languages import CODES, language

# So many runs and holders on a page.
_RUNS = 100
_HOLDERS = 100
_HELD_BACK = (State.QUARANTINED, State.CONFLICT, State.REJECTED, State.ABSENT)


@dataclass(frozen=True, slots=True)
class Figures:
    """What all datasets come to, whatever the language."""

    duties: oversight.Plain
    whole: quality.Tally
    profiles: Sequence[tuple[str, str, str, quality.Tally]]
    holders: Sequence[tuple[Holder, quality.Tally]]
    problems: Sequence[quality.Common]


def figures(contents: Contents) -> Figures:
    """The figures, worked out when they are first asked for."""
    cards = contents.cards

    def make() -> Figures:
        return Figures(
            oversight.figures(contents.site, contents.holders(), cards),
            quality.tally(cards),
            quality.by_profile(cards),
            quality.by_holder(contents.holders(), cards),
            quality.problems(cards),
        )

    return contents.deck.once("figures", make)


def standing(contents: Contents, code: str) -> Iterator[Page]:
    """The pages of coverage, quality, holders and harvests."""
    spoken = language(code)
    yield from _coverage(contents, code)
    yield "quality.html", "quality.html", _quality(contents, code)
    duties = figures(contents).duties
    yield "duties.html", "duties.html", {
        "duties": {k: v for k, v in duties.items() if k != "holders"},
        "outlook": [(date.fromisoformat(one["day"]), one) for one in duties["outlook"]],
        "silent": [one for one in duties["holders"] if one["state"] == "silent"][:_HOLDERS],
        "clashing": [one for one in duties["holders"] if one["clashes"]][:_HOLDERS],
        "lettered": oversight.lettered,
        "trend": quality.trend(contents.trends.get("", ()), code),
        "table": "quality-trend.csv",
        "wording": wording,
    }  # fmt: skip
    for holders, values in _holders(contents, code):
        yield holders.path, "holders.html", {**values, "part": holders}
    above = ((spoken.gettext("Holders"), "holders.html"),)
    found = contents.deck.by_value("holder", code)
    for holder in contents.holders():
        mine = found.get(holder.id, [])
        for part, values in _holder(contents, holder, mine, code):
            yield part.path, "holder.html", {
                **values, "part": part, "crumbs": above, "feed": news.path("holder", holder.id),
            }  # fmt: skip
        described = {one for card in mine for one in card.codes["category"]}
        yield guide.path(holder), "guide.html", {
            "holder": holder, "crumbs": above,
            "parts": guide.sections(contents.site, holder, described, code),
        }  # fmt: skip
    for run_part in listings.split("harvests", list(contents.runs.values()), _RUNS):
        yield run_part.path, "harvests.html", {"part": run_part, "wording": wording}
    above = ((spoken.gettext("Harvests"), "harvests.html"),)
    slugs = {c.entry.iri: c.entry.slug for c in contents.cards}
    for run in contents.runs.values():
        yield f"harvest/{links.slug(run.source)}.html", "harvest.html", {
            **_harvest(contents, run, slugs), "crumbs": above,
        }  # fmt: skip


def _coverage(contents: Contents, code: str) -> Iterator[Page]:
    columns = coverage.columns(contents.deck, code)
    holders = sorted(contents.holders(), key=lambda h: (sort_key(h.name[code]), h.id))
    found = coverage.lines(contents.site, holders, contents.cards)
    for part in listings.split("coverage", found, coverage.HOLDERS):
        yield part.path, "coverage.html", {"part": part, "columns": columns}


def _quality(contents: Contents, code: str) -> dict[str, Any]:
    found = figures(contents)
    return {
        "whole": found.whole,
        "profiles": found.profiles,
        "holders": found.holders[: quality.HOLDERS],
        "holder_total": len(found.holders),
        "problems": found.problems[: quality.PROBLEMS],
        "trend": quality.trend(contents.trends.get("", ()), code),
        "table": "quality-trend.csv",
        "wording": wording,
    }


def tables(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """File name and content of the tables behind the figures."""
    lines = coverage.lines(contents.site, contents.holders(), contents.cards)
    found = figures(contents)
    yield "duties.json", oversight.write(found.duties)
    for code in CODES:
        yield links.file(code, "duties.csv"), oversight.csv(found.duties, code)
    for code in CODES:
        yield links.file(code, "coverage.csv"), coverage.csv(lines, code)
        columns = coverage.columns(contents.deck, code)
        yield links.file(code, "coverage-categories.csv"), coverage.csv_categories(columns, code)
        yield (
            links.file(code, "quality-trend.csv"),
            quality.csv_trend(contents.trends.get("", ()), code),
        )
        yield links.file(code, "quality-profiles.csv"), quality.csv_profiles(found.profiles, code)
        yield links.file(code, "harvests.csv"), harvested.csv(contents, code)
        yield links.file(code, "quality-holders.csv"), quality.csv_holders(found.holders, code)
        yield links.file(code, "quality-problems.csv"), quality.csv_problems(found.problems, code)


def trends(contents: Contents, code: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The table of each holder's trend: file name, a digest of what it tells, what writes it."""
    for holder in contents.holders():
        found = contents.trends.get(holder.id, ())
        if len(found) > 1:
            key = hashlib.sha256(repr((code, found)).encode()).hexdigest()[:32]
            name = links.file(code, quality.path_of_trend(holder))
            yield name, key, partial(quality.csv_trend, found, code)


def _holders(
    contents: Contents, code: str
) -> Iterator[tuple[listings.Part[Holder], dict[str, Any]]]:
    holders = sorted(contents.holders(), key=lambda h: sort_key(h.name[code]))
    counts = Counter(c.entry.holder for c in contents.cards)
    conformant = Counter(
        c.entry.holder for c in contents.cards if c.entry.verdict is Verdict.CONFORMANT
    )
    for part in listings.split("holders", holders, _HOLDERS):
        yield part, {"counts": counts, "conformant": conformant}


def _holder(
    contents: Contents, holder: Holder, cards: Sequence[Card], code: str
) -> Iterator[tuple[listings.Part[Card], dict[str, Any]]]:
    described = {one for card in cards for one in card.codes["category"]}
    values = {
        "holder": holder,
        "clashes": _named(set(holder.holds_none) & described, code),
        "none": _named(holder.holds_none, code),
        "conformant": sum(c.entry.verdict is Verdict.CONFORMANT for c in cards),
        "sources": [
            one for one in contents.runs if contents.site.source(one).holder == holder.id
        ],
        "wording": wording,
        "kind": HOLDER_KINDS[holder.kind][code],
        "trend": quality.trend(contents.trends.get(holder.id, ()), code),
        "table": quality.path_of_trend(holder),
    }  # fmt: skip
    for part in listings.split(f"holder/{links.slug(holder.id)}", cards):
        yield part, values


def _named(codes: Iterable[str], code: str) -> list[tuple[str, str]]:
    """Letter and name of each category."""
    found = sorted(codes, key=categories.LETTERS.__getitem__)
    return [(categories.LETTERS[one], categories.name(one)[code]) for one in found]


def _harvest(contents: Contents, run: Run, slugs: Mapping[str, str]) -> dict[str, Any]:
    held = sorted((o for o in run.outcomes if _is_held(o)), key=lambda o: (o.state, o.iri))
    return {
        "run": run,
        "source": contents.site.source(run.source),
        "held": held,
        "slugs": {o.iri: slugs[o.iri] for o in held if o.iri in slugs},
        "totals": harvested.totals(run),
        "bar": harvested.bar(run),
        "wording": wording,
    }


def _is_held(outcome: Outcome) -> bool:
    return outcome.state in _HELD_BACK or outcome.reason is not None
