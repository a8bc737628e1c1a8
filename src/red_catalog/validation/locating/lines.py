"""The lines of subjects and statements, as far as they are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from red_catalog.rdf.terms import is_blank, is_literal
from red_catalog.rdf.terms import literal as parts

Mark = str | tuple[str, str]


class Statement(NamedTuple):
    """One statement as written: terms, or labels of this search for blank nodes."""

    subject: str  # an IRI term, or a label of this search for a blank node
    predicate: str
    value: str
    line: int


@dataclass(slots=True)
class Lines:
    """The lines of a document's subjects and statements, as far as they are known."""

    subjects: dict[str, int] = field(default_factory=dict)
    statements: dict[tuple[str, str], list[Statement]] = field(default_factory=dict)
    # The lines on which any blank node says a thing.
    unnamed: dict[tuple[str, Mark], set[int]] = field(default_factory=dict)

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line of a statement, or the first line of its subject; None where unsure.

        A blank node has no name that the document and the record share: it is known by
        what it says, where only one says it.
        """
        if is_blank(subject):
            return self._find_blank(path, value)
        if path is None or value is None:
            return self.subjects.get(subject)
        said = self.statements.get((subject, path), [])
        if is_blank(value):
            blank = [s.line for s in said if is_blank(s.value)]
            return blank[0] if len(blank) == 1 else None
        found = [s.line for s in said if _mark(s.value) == _mark(value)]
        return found[0] if found else None

    def _find_blank(self, path: str | None, value: str | None) -> int | None:
        if path is None or value is None or is_blank(value):
            return None
        found = self.unnamed.get((path, _mark(value)), set())
        return next(iter(found)) if len(found) == 1 else None


def gather(statements: Iterable[Statement]) -> Lines:
    """The lines of these statements and of their subjects."""
    lines = Lines()
    for statement in statements:
        if is_blank(statement.subject):
            said = statement.predicate, _mark(statement.value)
            lines.unnamed.setdefault(said, set()).add(statement.line)
        else:
            lines.subjects.setdefault(statement.subject, statement.line)
        key = statement.subject, statement.predicate
        lines.statements.setdefault(key, []).append(statement)
    return lines


def _mark(value: str) -> Mark:
    """What is equal where values are the same as written, whatever the datatype."""
    if is_literal(value):
        text, language, _ = parts(value)
        return text, (language or "").lower()
    return value
