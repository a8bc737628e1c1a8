"""The two SHACL engines behind one name: ours, compiled, and pySHACL to verify it by."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import rdflib

from red_catalog import vocabulary
from red_catalog.errors import RedError
from red_catalog.model import Level, Triple
from red_catalog.validation import background, shapes_graph
from red_catalog.validation.compiled.data import Background, Index
from red_catalog.validation.compiled.fallback import Engine, compile_engine
from red_catalog.validation.result import Result


@dataclass(frozen=True, slots=True)
class Chosen:
    """The shapes to run: a profile at a level. `installed`: where added profiles lie."""

    profile: str
    level: Level
    installed: Path | None = None


class Run(Protocol):
    """An engine. `index`: of the triples, where somebody has it."""

    def __call__(
        self, chosen: Chosen, triples: Sequence[Triple], index: Index | None = None
    ) -> list[Result]:
        """The results of one record."""


def run_compiled(
    chosen: Chosen, triples: Sequence[Triple], index: Index | None = None
) -> list[Result]:
    """The results of the compiled plan; its shapes are read once a process."""
    shapes = shapes_graph.shapes(chosen.profile, chosen.level, chosen.installed)
    return _engine(shapes).validate(triples, index)


def run_pyshacl(
    chosen: Chosen,
    triples: Sequence[Triple],
    index: Index | None = None,  # noqa: ARG001  a graph is made of the triples
) -> list[Result]:
    """The results of pySHACL on the same shapes and background."""
    from red_catalog.validation import pyshacl_engine  # noqa: PLC0415 - slow to load, and rare

    shapes = shapes_graph.shapes(chosen.profile, chosen.level, chosen.installed)
    return pyshacl_engine.run(shapes, triples, background.gather(triples))


ENGINES: Final[dict[str, Run]] = {"compiled": run_compiled, "pyshacl": run_pyshacl}


def run(
    engine: str, chosen: Chosen, triples: Sequence[Triple], index: Index | None = None
) -> list[Result]:
    """The results of one record. Raises RedError for an unknown engine."""
    if engine not in ENGINES:
        raise RedError(f"No engine is called `{engine}`; known: {', '.join(ENGINES)}.")
    return ENGINES[engine](chosen, triples, index)


def prepare(names: Iterable[str]) -> None:
    """Compiles the shapes of these profiles now, rather than when they are first run."""
    for name in names:
        for level in Level:
            _engine(shapes_graph.shapes(name, level))


def compare(chosen: Chosen, triples: Sequence[Triple]) -> list[str]:
    """What one engine says and the other does not, a line each; none where they agree."""
    ours, theirs = (Counter(r[:5] for r in one(chosen, triples)) for one in ENGINES.values())
    return [
        f"only {name}: {' '.join(part or '–' for part in result)}"
        for name, more in (("compiled", ours - theirs), ("pyshacl", theirs - ours))
        for result in sorted(more, key=str)
    ]


@cache
def _engine(shapes: rdflib.Graph) -> Engine:
    return compile_engine(shapes, _background())


@cache
def _background() -> Background:
    return Background(vocabulary.whole_background())
