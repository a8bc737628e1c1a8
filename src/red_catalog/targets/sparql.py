"""A SPARQL store: each dataset in a graph of its own, named by its catalogue record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from red_catalog.errors import RedError
from red_catalog.http import Sender
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.targets.answers import judge
from red_catalog.targets.answers import quote as cite
from red_catalog.targets.outcome import Accepted, Failure, Outcome, Parcel, Refusal, say

OPTIONS: Final = {"update": "", "query": "", "graph_parameter": "graph"}
_TRIPLES: Final = {"Content-Type": "application/n-triples"}
_UPDATE: Final = {"Content-Type": "application/sparql-update"}
_OF_RECORD: Final = frozenset({400, 413, 422})
_BATCH: Final = 20

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Store:
    """Where a store takes graphs (`location`), updates instead of them, and queries."""

    sender: Sender
    location: str
    options: Mapping[str, str]
    prefix: str

    def graph(self, slug: str) -> str:
        """The graph of a dataset."""
        return f"{self.prefix}{slug}"

    def deliver(self, parcel: Parcel) -> Outcome:
        """Replaces the graph of a dataset, or drops it: the same again changes nothing."""
        graph = self.graph(parcel.announcement.slug)
        gone = parcel.announcement.kind == "delete"
        if self.options["update"]:
            answer = self._update(graph, parcel.content if not gone else b"")
        else:
            method, headers = ("DELETE", {}) if gone else ("PUT", dict(_TRIPLES))
            content = parcel.content if not gone else b""
            answer = self.sender.send(method, self._address(graph), headers, content)
        wrong = judge(answer, per_record=_OF_RECORD)
        if wrong is None or (gone and getattr(answer, "status", 0) == 404):
            return Accepted(graph)
        return wrong

    def drop(self, graph: str) -> Outcome:
        """Drops a graph that should not be there."""
        if self.options["update"]:
            answer = self._update(graph, b"")
        else:
            answer = self.sender.send("DELETE", self._address(graph))
        return judge(answer, per_record=frozenset()) or Accepted(graph)

    def counts(self) -> dict[str, int] | Failure:
        """How many statements each graph of datasets has."""
        rows = self._select(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f'FILTER(STRSTARTS(STR(?g), "{self.prefix}")) }} GROUP BY ?g'
        )
        if isinstance(rows, Failure):
            return rows
        return {row["g"]["value"]: int(row["n"]["value"]) for row in rows if "g" in row}

    def contents(self, graphs: Sequence[str]) -> Iterator[tuple[str, list[Triple]] | Failure]:
        """What each of these graphs holds."""
        for start in range(0, len(graphs), _BATCH):
            some = graphs[start : start + _BATCH]
            values = " ".join(map(make_iri, some))
            rows = self._select(
                f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            )
            if isinstance(rows, Failure):
                yield rows
                return
            found: dict[str, list[Triple]] = {graph: [] for graph in some}
            for row in rows:
                triple = (_term(row["s"]), _term(row["p"]), _term(row["o"]))
                found.setdefault(row["g"]["value"], []).append(triple)
            yield from found.items()

    def _address(self, graph: str) -> str:
        """Where the Graph Store Protocol has a graph; the store's address may have a query."""
        name = urlencode({self.options["graph_parameter"]: graph}, safe="", quote_via=quote)
        return f"{self.location}{'&' if '?' in self.location else '?'}{name}"

    def _update(self, graph: str, content: bytes) -> Any:
        asked = f"DROP SILENT GRAPH {make_iri(graph)}"
        if content:
            asked += f" ;\nINSERT DATA {{ GRAPH {make_iri(graph)} {{\n{content.decode()}}} }}"
        return self.sender.send("POST", self.options["update"], _UPDATE, asked.encode())

    def _select(self, query: str) -> list[dict[str, Any]] | Failure:
        url = self.options["query"]
        if not url:
            raise RedError("Give the target the option `query`, the address that answers queries.")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/sparql-results+json",
        }
        answer = self.sender.send("POST", url, headers, urlencode({"query": query}).encode())
        wrong = judge(answer, per_record=frozenset())
        if wrong is not None:
            return Failure(wrong.reason) if isinstance(wrong, Refusal) else wrong
        content: bytes = answer.content  # type: ignore[union-attr]
        try:
            rows = json.loads(content)["results"]["bindings"]
            assert isinstance(rows, list)
        except (ValueError, KeyError, TypeError, AssertionError):
            shown = cite(content)
            return Failure(say(f"Réponse illisible : {shown}", f"Unreadable answer: {shown}"))
        return rows


def _term(cell: Mapping[str, str]) -> str:
    """The N-Triples term of a cell of JSON results."""
    if cell["type"] == "uri":
        return make_iri(cell["value"])
    if cell["type"] == "bnode":
        return f"_:{cell['value']}"
    return make_literal(cell["value"], cell.get("xml:lang"), cell.get("datatype"))
