"""What a profile finds in a description, raw and as people are told it."""

from dataclasses import dataclass
from typing import Literal

from red_catalog.model.words import Level, Severity, Text, Triple


@dataclass(frozen=True, slots=True)
class Finding:
    """http://www.w3.org/ns/shacl#ValidationResult, explained.

    `focus`, `path`, `value` and `shape` are N-Triples terms (a path that is not a single
    predicate is written in SPARQL syntax); `component` is a prefixed name, `sh:…`. `repeats`:
    another profile's finding is the same problem, and people are told of it there.
    """

    severity: Severity
    focus: str
    path: str | None
    value: str | None
    component: str
    shape: str | None
    message: Text
    fix: Text | None = None
    line: int | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one profile on one record. `shapes`: digest of the shapes used.

    `note` says why the level was chosen, where the dataset does not say it itself.
    """

    profile: str
    release: str
    shapes: str
    level: Level
    findings: tuple[Finding, ...] = ()
    note: Text | None = None

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that the writer may have meant.

    `likely`: what makes it so: the value names it, the value resembles it, or nothing does,
    and it is one of all that will do.
    """

    iri: str
    label: Text
    likely: Literal["named", "alike", "possible"] = "named"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, however many findings it causes.

    `subjects` are the terms that it touches and `about` what people call them; `path` and
    `name` are the property and what people call it. `kind`: missing, value, many, type or
    other. `turtle` is a fix to paste, of a document in N-Triples in these; its lines `# - …` are
    statements to remove, as `removed` lists them. `rule` is the IRI of the rule and `page` the
    path of its page; `demand`: what it asks of any description.
    """

    severity: Severity
    kind: str
    subjects: tuple[str, ...]
    about: Text
    path: str | None
    name: Text
    message: Text
    fix: Text
    expected: Text
    found: Text | None = None
    suggestions: tuple[Suggestion, ...] = ()
    turtle: Text | None = None
    removed: tuple[Triple, ...] = ()
    rule: str | None = None
    page: str | None = None
    demand: Text | None = None
    line: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether another profile's problem tells of all this."""
        return bool(self.findings) and all(one.repeats for one in self.findings)
