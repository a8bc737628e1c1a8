"""What a holder should mend first: what frees most datasets of their last blocking problem."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from red_catalog.model import Entry, Finding, Severity
from red_catalog.publish.lists.kinds import telling
from red_catalog.publish.record import properties
from red_catalog.publish.web import rules
from red_catalog.publish.web.languages import language

_Kind = tuple[Severity, str | None, tuple[tuple[str, str], ...]]
_RANK: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of problem: an example, how many datasets have it and how many it alone blocks.

    What rules say of a property in the same words is one problem. The example has a fix where
    it is that of all.
    `property`: its IRI; `page`: the path of the rule's page; `slugs`: the datasets.
    """

    finding: Finding
    property: str | None
    page: str | None
    datasets: int
    freed: int
    slugs: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {
            "property": self.property,
            "name": self.property
            and {code: properties.name(self.property, code) for code in ("fr", "en")},
            "severity": self.finding.severity.value,
            "message": dict(self.finding.message),
            "fix": self.finding.fix and dict(self.finding.fix),
            "datasets": self.datasets,
            "would_conform": self.freed,
            "ids": list(self.slugs),
        }


def effects(entries: Sequence[Entry]) -> list[Effect]:
    """The kinds of problems of these datasets: what frees most first, then what most have."""
    having: dict[_Kind, list[str]] = defaultdict(list)
    example: dict[_Kind, tuple[Finding, str]] = {}
    freed: Counter[_Kind] = Counter()
    for entry in entries:
        mine: dict[_Kind, Finding] = {}
        for finding in telling(entry.report.findings):
            kind = _kind(finding)
            mine[kind] = _alike(mine.get(kind, finding), finding)
        blocking = [kind for kind in mine if kind[0] is Severity.VIOLATION]
        for kind, finding in mine.items():
            having[kind].append(entry.slug)
            first, profile = example.get(kind, (finding, entry.report.profile))
            example[kind] = _alike(first, finding), profile
        if len(blocking) == 1:
            freed[blocking[0]] += 1
    ordered = sorted(
        having, key=lambda k: (_RANK[k[0]], -freed[k], -len(having[k]), k[1] or "", k[2])
    )
    return [
        Effect(
            example[kind][0],
            kind[1] and properties.of_path(kind[1]),
            rules.page(example[kind][1], example[kind][0].shape),
            len(having[kind]),
            freed[kind],
            tuple(having[kind]),
        )
        for kind in ordered
    ]


def _kind(finding: Finding) -> _Kind:
    return finding.severity, finding.path, tuple(sorted(finding.message.items()))


def _alike(first: Finding, other: Finding) -> Finding:
    """The first, without its fix where that of the other is not the same."""
    return first if first.fix == other.fix else replace(first, fix=None)


def tell(datasets: int, freed: int, code: str) -> str:
    """The effect of mending a kind of problem, in a sentence."""
    spoken = language(code)
    said = spoken.ngettext("%(n)s dataset concerned", "%(n)s datasets concerned", datasets)
    if not freed:
        return said
    more = spoken.ngettext(
        "%(n)s would conform by this alone", "%(n)s would conform by this alone", freed
    )
    return f"{said}{spoken.semicolon} {more}"
