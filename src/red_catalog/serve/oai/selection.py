"""What a harvester asks for, and the token that lets it go on, from release to release."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

PREFIXES: Final = ("oai_dc", "dcat_ap")
SETS: Final = {"holder": "Détenteur", "category": "Catégorie de données (article 51)"}
"""The facets that sets are of, with their names; a catalogue without any dataset has them, too."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SET: Final = re.compile(r"(holder|category)(:[A-Za-z0-9._-]+)?")
_SLUG: Final = re.compile(r"[A-Za-z0-9._-]*")


class OaiError(Exception):
    """An error of the protocol: its code and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records, in which format, from where in the list on.

    The place is a stamp and a page name, not a count: what a new release adds comes later in
    the list and moves nothing, so that a token outlives any number of releases.
    """

    prefix: str
    since: str = ""
    until: str = "9"
    set: str = ""
    stamp: str = ""
    slug: str = ""
    sent: int = 0

    def write(self) -> str:
        """The selection as a resumption token."""
        packed = json.dumps(list(asdict(self).values()), separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_selection(arguments: Mapping[str, str]) -> Selection:
    """The selection of a request without a token. Raises OaiError for a bad one."""
    prefix = check_prefix(arguments["metadataPrefix"])
    since, until = arguments.get("from", ""), arguments.get("until", "")
    for one in (since, until):
        if one and not _is_moment(one):
            raise OaiError("badArgument", f"{one!a} is neither a day nor a second in UTC.")
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until must both be days, or both be seconds.")
    if since and until and since > until:
        raise OaiError("badArgument", "from is later than until.")
    wanted = arguments.get("set", "")
    if wanted and not _SET.fullmatch(wanted):
        raise OaiError("badArgument", f"There is no set {wanted!a}: see ListSets.")
    return Selection(
        prefix,
        f"{since}T00:00:00Z" if _DAY.fullmatch(since) else since,
        f"{until}T23:59:59Z" if _DAY.fullmatch(until) else until or "9",
        wanted,
    )


def read_token(token: str) -> Selection:
    """The selection of a resumption token. Raises OaiError for what is none of ours."""
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        found = Selection(*json.loads(base64.urlsafe_b64decode(padded)))
        sound = (
            found.prefix in PREFIXES
            and all(_is_moment(m) for m in (found.since or _ANY, found.stamp))
            and (found.until == "9" or _is_moment(found.until))
            and isinstance(found.set, str)
            and (not found.set or _SET.fullmatch(found.set))
            and _SLUG.fullmatch(found.slug)
            and type(found.sent) is int
            and 0 < found.sent < 10**9
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise OaiError("badResumptionToken", "This token is none of ours: start again without it.")
    return found


def check_prefix(prefix: str) -> str:
    """A format that there is. Raises OaiError for another."""
    if prefix not in PREFIXES:
        known = ", ".join(PREFIXES)
        raise OaiError("cannotDisseminateFormat", f"{prefix!a} is not one of {known}.")
    return prefix


_ANY: Final = "2000-01-01"


def _is_moment(text: str) -> bool:
    try:
        if _DAY.fullmatch(text):
            date.fromisoformat(text)
        elif _SECOND.fullmatch(text):
            datetime.fromisoformat(text)
        else:
            return False
    except ValueError:
        return False
    return True
