"""Sending a file of a release: which one a path names, how long it is kept, in which parts."""

import os
import re
import stat
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, MalformedRangeHeader, Response
from starlette.types import Receive, Scope, Send

from red_catalog.serve.request.media import media_type

# What its name alone tells the content of. Full pages of events are not: what became private
# leaves them, and is to be kept by nobody who did not ask again.
_FOR_EVER: Final = re.compile(r"ns/[a-z0-9-]+\.jsonld")
_PATH: Final = 2000  # characters
_LATEST: Final = re.compile(r"feed/[a-z]+/events/latest\.(trig|jsonld)")


def caching(path: str) -> str:
    """How long others may keep a file: for ever what never changes, asking again for the rest."""
    if _FOR_EVER.fullmatch(path):
        return "public, max-age=31536000, immutable"
    return "public, max-age=60" if _LATEST.fullmatch(path) else "no-cache"


def find_file(site: Path, path: str) -> Path | None:
    """The file of a path, itself, with `.html`, or a folder's index; never outside `site`."""
    if not _is_clean(path):
        return None
    if not path or path.endswith("/"):
        return _file(site, site / path / "index.html")
    return _file(site, site / path) or _file(site, site / f"{path}.html")


def is_folder(site: Path, path: str) -> bool:
    """Whether a path without its final slash is a folder with an index."""
    return _is_clean(path) and find_file(site, path + "/") is not None


class _Whole(FileResponse):
    """A file, whole where the parts that are asked for are told in a way that is not known.

    Parts are of GET alone (RFC 9110, 14.2).
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        if scope["method"] == "HEAD":
            others = [(name, value) for name, value in scope["headers"] if name != b"range"]
            scope = {**scope, "headers": others}
        await super().__call__(scope, receive, send)

    @classmethod
    def _parse_range_header(cls, http_range: str, file_size: int) -> list[tuple[int, int]]:
        try:
            return super()._parse_range_header(http_range, file_size)
        except MalformedRangeHeader:
            return []  # RFC 9110, 14.2


class _Undated(_Whole):
    """A file without Last-Modified: where an address has several forms, no date tells which."""

    def set_stat_headers(self, stat_result: os.stat_result) -> None:
        """All headers that a file gives, but its date."""
        super().set_stat_headers(stat_result)
        del self.headers["Last-Modified"]

    def _should_use_range(self, http_if_range: str) -> bool:  # noqa: ARG002
        return False  # a weak tag joins no parts


def send_file(
    request: Request,
    file: Path,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A file with its media type, ETag and, where its address has no other form, its date.

    304 where the client has it.
    """
    about = file.stat()
    # Unchanged files are hard links, so they keep their tag from release to release.
    tag = f'W/"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"'
    given = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    dated = status == 200 and "Vary" not in given
    if dated:
        given["Last-Modified"] = formatdate(about.st_mtime, usegmt=True)
    if status == 200 and _has(request, given):
        return Response(status_code=304, headers=given)
    kind = _Whole if dated else _Undated
    response = kind(file, status, given, stat_result=about)
    response.headers["Content-Type"] = media_type(file)
    return response


def _has(request: Request, given: Mapping[str, str]) -> bool:
    """Whether the client has what these headers tell of: by tag, else by date."""
    if "if-none-match" in request.headers:
        return has_tag(request, given["ETag"])
    # The very date: a release may bring a file back that is older than the one it had before.
    since = request.headers.get("if-modified-since")
    return since is not None and since == given.get("Last-Modified")


def has_tag(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this tag."""
    named = request.headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")
    return named.strip() == "*" or bare in (t.strip().removeprefix("W/") for t in named.split(","))


def _is_clean(path: str) -> bool:
    parts = path.split("/")
    hidden = any(p.startswith(".") and p != ".well-known" for p in parts)
    return (
        len(path) <= _PATH
        and not hidden
        and "" not in parts[:-1]
        and "\\" not in path
        and path.isprintable()
    )


def _file(site: Path, file: Path) -> Path | None:
    try:
        inside = file.resolve().is_relative_to(site)
        return file if inside and stat.S_ISREG(os.stat(file).st_mode) else None  # noqa: PTH116
    except (OSError, RuntimeError):
        return None
