"""The variables of a dataset in pages that stay light, and all of them as CSV."""

from collections.abc import Iterator, Sequence
from typing import Final

from red_catalog.publish.lists.listings import Part, split
from red_catalog.publish.record.columns import Table, Variable
from red_catalog.publish.record.graph import Span, Thing, Value, Words
from red_catalog.publish.web.tables import write_csv
from red_catalog.publish.web.texts import choose, clean

PAGE: Final = 200
Row = tuple[Table, Variable]


def parts(slug: str, tables: Sequence[Table]) -> list[Part[Row]]:
    """The pages of variables; the first one stands on the dataset's own page."""
    rows = [(table, variable) for table in tables for variable in table.variables]
    return split(f"dataset/{slug}/variables", rows, PAGE)


def grouped(rows: Sequence[Row]) -> list[tuple[Table, list[Variable]]]:
    """The variables by table, in their order."""
    found: list[tuple[Table, list[Variable]]] = []
    for table, variable in rows:
        if not found or found[-1][0] is not table:
            found.append((table, []))
        found[-1][1].append(variable)
    return found


def csv(tables: Sequence[Table]) -> bytes:
    """Every variable, named as csvw and dct name its properties."""
    return write_csv(
        ("table", "name", "title", "datatype", "description", "propertyUrl", "language"),
        _rows(tables),
    )


def _rows(tables: Sequence[Table]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        called = choose(table.names, "fr")
        for one in table.variables:
            cells = (one.name, one.title, one.datatype, one.description, one.definition)
            tongues = _languages((*one.title, *one.description))
            yield clean(called.text) if called else "", *map(_text, cells), tongues


def _text(values: Sequence[Value]) -> str:
    return " | ".join(filter(None, map(_plain, values)))


def _languages(values: Sequence[Value]) -> str:
    """The language of labels and descriptions, or each of their languages."""
    found = [value.language for value in values if isinstance(value, Words)]
    return " | ".join(dict.fromkeys(filter(None, found)))


def _plain(value: Value) -> str:
    if isinstance(value, Words):
        return clean(value.text).strip()
    if isinstance(value, Thing):
        return value.iri or ""
    assert isinstance(value, Span)
    return "/".join(clean(end.text) if end else ".." for end in (value.start, value.end))
