"""Every page but the datasets' own: path, template and what it shows, per language."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import ModuleType
from typing import Any

from red_catalog.model import Holder, Outcome, Run, Standing, State, Verdict
from red_catalog.publish import (
    categories,
    coverage,
    facets,
    links,
    listings,
    quality,
    search,
    wording,
)
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.description import catalogue_iri, record_iri
from red_catalog.publish.dumps import Dump
from red_catalog.publish.examples import PLACEHOLDER, Query, queries
from red_catalog.publish.languages import CODES, language
from red_catalog.publish.site import Site, page, site_key
from red_catalog.rdf.terms import make_iri

_LATEST = 8
# So many runs and holders on a page.
_RUNS = 100
_HOLDERS = 100
# So many datasets and fewer are all shown on one page.
_FEW = 60
Page = tuple[str, str, dict[str, Any]]
_HELD_BACK = (State.QUARANTINED, State.CONFLICT, State.REJECTED, State.ABSENT)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that overview pages tell of."""

    site: Site
    cards: Sequence[Card]
    runs: Mapping[str, Run]
    dumps: Sequence[Dump]
    moment: datetime
    trend: Sequence[Standing] = ()

    def holders(self) -> list[Holder]:
        """Every holder known to the configuration or to an entry."""
        ids = dict.fromkeys([*self.site.holders, *sorted(c.entry.holder for c in self.cards)])
        return [self.site.holder(one) for one in ids]


