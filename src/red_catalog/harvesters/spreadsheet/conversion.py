"""A workbook, or the CSV files of one declaration, as one document of RDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.harvesters.spreadsheet.grids import Grid, recognise
from red_catalog.harvesters.spreadsheet.mapping import map_grids
from red_catalog.harvesters.spreadsheet.mistakes import ABSENCES, Place, refuse, tell_note
from red_catalog.http import printable
from red_catalog.model import Absence, Defect, Document, Quarantined, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.terms import make_iri
from red_catalog.workbook import Note, Table, read_tables

_OF_FILES: Final = frozenset({"macros", "external-links", "csv-charset"})
# What no two rows may share.
_KEYS: Final = {
    "datasets": ("identifier", "iri"), "contacts": ("key",), "variables": ("name",),
}  # fmt: skip
NTRIPLES: Final = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of it: a document with its mistakes, or why there is none.

    `held`: rows that gave no dataset, where they are; `absences`: mandatory values that are
    missing, which whoever checks the document finds as well; `lacking`: where those of the parts
    are; `rows`: the row of each dataset.
    """

    document: Document | Unreadable
    held: tuple[Quarantined, ...] = ()
    absences: tuple[Defect, ...] = ()
    rows: Mapping[str, int] | None = None
    lacking: tuple[Absence, ...] = ()

    def unreadable(self) -> list[Unreadable]:
        """The rows that gave no dataset, each as a document that gave nothing."""
        private = self.document.private
        return [Unreadable(one.document, one.problem, private=private) for one in self.held]


def convert_documents(
    documents: Sequence[Document], source: Source, limits: Limits, language: str = "fr"
) -> Conversion:
    """The descriptions in one workbook, or in the files of CSV that belong together."""
    grids: list[Grid] = []
    odd: list[Defect] = []
    for document in documents:
        tables = read_tables(document, limits)
        if isinstance(tables, Note):
            return Conversion(refuse(document.location, tables))
        for table in tables:
            known = recognise(table, document.location, language)
            if isinstance(known, Grid):
                grids.append(known)
            else:
                odd += known
            odd += _tell_notes(table, document.location, known)
    where = ", ".join(document.location for document in documents)
    return _convert(grids, odd, source, where)


def convert_tables(
    tables: Sequence[Table], source: Source, where: str, language: str = "fr", texts: str = ""
) -> Conversion:
    """The descriptions in tables that lie in no file, those of a form for instance.

    `texts`: the language of what stands in them, where it is not that of their headings.
    """
    found = [recognise(table, where, language, texts) for table in tables]
    grids = [one for one in found if isinstance(one, Grid)]
    odd = [defect for one in found if not isinstance(one, Grid) for defect in one]
    return _convert(grids, odd, source, where)


def _convert(grids: list[Grid], odd: list[Defect], source: Source, where: str) -> Conversion:
    if not any(grid.sheet.key == "datasets" for grid in grids):
        return Conversion(refuse(where, Note("no-datasets")))
    return _finish(grids, odd, source, where)


def _tell_notes(table: Table, location: str, known: Grid | list[Defect]) -> list[Defect]:
    """What reading noted: on the whole file, and on the sheets that are of use."""
    place = Place(location, table.name)
    told = []
    for note in table.notes:
        if note.code in _OF_FILES:
            told.append(tell_note(note, place._replace(sheet=None)))
        elif isinstance(known, Grid) and known.tells(note):
            heading = known.headings.get(note.column or 0)
            merged = note.code == "merged" and _is_key(known, note.column or 0)
            named = note._replace(code="merged-key") if merged else note
            told.append(tell_note(named, place._replace(heading=heading)))
    return told


def _is_key(grid: Grid, number: int) -> bool:
    column, _ = grid.columns.get(number, (None, None))
    return column is not None and column.key in _KEYS.get(grid.sheet.key, ())


def _finish(grids: list[Grid], odd: list[Defect], source: Source, where: str) -> Conversion:
    mapped = map_grids(grids, source)
    if not mapped.datasets and not mapped.held:
        return Conversion(refuse(where, Note("no-rows")))
    told = list(dict.fromkeys(_Told(defect) for defect in [*odd, *mapped.told.mistakes]))
    mistakes = [one.defect for one in told]
    document = Document(
        printable(where), mapped.told.content(), NTRIPLES, None,
        tuple(d for d in mistakes if d.code not in ABSENCES), private=mapped.private,
    )  # fmt: skip
    return Conversion(
        document,
        tuple(Quarantined("", defect, printable(place.file)) for place, defect in mapped.held),
        tuple(d for d in mistakes if d.code in ABSENCES),
        {make_iri(d.iri): d.line.place.line or 0 for d in mapped.datasets},
        mapped.told.lacking.absences(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A defect that is told once."""

    defect: Defect

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self.defect == other.defect

    def __hash__(self) -> int:
        return hash((self.defect.code, self.defect.message["en"]))
