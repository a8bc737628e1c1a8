"""Every page but the datasets' own: path, template and what it shows, per language."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from red_catalog.model import Holder, Outcome, Run, State, Verdict
from red_catalog.publish import categories, links, wording
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.description import catalogue_iri, record_iri
from red_catalog.publish.dumps import Dump
from red_catalog.publish.examples import PLACEHOLDER, Query, queries
from red_catalog.publish.languages import CODES, language
from red_catalog.publish.site import Site, page
from red_catalog.rdf.terms import make_iri

_LATEST = 8
_HELD_BACK = (State.QUARANTINED, State.CONFLICT, State.REJECTED, State.ABSENT)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that overview pages tell of."""

    site: Site
    cards: Sequence[Card]
    runs: Mapping[str, Run]
    dumps: Sequence[Dump]
    moment: datetime

    def of_holder(self, holder_id: str) -> list[Card]:
        """The datasets of a holder."""
        return [c for c in self.cards if c.entry.holder == holder_id]

    def holders(self) -> list[Holder]:
        """Every holder known to the configuration or to an entry."""
        ids = dict.fromkeys([*self.site.holders, *sorted(c.entry.holder for c in self.cards)])
        return [self.site.holder(one) for one in ids]


def overview(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """File name and content of every page but those of datasets."""
    for code in CODES:
        for path, template, values in _pages(contents, code):
            crumbs = values.pop("crumbs", ())
            yield (
                links.file(code, path),
                page(contents.site, code, template, path, crumbs, **values),
            )


def _pages(contents: Contents, code: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    spoken = language(code)
    yield "", "home.html", _home(contents, code)
    yield "datasets.html", "datasets.html", _datasets(contents, code)
    yield "holders.html", "holders.html", _holders(contents, code)
    above = ((spoken.gettext("Holders"), "holders.html"),)
    for holder in contents.holders():
        yield f"holder/{links.slug(holder.id)}.html", "holder.html", {
            **_holder(contents, holder, code), "crumbs": above,
        }  # fmt: skip
    yield "harvests.html", "harvests.html", _harvests(contents)
    above = ((spoken.gettext("Harvests"), "harvests.html"),)
    for run in contents.runs.values():
        yield f"harvest/{links.slug(run.source)}.html", "harvest.html", {
            **_harvest(contents, run), "crumbs": above,
        }  # fmt: skip
    yield "data.html", "data.html", _data(contents)
    yield "sparql.html", "sparql.html", {"queries": _queries(contents)}
    for name in ("about", "accessibility", "legal", "404", "410"):
        yield f"{name}.html", f"{name}.html", {}


def _home(contents: Contents, code: str) -> dict[str, Any]:
    latest = sorted(contents.cards, key=lambda c: (c.entry.changed, c.entry.slug), reverse=True)
    covered = {
        letter for c in contents.cards for one in c.categories if (letter := categories.letter(one))
    }
    return {
        "count": len(contents.cards),
        "holder_count": len({c.entry.holder for c in contents.cards}),
        "category_count": len(covered),
        "conformant_count": sum(c.entry.verdict is Verdict.CONFORMANT for c in contents.cards),
        "latest": latest[:_LATEST],
        "by_category": _by_category(contents, code),
        "moment": contents.moment,
        "wording": wording,
    }


def _by_category(contents: Contents, code: str) -> list[tuple[str, str, int]]:
    """IRI, name and number of datasets of the most frequent categories."""
    counts = Counter(one for c in contents.cards for one in set(c.categories))
    names = dict(pair for c in contents.cards for pair in c.category_names(code))
    ordered = sorted(counts, key=lambda one: (-counts[one], sort_key(names[one])))
    return [(one, names[one], counts[one]) for one in ordered]


def _datasets(contents: Contents, code: str) -> dict[str, Any]:
    letters: dict[str, list[Card]] = {}
    for one in sorted(contents.cards, key=lambda c: c.rank(code)):
        letters.setdefault(one.letter(code), []).append(one)
    present = {c.entry.holder for c in contents.cards}
    return {
        "letters": letters,
        "count": len(contents.cards),
        "holders": [h for h in contents.holders() if h.id in present],
        "categories": sorted(_by_category(contents, code), key=lambda c: sort_key(c[1])),
        "wording": wording,
    }


def _holders(contents: Contents, code: str) -> dict[str, Any]:
    holders = sorted(contents.holders(), key=lambda h: sort_key(h.name[code]))
    counts = Counter(c.entry.holder for c in contents.cards)
    conformant = Counter(
        c.entry.holder for c in contents.cards if c.entry.verdict is Verdict.CONFORMANT
    )
    return {"holders": holders, "counts": counts, "conformant": conformant}


def _holder(contents: Contents, holder: Holder, code: str) -> dict[str, Any]:
    cards = contents.of_holder(holder.id)
    return {
        "holder": holder,
        "found": sorted(cards, key=lambda c: c.rank(code)),
        "conformant": sum(c.entry.verdict is Verdict.CONFORMANT for c in cards),
        "runs": [
            run for run in contents.runs.values()
            if contents.site.source(run.source).holder == holder.id
        ],
        "wording": wording,
    }  # fmt: skip


def _harvests(contents: Contents) -> dict[str, Any]:
    return {"runs": list(contents.runs.values()), "wording": wording}


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
