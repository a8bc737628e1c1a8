"""The name of a dataset's page, made from its IRI."""

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_LONGEST = 48


def make_slug(iri: str, digits: int = 8) -> str:
    """A readable tail of the IRI and so many digits of its SHA-256, in lower case.

    The digits keep IRIs apart that differ only in letter case or in what was left out.
    """
    try:
        parts = urlsplit(iri)
    except ValueError:  # no server has such a name
        tail = iri.rstrip("/").rpartition("/")[2]
    else:
        tail = parts.fragment or parts.path.rstrip("/").rsplit("/", 1)[-1] or parts.netloc
    ascii_tail = unicodedata.normalize("NFKD", unquote(tail)).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9]+", "-", ascii_tail.lower()).strip("-")[:_LONGEST].strip("-")
    whole = hashlib.sha256(iri.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable or 'dataset'}-{whole[:digits]}"
