"""DCAT over HTTP: one document, or the pages of a Hydra collection."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from red_catalog.harvesters.hydra import Told, survey
from red_catalog.harvesters.mapping.problems import unreadable as refuse
from red_catalog.harvesters.options import check_options
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
    what is wrong: what follows it is unknown. So does a last page before the announced end.
    The bookmark keeps what each page says by the digest of the page, so that a page that did
    not change is not read for it again.
    """
    check_options(source, ())
    url = source.location
    seen: set[str] = set()
    known = _recall(source.bookmark)
    told: dict[str, Told] = {}
    for page in range(1, MAX_PAGES + 1):
        fetched = http.get(url, source)
        if isinstance(fetched, Unreadable):
            yield fetched
            return
        document = fetched.document
        seen |= {urldefrag(url).url, document.base or url}
        proof = _prove(document, source)
        looked = _look(document, source, http.limits, known.get(proof), first=page == 1)
        if isinstance(looked, Unreadable):
            yield looked
            return
        reading, said = looked
        if said:
            told[proof] = said
        onward = _follow(said.onward, document) if said else None
        if isinstance(onward, str) and onward in seen:
            onward = unreadable(document.location, "paging-loop", page=page)
        if isinstance(onward, Unreadable):
            yield onward
            return
        yield replace(document, reading=reading)
        if onward is None:
            yield from _end(told, seen, document)
            return
        url = onward
    yield unreadable(url, "too-many-pages", limit=MAX_PAGES)


def _recall(bookmark: str | None) -> dict[str, Told]:
    try:
        found = json.loads(bookmark or "{}")
        told = {proof: Told(*said) for proof, said in found.items() if isinstance(said, list)}
        return {proof: said for proof, said in told.items() if isinstance(said.given, list)}
    except (ValueError, TypeError, AttributeError):  # another kind of source left it
        return {}


def _look(
    document: Document, source: Source, limits: Limits, known: Told | None, *, first: bool
) -> tuple[Reading | None, Told | None] | Unreadable:
    """What a page holds and says: nothing where it leads nowhere, or says what is known."""
    if known or (first and not _HYDRA.search(document.content)):
        return None, known
    reading = read(document, source, limits)
    if isinstance(reading, Unreadable):
        return reading
    return reading, survey(document, source, reading, limits, first=first)


def _end(
    told: Mapping[str, Told], seen: set[str], document: Document
) -> Iterator[Unreadable | Bookmark]:
    """The bookmark of a whole collection, or why the last page read cannot be its last one."""
    pages = [*told.values()]
    if not pages:
        return
    # A dataset that moved to another page meanwhile came twice, and pushed another one out.
    given = len({mark for one in pages for mark in one.given})
    total = pages[-1].total if pages[-1].total is not None else pages[0].total
    last = check_link(pages[-1].last, document) if pages[-1].last else None
    if total is not None and given < total:
        yield refuse(document.location, "count-differs", announced=total, given=given)
    elif total is None and isinstance(last, str) and last not in seen:
        yield refuse(document.location, "pages-missing", last=last)
    else:
        yield Bookmark(json.dumps(told))


def _follow(link: str | None, document: Document) -> str | Unreadable | None:
    """The URL of the page after this one, if it has one that may be asked for."""
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
