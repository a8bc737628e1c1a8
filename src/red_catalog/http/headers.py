"""What headers say: which may be sent where, where to go on, how long to wait."""

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

from red_catalog import __version__
from red_catalog.http.defects import Refused, printable
from red_catalog.http.exchange import Answer
from red_catalog.http.guard import Server, may_hold_credentials
from red_catalog.http.robots import AGENT
from red_catalog.model import Source

# Virtuoso answers 200 with what it found in the time that it gives a query.
_LATE: Final = "S1TAT"
# An endpoint of this software says so where it cut a long answer.
_CUT: Final = "X-Truncated"
# Virtuoso says so of a table that it cut after so many rows: a next page has the rest.
_MOST: Final = "X-SPARQL-MaxRows"
# Every other header may prove who we are.
_HARMLESS: Final = {"accept", "accept-language"}
_CHARSET: Final = re.compile(r";\s*(charset\s*=[^;]*)", re.IGNORECASE)


def user_agent(contact: str) -> str:
    """What we call ourselves, with the address to complain to."""
    plain = printable(contact).encode("ascii", "replace").decode()
    return f"{AGENT}/{__version__} (+{plain})"


def harmless(headers: Mapping[str, str], server: Server, source: Source) -> dict[str, str]:
    """What may be sent to this server: nothing that proves who we are, unless it is trusted."""
    trusted = may_hold_credentials(server, source)
    return {n: v for n, v in headers.items() if trusted or n.lower() in _HARMLESS}


def redirect(answer: Answer) -> str | None:
    """Where an answer sends us on to. Raises Refused where that is no address."""
    location = answer.headers.get("Location")
    if answer.status not in {301, 302, 303, 307, 308} or not location:
        return None
    # Servers write UTF-8 where HTTP says Latin-1.
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(answer.url, written)
    except ValueError:
        raise Refused("bad-url", url=written) from None


def check_whole(answer: Answer, *, paged: bool = True) -> None:
    """Raises Refused where the server itself says that its answer is but a part.

    `paged`: who asked goes on to the next page, so that fewer rows than asked for do no harm.
    """
    if answer.headers.get("X-SQL-State", "").strip() == _LATE:
        raise Refused("answer-cut", said=f"X-SQL-State: {_LATE}")
    for name in (_CUT,) if paged else (_CUT, _MOST):
        if cut := answer.headers.get(name, "").strip():
            raise Refused("answer-cut", said=f"{name}: {cut}")


def force_type(wanted: str | None, declared: str | None) -> str | None:
    """The media type that the configuration names, in the charset that the server announces."""
    charset = _CHARSET.search(declared or "")
    if wanted is None or charset is None or _CHARSET.search(f";{wanted}"):
        return wanted or declared
    return f"{wanted}; {charset[1]}"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks us to wait, if it says so."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        return max(parsedate_to_datetime(asked).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
