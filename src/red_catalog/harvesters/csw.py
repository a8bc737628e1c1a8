"""CSW 2.0.2 and 3.0: the records of a geographic catalogue, as ISO 19139 or as DCAT.

OWSLib fetches by itself, out of reach of the HTTP door, and its reading of ISO 19139 loses
translations and anchors: the answers are read here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Final
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, tostring

from red_catalog.errors import RedError
from red_catalog.harvesters.description import tell_once
from red_catalog.harvesters.options import check_options, choose
from red_catalog.harvesters.payload import describe_all
from red_catalog.harvesters.telling import refuse
from red_catalog.harvesters.xmltree import (
    attribute,
    descend,
    find,
    find_all,
    hear,
    line_of_text,
    local,
    read_xml,
)
from red_catalog.http import Http
from red_catalog.model import Defect, Document, Source, Unreadable

OPTIONS: Final = ("output_schema", "type_names", "constraint", "page_size", "version", "types")
MAX_PAGES: Final = 10_000
_ACCEPT: Final = {"Accept": "application/xml, text/xml;q=0.9, */*;q=0.1"}
_CSW: Final = {
    "2.0.2": "http://www.opengis.net/cat/csw/2.0.2",
    "3.0.0": "http://www.opengis.net/cat/csw/3.0",
}
_SPACES: Final = {"gmd": "http://www.isotc211.org/2005/gmd", "dcat": "http://www.w3.org/ns/dcat#"}


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of results: its records and what it says of the others."""

    url: str
    told: tuple[Defect, ...]
    records: tuple[tuple[str, Element], ...]
    matched: int
    onward: int | None


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """Every record of the catalogue, page by page."""
    check_options(source, OPTIONS)
    query = _query(source)
    start, seen, told = 1, set[str](), list[Defect]()
    for _ in range(MAX_PAGES):
        page = _fetch(source, http, {**query, "startPosition": str(start)})
        if isinstance(page, Unreadable):
            yield page
            return
        if problem := _doubt(page, start, seen):
            yield problem
            return
        if page.records:
            yield from tell_once(page.url, page.told, told)
        for name, record in page.records:
            yield from _record(record, source, page.url, name)
        seen |= {name for name, _ in page.records}
        onward = _onward(page, start)
        if onward is None:
            if len(seen) < page.matched:
                yield refuse(page.url, "csw-short", matched=page.matched, given=len(seen))
            return
        if onward <= start:
            yield refuse(page.url, "csw-paging", start=start, next=onward)
            return
        start = onward
    yield refuse(source.location, "oai-too-many-pages", limit=MAX_PAGES)


def _doubt(page: _Page, start: int, seen: set[str]) -> Unreadable | None:
    """Why a page cannot be believed: it is empty, or all of it came before."""
    if not seen and not page.records:
        return refuse(page.url, "csw-no-records")
    if page.records and seen.issuperset(name for name, _ in page.records):
        return refuse(page.url, "csw-repeated", start=start)
    return None


def _query(source: Source) -> dict[str, str]:
    schema = source.options.get("output_schema", "iso")
    version = choose(source, "version", ("2.0.2", "3.0.0"), "2.0.2")
    size = source.options.get("page_size", "50")
    if not size.isdecimal() or not 1 <= int(size) <= 1000:
        raise RedError(f"Source {source.id}: page_size must be a number from 1 to 1000.")
    names = source.options.get("type_names", "csw:Record")
    spaces = {**_SPACES, "csw": _CSW[version]}
    schemas = {"iso": spaces["gmd"], "dcat": spaces["dcat"], "dublin-core": spaces["csw"]}
    space = names.partition(":")[0]
    query = {
        "service": "CSW", "version": version, "request": "GetRecords", "typeNames": names,
        "resultType": "results", "elementSetName": "full", "maxRecords": size,
        "outputSchema": schemas.get(schema, schema),
    }  # fmt: skip
    if space in spaces:
        query["namespace"] = f"xmlns({space}={spaces[space]})"
    if constraint := source.options.get("constraint"):
        query |= {
            "constraintLanguage": "CQL_TEXT",
            "constraint_language_version": "1.1.0",
            "constraint": constraint,
        }
    return query


def _fetch(source: Source, http: Http, query: dict[str, str]) -> _Page | Unreadable:
    mark = "&" if urlsplit(source.location).query else "?"
    url = f"{source.location}{mark}{urlencode(query)}"
    fetched = http.get(url, source, _ACCEPT)
    if isinstance(fetched, Unreadable):
        said = hear(fetched, "ExceptionReport")
        return _explain(url, said.root) if said else fetched
    read = read_xml(fetched.document, http.limits.depth)
    if isinstance(read, Defect):
        return Unreadable(url, read)
    root = read.root
    if local(root) == "ExceptionReport":
        return _explain(url, root)
    results = find(root, "SearchResults")
    if results is None:
        return refuse(url, "csw-not", root=local(root))
    matched = _number(attribute(results, "numberOfRecordsMatched"))
    if matched is None:
        return refuse(url, "csw-no-count")
    return _Page(
        url=url,
        told=read.told,
        records=tuple((_name(one), one) for one in results),
        matched=matched,
        onward=_number(attribute(results, "nextRecord")),
    )


def _explain(url: str, report: Element) -> Unreadable:
    detail = " ".join(line_of_text(one) for one in descend(report, "ExceptionText"))
    codes = [attribute(one, "exceptionCode") for one in find_all(report, "Exception")]
    return refuse(url, "csw-exception", detail=detail or " ".join(codes) or "?")


def _name(record: Element) -> str:
    """What a record is known by on whatever page it stands: without a name, what it says."""
    paths = ("fileIdentifier", "identifier", "metadataIdentifier/*/code")
    found = (line_of_text(one) for path in paths for one in find_all(record, path))
    about = (attribute(one, "about") for one in descend(record, "Dataset"))
    named = next(filter(None, chain(found, about)), "")
    return named or f"#{sha256(tostring(record)).hexdigest()[:16]}"


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _onward(page: _Page, start: int) -> int | None:
    """Where the next page starts; None after the last one.

    Some servers leave nextRecord out, others give one past the end.
    """
    after = start + len(page.records)
    if after > page.matched:
        return None
    if page.onward is None:
        return after if page.records else None
    return page.onward or None


def _record(
    record: Element, source: Source, url: str, name: str
) -> Iterator[Document | Unreadable]:
    any_type = choose(source, "types", ("datasets", "all"), "datasets") == "all"
    if name.startswith("#"):
        return describe_all(record, source, name[1:], url + name, any_type=any_type)
    return describe_all(record, source, name, name, any_type=any_type)
