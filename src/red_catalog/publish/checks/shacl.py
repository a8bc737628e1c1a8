"""A check as a SHACL validation report in Turtle."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from red_catalog.model import Checked, Finding, Severity
from red_catalog.namespaces import RDF_TYPE, RED_SHAPES, term
from red_catalog.rdf.terms import is_blank, is_iri, make_iri, make_literal
from red_catalog.rdf.writing import serialise

_SEVERITIES: Final = {
    Severity.VIOLATION: "sh:Violation", Severity.WARNING: "sh:Warning", Severity.INFO: "sh:Info",
}  # fmt: skip
_ALTERNATIVES: Final = re.compile(r"\(?(<[^>]*>(?:\|<[^>]*>)+)\)?")
_INVERSE: Final = re.compile(r"\^\(?(<[^>]*>)\)?")


def write(checks: Sequence[Checked], _lang: str) -> str:
    """One report a profile; messages in both languages."""
    lines = [line for number, c in enumerate(checks) for line in _report(c, number)]
    return serialise("".join(f"{line} .\n" for line in lines).encode(), "ttl").decode()


def _report(checked: Checked, number: int) -> Iterator[str]:
    report = f"_:r{number}"
    findings = [f for d in checked.datasets for f in d.report.findings]
    conforms = "true" if not findings and checked.datasets else "false"
    boolean = make_literal(conforms, datatype="http://www.w3.org/2001/XMLSchema#boolean")
    yield f"{report} {RDF_TYPE} {term('sh:ValidationReport')}"
    yield f"{report} {term('sh:conforms')} {boolean}"
    yield f"{report} {term('dct:conformsTo')} {make_literal(_made_with(checked))}"
    for position, finding in enumerate(findings):
        result = f"{report}n{position}"
        yield f"{report} {term('sh:result')} {result}"
        yield from _result(finding, result)


def _made_with(checked: Checked) -> str:
    return f"{checked.profile} {checked.release} {checked.shapes}"


def _result(finding: Finding, result: str) -> Iterator[str]:
    yield f"{result} {RDF_TYPE} {term('sh:ValidationResult')}"
    yield f"{result} {term('sh:focusNode')} {finding.focus}"
    yield f"{result} {term('sh:resultSeverity')} {term(_SEVERITIES[finding.severity])}"
    yield f"{result} {term('sh:sourceConstraintComponent')} {_component(finding.component)}"
    if finding.value is not None:
        yield f"{result} {term('sh:value')} {finding.value}"
    if finding.shape and is_iri(finding.shape):
        yield f"{result} {term('sh:sourceShape')} {finding.shape}"
    if finding.path:
        yield from _path(finding.path, result)
    for lang in ("fr", "en"):
        message = make_literal(finding.message[lang], lang)
        yield f"{result} {term('sh:resultMessage')} {message}"


def _component(name: str) -> str:
    return term(name) if name.startswith("sh:") else make_iri(RED_SHAPES + name.partition(":")[2])


def _path(path: str, result: str) -> Iterator[str]:
    """The path of a result; longer ones than a choice are left out, and their shape named."""
    predicate = term("sh:resultPath")
    choice, inverse = _ALTERNATIVES.fullmatch(path), _INVERSE.fullmatch(path)
    if re.fullmatch(r"<[^>]*>", path) or is_blank(path):
        yield f"{result} {predicate} {path}"
    elif inverse:
        yield f"{result} {predicate} {result}p"
        yield f"{result}p {term('sh:inversePath')} {inverse[1]}"
    elif choice:
        yield f"{result} {predicate} {result}p"
        yield f"{result}p {term('sh:alternativePath')} {result}l0"
        parts = choice[1].split("|")
        for number, part in enumerate(parts):
            rest = f"{result}l{number + 1}" if number + 1 < len(parts) else term("rdf:nil")
            yield f"{result}l{number} {term('rdf:first')} {part}"
            yield f"{result}l{number} {term('rdf:rest')} {rest}"
