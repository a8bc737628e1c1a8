"""Addresses in one spelling, in which those that lead to the same place are the same."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

import idna

_PARTS: Final = re.compile(r"(https?)://([^/?#]*)([^?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PORT: Final = re.compile(r":0*([0-9]*)$")
_DEFAULTS: Final = {"http": "80", "https": "443"}
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_RESERVED: Final = re.compile(r"[^A-Za-z0-9._~\x80-\U0010ffff-]")


def respell(iri: str) -> str:
    """An address as all its spellings have it, to compare; never to be shown or kept.

    http is https, a server is its name alone, letters are not escaped, and no path goes up.
    """
    found = _PARTS.fullmatch(iri)
    if found is None:
        return normalize("NFC", iri)
    scheme, server, path, rest = found.groups()
    path, rest = (normalize("NFC", _ESCAPES.sub(_unescape, one)) for one in (path, rest))
    return f"https://{_server(scheme.lower(), server)}{_climb(path)}{rest}"


@lru_cache
def respell_all(iris: tuple[str, ...]) -> tuple[str, ...]:
    """Several, which are asked for again and again."""
    return tuple(map(respell, iris))


def climbs(iri: str) -> bool:
    """Whether the path of an address goes up, or nowhere: programs ask for another one."""
    found = _PARTS.fullmatch(iri)
    path = _ESCAPES.sub(_unescape, found[3]) if found else ""
    return bool(path) and path != _climb(path)


@lru_cache
def _server(scheme: str, server: str) -> str:
    server = server.rpartition("@")[2]
    port = _PORT.search(server)
    host = server[: port.start()] if port else server
    number = port[1] if port else ""
    host = ascii_host(unquote(host))
    return f"{host}:{number}" if number not in {"", _DEFAULTS[scheme]} else host


def ascii_host(host: str) -> str:
    """A host as requests spells it: in small letters, `xn--` for what is not ASCII, no last dot."""
    host = normalize("NFC", host).lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii").rstrip(".")
    except idna.IDNAError:
        return host


def _unescape(found: re.Match[str]) -> str:
    """What escapes stand for, save for signs that mean something else unescaped."""
    text = unquote(found[0], errors="surrogateescape")
    return _RESERVED.sub(lambda sign: f"%{ord(sign[0]):02X}", text)


def _climb(path: str) -> str:
    """A path without its segments `.` and `..` (RFC 3986, 5.2.4)."""
    left: list[str] = []
    segments = path.split("/")[1:]
    for one in segments:
        if one == "..":
            del left[-1:]
        elif one != ".":
            left.append(one)
    if segments and segments[-1] in {".", ".."}:
        left.append("")
    return "/" + "/".join(left)
