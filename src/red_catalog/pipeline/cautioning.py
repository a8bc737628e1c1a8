"""What a human should look at in a description that is otherwise in order. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from red_catalog.model import Text, Triple
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.pipeline.wording import say
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.writing import triples

_PERSONS: Final = {term("vcard:Individual"), term("foaf:Person")}
_NAMES: Final = {term("vcard:fn"), term("foaf:name")}
_DATES: Final = (term("dct:issued"), term("dct:modified"))
# A French social-security number: sex, year, month, place, order; then its key of two digits.
_NIR: Final = re.compile(
    r"(?<!\d)[12](?:\s\d{2}\s(?:0[1-9]|1[0-2]|[2-9]\d)\s\d[\dAB]\s\d{3}\s\d{3}(?:\s\d{2})?"
    r"|\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{8})(?!\d)"
)
# Thirteen digits or capitals in a row, whatever spaces and escapes are between them, as bytes:
# without them there is no number, and most descriptions need no closer look.
_DIGITS: Final = bytes(b"x0"[chr(code) in "0123456789ABCDEF"] for code in range(256))
_BETWEEN: Final = bytes([*b" \\tnrfu", *range(0x80, 0x100)])
_PERHAPS_NIR: Final = b"0" * 13


def find_cautions(canonical: bytes, now: datetime) -> list[Text]:
    """A sentence for each thing to look at: personal data, dates that have not come yet.

    No personal datum is repeated: the sentence goes into reports that others read.
    """
    written = canonical.decode()
    found = []
    if any(kind in written for kind in _PERSONS) and _names_a_person(triples(canonical)):
        found.append(say("caution-person"))
    if _PERHAPS_NIR in canonical.translate(_DIGITS, _BETWEEN) and _has_nir(triples(canonical)):
        found.append(say("caution-nir"))
    late = (now + timedelta(days=1)).date().isoformat()
    found += [
        say("caution-date", date=text[:10])
        for predicate in _DATES
        for text in sorted(_texts(written, predicate))
        if re.match(r"\d{4}-\d{2}-\d{2}", text) and text[:10] > late
    ]
    return found


def _texts(written: str, predicate: str) -> Iterator[str]:
    """The texts that a property has; the empty one, too, where a text ends with its name."""
    for rest in written.split(f' {predicate} "')[1:]:
        yield literal(f'"{rest[: rest.index(chr(10)) - 2]}')[0]


def _names_a_person(statements: Sequence[Triple]) -> bool:
    persons = {s for s, p, o in statements if p == RDF_TYPE and o in _PERSONS}
    return any(s in persons and p in _NAMES for s, p, _ in statements)


def _has_nir(statements: Sequence[Triple]) -> bool:
    return any(_NIR.search(literal(o)[0]) for _, _, o in statements if is_literal(o))
