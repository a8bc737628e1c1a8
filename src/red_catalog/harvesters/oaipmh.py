"""OAI-PMH 2.0: the records of a repository, whole or what changed since the last time.

The protocol is read here: the clients on PyPI bring their own transport, and one of them
mends broken XML in silence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

from red_catalog.harvesters.description import tell_once
from red_catalog.harvesters.options import check_options, choose
from red_catalog.harvesters.payload import describe_all
from red_catalog.harvesters.telling import refuse, tell
from red_catalog.harvesters.xmltree import (
    Page,
    attribute,
    find,
    find_all,
    hear,
    line_of_text,
    local,
    read_xml,
)
from red_catalog.http import Http
from red_catalog.model import Bookmark, Defect, Document, Gone, Source, Unreadable

OPTIONS: Final = ("metadata_prefix", "set", "incremental", "types")
MAX_PAGES: Final = 10_000
_ACCEPT: Final = {"Accept": "text/xml, application/xml;q=0.9, */*;q=0.1"}
# From the richest to the poorest; a repository says which of them it has. What DSpace calls `rdf`
# describes publications, not datasets.
_PREFERRED: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (r".*health.?dcat.*", r".*dcat.?ap.*", r".*dcat.*", r"rdf.+|.+rdf.*",
                 r"(oai_)?ddi.*", r"iso19139|gmd", r"oai_dc", r"rdf")
)  # fmt: skip
_ERRORS: Final = {
    "badResumptionToken": "oai-bad-token",
    "noSetHierarchy": "oai-no-sets",
    "badArgument": "oai-bad-argument",
}
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DAY: Final = 10
# A repository may show a change some time after it has dated it.
_OVERLAP: Final = timedelta(minutes=1)

Item = Document | Unreadable | Gone | Bookmark


@dataclass(frozen=True, slots=True)
class _Repository:
    """What the repository says of itself."""

    deletions: str
    by_day: bool
    formats: tuple[str, ...]


def harvest(source: Source, http: Http) -> Iterator[Item]:
    """Every record of the repository, or those changed since the bookmark."""
    check_options(source, OPTIONS)
    repository = _look(source, http)
    if isinstance(repository, Unreadable):
        yield repository
        return
    prefix = source.options.get("metadata_prefix") or _best(repository.formats)
    if repository.formats and prefix not in repository.formats:
        known = ", ".join(repository.formats)
        yield refuse(source.location, "oai-format", detail=prefix, known=known)
        return
    query = {"metadataPrefix": prefix, "set": source.options.get("set", "")}
    list_asked = _name_list(source, query)
    since = _since(source, repository, list_asked)
    complete, stamp, given = True, "", 0
    for item in _pages(source, http, {**query, "from": since}):
        if isinstance(item, str):
            stamp = stamp or item
            continue
        complete = complete and not isinstance(item, Unreadable)
        given += 1
        yield item
    if not (given or since):
        yield refuse(source.location, "oai-no-records")
    elif complete and (date := _go_back(stamp)):
        date = date[:_DAY] if repository.by_day else date
        yield Bookmark(f"{date} {list_asked}", partial=bool(since))
    elif complete and since and source.bookmark:
        # Without the server's time the next harvest asks for the same again.
        yield Bookmark(source.bookmark, partial=True)


def _look(source: Source, http: Http) -> _Repository | Unreadable:
    """Identify and ListMetadataFormats; a repository that says nothing is read whole."""
    said = _ask(source, http, {"verb": "Identify"})
    if isinstance(said, Unreadable):
        return said
    formats = _ask(source, http, {"verb": "ListMetadataFormats"})
    if isinstance(formats, Unreadable):
        return formats
    names = find_all(formats.root, "ListMetadataFormats/metadataFormat/metadataPrefix")
    return _Repository(
        deletions=line_of_text(find(said.root, "Identify/deletedRecord")),
        by_day="hh" not in line_of_text(find(said.root, "Identify/granularity")),
        formats=tuple(filter(None, map(line_of_text, names))),
    )


def _best(formats: tuple[str, ...]) -> str:
    """The richest format that is read here; every repository has oai_dc."""
    for form in _PREFERRED:
        for name in formats:
            if form.fullmatch(name):
                return name
    return "oai_dc"


def _since(source: Source, repository: _Repository, list_asked: str) -> str:
    """The date to go on from; none where deletions could be missed, or another list is asked.

    A repository whose deletions are `transient` may forget one before we come back.
    """
    mode = choose(source, "incremental", ("auto", "always", "never"), "auto")
    trusted = {"auto": {"persistent"}, "always": {"persistent", "transient"}, "never": set[str]()}
    date, _, known = (source.bookmark or "").partition(" ")
    if repository.deletions not in trusted[mode] or known != list_asked:
        return ""
    return date[:_DAY] if repository.by_day else date


def _go_back(stamp: str) -> str:
    """A little before a server's time; nothing where that is none."""
    if not _STAMP.fullmatch(stamp):
        return ""
    try:
        return (datetime.fromisoformat(stamp) - _OVERLAP).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def _name_list(source: Source, query: Mapping[str, str]) -> str:
    """Which list is asked for: of another one, other records came before."""
    types = source.options.get("types", "")
    return " ".join(filter(None, (source.location, *query.values(), types)))


