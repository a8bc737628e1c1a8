"""Addresses that nobody can write to or open: mailboxes and web addresses of no server."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

MAILBOXES: Final = frozenset({term("vcard:hasEmail"), term("foaf:mbox")})
"""Properties whose values are links to a mailbox."""
_NAME: Final = r"[^\s/?#@:.<>\[\]]+(?:\.[^\s/?#@:.<>\[\]]+)*"
_MAILBOX: Final = re.compile(rf"(?!/)[^\s@<>\"(),:;\[\]\\]+@{_NAME}")
_WEB: Final = re.compile(r"<https?:", re.IGNORECASE)
_SERVED: Final = re.compile(
    rf"<https?://(?:[^/?#@>]*@)?(?:\[[^\]]+\]|{_NAME}\.?)(?::\d*)?[/?#>]", re.IGNORECASE
)


def find_addresses(description: Description) -> Iterator[Result]:
    """Links to a mailbox that is none, and web addresses without a server."""
    for subject, predicate, value in description.triples:
        if not is_iri(value):
            continue
        if predicate in MAILBOXES:
            if value not in description.index and not is_mailbox(value):
                yield make("not-a-mailbox", subject, predicate, value)
        elif _WEB.match(value) and not _SERVED.match(value):
            yield make("no-server", subject, predicate, value)


def is_mailbox(value: str) -> bool:
    """Whether an IRI (a term) is a mailbox or several, whatever letter it proposes behind a `?`."""
    scheme, _, written = iri(value).partition("?")[0].partition(":")
    # Between mailboxes a comma stands as it is (RFC 6068).
    boxes = map(unquote, written.split(","))
    return scheme.lower() == "mailto" and all(map(_MAILBOX.fullmatch, boxes))
