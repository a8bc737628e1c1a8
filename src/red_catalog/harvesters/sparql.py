"""SPARQL endpoints: the list of datasets, page by page, then each description."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, urlsplit

from red_catalog.errors import RedError
from red_catalog.harvesters.mapping.jsontext import NotJson, parse_json
from red_catalog.harvesters.mapping.options import read_number, read_options
from red_catalog.harvesters.mapping.problems import defect, unreadable
from red_catalog.harvesters.mapping.sheet import notice
from red_catalog.harvesters.mapping.values import address
from red_catalog.harvesters.sparql_queries import (
    apply_query,
    count_datasets,
    describe_datasets,
    list_datasets,
)
from red_catalog.http import Declined, Http
from red_catalog.model import Defect, Document, Source, Triple, Unreadable
from red_catalog.namespaces import DATASET, RDF_TYPE
from red_catalog.rdf.reading import read_graphs
from red_catalog.rdf.terms import make_iri

OPTIONS: Final = {"graph": "", "where": "", "query": "", "page": "500", "batch": "5", "depth": "4"}
MAX_PAGES: Final = 10_000
_RESULTS: Final = {"Accept": "application/sparql-results+json"}
_TRIPLES: Final = {"Accept": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"}
# Many servers take no longer request line than 8 KB.
_LONGEST_URL: Final = 7_500
# Endpoints cut long answers at round numbers, and do not say so.
_ROUND: Final = 100
_SUSPECT: Final = 500
_SHOWN: Final = 5
_LONGEST_SHOWN: Final = 120
_OVERLOADED: Final = {"status", "deadline", "busy", "too-large", "answer-cut"}
# What is wrong with a query is said in a line of text; other servers on the way write pages.
_EXPLAINED: Final = {400, 422, 500}
_MARKUP: Final = ("<", "{", "[")
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+')


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The datasets of the endpoint at the source's location; the first failure ends it."""
    endpoint = _Endpoint(source, http)
    datasets = endpoint.list_all()
    if isinstance(datasets, Unreadable):
        yield datasets
        return
    if endpoint.broken:
        shown = ", ".join(f"<{one[:_LONGEST_SHOWN]}>" for one in endpoint.broken[:_SHOWN])
        facts = {"count": len(endpoint.broken), "iris": shown}
        yield unreadable(source.location, "sparql-broken-iri", None, **facts)
    for number, batch in enumerate(endpoint.batches(datasets), 1):
        for item in endpoint.describe(batch, number):
            yield item
            if isinstance(item, Unreadable):
                return
    if endpoint.unnamed:
        told = defect("sparql-unnamed", count=endpoint.unnamed)
        yield notice(source.location, [told])


