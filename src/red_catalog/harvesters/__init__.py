"""One harvester per kind of source: each turns a source into documents."""

from collections.abc import Callable, Iterator
from typing import Final

from red_catalog.harvesters import dcat, file
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Gone, Source, Unreadable

Harvest = Callable[[Source, Http], Iterator[Document | Unreadable | Gone | Bookmark]]

HARVESTERS: Final[dict[str, Harvest]] = {
    "dcat": dcat.harvest,
    "file": file.harvest,
}
