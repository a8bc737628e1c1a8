"""Checking one dataset's description against a profile, at its own access level."""

from red_catalog.model import Finding, Report, Severity
from red_catalog.validation import background, levels, profiles, pyshacl_engine
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.explaining import explain

_GRAVEST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


def validate(iri: str, canonical: bytes, profile: str = "healthdcat-ap-8") -> Report:
    """All findings of a profile on one record. Raises RedError for an unknown profile."""
    used = profiles.load(profile)
    triples = background.drop_axioms(read_canonical(canonical))
    level, _ = levels.level(triples, iri)
    shapes = profiles.shapes(profile, level)
    results = pyshacl_engine.run(shapes, triples, background.gather(triples))
    # Two shapes may say the same of one value: the first by name speaks.
    once = {r[:5]: r for r in sorted(results, key=lambda r: r.shape or "", reverse=True)}
    findings = sorted((explain(r, shapes) for r in once.values()), key=_order)
    return Report(used.name, used.release, used.digest, level, tuple(findings))


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    return (
        _GRAVEST_FIRST[finding.severity],
        finding.focus,
        finding.path or "",
        finding.value or "",
        finding.component,
    )
