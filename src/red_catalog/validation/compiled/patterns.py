"""Regular expressions that cannot hang.

Python's own engine, which pySHACL uses, may take years over one short text, and cannot be
stopped. The `regex` engine reads the same syntax with the same meaning and takes a time
limit. A value that exhausts it counts as one that does not match: it fails, it is named in
a finding, and the validation goes on.
"""

from time import perf_counter
from typing import Final

import regex

from red_catalog.rdf.terms import iri, literal
from red_catalog.validation.compiled.check import DataTest
from red_catalog.validation.compiled.data import Data

VALUE_SECONDS: Final = 0.5
RECORD_SECONDS: Final = 2.0


def matches(pattern: str, flags: str) -> DataTest:
    """The test of a sh:pattern. Raises regex.error for a pattern that cannot be read.

    Of the flags, `i` and `m` count, as they do for pySHACL.
    """
    options = regex.VERSION0
    options |= regex.IGNORECASE if "i" in flags.lower() else 0
    options |= regex.MULTILINE if "m" in flags.lower() else 0
    search = regex.compile(pattern, options).search

    def test(data: Data, term: str) -> bool:
        text = text_of(term)
        left = min(VALUE_SECONDS, RECORD_SECONDS - data.pattern_seconds)
        if text is None or left <= 0:
            return False
        start = perf_counter()
        try:
            return search(text, timeout=left) is not None
        except TimeoutError:
            data.pattern_seconds += perf_counter() - start
            return False

    return test


def text_of(term: str) -> str | None:
    """What SPARQL's STR gives for a term; None for a blank node, which has no text."""
    if term[0] == "<":
        return iri(term)
    return literal(term)[0] if term[0] == '"' else None
