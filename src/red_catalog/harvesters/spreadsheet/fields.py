"""The columns of the spreadsheet as the fields of a form about one dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import OTHER, Column, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS, GROUPS
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, DISTRIBUTIONS, VARIABLES
from red_catalog.model import Text
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.vocabulary import labels
from red_catalog.vocabulary.words import LANGUAGES

TEXTS: Final = "texts"
"""The field that says in which language the texts are, where it is not that of the form."""
DISTRIBUTION_ROWS: Final = 3
VARIABLE_ROWS: Final = 40
# The rows of the sheet of contacts, and what each is for.
CONTACT_KEYS: Final = ("ORGANISATION", "CONTACT", "ORAD")
_CONTACT_NAMES: Final[tuple[Text, ...]] = (
    {"fr": "Votre organisme", "en": "Your organisation"},
    {"fr": "Le service à contacter", "en": "The department to contact"},
    {"fr": "L’organisme d’accès aux données de santé", "en": "The health data access body"},
)
# What is asked of a form of the data before anything else.
_FIRST: Final = frozenset({"title", "description", "access_url"})
_MORE: Final[Text] = {
    "fr": "Plus sur la façon d’obtenir les données",
    "en": "More on how to obtain the data",
}
_AVAILABLE: Final = (
    "Comment le jeu de données est mis à disposition : une forme au moins, "
    f"{DISTRIBUTION_ROWS} au plus ; le classeur en prend davantage.",
    f"How the dataset is made available: one form at least, {DISTRIBUTION_ROWS} at most; the "
    "workbook takes more.",
)
_DESCRIBED: Final = (
    f"Les variables des données structurées, une par ligne, {VARIABLE_ROWS} au plus ; le classeur "
    "en prend davantage.",
    f"The variables of structured data, one per row, {VARIABLE_ROWS} at most; the workbook takes "
    "more.",
)
# Columns that name a row of another sheet: the form knows which.
IMPLIED: Final = {
    "custodian": "ORGANISATION", "publisher": "ORGANISATION", "hdab": "ORAD",
    "contact": "CONTACT ; ORGANISATION",
}  # fmt: skip
_CONTACT_COLUMNS: Final = {
    "ORGANISATION": ("name", "email", "page", "homepage", "type", "note"),
    "CONTACT": ("name", "email", "page", "phone", "private"),
    "ORAD": ("name", "email", "page", "type"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `name` is that of its value. `other`: it takes the translation."""

    name: str
    column: Column
    other: bool = False

    def label(self, language: str) -> str:
        """What the form calls it, in this language."""
        return self.column.other_heading(language) if self.other else self.column.heading(language)


@dataclass(frozen=True, slots=True)
class Part:
    """A group of fields. `open`: it holds what is mandatory; `rows`: a row for each of several."""

    id: str
    name: Text
    about: Text
    fields: tuple[Field, ...]
    open: bool = False
    rows: tuple[tuple[Field, ...], ...] = ()


@cache
def parts() -> tuple[Part, ...]:
    """The whole form, what is mandatory first."""
    groups = [
        Part(
            f"dataset-{key}", _text(names), {"fr": "", "en": ""},
            _fields(DATASETS, 0, [c for c in columns if c.key not in IMPLIED]),
            open=any("M" in c.needs for c in columns),
        )
        for key, names, columns in GROUPS
        if key != "people"
    ]  # fmt: skip
    contacts = [
        Part(
            f"contact-{number}", name,
            _text(CONTACTS.about) if number == 1 else {"fr": "", "en": ""},
            _fields(CONTACTS, number, [CONTACTS.column(c) for c in _CONTACT_COLUMNS[key]]),
            open=True,
        )
        for number, (key, name) in enumerate(zip(CONTACT_KEYS, _CONTACT_NAMES, strict=True))
    ]  # fmt: skip
    own = [c for c in DISTRIBUTIONS.columns if c.key != "dataset"]
    first = [c for c in own if c.key in _FIRST]
    rest = [c for c in own if c.key not in _FIRST]
    about = _text(_AVAILABLE)
    main = Part(
        "distribution-0", _numbered(0), about, _fields(DISTRIBUTIONS, 0, first), open=True
    )  # fmt: skip
    more = [
        Part("distribution-0-more", _MORE, {"fr": "", "en": ""}, _fields(DISTRIBUTIONS, 0, rest)),
        *(
            Part(f"distribution-{n}", _numbered(n), about, _fields(DISTRIBUTIONS, n, own))
            for n in range(1, DISTRIBUTION_ROWS)
        ),
    ]
    asked = [g for g in groups if g.open]
    return (*asked, *contacts, main, _variables(), *(g for g in groups if not g.open), *more)


