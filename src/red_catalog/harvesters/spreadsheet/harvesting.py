"""Spreadsheets of one declaration or of many: a file, a folder, or addresses."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

from red_catalog.harvesters import file
from red_catalog.harvesters.options import check_options, choose
from red_catalog.harvesters.spreadsheet.conversion import convert_documents
from red_catalog.http import Http
from red_catalog.model import Document, Source, Unreadable
from red_catalog.workbook.reading import CSV, TYPES, XLSX, is_csv

_MORE: Final = ("distributions", "variables", "contacts")
OPTIONS: Final = ("language", *_MORE)
_ACCEPT: Final = {"Accept": f"{XLSX}, {CSV};q=0.9, text/plain;q=0.5, */*;q=0.1"}


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The declarations at the source's location: a workbook each, CSV files folder by folder."""
    check_options(source, OPTIONS)
    language = choose(source, "language", ("fr", "en"), "fr")
    for group in _groups(source, http):
        broken = [one for one in group if isinstance(one, Unreadable)]
        if broken:
            # The sheets of a declaration stand or fall together: half of one would take away.
            yield from broken
            continue
        documents = [one for one in group if isinstance(one, Document)]
        found = convert_documents(documents, source, http.limits, language)
        yield found.document
        yield from found.unreadable()


def _groups(source: Source, http: Http) -> Iterator[list[Document | Unreadable]]:
    if source.location.startswith(("http://", "https://")):
        places = [source.location, *filter(None, map(source.options.get, _MORE))]
        yield [_fetch(place, source, http) for place in places]
        return
    found = list(file.collect(source, http, TYPES))
    for one in found:
        if isinstance(one, Unreadable) or not is_csv(one):
            yield [one]
    texts = [one for one in found if isinstance(one, Document) and is_csv(one)]
    for _, together in groupby(sorted(texts, key=_folder), key=_folder):
        yield list(together)


def _fetch(place: str, source: Source, http: Http) -> Document | Unreadable:
    fetched = http.get(place, source, _ACCEPT)
    return fetched if isinstance(fetched, Unreadable) else fetched.document


def _folder(document: Document) -> str:
    return str(PurePosixPath(document.location).parent)
