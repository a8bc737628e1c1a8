"""A publication made the way one would first: every page asks an rdflib graph, rdflib writes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import rdflib
from rdflib.plugins.serializers.nt import _quoteLiteral

from red_catalog.config import Config
from red_catalog.model import Entry, Triple
from red_catalog.publish.dataset import forms
from red_catalog.publish.record import graph as graph_module
from red_catalog.publish.web import site
from red_catalog.publish.web.rules import Lore
from red_catalog.rdf.writing import Syntax

_FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}


@contextmanager
def by_rdflib() -> Iterator[None]:
    """Within it, pages, cards and files are made from rdflib graphs, by the same templates."""
    normalised, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    publish = "red_catalog.publish"
    with (
        patch(f"{publish}.dataset.view.triples", Statements),
        patch(f"{publish}.dataset.view.Graph", Filled),
        patch(f"{publish}.lists.cards.triples", Statements),
        patch(f"{publish}.dataset.forms.serialise_all", serialise_all),
        patch(f"{publish}.data.dumps.serialise", serialise),
    ):
        yield
    rdflib.NORMALIZE_LITERALS = normalised


def write_datasets(config: Config, found: Iterable[Entry], lore: Lore) -> None:
    """The pages and files of these datasets alone, and nothing but them."""
    about = site.site(config)
    with by_rdflib():
        for entry in found:
            told = [lore.problems(entry, report) for report in entry.reports]
            pages = forms.render_pages(about, entry, forms.Besides(problems=told))
            for name, _ in (*pages, *forms.render_data(about, entry)):
                assert name


def parse(ntriples: bytes) -> rdflib.Graph:
    """An rdflib graph of N-Triples."""
    return rdflib.Graph().parse(data=ntriples, format="nt")


def serialise(ntriples: bytes, syntax: Syntax) -> bytes:
    """The statements as rdflib writes them."""
    return parse(ntriples).serialize(format=_FORMATS[syntax], encoding="utf-8")


def serialise_all(ntriples: bytes) -> Iterator[tuple[Syntax, bytes]]:
    """The statements in every syntax, from one graph."""
    graph = parse(ntriples)
    for syntax, name in _FORMATS.items():
        yield syntax, graph.serialize(format=name, encoding="utf-8")  # type: ignore[misc]


class Statements(list[Triple]):
    """The statements of an rdflib graph as the pages' code has them, and that graph."""

    def __init__(self, canonical: bytes) -> None:
        self.graph = parse(canonical)
        super().__init__(tuple(map(_written, one)) for one in self.graph)  # type: ignore[misc]


class Filled(graph_module.Graph):
    """A page's graph that is an rdflib graph."""

    def __init__(self, main: str, triples: Any, *published: Any) -> None:
        super().__init__(main, [], *published)
        if triples:
            self.nodes = Straight(triples.graph)


class Straight(dict[str, dict[str, list[str]]]):
    """The statements of an rdflib graph, asked of it each time that a page wants some."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__()
        self._graph = graph
        self._nodes = {_written(s): s for s in graph.subjects(unique=True)}

    def __contains__(self, subject: object) -> bool:
        """Whether anything is said of it."""
        return subject in self._nodes

    def __iter__(self) -> Iterator[str]:
        """Every subject."""
        return iter(self._nodes)

    def __getitem__(self, subject: str) -> dict[str, list[str]]:
        """What is said of it, by property."""
        said: dict[str, list[str]] = {}
        for predicate, value in self._graph.predicate_objects(self._nodes[subject]):
            said.setdefault(_written(predicate), []).append(_written(value))
        return said

    def get(self, subject: str, default: Any = None) -> Any:
        """What is said of it, or the default."""
        return self[subject] if subject in self._nodes else default


def _written(node: Any) -> str:
    return _quoteLiteral(node) if isinstance(node, rdflib.Literal) else str(node.n3())
