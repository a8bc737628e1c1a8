"""A form that was filled in, read by what reads spreadsheets; mistakes know their field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import understand
from red_catalog.harvesters.spreadsheet.columns import Sheet
from red_catalog.harvesters.spreadsheet.conversion import convert_tables
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.fields import (
    CONTACT_KEYS,
    DISTRIBUTION_ROWS,
    IMPLIED,
    TEXTS,
    VARIABLE_ROWS,
    known,
    name_of,
    tongues,
)
from red_catalog.harvesters.spreadsheet.form_sentences import IN_FORM, fit
from red_catalog.harvesters.spreadsheet.grids import Value
from red_catalog.harvesters.spreadsheet.mistakes import ABSENCES, CONTRADICTIONS, Place
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, DISTRIBUTIONS, VARIABLES
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.harvesters.spreadsheet.template import layout
from red_catalog.harvesters.spreadsheet.values import split
from red_catalog.model import Defect, Document, Source, Text
from red_catalog.namespaces import term
from red_catalog.workbook import Cell, Row, Table, visible

Values = Mapping[str, Sequence[str]]
"""What was sent, by the name of the field."""

_ROWS: Final = ((DATASETS, 1), (DISTRIBUTIONS, DISTRIBUTION_ROWS), (VARIABLES, VARIABLE_ROWS),
                (CONTACTS, len(CONTACT_KEYS)))  # fmt: skip
# Rows have numbers of their own in the whole form, so that a mistake leads to its field.
_APART: Final = 1000
_NAMELESS: Final = "jeu"
_UNNAMED: Final[tuple[Text, Text]] = (
    {"fr": "Ce nom est obligatoire.", "en": "This name is mandatory."},
    {"fr": "Dites qui c’est, et comment le joindre.", "en": "Say who it is, and how to reach it."},
)
_NAMELESS_CONTACT: Final[tuple[Text, Text]] = (
    {"fr": "Le nom manque : sans lui, le reste n'est pas repris.",
     "en": "The name is missing: without it, the rest is not taken over."},
    {"fr": "Donnez-le, ou videz les autres champs.",
     "en": "Give it, or empty the other fields."},
)  # fmt: skip
_NONE_PUBLIC: Final = "sheet-cell-none-public"
_MISSING: Final = "sheet-cell-missing"
_NO_DISTRIBUTION: Final = frozenset({"sheet-no-distribution", "sheet-samples-alone"})
_PREFIX: Final = re.compile(r"^[^:]*?\s?: ")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a field, None for the whole form, and how to mend it.

    `path`: the properties that have no value because of it, of the dataset itself or of a `part`;
    `absent`: nothing was written; `read`: it was read, and contradicts another value.
    """

    field: str | None
    message: Text
    fix: Text
    path: str | None = None
    part: bool = False
    absent: bool = False
    read: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a form: N-Triples, None where they say nothing, and its mistakes."""

    content: bytes | None
    mistakes: tuple[Mistake, ...]


def read_form(values: Values, namespaces: tuple[str, ...], language: str) -> Filled:
    """The description in a form, whose dataset gets its address in the first namespace."""
    source = Source("form", "form", "spreadsheet", "", namespaces=namespaces)
    values = {name: [visible(text) for text in texts] for name, texts in values.items()}
    places: dict[tuple[int, int], str] = {}
    tables = [
        _table(number, sheet, rows, values, language, places)
        for number, (sheet, rows) in enumerate(_ROWS)
    ]
    given = [t for t in tables if len(t.rows) > 1]
    texts = next((one for one in values.get(TEXTS, ()) if one in tongues(language)), "")
    found = convert_tables(given, source, "formulaire", language, texts)
    if not isinstance(found.document, Document):
        return Filled(None, (_tell(found.document.problem, places),))
    defects = [one.problem for one in found.held]
    # A form has one dataset: where that has no title, nothing else went astray.
    defects += [d for d in found.document.defects if d.code != "sheet-row-astray"]
    # Of what is missing and told of already it is not said again that it is mandatory.
    told = {(d.line, d.column) for d in defects}
    defects += [d for d in found.absences if d.code != _MISSING or (d.line, d.column) not in told]
    content = found.document.content if found.rows else None
    mistakes = [_tell(one, places) for one in defects]
    fields = {one.field for one in mistakes}
    mistakes += [one for one in _nameless(values) if one.field not in fields]
    return Filled(content, tuple(mistakes))


def own_name(values: Values) -> str | None:
    """The holder's own name for the dataset, as it is read: None where nothing is said."""
    column = DATASETS.column("identifier")
    written = _join(visible(text) for text in values.get("datasets.0.identifier", ()))
    cell = Value(Cell("text", written), Place("form"), "")
    return next(split(Statements(), column, cell), None) if written else None


