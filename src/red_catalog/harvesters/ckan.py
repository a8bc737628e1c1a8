"""CKAN portals: their DCAT where they expose it, else their datasets one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

import ckanapi  # type: ignore[import-untyped]

from red_catalog.harvesters import dcat
from red_catalog.harvesters.ckan_mapping import map_package
from red_catalog.harvesters.mapping.jsontext import NotJson, parse_json
from red_catalog.harvesters.mapping.options import read_number, read_options
from red_catalog.harvesters.mapping.problems import defect, is_server_down, unreadable
from red_catalog.harvesters.mapping.sheet import notice
from red_catalog.harvesters.options import choose
from red_catalog.http import Declined, Http
from red_catalog.http import unreadable as unreadable_answer
from red_catalog.model import Bookmark, Document, Source, Unreadable

OPTIONS: Final = {"dcat": "auto", "rows": "100", "fq": "", "language": ""}
MAX_PAGES: Final = 10_000
# Answers of a portal that has no such page.
_ABSENT: Final = tuple(
    unreadable_answer("", "status", status=status).problem.message
    for status in (400, 403, 404, 405, 410)
)
_OTHER_TYPES: Final = {"harvest", "showcase", "dataset_series", "application"}


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable | Bookmark]:
    """The datasets of the portal at the source's location."""
    options = read_options(source, OPTIONS)
    how = choose(source, "dcat", ("auto", "yes", "no", "each"), "auto")
    rows = read_number(source, "rows", options["rows"], 1, 1000)
    site = source.location.rstrip("/")
    if how in {"auto", "yes"}:
        feed = dcat.harvest(_feed(source, site, options["fq"]), http)
        first = next(feed)
        if how == "yes" or not _is_absent(first):
            yield first
            yield from feed
            return
    search = _Search(site, rows, options["fq"], source, http)
    if how == "each":
        yield from _fetch_each(search, source, http)
    else:
        yield from _map_each(search, options["language"])


def _feed(source: Source, site: str, fq: str) -> Source:
    query = f"?{urlencode({'fq': fq})}" if fq else ""
    return replace(source, location=f"{site}/catalog.ttl{query}", options={})


def _is_absent(item: Document | Unreadable | Bookmark) -> bool:
    return isinstance(item, Unreadable) and (
        item.problem.message in _ABSENT or item.problem.code in {"html-received", "robots"}
    )


def _map_each(search: "_Search", language: str) -> Iterator[Document | Unreadable]:
    for number, package in search.packages():
        if isinstance(package, Unreadable):
            yield package
        else:
            yield map_package(package, search.site, number, language)
    yield from search.report()


def _fetch_each(search: "_Search", source: Source, http: Http) -> Iterator[Document | Unreadable]:
    for number, package in search.packages():
        if isinstance(package, Unreadable):
            yield package
            continue
        name = package.get("name") if isinstance(package, dict) else None
        if not isinstance(name, str) or not name:
            where = f"{search.site}/api/3/action/package_search"
            yield unreadable(where, "ckan-unnamed", None, number=number, title="?")
            continue
        fetched = http.get(f"{search.site}/dataset/{quote(name, safe='')}.ttl", source)
        yield fetched if isinstance(fetched, Unreadable) else fetched.document
        if isinstance(fetched, Unreadable) and is_server_down(fetched):
            return
    yield from search.report()


class _Stopped(Exception):  # noqa: N818  # carries a value through ckanapi
    def __init__(self, trouble: Unreadable) -> None:
        super().__init__(trouble.problem.message["en"])
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    status_code: int = 200


class _Session:
    """What ckanapi takes for a session: every request goes through the door."""

    def __init__(self, source: Source, http: Http) -> None:
        self._source = source
        self._http = http

    def get(self, url: str, params: Mapping[str, Any], **_: object) -> _Answer:
        asked = f"{url}?{urlencode(params)}"
        fetched = self._http.get(asked, self._source, {"Accept": "application/json"})
        if isinstance(fetched, Unreadable):
            raise _Stopped(_hear(asked, fetched) or fetched)
        try:
            answer = parse_json(fetched.document.content)
        except NotJson as error:
            raise _Stopped(unreadable(asked, "json-invalid", reason=error.told)) from None
        if not isinstance(answer, dict) or answer.get("success") is not True:
            raise _Stopped(_explain(asked, answer))
        return _Answer(fetched.document.content.decode("utf-8-sig"))

    def close(self) -> None:
        """Nothing to close: the door closes itself."""


