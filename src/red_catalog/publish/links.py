"""Where things lie on the site, and which foreign addresses may be links."""

import re
from typing import Final
from urllib.parse import urlsplit

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]*(?:\.[A-Za-z0-9_~-]+)*")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u202a-\u202e\u2066-\u2069]")


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


def safe(iri: str) -> str | None:
    """The IRI where it may be a link (http, https, mailto, tel), else None."""
    if _FORBIDDEN.search(iri):
        return None
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or (parts.scheme.startswith("http") and not parts.netloc):
        return None
    return iri


def web(location: str) -> str | None:
    """An http(s) address without user name, password and fragment, else None."""
    if safe(location) is None or not location.startswith("http"):
        return None
    parts = urlsplit(location)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
