"""Where statements begin in a query: a bracket after a subject opens a path, and no call."""

import re
from typing import Final

_ENDS: Final = ("{", "}", ".", ")")
# No reading takes `<` for a sign of comparison here, since nothing goes on with `//`.
_WEB: Final = re.compile(r"<https?://[^<>\s\"'{}|^`\\]*>", re.IGNORECASE)
_UNSURE: Final = re.compile(r"[\"'\\]|<(?!\s)")  # may hide that a # begins no comment
_FENCES: Final = ('"""', "'''")  # end a string that lines above have begun
# Where an expression may follow another one without a sign: here, in some engines only …
_HEAD: Final = re.compile(
    r"(?:SELECT|DESCRIBE)(?:(?:(?!EXISTS)[^\"'#<`\\{]){0,300}+\{|.*)", re.IGNORECASE | re.DOTALL
)
# … and here in all, also after EXISTS {}.
_TAIL: Final = re.compile(r"(?:HAVING|(?:GROUP|ORDER)(?=\s*(?:BY|#))).*", re.IGNORECASE | re.DOTALL)
_NO_BRACKET: Final = str.maketrans(")", ",")
_NONE: Final = str.maketrans(")}", ",,")


class Statements:
    """The places of a text that are certain to begin a statement, whichever way it is read."""

    def __init__(self, text: str) -> None:
        plain = _WEB.sub(lambda found: "i" * len(found[0]), text)
        tamed = _TAIL.sub(lambda found: found[0].translate(_NONE), plain)
        self._text = _HEAD.sub(lambda found: found[0].translate(_NO_BRACKET), tamed)

    def begin_at(self, at: int) -> bool:
        """Whether what stands here is a subject, if it is a token at all."""
        before = self._text[:at].rstrip()
        while True:
            start = max(before.rfind("\n"), before.rfind("\r")) + 1
            line, mark, comment = before[start:].partition("#")
            if mark and (_UNSURE.search(line) or any(fence in comment for fence in _FENCES)):
                return False
            line = line.rstrip()
            if line or not mark:
                return line.endswith(_ENDS)
            before = before[:start].rstrip()
