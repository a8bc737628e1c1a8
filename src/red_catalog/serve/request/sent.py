"""Descriptions that are sent: what a field of a form holds, and what is none."""

import re
from typing import Final

from red_catalog.model import Document
from red_catalog.serve.request.bodies import named_type
from red_catalog.serve.request.forms import Upload
from red_catalog.workbook.reading import CSV, XLSX

SENT: Final = (
    "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples",
    XLSX, CSV,
)  # fmt: skip
_NAME: Final = re.compile(r"[^\w .()-]+")


def take(value: str | Upload) -> str | Document | None:
    """A field's text, or the file that was sent; None for a file that was not chosen."""
    if isinstance(value, str):
        return value
    if not value.name:
        return None
    kind, whole = named_type(value.media_type)
    name = _NAME.sub("_", value.name)[-100:]
    return Document(name, value.content, whole if kind in SENT else None)
