"""The statements made of one dataset, and what could not be mapped."""

import re
from collections.abc import Iterable
from typing import Final

from red_catalog.harvesters.mapping.lines import Lines
from red_catalog.harvesters.mapping.problems import defect
from red_catalog.http import printable
from red_catalog.model import Defect, Document
from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri, make_literal

NTRIPLES: Final = "application/n-triples"
_AT_SOURCE: Final = ("Corrigez cette valeur à la source.", "Correct this value at the source.")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Sheet(Lines):
    """A description under way: `say` adds to it, `refuse` notes what it cannot hold."""

    def __init__(self, subject: str, language: str = "") -> None:
        super().__init__()
        self.subject: Final = subject
        self.root: Final = make_iri(subject)
        self.language: Final = language
        self._notes: list[Defect] = []
        self._noted: set[tuple[str, str]] = set()

    def text(self, value: str, language: str = "") -> list[str]:
        """The literal of a text, none where nothing is written. `fr_FR` is taken as `fr-FR`."""
        clean = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value).strip()
        tag = (language or self.language).replace("_", "-")
        return [make_literal(clean, tag or None)] if clean else []

    def refuse(
        self, field: str, value: object, kind: tuple[str, str], fix: tuple[str, str] = _AT_SOURCE
    ) -> None:
        """Notes a value that is not of this kind, and how to correct it, in French and English."""
        shown = printable(str(value)[:400])[:80]
        facts = {"kind_fr": kind[0], "kind_en": kind[1], "fix_fr": fix[0], "fix_en": fix[1]}
        self.note("value-unmapped", field=field, value=shown, **facts)

    def note(self, code: str, **facts: object) -> None:
        """Notes a defect of this dataset, once."""
        told = defect(code, self.subject, **facts)
        if (code, told.message["en"]) not in self._noted:
            self._noted.add((code, told.message["en"]))
            self._notes.append(told)

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What could not be mapped, in the order it was met."""
        return tuple(self._notes)

    def has(self, name: str) -> bool:
        """Whether the dataset has this property already."""
        return bool(self.values(name))

    def values(self, name: str) -> list[str]:
        """What the dataset has under this property."""
        return [o for s, p, o in self._lines if s == self.root and p == term(name)]

    def document(self, location: str) -> Document:
        """The description as a document of N-Triples."""
        return Document(printable(location), self.content(), NTRIPLES, None, self.defects)


def notice(location: str, defects: Iterable[Defect]) -> Document:
    """A document that describes nothing and only brings defects to the report."""
    return Document(printable(location), b"# -\n", NTRIPLES, None, tuple(defects))