@cache
def tongues(language: str) -> Mapping[str, str]:
    """The languages that texts may be in, by tag, as the form in a language names them.

    Its own comes first, under no tag; what is in the other one has fields for it.
    """
    named = {tag: labels(f"{EU_AUTHORITY}language/{code}") for tag, code in LANGUAGES.items()}
    names = {tag: name[language] for tag, name in named.items() if name}
    own = {"": names.pop(language)}
    del names[OTHER[language]]
    return own | dict(sorted(names.items(), key=lambda one: plain(one[1])))


@cache
def known() -> Mapping[str, Field]:
    """Every field of the description by name."""
    found = [f for part in parts() for row in (part.fields, *part.rows) for f in row]
    return {field.name: field for field in found}


@cache
def saying(path: str, sheet: Sheet = DATASETS, row: int = 0) -> str | None:
    """The name of the field that says this property (a term) of the dataset, None for none.

    `sheet`, `row`: where a part of it is described, of which the property is said instead.
    """
    # The date of a label is said of the label, not of the dataset.
    own = (c for c in sheet.columns if c.property and c.kind != "assessed")
    column = next((c for c in own if term(c.property) == path), None)
    if column is None:
        return None
    if sheet is not DATASETS:
        return name_of(sheet, row, column, other=False)
    if column.key in IMPLIED:
        row = CONTACT_KEYS.index(IMPLIED[column.key].split(" ; ")[0])
        return name_of(CONTACTS, row, CONTACTS.column("name"), other=False)
    return name_of(DATASETS, 0, column, other=False)


@cache
def parted() -> Mapping[str, Text]:
    """The part and row that a field is in, where its own name does not tell it from others."""
    apart = [part for part in parts() if not part.id.startswith("dataset-")]
    named = {f.name: p.name for p in apart for f in p.fields}
    rows = [(p.name, n, row) for p in apart for n, row in enumerate(p.rows, 1)]
    return named | {
        f.name: {"fr": f"{name['fr']}, ligne {n}", "en": f"{name['en']}, row {n}"}
        for name, n, row in rows
        for f in row
    }


def name_of(sheet: Sheet, row: int, column: Column, *, other: bool) -> str:
    """The name of a field: `datasets.0.title`, `datasets.0.title@` for its translation."""
    return f"{sheet.key}.{row}.{column.key}{'@' if other else ''}"


def _variables() -> Part:
    columns = [c for c in VARIABLES.columns if c.key not in {"dataset", "table"}]
    rows = tuple(
        tuple(f for f in _fields(VARIABLES, n, columns) if not f.other)
        for n in range(VARIABLE_ROWS)
    )
    return Part("variables", _text(VARIABLES.names), _text(_DESCRIBED), (), open=True, rows=rows)


def _fields(sheet: Sheet, row: int, columns: list[Column]) -> tuple[Field, ...]:
    return tuple(
        Field(name_of(sheet, row, column, other=other), column, other)
        for column in columns
        for other in ((False, True) if column.translated else (False,))
    )


def _numbered(number: int) -> Text:
    if number == 0:
        return {"fr": "Comment obtenir les données", "en": "How to obtain the data"}
    fr, en = f"Une autre forme ({number + 1})", f"Another form ({number + 1})"
    return {"fr": fr, "en": en}


def _text(pair: tuple[str, str]) -> Text:
    return {"fr": pair[0], "en": pair[1]}
