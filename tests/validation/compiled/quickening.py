"""pySHACL spared what does not change its results, so that tests can compare more of them."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

import pyshacl.shape
import rdflib
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.constraint_component import ConstraintComponent
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import Query

from red_catalog.validation.incomparable import keep_going


@cache
def quicken() -> None:
    """Does so, for the whole process.

    pySHACL goes through a list of parameters for every statement of every shape, makes every
    component anew for every focus node, parses a query for every record, and describes shapes
    and results in texts that nobody reads here. It is mended, as where we run it.
    """
    keep_going()
    components = {p: _made_once(kind) for p, kind in CONSTRAINT_PARAMETERS_MAP.items()}
    known = (dict.fromkeys(ALL_CONSTRAINT_PARAMETERS), components)
    vars(pyshacl.shape)["CONSTRAINT_PARAMS"] = known
    vars(processor).update(parseQuery=str, translateQuery=_translate)
    setattr(ConstraintComponent, "make_v_result_description", lambda *_, **__: "")  # noqa: B010
    setattr(pyshacl.shape.Shape, "__str__", lambda _: "")  # noqa: B010
    for kind in CONSTRAINT_PARAMETERS_MAP.values():
        setattr(kind, "make_generic_messages", lambda *_: [])  # noqa: B010


@cache
def _made_once(component: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lru_cache(maxsize=None)(component)


def _translate(query: str, base: str | None, names: dict[str, Any] | None) -> Query:
    return _prepare(query, base, tuple(sorted((names or {}).items())))


@lru_cache(100)
def _prepare(query: str, base: str | None, names: tuple[tuple[str, Any], ...]) -> Query:
    return translateQuery(parseQuery(query), base, dict(names))


class ShapesGraph(rdflib.Graph):
    """A graph that does not change once it is asked, and remembers what it answered."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._known: dict[Any, list[Any]] | None = None

    def freeze(self) -> None:
        """From now on the graph does not change."""
        self._known = {}

    def triples(self, pattern: Any) -> Iterator[Any]:  # type: ignore[override]
        """The statements of a pattern."""
        if self._known is None:
            return super().triples(pattern)
        found = self._known.get(pattern)
        if found is None:
            found = self._known[pattern] = list(super().triples(pattern))
        return iter(found)


class DataGraph(rdflib.Graph):
    """A graph without the contexts that rdflib keeps for each statement."""

    def __init__(self) -> None:
        super().__init__("SimpleMemory", bind_namespaces="none")

    def __bool__(self) -> bool:
        """True: rdflib counts all statements to say whether there is any."""
        return True
