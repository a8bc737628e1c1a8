"""HTML that catalogues write into plain texts."""

import html
import re
from typing import Final

from red_catalog.harvesters.xmltree import tidy

_ATTRIBUTES: Final = r"(?:\s+[\w:-]+=(?:\"[^\"]*\"|'[^']*'))*\s*/?>"
# Of these elements only: “<confidentiel>” is a word.
_BLOCK: Final = re.compile(rf"</?(?:br|div|h[1-6]|li|ol|p|table|tr|ul){_ATTRIBUTES}", re.IGNORECASE)
_INLINE: Final = re.compile(
    rf"</?(?:a|b|em|font|i|small|span|strong|sub|sup|u){_ATTRIBUTES}", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def strip_tags(words: str) -> str:
    """The words without the tags of HTML that lay them out, paragraphs on lines of their own."""
    return tidy(unescape(_INLINE.sub("", _BLOCK.sub("\n", words))))


def unescape(words: str) -> str:
    """The words with the characters that entities of HTML stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), words)
