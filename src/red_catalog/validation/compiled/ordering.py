"""Which of two values comes first: SPARQL's `<`, as rdflib's literals have it."""

import datetime as dt
import logging
import warnings
from functools import lru_cache

import rdflib

from red_catalog.rdf.terms import LANG_STRING, XSD_STRING, iri, literal

_UNORDERED = (dt.datetime, dt.time)
# ArithmeticError: a decimal beside NaN.
_NOT_COMPARABLE = (TypeError, NotImplementedError, ArithmeticError)
# An ill-typed literal is a finding here, not news for the log.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


@lru_cache(maxsize=4096)
def literal_of(term: str) -> rdflib.Literal | None:
    """The rdflib literal of a term, as written; None for another kind of term."""
    if not term.startswith('"'):
        return None
    text, language, datatype = literal(term)
    given = None if datatype in {XSD_STRING, LANG_STRING} else datatype
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return rdflib.Literal(text, lang=language, datatype=given, normalize=False)
    except ValueError:  # a language tag that rdflib does not take
        return None


def compare(some: rdflib.Literal, other: rdflib.Literal) -> int | None:
    """Below, at or above zero as `some` is less, equal or greater; None: not comparable."""
    if isinstance(some.value, str) != isinstance(other.value, str):
        return None
    try:
        if some.eq(other):
            return 0
        # rdflib gives dates and times a total order of its own; SHACL wants theirs.
        timed = isinstance(some.value, _UNORDERED)
        greater = some.value > other.value if timed else some > other
    except _NOT_COMPARABLE:
        return None
    return 1 if greater else -1


def comes_before(term: str, other: str, *, or_same: bool) -> bool:
    """Whether a value is less than another (`or_same`: or equal); False: not comparable."""
    some_key, other_key = _key(term), _key(other)
    if some_key is None or other_key is None:
        return False
    if isinstance(some_key, rdflib.Literal) != isinstance(other_key, rdflib.Literal):
        return False
    try:
        return bool(some_key <= other_key if or_same else some_key < other_key)
    except _NOT_COMPARABLE:
        return False


def _key(term: str) -> str | rdflib.Literal | None:
    """IRIs and texts are compared as strings, other literals by value, blank nodes never."""
    if term.startswith("<"):
        return iri(term)
    value = literal_of(term)
    if value is None:
        return None
    return str(value.value) if isinstance(value.value, str) else value
