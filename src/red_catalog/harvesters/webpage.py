"""Web pages: the schema.org datasets of the pages that a sitemap names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag, urlsplit

from red_catalog.harvesters.mapping.options import read_number, read_options
from red_catalog.harvesters.mapping.problems import defect, is_server_down, unreadable
from red_catalog.harvesters.mapping.sheet import notice
from red_catalog.harvesters.sitemap import BadSitemap, parse_sitemap
from red_catalog.harvesters.webpage_blocks import Found, find_datasets
from red_catalog.harvesters.webpage_mapping import map_dataset, name_dataset
from red_catalog.http import Http
from red_catalog.http import unreadable as unreadable_answer
from red_catalog.model import Document, Source, Unreadable

OPTIONS: Final = {"under": "", "language": "", "pages": "10000"}
_HTML: Final = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}
_XML: Final = {"Accept": "application/xml, text/xml;q=0.9, */*;q=0.1"}
_SITEMAPS: Final = 500
_ENDINGS: Final = (".xml", ".xml.gz", ".txt", ".txt.gz")


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The datasets of the pages of the site at the source's location.

    A page that fails is told and the others are read; a server that fails ends the harvest.
    """
    options = read_options(source, OPTIONS)
    most = read_number(source, "pages", options["pages"], 1, 100_000)
    site = _Site(source, http, options["under"], options["language"])
    for item in site.items(most):
        yield item
        if isinstance(item, Unreadable) and is_server_down(item):
            return


class _Site:
    """The pages of one site."""

    def __init__(self, source: Source, http: Http, under: str, language: str) -> None:
        self._source = source
        # Here a page of HTML is what is asked for.
        self._reader = replace(source, format="text/html")
        self._http = http
        self._under = under
        self._language = language
        self._elsewhere: list[str] = []
        self._plain: list[str] = []
        self._given: set[str] = set()
        self._failed: set[str] = set()
        self._parts: dict[str, Document] = {}
        self._inside: list[tuple[str | None, str]] = []

    def items(self, most: int) -> Iterator[Document | Unreadable]:
        """Descriptions and troubles, in the order of the sitemap."""
        pages: dict[str, None] = {}
        for found in self._sitemaps():
            if isinstance(found, Unreadable):
                yield found
                if is_server_down(found):
                    return
            else:
                pages |= dict.fromkeys(found)
        for number, page in enumerate(pages):
            if number >= most:
                yield unreadable_answer(self._source.location, "too-many-pages", limit=most)
                break
            yield from self._read_page(page)
        else:
            yield from self._nested()
        yield from self._report()

    def _sitemaps(self) -> Iterator[list[str] | Unreadable]:
        """The pages that each sitemap names, from the first down."""
        location = self._source.location
        path = urlsplit(location).path.lower()
        start = location if path.endswith(_ENDINGS) else location.rstrip("/") + "/sitemap.xml"
        waiting, seen = [start], {start}
        while waiting:
            url = waiting.pop(0)
            fetched = self._http.get(url, self._source, _XML)
            if isinstance(fetched, Unreadable):
                yield fetched
                continue
            try:
                sitemap = parse_sitemap(fetched.document.content)
            except BadSitemap as error:
                yield unreadable(url, "sitemap-invalid", reason=error.told)
                continue
            yield [page for page in sitemap.pages if self._is_wanted(page)]
            further = [one for one in sitemap.sitemaps if one not in seen and self._is_own(one)]
            seen.update(further)
            waiting += further
            if len(seen) > _SITEMAPS:
                yield unreadable_answer(url, "too-many-pages", limit=_SITEMAPS)
                return

    def _is_wanted(self, url: str) -> bool:
        return self._is_own(url) and urlsplit(url).path.startswith(self._under)

    def _is_own(self, url: str) -> bool:
        """Whether a page is on the site's own server; others are told and never asked for."""
        home = urlsplit(self._source.location)
        try:
            there = urlsplit(url)
            own = there.scheme in {"http", "https"} and there.hostname == home.hostname
            own = own and (there.port == home.port or {there.port, home.port} <= {None, 80, 443})
        except ValueError:
            own = False
        if not own:
            self._elsewhere.append(url)
        return own

    def _read_page(self, url: str) -> Iterator[Document | Unreadable]:
        fetched = self._http.get(url, self._reader, _HTML)
        if isinstance(fetched, Unreadable):
            self._failed.add(url)
            yield fetched
            return
        page = fetched.document.base or url
        found = find_datasets(fetched.document.content)
        if found.broken:
            self._failed |= {url, page}
            yield unreadable(page, "jsonld-broken", reason=found.broken)
        elif not (found.datasets or found.dcat):
            self._plain.append(url)
        for number, block in enumerate(found.dcat, 1):
            where = f"{page}#{number}" if len(found.dcat) > 1 else page
            yield Document(where, block.encode(), "application/ld+json", page)
        for dataset in found.datasets:
            iri = name_dataset(dataset, page, alone=len(found.datasets) == 1)
            if iri is None:
                title = dataset.get("name")
                yield unreadable(page, "dataset-unnamed", title=title)
            else:
                self._given.add(iri)
                language = self._language or found.language
                yield map_dataset(dataset, found.nodes, iri, page, language)
        self._keep_nested(found, page)

    def _keep_nested(self, found: Found, page: str) -> None:
        """What is described inside other datasets may have a page of its own, yet to come."""
        for part in found.parts:
            iri = name_dataset(part, page, alone=False)
            if iri is not None and iri not in self._parts:
                language = self._language or found.language
                document = map_dataset(part, found.nodes, iri, page, language)
                self._parts[iri] = document
        for one in found.inside:
            iri = name_dataset(one, page, alone=False)
            self._inside.append((iri, str(one.get("name") or iri or page)))

    def _nested(self) -> Iterator[Document]:
        """Parts of datasets that no page of their own describes; a page that failed may do so."""
        for iri, document in self._parts.items():
            if iri not in self._given and urldefrag(iri).url not in self._failed:
                self._given.add(iri)
                yield document

    def _report(self) -> Iterator[Document | Unreadable]:
        location = self._source.location
        lost = [shown for iri, shown in self._inside if iri not in self._given]
        if lost:
            told = defect(
                "skipped",
                reason_fr="dans un autre jeu de données, sans y être une partie (hasPart) avec "
                "@id, name et description",
                reason_en="inside another dataset, and not a part (hasPart) of it with @id, name "
                "and description",
                count=len(lost),
                example=lost[0],
            )
            yield notice(location, [told])
        if self._elsewhere:
            facts = {"count": len(self._elsewhere), "example": self._elsewhere[0]}
            yield unreadable(location, "pages-elsewhere", None, **facts)
        if self._plain:
            told = defect(
                "skipped",
                reason_fr="pages sans jeu de données",
                reason_en="pages without a dataset",
                count=len(self._plain),
                example=self._plain[0],
            )
            yield notice(location, [told])