def _hear(asked: str, refused: Unreadable) -> Unreadable | None:
    """What the API itself says of an error, if it is the API that answered."""
    try:
        answer = parse_json(refused.said.content) if isinstance(refused, Declined) else None
    except NotJson:
        return None
    own = isinstance(answer, dict) and answer.get("success") is False
    return _explain(asked, answer) if own else None


def _explain(asked: str, answer: object) -> Unreadable:
    told = answer.get("error") if isinstance(answer, dict) else None
    reason = told.get("message") if isinstance(told, dict) else told
    return unreadable(asked, "ckan-refused", reason=reason or "success: false")


class _Search:
    """The pages of package_search, checked against the total that the portal announces."""

    def __init__(self, site: str, rows: int, fq: str, source: Source, http: Http) -> None:
        self.site: Final = site
        self._rows = rows
        self._fq = {"fq": fq} if fq else {}
        self._ckan = ckanapi.RemoteCKAN(site, get_only=True, session=_Session(source, http))
        self._other: list[str] = []
        self.complete = False

    def packages(self) -> Iterator[tuple[int, Any]]:
        """Each dataset with its number from 1; an Unreadable, the last, where it stops short."""
        seen: set[str] = set()
        given = start = 0
        for page in range(1, MAX_PAGES + 1):
            found = self._page(start)
            if isinstance(found, Unreadable):
                yield given, found
                return
            count, results = found
            keys = [_key(one, start + n) for n, one in enumerate(results)]
            if results and seen.issuperset(keys):
                yield given, unreadable(self.site, "page-repeated", page=page)
                return
            for key, one in zip(keys, results, strict=True):
                given += 1
                if key not in seen and not self._is_other(one):
                    yield given, one
                seen.add(key)
            start += len(results)
            if start >= count or not results:
                if len(seen) != count:
                    told = {"announced": count, "given": len(seen)}
                    yield given, unreadable(self.site, "count-differs", **told)  # type: ignore[arg-type]
                return
        yield given, unreadable_answer(self.site, "too-many-pages", limit=MAX_PAGES)

    def report(self) -> Iterator[Document]:
        """What was left out, if anything."""
        if self._other:
            told = defect(
                "skipped",
                reason_fr="ce ne sont pas des jeux de données publiés",
                reason_en="they are not published datasets",
                count=len(self._other),
                example=self._other[0],
            )
            yield notice(self.site, [told])

    def _page(self, start: int) -> tuple[int, list[Any]] | Unreadable:
        asked = {"rows": self._rows, "start": start, "sort": "id asc", **self._fq}
        try:
            result = self._ckan.call_action("package_search", asked)
        except _Stopped as stopped:
            return stopped.trouble
        count = result.get("count") if isinstance(result, dict) else None
        results = result.get("results") if isinstance(result, dict) else None
        if isinstance(count, bool) or not isinstance(count, int) or not isinstance(results, list):
            return unreadable(self.site, "ckan-refused", reason="count, results ?")
        return count, results

    def _is_other(self, package: object) -> bool:
        """Whether this is no published dataset: a harvest source, a draft, a private one."""
        if not isinstance(package, dict):
            return False
        kind, state = package.get("type"), package.get("state")
        other = (isinstance(kind, str) and kind in _OTHER_TYPES) or (
            isinstance(state, str) and state != "active"
        )
        if other or package.get("private") is True:
            self._other.append(str(package.get("name"))[:80])
            return True
        return False


def _key(package: object, position: int) -> str:
    """What tells a dataset from another while paging."""
    own = package.get("id") if isinstance(package, dict) else None
    return own if isinstance(own, str) else f"#{position}"
