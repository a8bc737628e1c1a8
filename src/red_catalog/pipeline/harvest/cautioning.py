"""What a human should look at in a description that is otherwise in order. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from red_catalog.ehds import mailboxes, privacy
from red_catalog.ehds.social_security import has_number
from red_catalog.model import Text, Triple
from red_catalog.namespaces import term
from red_catalog.pipeline.harvest.wording import say
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.writing import triples

_PERSONS: Final = {term("vcard:Individual"), term("foaf:Person")}
_NAMES: Final = {term("vcard:fn"), term("foaf:name")}
_MAILBOXES: Final = {term("vcard:hasEmail"), term("foaf:mbox"), term("cv:email")}
_DATES: Final = {term("dct:modified"), term("dct:issued")}
_MAILTO: Final = re.compile(r"(?i)<mailto:([^@>]+)@")
_MAILBOX: Final = re.compile(r"(?i)\s*(?:mailto:)?([^\s@]+)@")


def find_cautions(canonical: bytes, now: datetime) -> list[Text]:
    """A sentence for each thing to look at: personal data, dates that have not come yet.

    No personal datum is repeated: the sentence goes into reports that others read.
    """
    statements = triples(canonical)
    found = []
    if _tells_of_a_person(statements):
        found.append(say("caution-person"))
    if any(has_number(o) for _, _, o in statements):
        found.append(say("caution-nir"))
    late = (now + timedelta(days=1)).date().isoformat()
    dates = sorted((p, literal(o)[0]) for _, p, o in statements if p in _DATES and is_literal(o))
    found += [
        say("caution-date", date=text[:10])
        for _, text in dates
        if re.match(r"\d{4}-\d{2}-\d{2}", text) and text[:10] > late
    ]
    return found


def _tells_of_a_person(statements: Sequence[Triple]) -> bool:
    """Whether a person's name or mailbox is not marked private, and so is published."""
    private = privacy.find_private(statements)
    shown = [one for one in statements if one[0] not in private and one[2] not in private]
    persons = {s for s, p, o in shown if p == term("rdf:type") and o in _PERSONS}
    return any(s in persons and p in _NAMES for s, p, _ in shown) or any(
        mailboxes.is_personal(local) for _, p, o in shown if (local := _local(p, o))
    )


def _local(predicate: str, value: str) -> str:
    """What stands before the @ of a mailbox, an IRI or a text; nothing where the value is none."""
    text = literal(value)[0] if is_literal(value) and predicate in _MAILBOXES else value
    found = _MAILBOX.match(text) if text is not value else _MAILTO.match(text)
    return found[1] if found else ""
