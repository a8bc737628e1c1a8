"""The W3C suites of SHACL Core and of its SPARQL extension.

https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

import warnings
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.validation.compiled.data import SUBCLASS_OF, Background
from red_catalog.validation.compiled.declaration import named, term_of
from red_catalog.validation.compiled.fallback import compile_engine
from red_catalog.validation.compiled.paths import describe_path
from tests import shared
from tests.validation.compiled.page import keep_table
from tests.validation.compiled.reference import read, triples_of

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
# A variable that the standard lets a processor leave out, if it then refuses the query.
OPTIONAL = {"pre-binding/shapesGraph-001"}
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")


class Case(NamedTuple):
    """One test of a suite."""

    name: str
    data: Path
    shapes: Path
    report: rdflib.Graph
    result: Node | None

    @property
    def is_refused(self) -> bool:
        """Whether the shapes must be refused."""
        return self.result == SHT.Failure


def read_cases(manifest: Path) -> list[Case]:
    """The tests of a manifest and of those it includes."""
    graph = read(manifest)
    cases = [
        case
        for included in sorted(graph.objects(None, MF.include), key=str)
        for case in read_cases(_file(included))
    ]
    for test in graph.subjects(RDF.type, SHT.Validate):
        action, result = graph.value(test, MF.action), graph.value(test, MF.result)
        data, shapes = graph.value(action, SHT.dataGraph), graph.value(action, SHT.shapesGraph)
        name = f"{manifest.parent.name}/{str(test).rsplit('/', 1)[-1]}"
        cases.append(Case(name, _file(data), _file(shapes), graph, result))
    return cases


def _file(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))


def expected(case: Case) -> Counter[tuple[str | None, ...]]:
    """The results that the suite expects, by the fields that it fixes."""
    graph = case.report
    return Counter(
        (
            _term(graph.value(one, SH.focusNode)),
            _path(graph, graph.value(one, SH.resultPath)),
            _term(graph.value(one, SH.value)),
            _name(graph.value(one, SH.sourceConstraintComponent)),
            _name(graph.value(one, SH.resultSeverity)),
            _iri(graph.value(one, SH.sourceShape)),
        )
        for one in graph.objects(case.result, SH.result)
    )


def _path(graph: rdflib.Graph, node: Node | None) -> str | None:
    return None if node is None else describe_path(graph, node)


def _term(node: Node | None) -> str | None:
    """A term; blank nodes have other labels in the report than in the data."""
    return "_:" if isinstance(node, rdflib.BNode) else None if node is None else term_of(node)


def _name(node: Node | None) -> str | None:
    return None if node is None else named(node)


def _iri(node: Node | None) -> str | None:
    return term_of(node) if isinstance(node, rdflib.URIRef) else None


def run(case: Case) -> tuple[Counter[tuple[str | None, ...]], bool]:
    """What the engine says, and whether pySHACL had a part in it."""
    triples = triples_of(read(case.data))
    shapes = read(case.shapes)
    # Where a suite puts subclass axioms into the data, it means them.
    background = Background(t for t in triples if t[1] == SUBCLASS_OF)
    engine = compile_engine(shapes, background)
    results = (
        (_blank(r.focus), r.path, _blank(r.value), *r[3:5], _named(r.shape))
        for r in engine.validate(triples)
    )
    return Counter(results), engine.rest is not None


def _named(shape: str | None) -> str | None:
    return None if shape is None or shape.startswith("_:") else shape


def _blank(term: str | None) -> str | None:
    return "_:" if term is not None and term.startswith("_:") else term


def has_passed(case: Case) -> tuple[bool, bool, str]:
    """Whether a test passed, whether pySHACL had a part in it, and what was wrong."""
    try:
        found, fell_back = run(case)
    except RedError as refusal:
        return case.is_refused or case.name in OPTIONAL, True, str(refusal)
    wanted = expected(case)
    told = f"{dict(found - wanted)} instead of {dict(wanted - found)}"
    return not case.is_refused and found == wanted, fell_back, told


def build_table() -> tuple[str, list[str]]:
    """A row for each group of the suites, and the names of the tests that fail."""
    rows: dict[str, Counter[str]] = {}
    failed = []
    for suite in ("core", "sparql"):
        for case in read_cases(shared.folder("w3c") / "shacl" / suite / "manifest.ttl"):
            passed, fell_back, told = has_passed(case)
            if not passed:
                failed.append(f"{case.name}: {told}")
            row = rows.setdefault(f"{suite}: {case.name.split('/')[0]}", Counter())
            row.update(
                tests=1,
                compiled=int(passed and not fell_back),
                fallback=int(passed and fell_back),
            )
    lines = [
        "| group | tests | passed, compiled | passed, by pySHACL | failed |",
        "|---|---|---|---|---|",
    ]
    rows["all"] = sum(rows.values(), Counter())
    for group, row in rows.items():
        missed = row["tests"] - row["compiled"] - row["fallback"]
        lines.append(
            f"| {group} | {row['tests']} | {row['compiled']} | {row['fallback']} | {missed} |"
        )
    return "\n".join(lines), failed


def test_both_suites_pass_and_the_page_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """All tests of SHACL Core and of its SPARQL extension pass; docs/ has the table of this run.

    RED_WRITE_DOCS=1 writes the table instead of comparing it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib on the suite's own odd literals
        table, failed = build_table()
    with capsys.disabled():
        print(f"\n{table}")  # noqa: T201 - the table is what this test shows
    assert failed == []
    kept, table = keep_table("suite", table)
    assert kept == table


def test_the_suite_is_whole() -> None:
    """The manifests lead to every group of the suites."""
    names = {
        (suite, case.name.split("/")[0])
        for suite in ("core", "sparql")
        for case in read_cases(shared.folder("w3c") / "shacl" / suite / "manifest.ttl")
    }
    assert {name for suite, name in names if suite == "core"} == {
        "complex", "misc", "node", "path", "property", "targets", "validation-reports",
    }  # fmt: skip
    assert {name for suite, name in names if suite == "sparql"} == {
        "component", "node", "pre-binding", "property",
    }  # fmt: skip
