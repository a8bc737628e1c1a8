"""What of a text is shown: without what disturbs, as long as there is room, in which language."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from red_catalog.publish.record.graph import Value, Words

# Characters that reorder or hide the text around them, and those that HTML forbids.
_UNSAFE: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """The text without the characters that could disturb what stands around it."""
    return _UNSAFE.sub("", text)


def shorten(text: str, most: int = 200) -> str:
    """The beginning of a text, up to a whole word where there is one."""
    if len(text) <= most:
        return text
    return re.sub(r"\s+\S*$", "", text[:most]) + "…"


def shorten_address(iri: str) -> str:
    """An address as it is read: without the scheme of mailboxes, its middle left out if long."""
    text = iri
    for prefix in ("mailto:", "tel:", "http://www.iana.org/assignments/media-types/"):
        text = text.removeprefix(prefix)
    return text if len(text) <= 120 else f"{text[:80]}…{text[-30:]}"


def choose(names: Sequence[Words], code: str) -> Words | None:
    """The name in this language, else in no language, else in the other one, else in any.

    One in a language comes before one as it is written in a country. Of any the first by its tag:
    the title of a dataset and its description are in one language then.
    """
    for wanted in (code, None, "en" if code == "fr" else "fr"):
        mine = [one for one in names if _tongue(one) == wanted]
        if mine:
            return min(mine, key=lambda one: "-" in (one.language or ""))
    return min(names, key=lambda one: one.language or "", default=None)


def _tongue(words: Words) -> str | None:
    return words.language.split("-")[0].lower() if words.language else None


def readable(values: Iterable[Value], code: str) -> list[Value]:
    """The values without the translations that the page in the other language shows."""
    values = list(values)
    spoken = {v.language[:2] for v in values if isinstance(v, Words) and v.language}
    if code not in spoken:
        return values
    other = "en" if code == "fr" else "fr"
    return [
        v for v in values if not (isinstance(v, Words) and v.language and v.language[:2] == other)
    ]
