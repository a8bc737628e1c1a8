"""What can be told of a SPARQL query before it is run.

The engine's grammar decides only as it goes whether `<` opens an IRI or compares, and it needs
no space around keywords, so no single reading into tokens is safe: in `FILTER(?a<'&&?b>')` the
quotes hold a string, though `<'&&?b>` looks like an IRI. The scan therefore follows every
reading: it keeps the set of places where a token may start, and reports SERVICE if any of them
begins a service clause. It may see too much, never too little; the worker's sealed network is
the second wall.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from red_catalog.serve.request.refusal import Refusal
from red_catalog.store.strings import Strings

DEPTH = 64  # a bracket costs the engine's parser up to 10 KB of stack

# What an engine may have in names: all but the blanks beyond ASCII, of which \w leaves out many.
SIGN = r"[^\x00-,/:-@\[-^`{-\x7f\s]"
_NAME = r"(?:[\w.\-\u00b7]|%[0-9A-Fa-f]{2}|\\[^\s])"
_OPAQUE = re.compile(rf"@[A-Za-z]+(?:-[A-Za-z0-9]+)*|_:{_NAME}*")
_ANGLES = re.compile(r"<[^<>]*>")
_IRI = re.compile(r"<[^<>\s\"{}|^`\\]*>")
_VARIABLE = re.compile(r"[?$]\w*")
PREFIXED = re.compile(rf"(?:[^\W\d_][\w.\-\u00b7]{{0,64}}+)?:(?:{_NAME}|:)*")
_WORD = re.compile(r"\w+")
_SERVICE = re.compile("SERVICE", re.IGNORECASE)
_SILENT = re.compile("SILENT", re.IGNORECASE)
LOCAL = rf"(?:{SIGN}|%[0-9A-Fa-f]{{2}}|\\[^\s]|:)"
_CALLED = re.compile(rf"<[^<>]*>|[?$]{SIGN}+|{SIGN}{{0,200}}+:{LOCAL}{{0,200}}+(?!{LOCAL})")
# A longer name counts as a call, whatever follows: to read each of many to its end would take
# too long.
_LONG = re.compile(rf"{SIGN}{{201}}|{SIGN}{{0,200}}+:{LOCAL}{{201}}")
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_VOLATILE = {"RAND", "NOW", "UUID", "STRUUID", "BNODE"}


@dataclass(frozen=True, slots=True)
class Query:
    """A query's form (None: to be refused by the parser) and what its answer depends on.

    `volatile`: two runs may differ. `dataset`: it names its graphs with FROM.
    """

    text: str
    form: str | None
    volatile: bool
    dataset: bool


def inspect(text: str) -> Query:
    """Reads a query's outline. Raises Refusal for SERVICE, updates and deep nesting."""
    strings = Strings(text)
    if _calls_service(text, strings):
        raise Refusal(
            400,
            "SERVICE n'est pas disponible : ce service n'interroge que son propre catalogue.",
            "SERVICE is not available: this endpoint asks its own catalogue only.",
        )
    words, depth = _outline(text, strings)
    if depth > DEPTH:
        raise Refusal(
            400,
            f"La requête imbrique plus de {DEPTH} parenthèses ou accolades : simplifiez-la.",
            f"The query nests more than {DEPTH} brackets: make it simpler.",
        )
    form = next((w for w in words if w in _FORMS | _UPDATES), None)
    if form in _UPDATES:
        raise Refusal(
            400,
            f"{form} est une mise à jour ; ce service est en lecture seule.",
            f"{form} is an update; this endpoint is read-only.",
        )
    return Query(text, form, not _VOLATILE.isdisjoint(words), "FROM" in words)


def _outline(text: str, strings: Strings) -> tuple[list[str], int]:
    """The bare words of the likeliest reading, in capitals, and the depth of its brackets.

    An unlikely reading may nest deeper; the worker's large stack is for that.
    """
    words: list[str] = []
    depth = deepest = at = 0
    while at < len(text):
        if end := strings.end(at):
            at = end
            continue
        character = text[at]
        match = _OPAQUE.match(text, at) or _VARIABLE.match(text, at) or PREFIXED.match(text, at)
        if character == "<":
            match = _IRI.match(text, at)
        if not match and (word := _WORD.match(text, at)):
            words.append(word[0].upper())
            match = word
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
        at = match.end() if match else at + 1
    return words, deepest


def _calls_service(text: str, strings: Strings) -> bool:
    clauses = {f.start() for f in _SERVICE.finditer(text) if _is_call(text, f.end(), strings)}
    if not clauses:
        return False
    return any(at in clauses for at in places(text, strings, max(clauses)))


def places(text: str, strings: Strings, last: int) -> Iterator[int]:
    """Where a token may start, up to a place, over all readings of the text."""
    seen = {0}
    waiting = [0]
    while waiting:
        at = waiting.pop()
        yield at
        for after in _next_places(text, at, strings):
            if after <= last and after not in seen:
                seen.add(after)
                waiting.append(after)


def _is_call(text: str, at: int, strings: Strings) -> bool:
    """Whether what follows the word SERVICE makes it a clause."""
    at = strings.skip_blank(at)
    places = [at]
    if silent := _SILENT.match(text, at):
        places.append(strings.skip_blank(silent.end()))
    for place in places:
        called = _CALLED.match(text, place)
        if called and text.startswith("{", strings.skip_blank(called.end())):
            return True
        if _LONG.match(text, place):
            return True
    return False


def _next_places(text: str, at: int, strings: Strings) -> list[int]:
    """Where the token after the one at `at` may start, over all readings."""
    if end := strings.end(at):
        return [end]
    if match := _OPAQUE.match(text, at):
        return [match.end()]
    character = text[at]
    if character == "<":
        iri = _ANGLES.match(text, at)
        return [at + 1, iri.end()] if iri else [at + 1]
    if character in "?$":
        variable = _VARIABLE.match(text, at)
        assert variable
        # `?` also ends a path, and only these two objects may follow without a mark
        path = text[at + 1 : at + 6].lower().startswith(("true", "false"))
        return [at + 1, variable.end()] if path else [variable.end()]
    if character == ":":
        name = PREFIXED.match(text, at)
        assert name
        return [name.end()]
    return [at + 1]  # letter by letter: the engine reads trueSERVICE as two words
