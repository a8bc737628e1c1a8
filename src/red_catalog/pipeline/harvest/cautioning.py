"""What a human should look at in a description that is otherwise in order. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from red_catalog.ehds import mailboxes, privacy
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
# A French social-security number: sex, year, month, place, order; then its key of two digits.
_NIR: Final = re.compile(
    r"(?<!\d)[12](?:\s\d{2}\s(?:0[1-9]|1[0-2]|[2-9]\d)\s\d[\dAB]\s\d{3}\s\d{3}(?:\s\d{2})?"
    r"|\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{8})(?!\d)"
)


def find_cautions(canonical: bytes, now: datetime) -> list[Text]:
    """A sentence for each thing to look at: personal data, dates that have not come yet.

    No personal datum is repeated: the sentence goes into reports that others read.
    """
    statements = triples(canonical)
    texts = [(p, literal(o)[0]) for _, p, o in statements if is_literal(o)]
    found = []
    if _tells_of_a_person(statements):
        found.append(say("caution-person"))
    if any(_NIR.search(text) for _, text in texts):
        found.append(say("caution-nir"))
    late = (now + timedelta(days=1)).date().isoformat()
    found += [
        say("caution-date", date=text[:10])
        for p, text in sorted(texts)
        if p in _DATES and re.match(r"\d{4}-\d{2}-\d{2}", text) and text[:10] > late
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
