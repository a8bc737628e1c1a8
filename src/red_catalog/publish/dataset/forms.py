"""The files of one dataset: a page in each language and four RDF syntaxes, or a tombstone."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from red_catalog.ehds import reviews
from red_catalog.model import Entry, Problem
from red_catalog.publish.dataset import citations, maps, problems, structured, variables
from red_catalog.publish.dataset.quoting import Quoted
from red_catalog.publish.dataset.view import View, view
from red_catalog.publish.lists import facets, listings
from red_catalog.publish.lists.cards import Card, titles
from red_catalog.publish.record.graph import Span, Thing, Words
from red_catalog.publish.record.history import Past, history
from red_catalog.publish.web import charts, links, wording
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site, page
from red_catalog.publish.web.texts import choose, clean, shorten
from red_catalog.publish.web.themes import fingerprint
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.syntax import from_name
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.writing import Syntax, serialise, serialise_all, triples

# Facets whose lists have datasets like this one.
_ALIKE: Final = ("category", "theme", "territory", "coding", "standard")

_BARS: Final = 100


@dataclass(frozen=True, slots=True)
class Besides:
    """What a dataset's pages tell that its entry does not hold.

    `near`: the related datasets; `named`: those that it names itself; `problems`: of each of its
    reports, None for what the report itself says; `pasts`: its versions, the oldest first.
    """

    near: Sequence[Card] = ()
    named: Sequence[Card] = ()
    problems: Sequence[Sequence[Problem] | None] = ()
    pasts: Sequence[Past] = ()


def key(site: Site, entry: Entry) -> str:
    """A digest of all that a dataset's data files depend on."""
    source = site.source(entry.source)
    inputs = (
        fingerprint(site.theme), site.catalogue, site.holder(entry.holder), source.kind,
        links.web(source.location), from_name(source.location), entry.iri, entry.slug,
        entry.source, entry.digest, entry.verdict, entry.report, entry.first_seen,
        entry.changed, entry.versions, entry.absent_since, entry.withdrawn_at,
        entry.completeness, entry.mqa, entry.others, entry.remarks, entry.reviewed,
    )  # fmt: skip
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def page_key(site: Site, key: str, near: Sequence[Card], named: Sequence[Card], lore: str) -> str:
    """A digest of all that a dataset's files depend on, its pages included.

    `lore`: of what its problems and versions depend on besides the entry.
    """
    told = [
        (card.entry.slug, card.titles, card.entry.holder, site.holder(card.entry.holder).name)
        for card in near
    ]
    called = [(card.entry.slug, card.titles) for card in named]
    return hashlib.sha256(repr((key, told, called, lore)).encode()).hexdigest()


def render_pages(
    site: Site,
    entry: Entry,
    besides: Besides = Besides(),
) -> Iterator[tuple[str, bytes]]:
    """Name and content of a dataset's page, or tombstone, in each language."""
    path = f"dataset/{links.slug(entry.slug)}.html"
    if entry.withdrawn_at:
        yield from (_short(site, entry, code, "tombstone.html") for code in CODES)
        return
    shown = view(entry, {one.entry.iri: _thing(site, one) for one in besides.named})
    pages = variables.parts(entry.slug, shown.tables)
    found = _problems(entry, besides.problems)
    lists = listings.places(facets.read(entry, triples(entry.canonical)), _ALIKE)
    shared: dict[str, Any] = {
        "view": shown,
        "part": pages[0],
        "years": _years(shown, entry),
        "told": problems.tell(found[0]),
        "quoted": Quoted(entry),
        "others": problems.tell_others(entry, found),
        "versions": history(entry.iri, besides.pasts),
        "cited": citations.read(entry),
        "near": besides.near,
        "lists": lists,
        "days": reviews.calendar(entry.counted_from),
        "holder": site.holder(entry.holder),
        "source": site.source(entry.source),
        "wording": wording,
    }
    for code in CODES:
        values = _head(site, shown, code)
        above = ((language(code).gettext("Datasets"), "datasets.html"),)
        own = {
            "structured": structured.block(site, shown, code),
            "map": maps.draw(shown, code),
            "names": {one: facets.name(site, *one, code) for one in lists},
        }
        written = page(site, code, "dataset.html", path, above, **values, **shared, **own)
        yield links.file(code, path), written
        # The first page of many stands on the dataset's own; it is whole again here.
        for part in pages if len(pages) > 1 else ():
            written = page(site, code, "variables.html", part.path, above, **values, part=part)
            yield links.file(code, part.path), written
    if pages[0].total:
        yield f"dataset/{entry.slug}.variables.csv", variables.csv(shown.tables)


