"""One request and its whole answer."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import IncompleteRead
from typing import Final

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError, SSLError

from red_catalog.http.body import PIECE, gunzip, join, unpack
from red_catalog.http.defects import Refused
from red_catalog.http.guard import server_of
from red_catalog.http.line import Line

# What refuses our credentials, or our haste, is told better by us.
_EXPLAINED: Final = {*range(400, 501)} - {401, 403, 407, 429}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `content`: the decoded body of a 200, or what was heard of an error."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = b""
    received: int = 0


class Broken(Exception):  # noqa: N818  # a reason to try again, not an error
    """The connection broke; another may not."""


class Budget:
    """The seconds that an exchange may take, over all its hops and bytes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; none below zero."""
        return max(self._end - time.monotonic(), 0.0)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Waiting that we impose on ourselves does not count against the server."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._end += time.monotonic() - began


def prepare(url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """A GET request, its URL spelt as it will be sent. Raises Refused for a bad URL."""
    server_of(url)
    try:
        return requests.Request("GET", url.partition("#")[0], headers=dict(headers)).prepare()
    except (requests.RequestException, UnicodeError, ValueError):
        raise Refused("bad-url", url=url) from None


def ask(
    line: Line,
    request: requests.PreparedRequest,
    budget: Budget,
    limit: int,
    *,
    whole: bool = False,
    heard: int = 0,
) -> Answer:
    """The whole answer, its body decoded. Raises Refused, or Broken where a retry may help.

    `whole`: the body of any status, not of a 200 alone; `heard`: so many bytes of an error's.
    """
    with line.within(budget.left()):
        try:
            answer = _receive(line, request, limit, whole=whole, heard=heard)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _explain(error, line, request, budget) from error
    # A shut socket may look like a complete body where no length was announced.
    if line.expired and (whole or answer.status == 200):
        raise Refused("deadline", seconds=f"{budget.seconds:g}")
    return answer


def _receive(
    line: Line, request: requests.PreparedRequest, limit: int, *, whole: bool, heard: int
) -> Answer:
    assert request.url is not None
    response = line.get(request)
    try:
        # An announced size over the limit need not be received first.
        wanted = whole or response.status_code == 200
        if wanted and (response.raw.length_remaining or 0) > limit:
            raise Refused("too-large", limit=limit)
        content = join(_pieces(response), limit) if wanted else b""
        if heard and response.status_code in _EXPLAINED:
            content = _hear(response, heard)
        if response.status_code == 304:
            response.raw.read()  # nothing to read, but it frees the connection for the next page
        received = response.raw.tell()
    finally:
        # Without its body read to the end, a connection cannot serve again: close drops it.
        response.close()
    headers = CaseInsensitiveDict(response.headers)
    return Answer(request.url, response.status_code, headers, content, received)


def _hear(response: requests.Response, most: int) -> bytes:
    """How the body of an error begins: an error that cannot be read is one all the same."""
    said = b""
    try:
        for piece in _pieces(response):
            said += piece
            if len(said) >= most:
                break
    except (Refused, requests.RequestException, HTTPError, OSError):
        return b""
    return said[:most]


def _pieces(response: requests.Response) -> Iterator[bytes]:
    raw = response.raw.stream(PIECE, decode_content=False)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        return unpack(gunzip(raw))
    if encoding not in {"identity", ""}:
        raise Refused("encoding-refused", encoding=encoding)
    return unpack(raw)


def _explain(
    error: Exception, line: Line, request: requests.PreparedRequest, budget: Budget
) -> Refused | Broken:
    host = server_of(request.url or "").host
    late = isinstance(error, requests.Timeout | ReadTimeoutError)
    if line.expired or late or budget.left() < 0.05:
        return Refused("deadline", seconds=f"{budget.seconds:g}")
    if isinstance(error, requests.exceptions.SSLError | SSLError):
        return Refused("tls", host=host, reason=_reason(error))
    if isinstance(error, requests.exceptions.InvalidURL):
        return Refused("bad-url", url=request.url)
    if isinstance(error, ProtocolError) and _is_short(error):
        return Refused("truncated")
    return Broken(host)


def _is_short(error: BaseException) -> bool:
    # urllib3's own kinds, of a length and of a chunk, derive from that of http.client.
    return any(isinstance(cause, IncompleteRead) for cause in (error, error.__cause__))


def _reason(error: BaseException) -> str:
    """OpenSSL's own words, out of the exceptions wrapped around them."""
    inner: BaseException | None = error
    while inner is not None:
        if words := getattr(inner, "verify_message", ""):
            return str(words)
        inner = (
            getattr(inner, "reason", None)
            if isinstance(inner, HTTPError)
            else (
                inner.args[0] if inner.args and isinstance(inner.args[0], BaseException) else None
            )
        )
    return "TLS"
