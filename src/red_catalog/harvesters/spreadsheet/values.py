"""From what people write in a cell to terms; what cannot be one is told."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from red_catalog.harvesters.dates import date_literal
from red_catalog.harvesters.description import web_identifier
from red_catalog.harvesters.spreadsheet.choices import names_of, plain, understand
from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.harvesters.spreadsheet.doubts import doubt, is_shortened
from red_catalog.harvesters.spreadsheet.emptiness import is_blank, is_error
from red_catalog.harvesters.spreadsheet.grids import SILENT, Value
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.harvesters.spreadsheet.tidying import tidy
from red_catalog.model import Text, names_server
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import make_iri, make_literal

Convert = Callable[[Statements, Column, str, Value], list[str]]
"""The terms of one value of a column."""

_XSD: Final = PREFIXES["xsd"]
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
# The blanks around are stripped behind: sought here, a run of them takes the square of its length.
_APART: Final = re.compile(r"[;\n|]")
_LINKS_APART: Final = re.compile(r";\s|\n|\||[;,](?=\s*(?:https?://|www\.))", re.IGNORECASE)
_URL: Final = re.compile(
    r"https?://(?:[^\s/?#@:.\"<>\\^`{|}]+\.)*[^\s/?#@:.\"<>\\^`{|}]+\.?(?::\d*)?"
    r"(?:[/?#][^\s\"<>\\^`{|}]*)?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"(?>www\.[^\s.]|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|eu|net|example)\b)[^\s]*+"
)
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_DURATION: Final = re.compile(
    r"P(?=.)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}D)?(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?"
)
_SLASHED: Final = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", re.ASCII)
_BETWEEN_DIGITS: Final = re.compile(r"[\s\u00a0\u202f().\-\u2010-\u2013]+")
_PAIRS: Final = re.compile(r"\d\d(?:/\d\d){4}", re.ASCII)
_TRUNK: Final = re.compile(r"\(\s*0\s*\)")
_NUMBER: Final = re.compile(r"\+?[0-9]{2,15}")
PICK: Final = {
    "fr": "Choisissez une valeur de la liste déroulante de la colonne.",
    "en": "Choose a value from the drop-down list of the column.",
}
# A file of CSV has no drop-down lists.
_LOOK_UP: Final = {
    "fr": f"Prenez une valeur de la feuille « {SILENT['lists'][0]} » du modèle.",
    "en": f"Take a value of the sheet “{SILENT['lists'][1]}” of the template.",
}
SEPARATE: Final = {
    "fr": "Séparez les valeurs par « ; ».", "en": "Separate the values by “;”.",
}  # fmt: skip
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def convert(told: Statements, column: Column, value: Value) -> list[str]:
    """The terms of everything that a cell says."""
    terms: list[str] = []
    parts = list(split(told, column, value))
    for one in parts:
        doubt(told, column, one, value, lone=len(parts) == 1)
        terms += CONVERTERS[column.kind](told, column, one, value)
    return terms


def split(told: Statements, column: Column, value: Value) -> Iterator[str]:
    """The values in a cell: one, unless its column may hold several."""
    # Word processors break lines with a vertical tab.
    written = value.cell.text.replace("\v", "\n")
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", written).strip()
    if _CONTROL.search(written):
        told.tell("cell-control", value.place, value=text)
    if is_error(value.cell):
        told.tell("cell-error", value.place, value=text)
        return
    coded = bool(column.lists) and bool(understand(column.lists, text))
    if is_blank(text) and not coded:
        told.tell("cell-blank", value.place, value=text)
        return
    if text.startswith("=") and value.cell.kind == "text":
        told.tell("cell-formula", value.place, value=text)
    if column.kind in {"statement"} or (column.kind == "text" and not column.many):
        yield text
        return
    apart = _LINKS_APART if column.kind in {"link", "certificate", "iri"} else _APART
    parts = [text] if coded else list(filter(None, map(str.strip, apart.split(text))))
    if len(parts) > 1 and not column.many:
        told.tell("cell-several", value.place, value=text)
        parts = parts[:1]
    yield from (tidy(column.kind, part) for part in parts)


def _text(_told: Statements, _column: Column, text: str, value: Value) -> list[str]:
    return [make_literal(text, value.language)]


def _plain(_told: Statements, _column: Column, text: str, _value: Value) -> list[str]:
    return [make_literal(text)]


def _code(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = understand(column.lists, text)
    if found is None and column.key == "legislation" and _is_url(text):
        found = text
    if found is None:
        _tell_code(told, column, text, value)
        return []
    if column.node:
        told.node(column.node, found)
    return [make_iri(found)]


def _tell_code(told: Statements, column: Column, text: str, value: Value) -> None:
    pick = PICK if value.place.sheet else _LOOK_UP
    hints = _hint(told, column, text, pick)
    told.tell("cell-code", value.place, value=text, hint_fr=hints["fr"], hint_en=hints["en"])


def _hint(told: Statements, column: Column, text: str, otherwise: Text) -> Text:
    """What to do about a text that is no code: how values are separated, or which was meant."""
    parts = [part for part in map(str.strip, text.split(",")) if part]
    listed = column.many and len(parts) > 1
    if listed and all(understand(column.lists, part) for part in parts):
        return SEPARATE
    known = names_of(column.lists)
    if near := told.hint_code(plain(text), known):
        fr, en = known[near]
        return {"fr": f"Vouliez-vous dire « {fr} » ?", "en": f"Did you mean “{en}”?"}
    if listed:
        return {lang: f"{SEPARATE[lang]} {otherwise[lang]}" for lang in ("fr", "en")}
    return otherwise


def _choice(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    """A code of one of our own lists, as a plain literal."""
    found = understand(column.lists, text)
    if found is None:
        _tell_code(told, column, text, value)
        return []
    return [make_literal(found)]


def _boolean(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = understand(column.lists, text)
    if found is None:
        _tell_code(told, column, text, value)
        return []
    return [make_literal(found, datatype=f"{_XSD}boolean")]


def _whole(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    digits = _SPACES.sub("", text)
    if digits.isascii() and digits.isdecimal() and len(digits) < 19:
        return [make_literal(str(int(digits)), datatype=f"{_XSD}nonNegativeInteger")]
    negative = re.fullmatch(r"[-−]\d+", digits)
    code = "cell-dated" if value.cell.kind in {"date", "moment", "time"} else "cell-whole"
    fr, en = column.counted
    told.tell(
        "cell-negative" if negative else code, value.place,
        value=text, counted_fr=fr, counted_en=en,
    )  # fmt: skip
    return []


def _date(told: Statements, _column: Column, text: str, value: Value) -> list[str]:
    written = text
    if match := _SLASHED.fullmatch(text):
        day, month, year = match.groups()
        written = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if value.cell.kind == "number" and not re.fullmatch(r"(?:1[89]|20)\d\d", text):
        told.tell("cell-date-number", value.place, value=text)
        return []
    if found := date_literal(written):
        return [found]
    told.tell("cell-date", value.place, value=text)
    return []


def _duration(told: Statements, _column: Column, text: str, value: Value) -> list[str]:
    if _DURATION.fullmatch(text):
        return [make_literal(text, datatype=f"{_XSD}duration")]
    told.tell("cell-duration", value.place, value=text)
    return []


def _is_url(text: str) -> bool:
    return _URL.fullmatch(text) is not None and names_server(text)


def read_link(told: Statements, text: str, value: Value) -> str | None:
    """The web address that a text is, told where it is none."""
    if _is_url(text):
        return text
    if (doi := web_identifier(text)) and text.lower().startswith(("doi:", "10.")):
        return doi
    bare = _BARE.fullmatch(text) is not None
    told.tell("cell-link-bare" if bare else "cell-link", value.place, value=text)
    return None


def _link(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = read_link(told, text, value)
    if found is None:
        return []
    return [told.node(column.node, found) if column.node else make_iri(found)]


def _certificate(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = read_link(told, text, value)
    if found is None:
        return []
    made = told.node(column.node)
    told.say(made, "oa:hasBody", [make_iri(found)])
    return [made]


def _media(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    name = text.lower().removeprefix(_MEDIA)
    if _MEDIA_TYPE.fullmatch(name):
        return [told.node(column.node, _MEDIA + name)]
    told.tell("cell-media", value.place, value=text)
    return []


def _email(told: Statements, _column: Column, text: str, value: Value) -> list[str]:
    mail = text.removeprefix("mailto:")
    if _EMAIL.fullmatch(mail):
        return [make_literal(mail)]
    told.tell("cell-email", value.place, value=text)
    return []


def telephone(text: str) -> str | None:
    """The number that a text is, as `tel:` addresses have it; None where it is none."""
    written = _TRUNK.sub("", text.lower().removeprefix("tel:"))
    # A slash elsewhere stands between two numbers.
    written = written.replace("/", "") if _PAIRS.fullmatch(written) else written
    digits = _BETWEEN_DIGITS.sub("", written)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    digits = f"+33{digits[4:]}" if digits.startswith("+330") else digits
    return digits if _NUMBER.fullmatch(digits) else None


def _phone(told: Statements, _column: Column, text: str, value: Value) -> list[str]:
    lost = value.cell.kind == "number" and re.fullmatch(r"[1-9]\d{8}", text) is not None
    number = telephone(text)
    if number and not lost:
        if is_shortened(number):
            told.tell("cell-phone-short", value.place, value=text)
        return [make_literal(text)]
    told.tell("cell-phone-number" if lost else "cell-phone", value.place, value=text)
    return []


def _statement(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    made = told.node(column.node)
    told.say(made, "rdfs:label", [make_literal(text, value.language)])
    return [made]


def _activity(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = understand(column.lists, text)
    if found is None:
        _tell_code(told, column, text, value)
        return []
    made = told.node(column.node)
    told.say(made, "dct:type", [make_iri(found)])
    return [made]


def _place(told: Statements, column: Column, text: str, value: Value) -> list[str]:
    found = understand(column.lists, text)
    if found:
        return [make_iri(found)]
    hints = _hint(told, column, text, {"fr": column.explain("fr"), "en": column.explain("en")})
    told.tell("cell-place", value.place, value=text, hint_fr=hints["fr"], hint_en=hints["en"])
    if _is_url(text):
        return [make_iri(text)]
    made = told.node("dct:Location")
    told.say(made, "skos:prefLabel", [make_literal(text, value.language)])
    return [made]


CONVERTERS: Final[dict[str, Convert]] = {
    "activity": _activity, "boolean": _boolean, "certificate": _certificate, "code": _code,
    "assessed": _date,
    "datatype": _choice, "date": _date, "duration": _duration, "email": _email, "end": _date,
    "iri": _plain, "link": _link, "media": _media, "phone": _phone, "place": _place,
    "plain": _plain,
    "role": _choice, "start": _date, "statement": _statement, "text": _text, "whole": _whole,
    "contact": _plain, "agent": _plain, "dataset": _plain,
}  # fmt: skip