def _pages(source: Source, http: Http, query: Mapping[str, str]) -> Iterator[Item | str]:
    """What each page holds, and first of each the server's own time, as text."""
    asked: dict[str, str] = {"verb": "ListRecords", **{k: v for k, v in query.items() if v}}
    tokens: set[str] = set()
    told: list[Defect] = []
    names: set[str] = set()
    given = announced = 0
    for _ in range(MAX_PAGES):
        url = _url(source, asked)
        page = _ask(source, http, asked)
        if isinstance(page, Unreadable):
            yield page
            return
        yield line_of_text(find(page.root, "responseDate"))
        error = find(page.root, "error")
        if error is not None:
            # Nothing new since the bookmark is no trouble.
            if not (query.get("from") and attribute(error, "code") == "noRecordsMatch"):
                yield Unreadable(url, _explain(error))
            return
        token = line_of_text(find(page.root, "ListRecords/resumptionToken"))
        if token in tokens:
            yield refuse(url, "oai-token-repeated", token=token)
            return
        records = list(find_all(page.root, "ListRecords/record"))
        given += len(records)
        names |= {_name(one) or f"{url} {number}" for number, one in enumerate(records)}
        announced = _announced(page.root) or announced
        if records:
            yield from tell_once(url, page.told, told)
        for record in records:
            yield from _record(record, source, url)
        if _is_end(token, given, announced):
            # A record that moved to another page meanwhile came twice, and pushed another out.
            if len(names) < announced:
                yield refuse(url, "oai-short", announced=announced, given=len(names))
            return
        tokens.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}
    yield refuse(source.location, "oai-too-many-pages", limit=MAX_PAGES)


def _is_end(token: str, given: int, announced: int) -> bool:
    """Whether no page follows: no token, or the 0 that pycsw writes after the last record."""
    return token in {"", "0"} and (not token or given == announced)


def _announced(page: Element) -> int:
    """How many records the list has, deleted ones too, where the page says it; else 0."""
    token = find(page, "ListRecords/resumptionToken")
    written = attribute(token, "completeListSize") if token is not None else ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _explain(error: Element) -> Defect:
    code = attribute(error, "code")
    detail = line_of_text(error) or code
    if code == "noRecordsMatch":
        return tell("oai-no-records")
    if code == "cannotDisseminateFormat":
        return tell("oai-format", detail=detail, known="ListMetadataFormats")
    return tell(_ERRORS.get(code, "oai-error"), detail=detail, code=code)


def _name(record: Element) -> str:
    return line_of_text(find(record, "header/identifier"))


def _record(record: Element, source: Source, url: str) -> Iterator[Item]:
    header = find(record, "header")
    name = _name(record)
    if header is None or not name:
        yield refuse(url, "oai-no-identifier")
        return
    if attribute(header, "status") == "deleted":
        yield Gone(name)
        return
    payload = find(record, "metadata/*")
    if payload is None:
        yield refuse(name, "oai-no-metadata")
        return
    any_type = choose(source, "types", ("datasets", "all"), "datasets") == "all"
    yield from describe_all(payload, source, name, name, any_type=any_type)


def _ask(source: Source, http: Http, query: Mapping[str, str]) -> Page | Unreadable:
    url = _url(source, query)
    fetched = http.get(url, source, _ACCEPT)
    if isinstance(fetched, Unreadable):
        said = hear(fetched, "OAI-PMH")
        return fetched if said is None or find(said.root, "error") is None else said
    page = read_xml(fetched.document, http.limits.depth)
    if isinstance(page, Defect):
        return Unreadable(url, page)
    if local(page.root) != "OAI-PMH":
        return refuse(url, "oai-not", root=local(page.root))
    return page


def _url(source: Source, query: Mapping[str, str]) -> str:
    mark = "&" if urlsplit(source.location).query else "?"
    return f"{source.location}{mark}{urlencode(query)}"
