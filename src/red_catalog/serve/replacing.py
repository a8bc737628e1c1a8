"""What a description that is handed in takes the place of, and what no longer stands in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from red_catalog.ehds.terms import own_term
from red_catalog.harvesters.spreadsheet.columns import LANGUAGES, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.mistakes import CARD
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, DISTRIBUTIONS, VARIABLES
from red_catalog.model import Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.rdf.terms import is_literal, literal, make_iri
from red_catalog.rdf.trusted import parse_turtle
from red_catalog.register.ingest import Standing

_FORMS: Final = (term("dcat:distribution"), term("adms:sample"), term("healthdcatap:analytics"))
_AGENTS: Final = (
    "cv:ContactPoint", "foaf:Agent", "foaf:Organization", "foaf:Person", "vcard:Group",
    "vcard:Individual", "vcard:Kind", "vcard:Organization",
)  # fmt: skip
_KINDS: Final = {term("csvw:Column"): VARIABLES} | {term(one): CONTACTS for one in _AGENTS}
_CARD: Final = {
    term(one): term(said) for said, same in CARD.items() for one in same if "vcard:" in one
}
# What the dates of a period and of a label are said by, of that and not of the dataset.
_DATES: Final = {"start": "dcat:startDate", "end": "dcat:endDate", "assessed": "dct:issued"}
_Key = tuple[str, str]  # a sheet, and the property, behind the one that leads to a date


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
    return Replaced(
        title, standing.name, standing.iri, day, standing.digest, tuple(dict.fromkeys(lost))
    )


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
    kinds = {s: _KINDS[o] for s, p, o in statements if p == RDF_TYPE and o in _KINDS}
    leading = {o: p for s, p, o in statements if s == dataset and not is_literal(o)}
    counted: Counter[_Key] = Counter()
    for s, p, _ in statements:
        if p == RDF_TYPE:
            continue
        if s == dataset or s in forms:
            counted[(DATASETS if s == dataset else DISTRIBUTIONS).key, own_term(p)] += 1
            continue
        dated = DATASETS.key, f"{leading.get(s)} {p}"
        key = (kinds[s].key, _CARD.get(p, own_term(p))) if s in kinds else dated
        if key in _headings():
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
    found: dict[_Key, Text] = {}
    for sheet in (DATASETS, DISTRIBUTIONS, VARIABLES, CONTACTS):
        names = _names(sheet)
        for column in sheet.columns:
            own = {code: column.heading(code) for code in LANGUAGES}
            if sheet is not DATASETS:
                own = {code: f"{names[code]} – {own[code]}" for code in LANGUAGES}
            if date := _DATES.get(column.kind):
                leads = DATASETS.column("quality") if column.kind == "assessed" else column
                found[sheet.key, f"{term(leads.property)} {term(date)}"] = own
            if column.property and column.kind != "assessed":
                found.setdefault((sheet.key, term(column.property)), own)
    return found


def _names(sheet: Sheet) -> Text:
    return {code: sheet.name(code) for code in LANGUAGES}