def _head(site: Site, shown: View, code: str) -> dict[str, Any]:
    """What every page about the dataset says in a language."""
    chosen = choose(shown.titles, code)
    return {
        "entry": shown.entry,
        "title": clean(chosen.text).strip() if chosen else "",
        "title_language": (chosen.language if chosen else None) or "",
        "grouped": variables.grouped,
        "apply": site.catalogue.apply_at(code, shown.entry.iri, shown.identifier),
    }


def _thing(site: Site, card: Card) -> Thing:
    """Another dataset of this catalogue, as a page names it."""
    path = f"dataset/{links.slug(card.entry.slug)}.html"
    told = (replace(one, text=shorten(clean(one.text).strip())) for one in card.titles)
    page = {code: site.url(code, path) for code in CODES}
    return Thing(card.entry.iri, None, tuple(one for one in told if one.text), page=page)


def _problems(
    entry: Entry, explained: Sequence[Sequence[Problem] | None]
) -> list[Sequence[Problem]]:
    """The problems of each report, from those who explained it or from its findings."""
    given = [*explained, *([None] * len(entry.reports))]
    return [
        problems.from_findings(entry, report) if told is None else told
        for report, told in zip(entry.reports, given, strict=False)
    ]


def _years(shown: View, entry: Entry) -> Markup:
    """The periods covered as a bar, so many as can be told apart."""
    spans = [one for one in shown.facts.periods if isinstance(one, Span)]
    drawn = [(_year(one.start), _year(one.end)) for one in spans[:_BARS]]
    return charts.years(drawn, entry.changed.year)


def _year(day: Words | None) -> int | None:
    found = re.match(r"\d{4}\b", day.text.strip()) if day else None
    return int(found[0]) if found else None


def render_data(site: Site, entry: Entry) -> Iterator[tuple[str, bytes]]:
    """Name and content of a dataset's files for machines."""
    for syntax, written in serialise_all(_statements(site, entry)):
        yield f"dataset/{entry.slug}.{syntax}", written
    for suffix, text in citations.write(site, entry, titles(entry)):
        yield f"dataset/{entry.slug}.{suffix}", text


def render_syntax(site: Site, entry: Entry, syntax: Syntax) -> Iterator[tuple[str, bytes]]:
    """Name and content of a dataset's file in one syntax."""
    yield f"dataset/{entry.slug}.{syntax}", serialise(_statements(site, entry), syntax)


def render_spoilt(site: Site, entry: Entry, files: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of what stands in for a dataset's page that could not be made.

    `files`: the dataset's others.
    """
    for code in CODES:
        chosen = choose(titles(entry), code)
        yield _short(site, entry, code, "spoilt.html", chosen=chosen, files=files)


def _statements(site: Site, entry: Entry) -> bytes:
    return skolemise(make_iri(entry.iri), entry.canonical, site.catalogue.base_iri)


def _short(site: Site, entry: Entry, code: str, template: str, **values: Any) -> tuple[str, bytes]:
    """Name and content of a page that tells of a dataset no more than whose it is."""
    path = f"dataset/{links.slug(entry.slug)}.html"
    above = ((language(code).gettext("Datasets"), "datasets.html"),)
    holder = site.holder(entry.holder)
    written = page(site, code, template, path, above, entry=entry, holder=holder, **values)
    return links.file(code, path), written