def _join(texts: Iterable[str]) -> str:
    """What a field holds, as the cell of a spreadsheet would."""
    return "; ".join(text.strip() for text in texts if text.strip())


def _nameless(values: Values) -> list[Mistake]:
    """The contacts of which something is given and no name, so that nothing can refer to them."""
    given = {name for name, texts in values.items() if any(text.strip() for text in texts)}
    reached = [c for c in CONTACTS.columns if c.key not in {"key", "name", "private"}]
    found = []
    for row in range(len(CONTACT_KEYS)):
        name = name_of(CONTACTS, row, CONTACTS.column("name"), other=False)
        rest = {name_of(CONTACTS, row, c, other=False) for c in reached}
        if name not in given and rest & given:
            found.append(Mistake(name, *_NAMELESS_CONTACT))
    return found


def _table(
    number: int,
    sheet: Sheet,
    rows: int,
    values: Values,
    language: str,
    places: dict[tuple[int, int], str],
) -> Table:
    columns = layout(sheet)
    heads = {
        at: Cell("text", c.other_heading(language) if other else c.heading(language))
        for at, (c, other) in enumerate(columns, 1)
    }
    first = number * _APART + 2
    written = [Row(first - 1, first - 1, heads)]
    for row in range(rows):
        cells: dict[int, Cell] = {}
        for at, (column, other) in enumerate(columns, 1):
            name = name_of(sheet, row, column, other=other)
            places[first + row, at] = name
            text = _join(values.get(name, ()))
            if text:
                cells[at] = Cell("text", text)
        if cells or sheet is DATASETS:
            written.append(Row(first + row, first + row, cells | _implied(sheet, row, values)))
    return Table(sheet.name(language), tuple(written))


def _implied(sheet: Sheet, row: int, values: Values) -> dict[int, Cell]:
    """What the form knows without asking: which row belongs to which."""
    at = {c.key: n for n, (c, other) in enumerate(layout(sheet), 1) if not other}
    if sheet is CONTACTS:
        return {at["key"]: Cell("text", CONTACT_KEYS[row])}
    if sheet is not DATASETS:
        own = [v for v in values.get("datasets.0.identifier", ()) if v.strip()]
        own = own or [v for v in values.get("datasets.0.title", ()) if v.strip()]
        return {at["dataset"]: Cell("text", own[0].strip() if own else _NAMELESS)}
    named = {
        key for n, key in enumerate(CONTACT_KEYS)
        if any(v.strip() for v in values.get(f"contacts.{n}.name", ()))
    }  # fmt: skip
    told = {}
    for column, keys in IMPLIED.items():
        given = [key for key in keys.split(" ; ") if key in named]
        # Beside a contact that is not to be published the organisation is one that is.
        if given:
            many = len(given) if _is_private(given[0], values) else 1
            told[at[column]] = Cell("text", " ; ".join(given[:many]))
    return told


def _is_private(key: str, values: Values) -> bool:
    """Whether a contact may be one not to be published."""
    column = CONTACTS.column("private")
    name = name_of(CONTACTS, CONTACT_KEYS.index(key), column, other=False)
    written = [text for text in values.get(name, ()) if text.strip()]
    return any(understand(column.lists, text) != "false" for text in written)


def _tell(defect: Defect, places: Mapping[tuple[int, int], str]) -> Mistake:
    field = places.get((defect.line or 0, defect.column or 0))
    column = (field or "").removeprefix("datasets.0.")
    if column in IMPLIED:
        row = CONTACT_KEYS.index(IMPLIED[column].split(" ; ")[0])
        private = defect.code == _NONE_PUBLIC
        field = name_of(
            CONTACTS, row, CONTACTS.column("private" if private else "name"), other=False
        )
        if not private:
            return Mistake(field, *_UNNAMED, defect.path, absent=True)
    message, fix = _words(defect, field)
    if defect.code in _NO_DISTRIBUTION:
        first = name_of(DISTRIBUTIONS, 0, DISTRIBUTIONS.column("access_url"), other=False)
        field = field or first
        return Mistake(field, message, fix, term("dcat:distribution"), absent=True)
    part, absent = not (field or "").startswith("datasets."), defect.code in ABSENCES
    read = defect.code in CONTRADICTIONS
    return Mistake(field, message, fix, defect.path, part, absent, read)


def _words(defect: Defect, field: str | None) -> tuple[Text, Text]:
    """What is wrong and what to do, without what says nothing to whoever fills in a form."""
    if own := IN_FORM.get(defect.code):
        return {"fr": own[0], "en": own[1]}, {"fr": own[2], "en": own[3]}
    texts = defect.message.items()
    asked = known().get(field or "")
    optional = asked is not None and "M" not in asked.column.needs
    # Where it is in a sheet.
    return {code: _capital(_PREFIX.sub("", text, 1)) for code, text in texts}, fit(
        defect.fix, optional=optional
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
