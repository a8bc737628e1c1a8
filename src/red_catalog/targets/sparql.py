"""A SPARQL store: each dataset in a graph of its own, named by its catalogue record."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from red_catalog.errors import RedError
from red_catalog.http import Answer, Sender, Unsent, is_page
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.rdf.writing import triples
from red_catalog.targets import comparing
from red_catalog.targets.answers import find_cut, judge
from red_catalog.targets.answers import quote as cite
from red_catalog.targets.outcome import Accepted, Failure, Outcome, Parcel, Refusal, say

OPTIONS: Final = {"update": "", "query": "", "graph_parameter": "graph"}
_TRIPLES: Final = {"Content-Type": "application/n-triples"}
_UPDATE: Final = {"Content-Type": "application/sparql-update"}
_OF_RECORD: Final = frozenset({400, 413, 422})
_BATCH: Final = 20
_LINES: Final = 500  # statements of an update

T = TypeVar("T")
Triple = tuple[str, str, str]
Row = dict[str, dict[str, str]]  # should be: it is what somebody answered


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
        content = parcel.content if not gone else b""
        if self.options["update"]:
            answer = self._update(graph, content)
        else:
            method, headers = ("DELETE", {}) if gone else ("PUT", dict(_TRIPLES))
            answer = self.sender.send(method, self._address(graph), headers, content)
        if gone and isinstance(answer, Answer) and answer.status == 404:
            return self._believe(graph, answer, content)
        return self._judge(graph, answer, content, _OF_RECORD)

    def _judge(
        self, graph: str, answer: Answer | Unsent, content: bytes, per_record: frozenset[int]
    ) -> Outcome:
        """What a store's answer says: a page to people does not say that anything is done."""
        wrong = judge(answer, per_record=per_record)
        if wrong is None and isinstance(answer, Answer) and is_page(answer.content):
            return self._believe(graph, answer, content)
        return wrong or Accepted(graph)

    def _believe(self, graph: str, answer: Answer, content: bytes) -> Outcome:
        """That a graph is as it should be, empty where it is gone, as far as it can be asked.

        Any server says 404 at an address where the store is no more, or shows a page.
        """
        page = is_page(answer.content)
        if not self.options["query"]:
            return _unreadable(answer.content) if page else Accepted(graph)
        found = self._holds(graph, content)
        if isinstance(found, Failure):
            return found
        if found:
            return Accepted(graph)
        fr, en = "Réponse 404, mais le graphe est là.", "Answer 404, but the graph is there."
        return _unreadable(answer.content) if page else Failure(say(fr, en))

    def _holds(self, graph: str, content: bytes) -> bool | Failure:
        """Whether a graph holds this content and nothing else."""
        if not content:
            asked = f"SELECT ?p {{ GRAPH {make_iri(graph)} {{ ?s ?p ?o }} }} LIMIT 1"
            count = self._select(asked, len)
            return count if isinstance(count, Failure) else not count
        found = next(self.contents([graph]))
        if isinstance(found, Failure):
            return found
        return comparing.digest(found[1]) == comparing.digest(triples(content))

    def put(self, graph: str, lines: Sequence[str]) -> Outcome:
        """Replaces a graph by these statements, a line each; updates take them in parts."""
        if not self.options["update"]:
            content = "".join(lines).encode()
            answer = self.sender.send("PUT", self._address(graph), dict(_TRIPLES), content)
            return self._judge(graph, answer, content, frozenset())
        outcome = self.drop(graph)
        for start in range(0, len(lines), _LINES):
            if not isinstance(outcome, Accepted):
                break
            part = "".join(lines[start : start + _LINES])
            asked = f"INSERT DATA {{ GRAPH {make_iri(graph)} {{\n{part}}} }}".encode()
            answer = self.sender.send("POST", self.options["update"], _UPDATE, asked)
            outcome = judge(answer, per_record=frozenset()) or Accepted(graph)
        return outcome

    def count(self, graph: str) -> int | Failure:
        """How many statements a graph has."""
        asked = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {make_iri(graph)} {{ ?s ?p ?o }} }}"
        return self._select(asked, lambda rows: int(rows[0]["n"]["value"]))

    def objects(self, graph: str, subject: str, predicate: str) -> list[str] | Failure:
        """The values of a property, without their datatypes and languages; `predicate`: a term."""
        asked = f"GRAPH {make_iri(graph)} {{ {make_iri(subject)} {predicate} ?o }}"
        return self._select(
            f"SELECT ?o WHERE {{ {asked} }}", lambda rows: [row["o"]["value"] for row in rows]
        )

    def drop(self, graph: str) -> Outcome:
        """Drops a graph that should not be there."""
        if self.options["update"]:
            answer = self._update(graph, b"")
        else:
            answer = self.sender.send("DELETE", self._address(graph))
        return self._judge(graph, answer, b"", frozenset())

    def counts(self) -> dict[str, int] | Failure:
        """How many statements each graph of datasets has."""
        return self._select(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f'FILTER(STRSTARTS(STR(?g), "{self.prefix}")) }} GROUP BY ?g',
            _read_counts,
        )

    def contents(self, graphs: Sequence[str]) -> Iterator[tuple[str, list[Triple]] | Failure]:
        """What each of these graphs holds."""
        for start in range(0, len(graphs), _BATCH):
            some = graphs[start : start + _BATCH]
            values = " ".join(map(make_iri, some))
            found = self._select(
                f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}",
                partial(_read_contents, some),
            )
            if isinstance(found, Failure):
                yield found
                return
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

    def _select(self, query: str, read: Callable[[list[Row]], T]) -> T | Failure:
        """What is read of the rows of the answer, or why nothing is."""
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
        assert isinstance(answer, Answer)
        if cut := find_cut(answer):
            return cut
        content = answer.content
        try:
            rows = json.loads(content)["results"]["bindings"]
            return read(rows) if isinstance(rows, list) else _unreadable(content)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return _unreadable(content)


def _unreadable(content: bytes) -> Failure:
    shown = cite(content)
    return Failure(say(f"Réponse illisible : {shown}", f"Unreadable answer: {shown}"))


def _read_counts(rows: list[Row]) -> dict[str, int]:
    """The counts by graph; where there is no graph, some stores give a row without one."""
    return {row["g"]["value"]: int(row["n"]["value"]) for row in rows if row.get("g") is not None}


def _read_contents(graphs: Sequence[str], rows: list[Row]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {graph: [] for graph in graphs}
    for row in rows:
        triple = (_term(row["s"]), _term(row["p"]), _term(row["o"]))
        found[row["g"]["value"]].append(triple)
    return found


def _term(cell: Mapping[str, str]) -> str:
    """The N-Triples term of a cell of JSON results."""
    if cell["type"] == "uri":
        return make_iri(cell["value"])
    if cell["type"] == "bnode":
        return f"_:{cell['value']}"
    return make_literal(cell["value"], cell.get("xml:lang"), cell.get("datatype"))