class _Endpoint:
    """One endpoint and what is asked of it, by GET alone."""

    def __init__(self, source: Source, http: Http) -> None:
        options = read_options(source, OPTIONS)
        self._source = replace(source, format=None)
        self._http = http
        self._graph = _check_graph(source, options["graph"])
        self._where = options["where"].strip()
        self._query = options["query"]
        self._page = read_number(source, "page", options["page"], 1, 10_000)
        self._batch = read_number(source, "batch", options["batch"], 1, 50)
        self._depth = read_number(source, "depth", options["depth"], 1, 4)
        self.unnamed = 0
        self.broken: list[str] = []

    def list_all(self) -> list[str] | Unreadable:
        """The IRIs of all datasets, or why they are not known; `broken` fit in no query."""
        counted = self._select(count_datasets(self._graph, self._where))
        if isinstance(counted, Unreadable):
            return counted
        announced = _number(counted, "iris")
        self.unnamed = _number(counted, "others") or 0
        if announced is None:
            return unreadable(self._source.location, "sparql-results", reason="COUNT ?")
        found: dict[str, None] = {}
        received = 0
        for page in range(1, MAX_PAGES + 1):
            query = list_datasets(self._graph, self._where, self._page, received)
            rows = self._select(query)
            if isinstance(rows, Unreadable):
                return rows
            iris = [value for row in rows if (value := _value(row, "dataset"))]
            if not rows or len(found) >= announced:
                break
            if found.keys() >= set(iris):
                return unreadable(self._source.location, "page-repeated", page=page)
            found |= dict.fromkeys(iris)
            received += len(rows)
        if len(found) != announced:
            facts = {"announced": announced, "given": len(found)}
            return unreadable(self._source.location, "count-differs", None, **facts)
        self.broken = [one for one in found if not _IRI.fullmatch(one)]
        return [one for one in found if _IRI.fullmatch(one)]

    def batches(self, datasets: Sequence[str]) -> Iterator[list[str]]:
        """The datasets in groups whose query is not too long for a URL."""
        waiting: list[str] = []
        for dataset in datasets:
            longer = [*waiting, dataset]
            url = self._url(self._describing(longer))
            if waiting and (len(longer) > self._batch or len(url) > _LONGEST_URL):
                yield waiting
                longer = [dataset]
            waiting = longer
        if waiting:
            yield waiting

    def describe(self, datasets: Sequence[str], number: int) -> Iterator[Document | Unreadable]:
        """The documents of a group: asked for in halves where the answer may have been cut."""
        asked = self._url(self._describing(datasets))
        fetched = self._http.get(asked, self._source, _TRIPLES)
        if isinstance(fetched, Unreadable):
            if len(datasets) > 1 and fetched.problem.code in _OVERLOADED:
                # Engines plan badly for long lists: from here on, shorter ones.
                self._batch = len(datasets) // 2
                yield from self._halve(datasets, number)
            else:
                yield self._tell(fetched)
            return
        document = replace(fetched.document, location=f"{self._source.location}#{number}")
        graphs = read_graphs(document, self._source, self._http.limits)
        if isinstance(graphs, Unreadable):
            yield graphs
            return
        triples = {triple for said in graphs.values() for triple in said}
        cut = len(triples) >= _ROUND and len(triples) % _ROUND == 0
        if cut and len(datasets) > 1:
            yield from self._halve(datasets, number)
            return
        yield self._judge(document, datasets, triples, cut=cut)

    def _halve(self, datasets: Sequence[str], number: int) -> Iterator[Document | Unreadable]:
        middle = len(datasets) // 2
        for half in (datasets[:middle], datasets[middle:]):
            for item in self.describe(half, number):
                yield item
                if isinstance(item, Unreadable):
                    return

    def _judge(
        self, document: Document, datasets: Sequence[str], triples: set[Triple], *, cut: bool
    ) -> Document | Unreadable:
        typed = {s for s, p, o in triples if (p, o) == (RDF_TYPE, DATASET)}
        missing = [one for one in datasets if make_iri(one) not in typed]
        if missing:
            facts = {"count": len(missing), "example": missing[0]}
            return unreadable(document.location, "sparql-undescribed", None, **facts)
        defects: tuple[Defect, ...] = ()
        if cut and len(triples) % _SUSPECT == 0:
            facts = {"count": len(triples), "example": datasets[0]}
            defects = (defect("sparql-cut", datasets[0], **facts),)
        return replace(document, defects=defects)

    def _describing(self, datasets: Sequence[str]) -> str:
        if self._query:
            return apply_query(self._query, datasets)
        return describe_datasets(self._graph, self._depth, datasets)

    def _select(self, query: str) -> list[dict[str, Any]] | Unreadable:
        fetched = self._http.get(self._url(query), self._source, _RESULTS)
        if isinstance(fetched, Unreadable):
            return self._tell(fetched)
        try:
            answer = parse_json(fetched.document.content)
            rows = answer["results"]["bindings"]
        except NotJson as error:
            return unreadable(self._source.location, "sparql-results", reason=error.told)
        except (TypeError, KeyError, IndexError):
            rows = None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return unreadable(self._source.location, "sparql-results", reason="bindings ?")
        return rows

    def _tell(self, refused: Unreadable) -> Unreadable:
        """Why a query gave nothing, in the words of the endpoint where it has some."""
        if isinstance(refused, Declined) and refused.status in _EXPLAINED:
            lines = refused.said.content.decode("utf-8", "replace").split("\n")
            words = next(filter(None, map(str.strip, lines)), "")
            if words and not words.startswith(_MARKUP):
                facts = {"status": refused.status, "reason": words}
                return unreadable(self._source.location, "sparql-refused", None, **facts)
        return replace(refused, location=self._source.location)

    def _url(self, query: str) -> str:
        joint = "&" if urlsplit(self._source.location).query else "?"
        return f"{self._source.location}{joint}query={quote(query, safe='')}"


def _check_graph(source: Source, graph: str) -> str:
    if graph and not address(graph):
        raise RedError(
            f"Source {source.id}: the option `graph` must be the IRI of a named graph, "
            f'not "{graph}".'
        )
    return graph


def _value(row: dict[str, Any], name: str) -> str | None:
    cell = row.get(name)
    value = cell.get("value") if isinstance(cell, dict) else None
    return value if isinstance(value, str) and value else None


def _number(rows: list[dict[str, Any]], name: str) -> int | None:
    value = _value(rows[0], name) if rows else None
    return int(value) if value and value.isascii() and value.isdecimal() else None
