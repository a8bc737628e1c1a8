"""What is wrong in a spreadsheet: which sheet, row and column, and how to mend it."""

import re
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from red_catalog.harvesters.spreadsheet.sentences import SENTENCES
from red_catalog.http import printable
from red_catalog.model import UNNAMED, Defect, Text, Unreadable
from red_catalog.namespaces import term
from red_catalog.workbook import Note, column_letters

# What the profile tells better, where descriptions are checked against it.
ABSENCES: Final = frozenset(
    {
        "sheet-cell-missing", "sheet-heading-missing", "sheet-no-distribution",
        "sheet-no-variables", "sheet-samples-alone", "sheet-theme-health",
    }
)  # fmt: skip

# What was read, and is wrong beside another value: our own checks find it again.
CONTRADICTIONS: Final = frozenset({"sheet-period-backwards", "sheet-ages-backwards"})
CARD: Final = {
    "cv:email": ("vcard:hasEmail", "cv:contactPoint"),
    "cv:contactPage": ("vcard:hasURL", "cv:contactPoint"),
    "cv:telephone": ("vcard:hasTelephone",), "foaf:name": ("vcard:fn",),
}  # fmt: skip
"""What says the same of a contact as the property of its column."""


class Place(NamedTuple):
    """A cell, a row or a whole sheet; `sheet` is None in a file of CSV.

    `property`: what a cell says, and with `|` what is wrong because of it; `part`: what its row
    calls itself, None for a dataset's own row; `called`: what the template calls the sheet, in
    French and in English, of a file without a name.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: int | None = None
    heading: str | None = None
    property: str = ""
    part: str | None = None
    called: tuple[str, str] = ("", "")


def tell(code: str, place: Place, subject: str | None = None, /, **facts: object) -> Defect:
    """The defect of this code at a place. Raises KeyError for an unknown code."""
    # Data must not fill the sentence with more than a glance can take; our own words may.
    shown = {n: _show(fact, 120 if n == "value" else 300) for n, fact in facts.items()}
    wrong_fr, wrong_en, mend_fr, mend_en = (s.format(**shown) for s in SENTENCES[code])
    return Defect(
        f"sheet-{code}",
        {"fr": f"{_where_fr(place)} : {wrong_fr}", "en": f"{_where_en(place)}: {wrong_en}"},
        {"fr": mend_fr, "en": mend_en},
        place.line or place.row,
        place.column,
        subject,
        _path(place.property),
        place.part,
    )


def tell_note(note: Note, place: Place) -> Defect:
    """What reading the file has noted, at its place in it."""
    row = note.row
    where = place._replace(row=row, line=row, column=note.column)
    return tell(note.code, where, None, **note.details)


def refuse(location: str, note: Note) -> Unreadable:
    """The file at this location gave nothing, for this reason."""
    shown = {name: _show(fact) for name, fact in note.details.items()}
    fr, en, fix_fr, fix_en = (s.format(row=note.row, **shown) for s in SENTENCES[note.code])
    problem = Defect(
        f"sheet-{note.code}", {"fr": _capital(fr), "en": _capital(en)},
        {"fr": fix_fr, "en": fix_en}, note.row, note.column,
    )  # fmt: skip
    return Unreadable(printable(location), problem)


def where(place: Place) -> Text:
    """The place in words, with a capital."""
    return {"fr": _where_fr(place), "en": _where_en(place)}


def row_of(first: Place, here: Place) -> dict[str, str]:
    """The facts `first_fr` and `first_en`: a row, with its sheet or file where that is another."""
    fr, en = f"{first.row}", f"{first.row}"
    if first.sheet != here.sheet and first.sheet:
        name = _show(first.sheet)
        fr, en = f"{fr} de la feuille « {name} »", f"{en} of sheet “{name}”"
    elif (first.sheet, first.file) != (here.sheet, here.file):
        name = _name(first.file)
        fr, en = f"{fr} du fichier {name}", f"{en} of file {name}"
    return {"first_fr": fr, "first_en": en}


def _path(name: str) -> str | None:
    """The properties that a cell gives: an organisation and a contact point have their own."""
    names = (one for part in name.split("|") for one in (part, *CARD.get(part, ())))
    return "|".join(map(term, names)) if name else None


def _where_fr(place: Place) -> str:
    file = "document envoyé" if place.file == UNNAMED else f"fichier {_name(place.file)}"
    file += f" ({place.called[0]})" if place.called[0] else ""
    parts = [f"feuille « {_show(place.sheet)} »" if place.sheet else file]
    if place.row:
        parts.append(f"ligne {place.row}")
    if place.line and place.line != place.row:
        parts[-1] += f" (ligne {place.line} du fichier)"
    if place.column:
        heading = f" « {_show(place.heading)} »" if place.heading else ""
        parts.append(f"colonne {column_letters(place.column)}{heading}")
    return _capital(", ".join(parts))


def _where_en(place: Place) -> str:
    file = "the document sent" if place.file == UNNAMED else f"file {_name(place.file)}"
    file += f" ({place.called[1]})" if place.called[1] else ""
    parts = [f"sheet “{_show(place.sheet)}”" if place.sheet else file]
    if place.row:
        parts.append(f"row {place.row}")
    if place.line and place.line != place.row:
        parts[-1] += f" (line {place.line} of the file)"
    if place.column:
        heading = f" “{_show(place.heading)}”" if place.heading else ""
        parts.append(f"column {column_letters(place.column)}{heading}")
    return _capital(", ".join(parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _name(file: str) -> str:
    return _show(PurePosixPath(file.partition("?")[0]).name)


def _show(fact: object, longest: int = 120) -> str:
    # Blanks at the ends stay: they join one part of a sentence to the next.
    return printable(re.sub(r"\s+", " ", str(fact)[:longest]))
