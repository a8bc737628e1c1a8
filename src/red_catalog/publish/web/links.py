"""Where things lie on the site, and which foreign addresses may be links."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from red_catalog.model import names_server

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]*(?:\.[A-Za-z0-9_~-]+)*")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u202a-\u202e\u2066-\u2069]")
_WEB: Final = re.compile("https?:", re.IGNORECASE)
_QUOTED: Final = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)


def url(base_path: str, code: str, path: str) -> str:
    """The root-relative address of a page: French at the root, English under `en/`."""
    return f"{base_path}{'' if code == 'fr' else code + '/'}{path}"


def file(code: str, path: str) -> str:
    """The file of a page under the web root."""
    folder = "" if code == "fr" else f"{code}/"
    return f"{folder}{path or 'index.html'}"


def slug(text: str) -> str:
    """The slug itself. Raises ValueError where it could leave its folder."""
    if len(text) > 200 or not _SLUG.fullmatch(text):
        raise ValueError(f"{text!r} cannot name a file of the site.")
    return text


@lru_cache(10_000)
def safe(iri: str) -> str | None:
    """The IRI where it may be a link (http, https, mailto, tel), else None."""
    if _FORBIDDEN.search(iri):
        return None
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or (parts.scheme.startswith("http") and not names_server(iri)):
        return None
    return iri


def web(location: str) -> str | None:
    """An http(s) address without user name, password, query and fragment, else None.

    Keys of interfaces stand in queries: none of them leaves the catalogue.
    """
    if safe(location) is None or not _WEB.match(location):
        return None
    return _bare(location)


def shown(location: str) -> str:
    """A location as people may see it: an address without its secrets, or a path."""
    try:
        return _bare(location) if _WEB.match(location) else location
    except ValueError:
        return location.partition("?")[0]


def hide(text: str, location: str) -> str:
    """A sentence whose addresses at the host of this location are as `shown`."""
    host = urlsplit(shown(location)).netloc.lower() if _WEB.match(location) else ""
    return _QUOTED.sub(lambda m: shown(m[0]) if host and host in m[0].lower() else m[0], text)


def _bare(location: str) -> str:
    parts = urlsplit(location)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl()
