"""DCAT over HTTP: one document, or the pages of a Hydra collection."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from red_catalog.http import Http, unreadable
from red_catalog.model import Bookmark, Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read

MAX_PAGES: Final = 10_000
# Parsing is dear, and done later where need be: only a page that speaks of Hydra is worth it here.
# Some JSON writers escape every slash; others leave the namespace to a context elsewhere.
_HYDRA: Final = re.compile(rb'www\.w3\.org\\?/ns\\?/hydra\\?/core#|"hydra:')
_DEFAULT_PORTS: Final = {None, 80, 443}


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable | Bookmark]:
    """The document at the source's location and the pages that follow it.

    A page that cannot be had, or whose next page may not be asked for, ends the harvest with
    what is wrong: what follows it is unknown. The bookmark keeps each page's link by the
    digest of the page, so that a page that did not change is not read for it again.
    """
    url = source.location
    seen: set[str] = set()
    known = _links(source.bookmark)
    links: dict[str, str | None] = {}
    for page in range(1, MAX_PAGES + 1):
        fetched = http.get(url, source)
        if isinstance(fetched, Unreadable):
            yield fetched
            return
        document = fetched.document
        seen |= {urldefrag(url).url, document.base or url}
        reading = _read(document, source, http.limits, known)
        if isinstance(reading, Unreadable):
            yield reading
            return
        onward = _next_page(document, source, reading, known, links)
        if isinstance(onward, str) and onward in seen:
            onward = unreadable(document.location, "paging-loop", page=page)
        if isinstance(onward, Unreadable):
            yield onward
            return
        yield replace(document, reading=reading)
        if onward is None:
            if links:
                yield Bookmark(json.dumps(links))
            return
        url = onward
    yield unreadable(url, "too-many-pages", limit=MAX_PAGES)


def _links(bookmark: str | None) -> dict[str, str | None]:
    try:
        found = json.loads(bookmark or "{}")
    except ValueError:  # another kind of source left it
        return {}
    return found if isinstance(found, dict) else {}


def _read(
    document: Document, source: Source, limits: Limits, known: Mapping[str, str | None]
) -> Reading | Unreadable | None:
    """What a page holds, None where nothing that is not known can follow it."""
    if not _HYDRA.search(document.content) or _prove(document, source) in known:
        return None
    return read(document, source, limits)


def _next_page(
    document: Document,
    source: Source,
    reading: Reading | None,
    known: Mapping[str, str | None],
    links: dict[str, str | None],
) -> str | Unreadable | None:
    """The URL of the page after this one, if it has one that may be asked for.

    Taken from its reading, or from the `known` links; what is found is added to `links`.
    """
    proof = _prove(document, source)
    if reading is None and proof not in known:
        return None
    link = known[proof] if reading is None else reading.next_page
    links[proof] = link
    if link is None:
        return None
    try:
        urljoin(document.base or document.location, link)
    except ValueError:
        return link  # no address at all: asking for it tells so, and this page is read
    return check_link(link, document)


def _prove(document: Document, source: Source) -> str:
    """Digest of all that the next page depends on."""
    facts = repr((document.media_type, document.base, source.format)).encode()
    return hashlib.sha256(facts + document.content).hexdigest()


def check_link(link: str, document: Document) -> str | Unreadable:
    """The URL that a page gives for the next one, unless it leads elsewhere."""
    here = document.base or document.location
    refused = unreadable(document.location, "next-page-refused", url=link)
    try:
        url = urldefrag(urljoin(here, link)).url
        from_, to = urlsplit(here), urlsplit(url)
        same_port = from_.port == to.port or {from_.port, to.port} <= _DEFAULT_PORTS
    except ValueError:
        return refused
    if to.scheme not in {"http", "https"} or from_.hostname != to.hostname or not same_port:
        return refused
    if from_.scheme == "https" and to.scheme == "http":
        # A portal behind a proxy often writes its own links in http: they are never followed
        # in clear.
        return to._replace(scheme="https", netloc=from_.netloc).geturl()
    return url
