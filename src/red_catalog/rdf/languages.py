"""Tags of languages (BCP 47), as the parsers read them."""

from functools import lru_cache

import pyoxigraph


@lru_cache(1024)
def is_language(tag: str) -> bool:
    """Whether a text can have this as its language: with any other, no parser reads it."""
    try:
        pyoxigraph.Literal("", language=tag)
    except ValueError:
        return False
    return True
