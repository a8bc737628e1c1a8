"""One declaration in spreadsheets that is only converted or checked: no source gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from red_catalog.harvesters.spreadsheet.conversion import Conversion, convert_documents
from red_catalog.model import Absence, Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read


def convert_declaration(
    documents: Sequence[Document], limits: Limits, base: str | None = None
) -> Conversion:
    """One declaration as RDF. `base`: what the addresses of its datasets begin with."""
    return convert_documents(documents, _source((base,) if base else ()), limits)


def read_declaration(
    documents: Sequence[Document], limits: Limits
) -> tuple[Reading | Unreadable, Mapping[str, int], Sequence[Absence]]:
    """The datasets of one declaration, rows without one held back, and the row of each.

    Then where mandatory values of their parts are missing.
    """
    converted = convert_declaration(documents, limits)
    if isinstance(converted.document, Unreadable):
        return converted.document, {}, ()
    found = read(converted.document, _source(()), limits)
    if isinstance(found, Reading):
        found = replace(found, quarantined=(*found.quarantined, *converted.held))
    return found, converted.rows or {}, converted.lacking


def _source(namespaces: tuple[str, ...]) -> Source:
    return Source("convert", "convert", "spreadsheet", "", namespaces=namespaces)
