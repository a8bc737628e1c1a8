"""What the index of a release holds of each dataset: what is searched, filtered and told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from red_catalog.ehds import reviews
from red_catalog.model import Entry, Indexed, IndexFacet
from red_catalog.publish.lists import facets, listings
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.search.fragments import address
from red_catalog.publish.web import wording
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import choose, clean, shorten

_LABELLED: Final = ("category", "theme", "territory", "coding", "standard", "format")


def row(site: Site, card: Card) -> Indexed:
    """A dataset of the release, be it withdrawn."""
    entry = card.entry
    gone = entry.withdrawn_at is not None
    kind = "withdrawn" if gone else "created" if entry.versions == 1 else "updated"
    changed = entry.withdrawn_at or entry.changed
    mark = f"{entry.digest} {entry.holder} {entry.withdrawn_at}"
    if gone:
        # A harvester of one category must hear that its dataset left.
        codes = {"category": card.codes["category"]}
        return Indexed(entry.slug, entry.iri, entry.holder, mark, kind, changed, codes=codes)
    codes = {f: tuple(dict.fromkeys(map(facets.code, card.codes[f]))) for f in facets.ORDER}
    return Indexed(
        entry.slug,
        entry.iri,
        entry.holder,
        mark,
        kind,
        changed,
        texts=_texts(site, card),
        codes=codes,
        ranks={
            **{f"title-{code}": card.rank(code) for code in CODES},
            "changed": -int(entry.changed.timestamp()),
            "population": -card.people,
        },
        told=_told(site, card, codes),
    )


def from_plain(told: Mapping[str, Any]) -> Indexed:
    """A dataset of the index back from JSON."""
    codes = {facet: tuple(some) for facet, some in told["codes"].items()}
    changed = datetime.fromisoformat(told["changed"])
    return Indexed(**{**told, "codes": codes, "changed": changed})


def plain(value: object) -> object:
    """What JSON does not know by itself."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def names(site: Site, cards: Sequence[Card]) -> list[IndexFacet]:
    """The facets that some dataset has a code of, with the names of their codes."""
    found = []
    for facet in facets.ORDER:
        values = {
            facets.code(value): {c: clean(facets.name(site, facet, value, c)) for c in CODES}
            for value in listings.distinct(cards, facet)
        }
        if values:
            label = {c: language(c).gettext(wording.FACETS[facet]) for c in CODES}
            found.append(IndexFacet(facet, label, values))
    return found


def holders(site: Site, known: Iterable[str]) -> list[dict[str, Any]]:
    """Every holder of the configuration, and those known besides, ready for JSON."""
    ids = dict.fromkeys([*site.holders, *sorted(set(known))])
    return [
        {
            "id": holder.id,
            "name": dict(holder.name),
            "identifiers": dict(holder.identifiers),
            "homepage": holder.homepage,
            "trusted": holder.trusted,
            "page": site.absolute("fr", f"{listings.stem('holder', holder.id)}.html"),
        }
        for holder in map(site.holder, ids)
    ]


def _texts(site: Site, card: Card) -> dict[str, str]:
    labels = [
        facets.name(site, facet, value, code)
        for facet in _LABELLED
        for value in card.codes[facet]
        for code in CODES
    ]
    return {
        "title": _join([t.text for t in card.titles]),
        "keyword": _join([k.text for k in card.keywords]),
        "holder": _join(list(dict.fromkeys(site.holder(card.entry.holder).name.values()))),
        "description": _join([*(d.text for d in card.descriptions), *dict.fromkeys(labels)]),
        "detail": _join([address(site, card), *card.details]),
    }


def _told(site: Site, card: Card, codes: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    entry, base = card.entry, site.catalogue.base_iri
    counted = entry.completeness
    return {
        "iri": entry.iri,
        "page": {code: site.absolute(code, f"dataset/{entry.slug}") for code in CODES},
        "texts": {code: _in_language(card, code) for code in CODES},
        "codes": codes,
        "first_seen": entry.first_seen.isoformat(),
        "changed": entry.changed.isoformat(),
        "check": _check(entry),
        "minimum_elements": counted and {"given": counted.given, "applicable": counted.applicable},
        "quality_points": entry.mqa and entry.mqa.points,
        "files": f"{base}dataset/{entry.slug}",
    }


def _check(entry: Entry) -> dict[str, Any]:
    """When its holder last checked the description, which version, and when that is due again."""
    days, last = reviews.calendar(entry.counted_from), entry.reviewed
    return {
        "attested": last and days.since.isoformat(),
        "version": last and last.version,
        "changed_since": entry.changed_since,
        "due": days.due.isoformat(),
        "overdue": days.overdue.isoformat(),
    }


def _in_language(card: Card, code: str) -> dict[str, Any]:
    about = choose(card.descriptions, code)
    spoken = [k for k in card.keywords if (k.language or code).lower().startswith(code)]
    return {
        "title": card.title(code),
        "title_language": card.tongue(code) or None,
        "summary": shorten(clean(about.text), 240) if about else None,
        "summary_language": about.language if about else None,
        "keywords": list(dict.fromkeys(clean(k.text) for k in spoken or card.keywords)),
    }


def _join(texts: Sequence[str]) -> str:
    return " . ".join(clean(text) for text in texts)
