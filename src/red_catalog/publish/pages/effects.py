"""What a holder should mend first: what frees most datasets of their last blocking problem."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from red_catalog.model import Entry, Problem, Severity, Text
from red_catalog.publish.dataset.problems import Explain, deciding
from red_catalog.publish.record import properties
from red_catalog.publish.web.languages import language

_Kind = tuple[Severity, str | None, str, str]
_RANK: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}
# What is said of all where each dataset's page says something else, by kind of problem.
_OF_ALL: Final[dict[str, Text]] = {
    "missing": {"fr": "Il manque « {} ».", "en": "“{}” is missing."},
    "advised": {"fr": "« {} » serait utile.", "en": "“{}” would be useful."},
    "many": {"fr": "« {} » a trop de valeurs.", "en": "“{}” has too many values."},
    "value": {
        "fr": "« {} » : des valeurs ne conviennent pas ; la page de chaque jeu de données dit "
        "lesquelles.",
        "en": "“{}”: some values are not suitable; the page of each dataset says which.",
    },
    "other": {
        "fr": "« {} » ne convient pas ; la page de chaque jeu de données dit pourquoi.",
        "en": "“{}” is not suitable; the page of each dataset says why.",
    },
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of problem: how many datasets have it and how many it alone blocks.

    `message`, `fix`: what pages tell of it where that is the same in all datasets; else a sentence
    on all, and no fix. `property`: its IRI; `slugs`: the datasets.
    """

    severity: Severity
    property: str | None
    name: Text | None
    message: Text
    fix: Text | None
    datasets: int
    freed: int
    slugs: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {
            "property": self.property,
            "name": self.name and dict(self.name),
            "severity": self.severity.value,
            "message": dict(self.message),
            "fix": self.fix and dict(self.fix),
            "datasets": self.datasets,
            "would_conform": self.freed,
            "ids": list(self.slugs),
        }


@dataclass(frozen=True, slots=True)
class _Told:
    """A problem of a kind, with what is said of all of them."""

    problem: Problem
    message: Text
    fix: Text | None

    def join(self, other: "_Told") -> "_Told":
        """What is said of both."""
        same = self.message == other.message
        return replace(
            self,
            message=self.message if same else _of_all(self.problem),
            fix=self.fix if self.fix == other.fix else None,
        )


def effects(entries: Sequence[Entry], explain: Explain) -> list[Effect]:
    """The kinds of problems of these datasets: what frees most first, then what most have.

    `explain`: what gives the problems that the dataset's page tells.
    """
    having: dict[_Kind, list[str]] = defaultdict(list)
    told: dict[_Kind, _Told] = {}
    freed: Counter[_Kind] = Counter()
    for entry in entries:
        mine = _kinds(deciding(entry, explain))
        blocking = [kind for kind in mine if kind[0] is Severity.VIOLATION]
        for kind, one in mine.items():
            having[kind].append(entry.slug)
            told[kind] = told[kind].join(one) if kind in told else one
        if len(blocking) == 1:
            freed[blocking[0]] += 1
    ordered = sorted(
        having, key=lambda k: (_RANK[k[0]], -freed[k], -len(having[k]), k[1] or "", k[2:])
    )
    return [_effect(told[kind], having[kind], freed[kind]) for kind in ordered]


def _kinds(problems: Iterable[Problem]) -> dict[_Kind, _Told]:
    """The kinds of the problems of one dataset."""
    found: dict[_Kind, _Told] = {}
    for problem in problems:
        kind = _kind(problem)
        one = _Told(problem, problem.message, problem.fix)
        found[kind] = found[kind].join(one) if kind in found else one
    return found


def _kind(problem: Problem) -> _Kind:
    said = problem.rule or problem.message["fr"]
    return problem.severity, problem.path, problem.kind, said


def _of_all(problem: Problem) -> Text:
    kind = problem.kind if problem.kind in _OF_ALL else "other"
    if kind == "missing" and problem.severity is not Severity.VIOLATION:
        kind = "advised"
    return {code: text.format(problem.name[code]) for code, text in _OF_ALL[kind].items()}


def _effect(told: _Told, slugs: Sequence[str], freed: int) -> Effect:
    problem = told.problem
    return Effect(
        severity=problem.severity,
        property=problem.path and properties.of_path(problem.path),
        name=problem.name if problem.name["fr"] else None,
        message=told.message,
        fix=told.fix,
        datasets=len(slugs),
        freed=freed,
        slugs=tuple(slugs),
    )


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