def overview(contents: Contents, code: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Every page of a language but those of datasets: file name, key, and what writes it.

    Two pages with the same key are the same.
    """
    for path, template, values in _pages(contents, code):
        crumbs = values.pop("crumbs", ())
        inputs = (site_key(contents.site), code, template, path, crumbs, _told(values))
        key = hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]
        write = partial(page, contents.site, code, template, path, crumbs, **values)
        yield links.file(code, path), key, write


def _told(value: Any) -> Any:
    """What a value says, in few words where these tell it apart as well."""
    if isinstance(value, Card):
        return value.mark
    if isinstance(value, listings.Part):
        return value.path, value.number, _told(value.members), value.total, value.others
    if isinstance(value, Mapping):
        return [(name, _told(one)) for name, one in value.items()]
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    return None if isinstance(value, ModuleType) else value


def _pages(contents: Contents, code: str) -> Iterator[Page]:
    spoken = language(code)
    yield "", "home.html", _home(contents, code)
    yield from _lists(contents, code)
    yield from _coverage(contents, code)
    yield "quality.html", "quality.html", _quality(contents)
    for holders, values in _holders(contents, code):
        yield holders.path, "holders.html", {**values, "part": holders}
    above = ((spoken.gettext("Holders"), "holders.html"),)
    found = listings.values(contents.cards, "holder")
    for holder in contents.holders():
        mine = found.get(holder.id, [])
        for part, values in _holder(contents, holder, mine, code):
            yield part.path, "holder.html", {**values, "part": part, "crumbs": above}
    for run_part in listings.split("harvests", list(contents.runs.values()), _RUNS):
        yield run_part.path, "harvests.html", {"part": run_part, "wording": wording}
    above = ((spoken.gettext("Harvests"), "harvests.html"),)
    for run in contents.runs.values():
        yield f"harvest/{links.slug(run.source)}.html", "harvest.html", {
            **_harvest(contents, run), "crumbs": above,
        }  # fmt: skip
    yield "data.html", "data.html", _data(contents)
    yield "sparql.html", "sparql.html", {"queries": _queries(contents)}
    yield (
        "check.html",
        "check.html",
        {
            "serve": contents.site.serve,
            "profiles": contents.site.profiles,
            "endpoint": f"{contents.site.catalogue.base_iri}api/check",
        },
    )
    for name in ("about", "accessibility", "legal", "404", "410"):
        yield f"{name}.html", f"{name}.html", {}


def _home(contents: Contents, code: str) -> dict[str, Any]:
    latest = sorted(contents.cards, key=lambda c: (c.entry.changed, c.entry.slug), reverse=True)
    covered = {one for c in contents.cards for one in c.codes["category"]}
    return {
        "count": len(contents.cards),
        "holder_count": len({c.entry.holder for c in contents.cards}),
        "category_count": len(covered),
        "conformant_count": sum(c.entry.verdict is Verdict.CONFORMANT for c in contents.cards),
        "latest": latest[:_LATEST],
        "by_category": _choices(contents, "category", code),
        "moment": contents.moment,
        "wording": wording,
    }


def _choices(contents: Contents, facet: str, code: str) -> list[tuple[facets.Choice, str]]:
    """The values of a facet with their number of datasets and their page, most frequent first."""
    found = [
        (facets.Choice(value, facets.name(contents.site, facet, value, code), len(cards)),
         f"{listings.stem(facet, value)}.html")
        for value, cards in listings.values(contents.cards, facet).items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one[0].count, sort_key(one[0].name), one[1]))


def _lists(contents: Contents, code: str) -> Iterator[Page]:
    spoken = language(code)
    letters = listings.by_letter(contents.cards, code)
    # The other language may have a letter that this one lacks: both have its page.
    absent = {one.letter(other) for one in contents.cards for other in CODES} - set(letters)
    index = [
        (letter, f"{listings.letter_stem(letter)}.html", len(found))
        for letter, found in letters.items()
    ]
    above = ((spoken.gettext("Datasets"), "datasets.html"),)
    yield "datasets.html", "datasets.html", _datasets(contents, code, letters, index)
    for letter, found in (letters | {one: [] for one in sorted(absent)}).items():
        heading = spoken.gettext("Datasets: %(letter)s", letter=letter)
        for part in listings.split(listings.letter_stem(letter), found):
            yield part.path, "list.html", {
                "part": part, "heading": heading, "over": "", "letters": index,
                "crumbs": above, "wording": wording,
                "mirror": f"{listings.letter_stem(letter)}.html",
            }  # fmt: skip
    ordered = [card for found in letters.values() for card in found]
    yield from _by_facet(contents, ordered, code)
    yield from _by_category(ordered, code)


def _datasets(
    contents: Contents, code: str, letters: Mapping[str, list[Card]], index: list[Any]
) -> dict[str, Any]:
    browse = [
        (facet, language(code).gettext(wording.FACETS[facet]), choices[:12])
        for facet in ("holder", "access", "category", "theme", "verdict")
        if (choices := _choices(contents, facet, code))
    ]
    return {
        "letters": index,
        "count": len(contents.cards),
        "browse": browse,
        "whole": letters if len(contents.cards) <= _FEW else {},
        "words_version": search.version(contents.site, contents.cards, code),
        "wording": wording,
    }


def _by_facet(contents: Contents, ordered: Sequence[Card], code: str) -> Iterator[Page]:
    spoken = language(code)
    above = ((spoken.gettext("Datasets"), "datasets.html"),)
    for facet in listings.PAGED:
        for value, found in listings.values(ordered, facet).items():
            heading = facets.name(contents.site, facet, value, code)
            for part in listings.split(listings.stem(facet, value), found):
                yield part.path, "list.html", {
                    "part": part, "heading": heading, "letters": (), "crumbs": above,
                    "over": spoken.gettext(wording.FACETS[facet]), "wording": wording,
                }  # fmt: skip


def _by_category(ordered: Sequence[Card], code: str) -> Iterator[Page]:
    above = ((language(code).gettext("Categories"), "categories.html"),)
    found = listings.values(ordered, "category")
    rows = []
    for category, letter in categories.LETTERS.items():
        cards = found.get(category, [])
        row = {
            "letter": letter,
            "name": categories.name(category)[code],
            "path": f"{listings.stem('category', category)}.html",
            "applies_from": categories.applies_from(letter),
            "count": len(cards),
            "holders": len({c.entry.holder for c in cards}),
        }
        rows.append(row)
        for part in listings.split(listings.stem("category", category), cards):
            yield part.path, "category.html", {
                "part": part, "heading": row["name"], "category": row, "letters": (),
                "crumbs": above, "wording": wording,
            }  # fmt: skip
    yield "categories.html", "categories.html", {"rows": rows}


def _coverage(contents: Contents, code: str) -> Iterator[Page]:
    columns = coverage.columns(contents.cards, code)
    holders = sorted(contents.holders(), key=lambda h: (sort_key(h.name[code]), h.id))
    found = coverage.lines(contents.site, holders, contents.cards)
    for part in listings.split("coverage", found, coverage.HOLDERS):
        yield part.path, "coverage.html", {"part": part, "columns": columns}


def _quality(contents: Contents) -> dict[str, Any]:
    entries = [c.entry for c in contents.cards]
    holders = quality.by_holder(contents.holders(), entries)
    return {
        "whole": quality.tally(entries),
        "profiles": quality.by_profile(entries),
        "holders": holders[: quality.HOLDERS],
        "holder_total": len(holders),
        "problems": quality.problems(entries)[: quality.PROBLEMS],
        "trend": quality.trend(contents.trend),
        "wording": wording,
    }


def tables(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """File name and content of the tables behind the figures."""
    entries = [c.entry for c in contents.cards]
    lines = coverage.lines(contents.site, contents.holders(), contents.cards)
    holders = quality.by_holder(contents.holders(), entries)
    found = quality.problems(entries)
    for code in CODES:
        yield links.file(code, "coverage.csv"), coverage.csv(lines, code)
        yield links.file(code, "quality-holders.csv"), quality.csv_holders(holders, code)
        yield links.file(code, "quality-problems.csv"), quality.csv_problems(found, code)


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
    contents: Contents, holder: Holder, mine: Sequence[Card], code: str
) -> Iterator[tuple[listings.Part[Card], dict[str, Any]]]:
    cards = sorted(mine, key=lambda c: c.rank(code))
    values = {
        "holder": holder,
        "conformant": sum(c.entry.verdict is Verdict.CONFORMANT for c in cards),
        "runs": [
            run for run in contents.runs.values()
            if contents.site.source(run.source).holder == holder.id
        ],
        "wording": wording,
    }  # fmt: skip
    for part in listings.split(f"holder/{links.slug(holder.id)}", cards):
        yield part, values


def _harvest(contents: Contents, run: Run) -> dict[str, Any]:
    slugs = {c.entry.iri: c.entry.slug for c in contents.cards}
    held = sorted((o for o in run.outcomes if _is_held(o)), key=lambda o: (o.state, o.iri))
    return {
        "run": run,
        "source": contents.site.source(run.source),
        "held": held,
        "slugs": slugs,
        "totals": {State(name): number for name, number in run.totals().items()},
        "wording": wording,
    }


def _is_held(outcome: Outcome) -> bool:
    return outcome.state in _HELD_BACK or outcome.reason is not None


def _data(contents: Contents) -> dict[str, Any]:
    base = contents.site.catalogue.base_iri
    return {
        "dumps": contents.dumps,
        "moment": contents.moment,
        "count": len(contents.cards),
        "endpoint": f"{base}sparql",
        "catalogue_graph": catalogue_iri(contents.site),
        "record_graph": record_iri(contents.site, "…"),
    }


def _queries(contents: Contents) -> list[Query]:
    """The examples; the one about a single dataset asks for one that is published."""
    if not contents.cards:
        return list(queries())
    wanted = make_iri(contents.cards[0].entry.iri)
    return [replace(one, text=one.text.replace(PLACEHOLDER, wanted)) for one in queries()]
