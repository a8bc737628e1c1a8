"""One harvester per kind of source: each turns a source into documents."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Final

from red_catalog.config.kinds import HARVESTED
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Gone, Source, Unreadable

Given = Document | Unreadable | Gone | Bookmark
Harvest = Callable[[Source, Http], Iterator[Given]]


def _harvest(kind: str, source: Source, http: Http) -> Iterator[Given]:
    """Loads the module of a kind when a source of it is harvested: nobody has them all."""
    found: Iterator[Given] = import_module(f"{__name__}.{kind}").harvest(source, http)
    return found


HARVESTERS: Final[dict[str, Harvest]] = {kind: partial(_harvest, kind) for kind in HARVESTED}
"""Kind → what harvests it: the function `harvest` of the module of that name."""
