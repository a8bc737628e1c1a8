"""What a SHACL engine says of one value, before it is explained."""

from typing import NamedTuple


class Result(NamedTuple):
    """http://www.w3.org/ns/shacl#ValidationResult

    Terms are N-Triples strings; `path` is a predicate term, or the SPARQL syntax of a
    longer path; `component` and `severity` are the prefixed names `sh:…`.
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str | None
    messages: tuple[str, ...] = ()
