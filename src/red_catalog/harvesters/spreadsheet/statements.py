"""The statements made of a workbook, and what is to be told of it."""

from collections.abc import Iterable

from red_catalog.harvesters.spreadsheet.mistakes import Place, tell
from red_catalog.model import Defect
from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri

CHECKED_CLASSES = frozenset({"eli:LegalResource", "dct:LicenseDocument"})


class Statements:
    """Statements in the order they were made; mistakes of the dataset under way know its IRI."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, str], None] = {}
        self._nodes = 0
        self.subject: str | None = None
        self.mistakes: list[Defect] = []

    def say(self, subject: str, name: str, values: Iterable[str]) -> None:
        """A property, named as `dct:title`, of a term for each of these terms."""
        for value in values:
            self._lines[subject, term(name), value] = None

    def node(self, kind: str, iri: str | None = None) -> str:
        """A new node of this class: an IRI, or blank without one."""
        self._nodes += iri is None
        made = make_iri(iri) if iri else f"_:n{self._nodes}"
        self.say(made, "rdf:type", [term(kind)])
        return made

    def tell(self, code: str, place: Place, **facts: object) -> None:
        """What is wrong at this place."""
        self.mistakes.append(tell(code, place, self.subject, **facts))

    def content(self) -> bytes:
        """All statements, as N-Triples."""
        return "".join(f"{s} {p} {o} .\n" for s, p, o in self._lines).encode() or b"# -\n"
