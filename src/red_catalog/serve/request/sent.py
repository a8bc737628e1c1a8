"""Descriptions that are sent: what a field of a form holds, and what is none."""

import re
from typing import Final

from red_catalog.model import Document
from red_catalog.serve.request.bodies import named_type
from red_catalog.serve.request.forms import Upload
from red_catalog.workbook.reading import begins_as_csv

SENT: Final = (
    "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples",
)  # fmt: skip
_NAME: Final = re.compile(r"[^\w .()-]+")
# How workbooks begin, and other archives, and those of before 2007.
_WORKBOOKS: Final = (b"PK\3\4", b"\xd0\xcf\x11\xe0")


def take(value: str | Upload) -> str | Document | None:
    """A field's text, or the file that was sent; None for a file that was not chosen."""
    if isinstance(value, str):
        return value
    if not value.name:
        return None
    kind, whole = named_type(value.media_type)
    name = _NAME.sub("_", value.name)[-100:]
    return Document(name, value.content, whole if kind in SENT else None)


def is_sheet(document: Document) -> bool:
    """Whether this is for people with a spreadsheet, by its name or how it begins."""
    named = document.location.partition("?")[0].lower().endswith((".csv", ".xlsx", ".xlsm"))
    return named or document.content.startswith(_WORKBOOKS) or begins_as_csv(document.content)
