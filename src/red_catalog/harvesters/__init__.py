"""One harvester per kind of source: each turns a source into documents."""

from collections.abc import Callable, Iterator
from typing import Final

from red_catalog.harvesters import (
    ckan,
    csw,
    dcat,
    ddi,
    fdp,
    file,
    ldes,
    oaipmh,
    sparql,
    spreadsheet,
    webpage,
)
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Gone, Source, Unreadable

Harvest = Callable[[Source, Http], Iterator[Document | Unreadable | Gone | Bookmark]]

HARVESTERS: Final[dict[str, Harvest]] = {
    "ckan": ckan.harvest,
    "csw": csw.harvest,
    "dcat": dcat.harvest,
    "ddi": ddi.harvest,
    "fdp": fdp.harvest,
    "file": file.harvest,
    "ldes": ldes.harvest,
    "oaipmh": oaipmh.harvest,
    "sparql": sparql.harvest,
    "spreadsheet": spreadsheet.harvest,
    "webpage": webpage.harvest,
}
