"""The problems of datasets that the register holds, from their findings: no validation anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.harvesters.elements import FORMATS, form_of
from red_catalog.model import Defect, Entry, Problem, Report, Source
from red_catalog.pipeline.placing import place_problems
from red_catalog.rdf.syntax import from_name
from red_catalog.validation import background, shapes_graph
from red_catalog.validation.advice.problems import find_problems
from red_catalog.validation.advice.quoting import say_in
from red_catalog.validation.advice.sheets import fit_problems
from red_catalog.validation.advice.syntaxes import suit_problems
from red_catalog.validation.compiled.data import read_canonical

_SHEET: Final = "spreadsheet"
_EVENTS: Final = "ldes"
# Descriptions that are made here, of what is no RDF or lies within something else.
_MADE: Final = frozenset({"ckan", "webpage", *FORMATS})
_NAMED: Final = frozenset({"dcat", "file"})  # a name of theirs may tell the syntax


def explain(
    entry: Entry,
    report: Report,
    installed: Path | None = None,
    forms: Mapping[str, str] | None = None,
) -> tuple[Problem, ...] | None:
    """One problem for one thing to mend in one of its reports, blocking first.

    What another report tells as well is told there alone.
    None where the profile is no longer here, so that only the findings can tell. `forms`: how
    each source is written, from `find_forms`; without it, the advice is for a Turtle file.
    """
    try:
        found = explain_record(entry.iri, entry.canonical, report, installed)
    except RedError:
        return None
    return found if forms is None else fit_form(found, entry, forms)


def explain_for(config: Config) -> Callable[[Entry, Report], Sequence[Problem] | None]:
    """What explains a report as the pages of this catalogue do."""
    return partial(explain, installed=config.shapes, forms=find_forms(config))


def find_forms(config: Config) -> dict[str, str]:
    """How each source is written: a kind or a format that says it, or a syntax ("": none known)."""
    return {one.id: _form_of(one) for one in config.sources}


def fit_form(
    problems: Sequence[Problem],
    entry: Entry,
    forms: Mapping[str, str],
    refused: Sequence[Defect] = (),
) -> tuple[Problem, ...]:
    """The problems of a dataset, with what can be done about them where its source is written.

    Of a spreadsheet nothing is asked that the template does not have. `refused`: what was not
    taken of it.
    """
    form = forms.get(entry.source, "")
    if form == _SHEET:
        return fit_problems(problems, entry.iri, refused)
    if form in _MADE:
        said = [replace(say_in(one, None), turtle=None) for one in problems]
        return place_problems(said, form)
    if form == _EVENTS:
        return place_problems(suit_problems(problems, None), form)
    return suit_problems(problems, form or None)


def _form_of(source: Source) -> str:
    if (records := form_of(source)) is not None:
        return records
    if source.kind in {_SHEET, _EVENTS, *_MADE}:
        return source.kind
    return (source.kind in _NAMED and from_name(source.location)) or ""


def explain_record(
    iri: str, canonical: bytes, report: Report, installed: Path | None
) -> tuple[Problem, ...]:
    """The same of a record that is not in the register. Raises RedError for an unknown profile."""
    if not report.findings:
        return ()
    shapes = shapes_graph.shapes(report.profile, report.level, installed)
    triples = background.drop_axioms(read_canonical(canonical))
    found = find_problems(report, shapes, triples, iri)
    return tuple(one for one in found if not one.repeats)
