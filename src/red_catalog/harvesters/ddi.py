"""DDI documents: one, a folder of them, or those that a list or a sitemap names."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from red_catalog.harvesters import file
from red_catalog.harvesters.mapping.problems import is_server_down
from red_catalog.harvesters.options import check_options
from red_catalog.harvesters.payload import describe_all
from red_catalog.harvesters.telling import refuse
from red_catalog.harvesters.xmltree import find_all, line_of_text, local, read_xml
from red_catalog.http import Http
from red_catalog.model import Defect, Document, Source, Unreadable

OPTIONS: Final[tuple[str, ...]] = ()
MAX_DOCUMENTS: Final = 10_000
_ACCEPT: Final = {"Accept": "application/xml, text/xml;q=0.9, text/plain;q=0.5, */*;q=0.1"}
_LISTS: Final = {"urlset", "sitemapindex"}


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The study descriptions at the source's location, one document each."""
    check_options(source, OPTIONS)
    if not source.location.startswith(("http://", "https://")):
        for found in file.harvest(source, http):
            yield from _map(found, source, http)
        return
    waiting, seen, given = [source.location], {source.location}, False
    while waiting:
        url = waiting.pop(0)
        fetched = http.get(url, source, _ACCEPT)
        if isinstance(fetched, Unreadable):
            yield fetched
            if is_server_down(fetched):
                return
            given = True
            continue
        document = fetched.document
        named = _listed(document, http.limits.depth)
        if named is None:
            given = True
            yield from _map(document, source, http)
            continue
        if not named:
            given = True
            yield refuse(url, "ddi-list-empty")
            continue
        fresh = [one for one in dict.fromkeys(named) if one not in seen]
        if len(seen) + len(fresh) > MAX_DOCUMENTS:
            yield refuse(url, "ddi-too-many", limit=MAX_DOCUMENTS)
            return
        seen.update(fresh)
        waiting += fresh
    if not given:
        yield refuse(source.location, "ddi-list-empty")


def _listed(document: Document, depth: int) -> list[str] | None:
    """The addresses that a list names; None for a document that is no list."""
    base = document.base or document.location
    start = document.content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if not start.startswith(b"<"):
        lines = document.content.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
        written = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return [url for line in written if (url := _join(base, line))]
    page = read_xml(document, depth)
    if isinstance(page, Defect) or local(page.root) not in _LISTS:
        return None
    found = (line_of_text(one) for one in find_all(page.root, "*/loc"))
    return [url for line in found if (url := _join(base, line))]


def _join(base: str, written: str) -> str | None:
    try:
        return urljoin(base, written)
    except ValueError:
        return None


def _map(
    found: Document | Unreadable, source: Source, http: Http
) -> Iterator[Document | Unreadable]:
    if isinstance(found, Unreadable):
        yield found
        return
    page = read_xml(found, http.limits.depth)
    if isinstance(page, Defect):
        yield Unreadable(found.location, page)
        return
    name = Path(found.location.partition("?")[0]).name.removesuffix(".xml")
    for one in describe_all(_study(page.root), source, name, found.location):
        if isinstance(one, Unreadable):
            yield one
        else:
            yield replace(one, defects=(*page.told, *one.defects))


def _study(root: Element) -> Element:
    """The DDI itself, where an OAI-PMH answer or another envelope holds it."""
    if local(root) == "OAI-PMH":
        return next(find_all(root, "GetRecord/record/metadata/*"), root)
    return root
