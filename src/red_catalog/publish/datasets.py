"""The files of one dataset: a page in each language and four RDF syntaxes, or a tombstone."""

import hashlib
from collections.abc import Iterator
from typing import Final, Literal

from red_catalog.model import Entry
from red_catalog.publish import links, structured, wording
from red_catalog.publish.languages import CODES, language
from red_catalog.publish.markup import choose, clean
from red_catalog.publish.site import Site, fingerprint, page
from red_catalog.publish.view import view
from red_catalog.rdf.writing import serialise, skolemise

SYNTAXES: Final[tuple[Literal["ttl", "jsonld", "rdf", "nt"], ...]] = ("ttl", "jsonld", "rdf", "nt")


def key(site: Site, entry: Entry) -> str:
    """A digest of all that a dataset's files depend on."""
    source = site.source(entry.source)
    inputs = (
        fingerprint(), site.catalogue, site.holder(entry.holder), source.kind,
        links.web(source.location), entry.iri, entry.slug, entry.source, entry.digest,
        entry.verdict, entry.report, entry.first_seen, entry.changed, entry.versions,
        entry.absent_since, entry.withdrawn_at, entry.completeness, entry.mqa,
    )  # fmt: skip
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def names(entry: Entry) -> list[str]:
    """The files of a dataset, from the web root."""
    stem = f"dataset/{links.slug(entry.slug)}"
    pages = [links.file(code, f"{stem}.html") for code in CODES]
    return pages if entry.withdrawn_at else pages + [f"{stem}.{one}" for one in SYNTAXES]


def render(site: Site, entry: Entry) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of a dataset. Needs nothing but its arguments."""
    path = f"dataset/{links.slug(entry.slug)}.html"
    if entry.withdrawn_at:
        yield from _tombstone(site, entry, path)
        return
    shown = view(entry)
    for code in CODES:
        chosen = choose(shown.titles, code)
        title = clean(chosen.text).strip() if chosen else ""
        yield (
            links.file(code, path),
            page(
                site,
                code,
                "dataset.html",
                path,
                ((language(code).gettext("Datasets"), "datasets.html"),),
                view=shown,
                entry=entry,
                title=title,
                title_language=(chosen.language if chosen else None) or "",
                holder=site.holder(entry.holder),
                source=site.source(entry.source),
                structured=structured.block(site, shown, code),
                wording=wording,
            ),
        )
    ntriples = skolemise(entry.canonical, site.catalogue.base_iri)
    for syntax in SYNTAXES:
        yield f"dataset/{entry.slug}.{syntax}", serialise(ntriples, syntax)


def _tombstone(site: Site, entry: Entry, path: str) -> Iterator[tuple[str, bytes]]:
    for code in CODES:
        yield (
            links.file(code, path),
            page(
                site,
                code,
                "tombstone.html",
                path,
                ((language(code).gettext("Datasets"), "datasets.html"),),
                entry=entry,
                holder=site.holder(entry.holder),
            ),
        )
