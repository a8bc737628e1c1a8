"""HTML that catalogues write into plain texts."""

import html
import re
from typing import Final

from red_catalog.harvesters.xmltree import tidy

# Names alone are few, for “p<a et b>c” holds no tag.
_ATTRIBUTES: Final = (
    r"(?:\s+(?:[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)|nowrap|hidden|download|itemscope))*\s*/?>"
)
# Of these elements only: “<confidentiel>” is a word.
_BLOCK: Final = re.compile(
    r"</?(?:br|caption|div|h[1-6]|li|ol|p|table|tbody|td|tfoot|th|thead|tr|ul)" + _ATTRIBUTES,
    re.IGNORECASE,
)
_INLINE: Final = re.compile(
    rf"</?(?:a|b|em|font|i|small|span|strong|u){_ATTRIBUTES}", re.IGNORECASE
)
_ANCHOR: Final = re.compile(rf"<(/?)a{_ATTRIBUTES}", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\shref=[\"']?\s*(https?://[^\s\"'<>]+)", re.IGNORECASE)
_SHIFTED: Final = re.compile(
    rf"<(sup|sub){_ATTRIBUTES}([^<>]*)|</su[pb]{_ATTRIBUTES}", re.IGNORECASE
)
_HIGH: Final = dict(zip("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ", strict=True))
_LOW: Final = dict(zip("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True))
# As in “1er”, “XIXe”.
_ORDINAL: Final = re.compile(r"(?:[èe]me|[eèr]r?e?|[nr]?de?|o|th|st)s?", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def strip_tags(words: str, *, links: bool = True) -> str:
    """The words without the tags of HTML that lay them out, paragraphs on lines of their own.

    The address of a link follows its words, unless `links` is false; powers stay powers.
    """
    laid = _BLOCK.sub("\n", _spell_links(words) if links else words)
    return tidy(unescape(_SHIFTED.sub(_shift, _INLINE.sub("", laid))))


def has_tags(words: str) -> bool:
    """Whether tags lay a text out; in one of Markdown, blank lines do."""
    return any(one.search(words) for one in (_BLOCK, _INLINE, _SHIFTED))


def unescape(words: str) -> str:
    """The words with the characters that entities of HTML stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), words)


def _spell_links(words: str) -> str:
    parts: list[str] = []
    position, address = 0, ""
    for tag in [*_ANCHOR.finditer(words), None]:
        between = words[position : tag.start() if tag else None]
        told = between.rstrip()
        if address and address.rstrip("/") not in between:
            told += f" ({address})"
        parts += told, between[len(between.rstrip()) :]
        found = _ADDRESS.search(tag[0]) if tag and not tag[1] else None
        address = found[1] if found else ""
        position = tag.end() if tag else 0
    return "".join(parts)


def _shift(match: re.Match[str]) -> str:
    """What stands above or below the line, so that 10 to the 6 is not read as 106."""
    if match[1] is None:
        return ""
    raised, written = match[1].lower() == "sup", unescape(match[2])
    words, start = written.strip(), match.start()
    after_digit = match.string[max(start - 1, 0) : start].isdigit()
    table, mark = (_HIGH, "^") if raised else (_LOW, "_")
    if not (raised or after_digit) or not re.match(r"[\w+−-]", words):
        return written
    if all(one in table for one in words):
        return written.replace(words, "".join(map(table.__getitem__, words)), 1)
    is_plain = words.isalpha() and not after_digit
    return (
        written
        if is_plain or _ORDINAL.fullmatch(words)
        else written.replace(words, mark + words, 1)
    )
