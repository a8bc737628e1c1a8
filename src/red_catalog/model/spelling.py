"""Words as people type them in a hurry."""

import unicodedata
from typing import Final

# Which Unicode does not take apart.
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})


def unaccent(text: str) -> str:
    """The text without accents and ligatures."""
    split = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in split if not unicodedata.combining(c))
