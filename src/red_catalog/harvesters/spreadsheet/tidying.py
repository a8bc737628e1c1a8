"""What word processors, mail programs and sentences leave in and around a value that is no text."""

import re
from typing import Final

_KINDS: Final = frozenset(
    {
        "assessed", "certificate", "date", "duration", "email", "end", "iri", "link", "media",
        "phone", "start", "whole",
    }
)  # fmt: skip
# Quotation marks and angle brackets, which none of these values begins or ends with.
_AROUND: Final = "«»“”„‟‘’‚‛‹›\"'<> \u00a0\u202f"
# Word's hyphen that breaks no line, and the typographic one: no keyboard writes them.
_HYPHENS: Final = str.maketrans("\u2010\u2011", "--")
# No mailbox and no address of a code ends in these; another web address may.
_ENDS: Final = ".,:!"
_WEB: Final = re.compile(r"[«“„‘‹\"'<\s]*https?://", re.IGNORECASE)


def tidy(kind: str, text: str) -> str:
    """A value of a column of this kind as it is meant; that of a text, or of a name, as it is."""
    coded = kind == "code" and _WEB.match(text) is not None
    if kind not in _KINDS and not coded:
        return text
    found = text.translate(_HYPHENS).strip(_AROUND)
    if coded or kind == "email":
        found = found.rstrip(_ENDS).rstrip(_AROUND)
    return found or text
