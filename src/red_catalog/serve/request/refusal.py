"""A request that is refused: its status, its sentence in both languages, its answer."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from red_catalog.model import Text
from red_catalog.serve.request.accept import choose, choose_language

# What a refusal is written as: plain text, or JSON under any of its names.
KINDS: Final = [
    "text/plain",
    "application/problem+json",
    "application/json",
    "application/sparql-results+json",
    "application/ld+json",
]


class Refusal(Exception):  # noqa: N818 (an answer to a client, not an error of ours)
    """Why a request is refused. `line` and `column` point into a query."""

    def __init__(
        self,
        status: int,
        fr: str,
        en: str,
        *,
        headers: Mapping[str, str] | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(en)
        self.status = status
        self.message: Text = {"fr": fr, "en": en}
        self.headers = dict(headers or {})
        self.line = line
        self.column = column


def write_refusal(request: Request, refusal: Refusal, *, as_json: bool = False) -> Response:
    """The refusal as plain sentences, or as problem JSON (RFC 9457) where JSON is wanted.

    `as_json`: JSON unless plain text is wanted. The language is the one that Accept-Language
    prefers; both when it says nothing.
    """
    language = choose_language(request.headers.get("accept-language"))
    message = refusal.message[language] if language else "\n".join(refusal.message.values())
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", **refusal.headers}
    kinds = KINDS
    if as_json:
        kinds = ["application/problem+json", "text/plain"]
    chosen = choose(request.headers.get("accept"), kinds)
    if (chosen or ("" if as_json else "text/plain")) == "text/plain":
        return PlainTextResponse(message + "\n", refusal.status, headers)
    problem: dict[str, Any] = {
        "title": _phrase(refusal.status),
        "status": refusal.status,
        "detail": message,
    }
    if refusal.line is not None:
        problem |= {"line": refusal.line, "column": refusal.column}
    return JSONResponse(problem, refusal.status, headers, "application/problem+json")


def _phrase(status: int) -> str:
    """What a status is called; 499, for a client that left, is no registered one."""
    return HTTPStatus(status).phrase if status in list(HTTPStatus) else "Client Closed Request"
