"""What the tests of XML and event protocols share: recorded answers, routes by query, reading."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from red_catalog.model import Bookmark, Defect, Document, Gone, Reading, Source, Unreadable
from red_catalog.namespaces import term
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.writing import triples
from tests.http.loopback import Route, Site, answer

ANSWERS = Path(__file__).parent / "answers"
Item = Document | Unreadable | Gone | Bookmark


class ByQuery(dict[str, Route]):
    """Routes of one path, answered by what the query asks."""

    def __init__(self, path: str, reply: Callable[[dict[str, str]], bytes | Route]) -> None:
        super().__init__()
        self._path = path
        self._reply = reply

    def get(self, asked: str, default: Any = None) -> Any:
        """The route for a path with its query."""
        parts = urlsplit(asked)
        if parts.path != self._path:
            return super().get(asked, default)
        reply = self._reply(dict(parse_qsl(parts.query, keep_blank_values=True)))
        return answer(reply, Content_Type="text/xml") if isinstance(reply, bytes) else reply


def recorded(name: str) -> bytes:
    """One of our recorded answers."""
    return (ANSWERS / name).read_bytes()


def told(items: Iterable[Item]) -> list[tuple[str, str]]:
    """What each item is, in short: a code for what is unreadable, else its kind and name."""
    found = []
    for item in items:
        match item:
            case Document():
                found.append(("document", item.location))
            case Unreadable():
                found.append(("unreadable", item.problem.code))
            case Gone():
                found.append(("gone", item.name))
            case Bookmark():
                found.append(("bookmark", "partial" if item.partial else "whole"))
    return found


def told_by_path(site: Site, items: Iterable[Document | Unreadable]) -> list[tuple[str, str]]:
    """The path of each item, with the code of its problem where it has one."""
    return [
        (
            item.location.removeprefix(site.url("")),
            item.problem.code if isinstance(item, Unreadable) else "",
        )
        for item in items
    ]


def examine(document: Document) -> Reading:
    """What the pipeline reads in a document."""
    reading = read(document, Source("x", "x", "x", "x"), Limits())
    assert isinstance(reading, Reading)
    return reading


def statements(document: Document) -> list[tuple[str, str, str]]:
    """The statements of the one dataset of a document."""
    (record,) = examine(document).records
    return triples(record.canonical)


def values(document: Document, predicate: str) -> list[str]:
    """The words or terms said under a predicate anywhere in the description, sorted."""
    wanted = term(predicate)
    found = [o for _, p, o in statements(document) if p == wanted]
    return sorted(_show(one) for one in found)


def _show(written: str) -> str:
    if not is_literal(written):
        return written.strip("<>")
    words, language, _ = literal(written)
    return f"{words}@{language}" if language else words


def codes(defects: Iterable[Defect]) -> list[str]:
    """The codes of defects, sorted; each is told in both languages."""
    found = list(defects)
    assert all({*d.message} == {*d.fix} == {"fr", "en"} for d in found)
    return sorted(d.code for d in found)
