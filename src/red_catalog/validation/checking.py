"""Checking one dataset's description against a profile, at its own access level."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import rdflib

from red_catalog.model import Finding, Report, Severity
from red_catalog.validation import background, engines, levels, linking, profiles, shapes_graph
from red_catalog.validation.advice.explaining import explain, severity_of
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.engines import Chosen
from red_catalog.validation.profiles import Profile
from red_catalog.validation.result import Result
from red_catalog.validation.rules import wording
from red_catalog.validation.rules.description import Description, describe
from red_catalog.validation.rules.table import RULES

_GRAVEST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


def validate(
    iri: str,
    canonical: bytes,
    profile: str = "healthdcat-ap-8",
    installed: Path | None = None,
    engine: str = "compiled",
    today: date | None = None,
) -> Report:
    """All findings of a profile on one record.

    `installed` is the folder of the catalogue's own profiles; `today` is what the future is
    after. Raises RedError for an unknown profile or engine.
    """
    return check(read(iri, canonical, today), profile, installed, engine)


def read(
    iri: str,
    canonical: bytes,
    today: date | None = None,
    beside: frozenset[str] = frozenset(),
) -> Description:
    """A record, to be checked against any number of profiles.

    `beside`: IRIs of the datasets that are described with it, which it may name.
    """
    return describe(background.drop_axioms(read_canonical(canonical)), iri, today, beside)


def check(
    description: Description,
    profile: str,
    installed: Path | None = None,
    engine: str = "compiled",
) -> Report:
    """The same as `validate`, of a record that was read already."""
    used = profiles.load(profile, installed)
    level, note = levels.level(description)
    results = _find(description, used, Chosen(profile, level, installed), engine)
    shapes = shapes_graph.shapes(profile, level, installed)
    # Two shapes may say the same of one value: the first by name speaks.
    once = {r[:5]: r for r in sorted(results, key=lambda r: r.shape or "", reverse=True)}
    findings = sorted((_explain(r, shapes) for r in once.values()), key=_order)
    return Report(used.name, used.release, used.digest, level, tuple(findings), note)


def conforms(description: Description, profile: str, installed: Path | None = None) -> bool:
    """Whether a profile finds no violation, without a word of explanation."""
    level, _ = levels.level(description)
    used, chosen = profiles.load(profile, installed), Chosen(profile, level, installed)
    found = _find(description, used, chosen, "compiled")
    return not any(severity_of(result) is Severity.VIOLATION for result in found)


def _find(description: Description, used: Profile, chosen: Chosen, engine: str) -> list[Result]:
    """What the shapes and the rules of a profile say."""
    results = engines.run(engine, chosen, description.triples, description.index)
    if description.beside:
        shapes = shapes_graph.shapes(chosen.profile, chosen.level, chosen.installed)
        results = linking.drop_described(results, description.beside, shapes)
    return [*results, *_follow_rules(used, description)]


def _follow_rules(used: Profile, description: Description) -> Iterator[Result]:
    """What the rules find that the profile has besides its shapes."""
    for rule in (rule for name in used.rules for rule in RULES[name]):
        yield from rule(description)


def _explain(result: Result, shapes: rdflib.Graph) -> Finding:
    """The finding of a result; our own rules know best how they are mended."""
    finding = explain(result, shapes)
    fix = wording.mend(result)
    return replace(finding, fix=fix) if fix else finding


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    return (
        _GRAVEST_FIRST[finding.severity],
        finding.focus,
        finding.path or "",
        finding.value or "",
        finding.component,
    )
