"""What shapes that others publish may not hold, told in one sentence when they are installed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from red_catalog.errors import RedError
from red_catalog.validation import pyshacl_engine, querying
from red_catalog.validation.compiled.plan import compile_shapes

TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
"""What makes a shape choose what it is checked on."""
_QUERIES: Final = (SH.select, SH.ask, SH.construct, SH.update)
_PROBE_NODE: Final = rdflib.URIRef("urn:red-catalog:probe")
_SECONDS: Final = 10.0  # for all patterns on short texts: a sound one takes microseconds
_PROBE: Final = 64
_TRIAL: Final = """
import json, re, sys
for pattern, probes in json.load(sys.stdin):
    try:
        search = re.compile(pattern).search
    except (re.error, OverflowError, RecursionError):
        break
    for probe in probes:
        search(probe)
    print("+", end="", flush=True)
"""


def vet(name: str, graph: rdflib.Graph) -> None:
    """Raise RedError for what could hang, reach the network, or never be understood."""
    queries = sorted({str(o) for p in _QUERIES for o in graph.objects(None, p)})
    asked = {pattern for query in queries for pattern in _read_query(name, query)}
    _check_patterns(sorted({*asked, *(str(o) for o in graph.objects(None, SH.pattern))}))
    try:
        compile_shapes(graph)
    except RecursionError as error:
        raise RedError(f"The shapes of `{name}` are nested too deeply.") from error
    if not any((None, predicate, None) in graph for predicate in TARGETS):
        raise RedError(f"`{name}` holds no shape with a target: nothing would be checked.")
    _try_queries(name, graph)


def _read_query(name: str, query: str) -> list[str]:
    """The regular expressions of a query; RedError where it asks for what nobody can vouch for."""
    try:
        word = querying.outside(query)
    except ValueError as error:
        raise RedError(f"A query of `{name}` cannot be run ({error}): mend it.") from error
    if word:
        raise RedError(f"A query of `{name}` uses {word}, which could reach the network.")
    found = list(querying.patterns(query))
    if None in found:
        raise RedError(
            f"A query of `{name}` computes a pattern of REGEX or REPLACE, which may take for "
            "ever: write the pattern in the query."
        )
    return [pattern for pattern in found if pattern is not None]


def _try_queries(name: str, graph: rdflib.Graph) -> None:
    """Raise RedError for a query that cannot be run, found by running each on a lone node."""
    asking = set(graph.subjects(SH.sparql))
    if not asking:
        return
    trial = rdflib.Graph()
    trial += graph
    for shape in asking:
        trial.add((shape, SH.targetNode, _PROBE_NODE))
    lone = (_PROBE_NODE.n3(), RDF.type.n3(), RDFS.Resource.n3())
    try:
        pyshacl_engine.run(trial, [lone], [])
    except pyshacl_engine.QueryError as error:
        told = _shorten(error.told)
        raise RedError(
            f"A query of `{name}` cannot be run ({told}): mend it or leave it out."
        ) from error


def _check_patterns(patterns: list[str]) -> None:
    """Raise RedError for a regular expression that is none, or that may take for ever.

    Tried in a process of its own: Python's engine, which pySHACL uses, cannot be stopped.
    """
    if not patterns:
        return
    tried = [[pattern, list(_probes(pattern))] for pattern in patterns]
    command = [sys.executable, "-I", "-c", _TRIAL]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own text
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        try:
            said, _ = child.communicate(json.dumps(tried), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            said, _ = child.communicate()
            slow = _shorten(patterns[said.count("+")])
            sentence = f"The pattern `{slow}` may take for ever on a short text."
            raise RedError(sentence) from None
    if said.count("+") < len(patterns):
        raise RedError(f"`{_shorten(patterns[said.count('+')])}` is not a valid pattern.")


def _probes(pattern: str) -> Iterator[str]:
    """Short texts that patterns with nested repetition take exponential time over."""
    for character in sorted({"a", "A", "0", " ", "-", "/", *pattern[:_PROBE]}):
        yield character * _PROBE + "\x00"
    for few in ("a ", "a0", "ab", "a-", "a.", "0 ", "a/"):
        yield few * (_PROBE // 2) + "\x00"


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"
