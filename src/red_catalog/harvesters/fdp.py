"""FAIR Data Points: from the metadata of the point down its containers, to any depth."""

from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from red_catalog.harvesters.fdp_page import Page, make_page, rename, services, trim
from red_catalog.harvesters.mapping.options import read_options
from red_catalog.harvesters.mapping.problems import defect, is_server_down, unreadable
from red_catalog.harvesters.mapping.sheet import NTRIPLES, notice
from red_catalog.http import Http
from red_catalog.http import unreadable as unreadable_answer
from red_catalog.model import Defect, Document, Source, Triple, Unreadable
from red_catalog.rdf.reading import read_graphs
from red_catalog.rdf.terms import iri

MAX_REQUESTS: Final = 10_000
OPTIONS: Final[dict[str, str]] = {}
# Troubles that pass: no description changes for them.
_PASSING: Final = {"interrupted", "truncated", "answer-cut", "too-many-pages"}
# What an API makes of a bare request says nothing of the server's pages.
_OF_AN_API: Final = {"busy", "deadline"}


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The datasets under the point at the source's location, each with its distributions.

    An entry that fails is told and the others are read; a point that fails ends the harvest, and
    another server that fails is told once and asked no more.
    """
    read_options(source, OPTIONS)
    walk = _Walk(source, http)
    healthy = True
    told: set[str] = set()
    for item in walk.items():
        if isinstance(item, Unreadable):
            healthy = False
            if is_server_down(item):
                if item.location in told:
                    continue
                told.add(item.location)
        yield item
        if walk.is_over():
            return
    yield from walk.report(healthy=healthy)


class _Walk:
    """The pages seen so far, each asked for once, whatever leads to it."""

    def __init__(self, source: Source, http: Http) -> None:
        self._source = source
        self._http = http
        self._waiting = deque([source.location])
        self._seen = {trim(source.location)}
        self._parts: dict[str, tuple[Triple, ...] | Unreadable] = {}
        self._down: dict[str, Unreadable] = {}
        self._requests = 0
        self._drafts: list[str] = []
        self._found = 0
        self._announced: set[str] = set()

    def items(self) -> Iterator[Document | Unreadable]:
        """Descriptions and troubles, breadth first."""
        while self._waiting:
            asked = self._waiting.popleft()
            page = self._fetch(asked)
            if isinstance(page, Unreadable):
                yield page
                if page.problem.code == "too-many-pages":
                    return
                continue
            self._announced |= page.announced()
            onward = page.onward()
            for link in onward:
                if trim(link) not in self._seen:
                    self._seen.add(trim(link))
                    self._waiting.append(link)
            self._found += len(onward)
            if trim(asked) in self._announced and not page.datasets():
                yield unreadable(asked, "fdp-not-described", url=asked)
            yield from self._describe(page)

    def is_over(self) -> bool:
        """Whether the point itself is down, so that nothing more is to be had of it."""
        return urlsplit(self._source.location).netloc in self._down

    def report(self, *, healthy: bool) -> Iterator[Document | Unreadable]:
        """What is to be said of the whole, unless trouble with a page told it already."""
        if healthy and not self._found:
            yield unreadable(self._source.location, "fdp-empty", url=self._source.location)
        if self._drafts:
            told = defect(
                "skipped",
                reason_fr="à l'état de brouillon",
                reason_en="drafts",
                count=len(self._drafts),
                example=self._drafts[0],
            )
            yield notice(self._source.location, [told])

    def _fetch(self, url: str, *, service: bool = False) -> Page | Unreadable:
        host = urlsplit(url).netloc
        if host in self._down:
            return self._down[host]
        self._requests += 1
        if self._requests > MAX_REQUESTS:
            return unreadable_answer(url, "too-many-pages", limit=MAX_REQUESTS)
        fetched = self._http.get(url, self._source)
        if isinstance(fetched, Unreadable):
            if is_server_down(fetched) and not (service and fetched.problem.code in _OF_AN_API):
                self._down[host] = fetched
            return fetched
        graphs = read_graphs(fetched.document, self._source, self._http.limits)
        if isinstance(graphs, Unreadable):
            return graphs
        said = (triple for triples in graphs.values() for triple in triples)
        return make_page(fetched.document, url, said)

    def _describe(self, page: Page) -> Iterator[Document | Unreadable]:
        """The datasets that a page is about, with what is said of their parts and services."""
        datasets = page.datasets()
        drafts = page.drafts(datasets)
        self._drafts += [iri(draft) for draft in drafts]
        self._found += len(datasets)
        kept = [dataset for dataset in datasets if dataset not in drafts]
        if not kept:
            return
        triples = list(rename(page.own(kept), "p"))
        defects: list[Defect] = []
        parts = page.parts(kept)
        for number, link in enumerate(parts):
            if not self._may_ask(link):
                defects.append(defect("fdp-elsewhere", iri(kept[0]), url=link))
                continue
            part = self._part(link)
            if isinstance(part, Unreadable):
                yield part
                return
            triples += rename(part, f"d{number}x")
        here = page.names | set(map(trim, parts))
        for number, link in enumerate(services(triples)):
            if trim(link) in here:
                continue
            said = self._service(link, iri(kept[0]))
            if isinstance(said, Unreadable):
                yield said
                return
            if isinstance(said, Defect):
                defects.append(said)
            else:
                triples += rename(said, f"s{number}x")
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in dict.fromkeys(triples))
        location = page.document.location
        yield Document(location, lines.encode(), NTRIPLES, page.document.base, tuple(defects))

    def _part(self, url: str, *, service: bool = False) -> tuple[Triple, ...] | Unreadable:
        """What the own page of a distribution or service says; asked for once for all datasets."""
        known = self._parts.get(trim(url))
        if known is not None:
            return known
        page = self._fetch(url, service=service)
        said = page if isinstance(page, Unreadable) else tuple(page.own(()))
        self._parts[trim(url)] = said
        return said

    def _service(self, url: str, dataset: str) -> tuple[Triple, ...] | Defect | Unreadable:
        """What a data service's own page says; its address may be that of an API, without RDF."""
        if not self._may_ask(url):
            return defect("fdp-service-elsewhere", dataset, url=url)
        said = self._part(url, service=True)
        if not isinstance(said, Unreadable):
            return said
        problem = said.problem
        if is_server_down(said) or problem.code in _PASSING:
            return said
        reasons = {f"reason_{code}": words for code, words in problem.message.items()}
        return defect("fdp-service-unread", dataset, url=url, **reasons)

    def _may_ask(self, url: str) -> bool:
        """Whether a distribution's page is on the point's own server, or one that is allowed."""
        host, home = urlsplit(url).netloc, urlsplit(self._source.location).netloc
        bare = host.rpartition(":")[0] or host
        return host == home or bool({host, bare} & set(self._source.allow_hosts))
