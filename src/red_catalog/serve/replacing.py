"""What a description that is handed in takes the place of, and what no longer stands in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from red_catalog.ehds.terms import own_term
from red_catalog.harvesters.spreadsheet.columns import LANGUAGES, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, DISTRIBUTIONS, VARIABLES
from red_catalog.model import Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.rdf.terms import is_literal, literal, make_iri
from red_catalog.rdf.trusted import parse_turtle
from red_catalog.register.ingest import Standing

_FORMS: Final = (term("dcat:distribution"), term("adms:sample"), term("healthdcatap:analytics"))
_VARIABLE: Final = term("csvw:Column")
_Key = tuple[str, str]  # a sheet, and the property


class Replaced(NamedTuple):
    """What stands there already. `lost`: what it says and the new description does not."""

    title: str
    name: str | None
    iri: str
    day: date
    digest: str
    lost: tuple[str, ...]


def compare(standing: Standing, turtle: str, iri: str, code: str) -> Replaced:
    """What stands there, beside what is handed in now (a dataset's IRI), in a language."""
    before, now = _read(standing.content.decode()), _read(turtle)
    had, has = _count(before, standing.iri), _count(now, iri)
    lost = [
        f"{_label(key, code)} ({number} → {has[key]})" if has[key] else _label(key, code)
        for key, number in had.items()
        if has[key] < number
    ]
    title = _title(before, standing.iri, code) or standing.iri
    day = standing.received.date()
    return Replaced(title, standing.name, standing.iri, day, standing.digest, tuple(lost))


def _read(turtle: str) -> Sequence[Triple]:
    """The statements; none where what a program sent was mended when it was read."""
    try:
        return parse_turtle(turtle)
    except SyntaxError:
        return ()


def _count(statements: Sequence[Triple], iri: str) -> Counter[_Key]:
    """How many values each property has, of the dataset, its forms, and those it names."""
    dataset = make_iri(iri)
    forms = {o for s, p, o in statements if s == dataset and p in _FORMS}
    counted: Counter[_Key] = Counter()
    for s, p, o in statements:
        if p == RDF_TYPE:
            if o == _VARIABLE:
                counted[VARIABLES.key, ""] += 1
            continue
        sheet = DATASETS if s == dataset else DISTRIBUTIONS if s in forms else CONTACTS
        key = sheet.key, own_term(p)
        if sheet is not CONTACTS or key in _headings():
            counted[key] += 1
    return counted


def _title(statements: Sequence[Triple], iri: str, code: str) -> str:
    dataset, said = make_iri(iri), term("dct:title")
    found = [literal(o) for s, p, o in statements if s == dataset and p == said and is_literal(o)]
    return min(found, key=lambda one: one[1] != code, default=("",))[0]


def _label(key: _Key, code: str) -> str:
    """What the form calls a property, else its prefixed name."""
    if headings := _headings().get(key):
        return headings[code]
    said = key[1][1:-1]
    spaces = ((name, space) for name, space in PREFIXES.items() if said.startswith(space))
    name, space = next(spaces, ("", ""))
    return f"{name}:{said.removeprefix(space)}" if name else said


@cache
def _headings() -> Mapping[_Key, Text]:
    """The headings of each property, those of other sheets than the dataset's with its name."""
    found: dict[_Key, Text] = {(VARIABLES.key, ""): _names(VARIABLES)}
    for sheet in (DATASETS, DISTRIBUTIONS, CONTACTS):
        names = _names(sheet)
        for column in sheet.columns:
            own = {code: column.heading(code) for code in LANGUAGES}
            if sheet is not DATASETS:
                own = {code: f"{names[code]} – {own[code]}" for code in LANGUAGES}
            if column.property and column.kind != "assessed":
                found.setdefault((sheet.key, term(column.property)), own)
    return found


def _names(sheet: Sheet) -> Text:
    return {code: sheet.name(code) for code in LANGUAGES}
