"""What dashboards remember of the problems of datasets."""

from dataclasses import replace

from red_catalog.model import Entry, Problem, Report
from red_catalog.publish.dataset.problems import from_findings
from red_catalog.serve.holders.remembering import Remembering
from tests.publish import records


def test_only_what_changed_is_explained_again() -> None:
    """A dataset is explained once in each state; what two are told alike is kept once."""
    asked: list[str] = []

    def explain(entry: Entry, report: Report) -> tuple[Problem, ...]:
        asked.append(entry.slug)
        return from_findings(entry, report)

    one, other = (
        records.entry(iri, slug, records.poor(iri), report=records.lacking(iri))
        for slug in ("urgences", "sejours")
        for iri in (f"{records.CHU}{slug}",)
    )
    remembering = Remembering(explain)
    found = [remembering(entry, entry.report) for entry in (one, other, one)]
    assert asked == ["urgences", "sejours"]
    mine, theirs, again = (told or () for told in found)
    assert mine is again
    assert [p.message for p in mine] == [p.message for p in explain(one, one.report)]
    assert all(a is b for a, b in zip(mine, theirs, strict=True))
    asked.clear()
    for changed in (replace(one, digest="0"), replace(one, report=records.clear())):
        remembering(changed, changed.report)
    assert asked == ["urgences", "urgences"]
