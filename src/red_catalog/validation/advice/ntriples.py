"""Fixes for documents in N-Triples or N-Quads: whole statements, one a line, no prefixes."""

import re
from hashlib import sha256
from itertools import groupby
from typing import Final

from red_catalog.model import Triple
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import is_blank, is_iri
from red_catalog.rdf.trusted import parse_turtle
from red_catalog.validation.advice.pasting import HEADS

_PROLOGUE: Final = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
_OWN: Final = "_:here"  # what has no address and is spoken of, until it is written
_ANY: Final = "_:…"
# The value of a statement that has no address; what holders write may hold the same signs.
_WITHOUT_ADDRESS: Final = re.compile(r'(?P<before>(?:[^\s"]\S* ){1,2})\[ …(?: (?P<name>.*) …)? \]')
_INNER: Final = {
    "inside": (
        "À ajouter, « _:… » étant le nom que le document lui donne (exemple à adapter) :",
        "To add, “_:…” being the name that the document gives it (an example to adapt):",
    ),
    "inside-sure": (
        "À ajouter, « _:… » étant le nom que le document lui donne :",
        "To add, “_:…” being the name that the document gives it:",
    ),
    "within": (
        "À retirer, « _:… » étant le nom que le document lui donne :",
        "To remove, “_:…” being the name that the document gives it:",
    ),
}
_HEADS: Final = {
    f"# {HEADS[kind][number]}": f"# {text}"
    for kind, texts in _INNER.items()
    for number, text in enumerate(texts)
}


def write_lines(turtle: str) -> str:
    """A fix with its statements as N-Triples; what is to be removed or chosen stays a comment.

    Two fixes name nothing alike, for both may be pasted into one document.
    """
    salt = sha256(turtle.encode()).hexdigest()[:8]
    names: dict[str, str] = {_OWN: _ANY}
    lines: list[str] = []
    for mark, block in groupby(turtle.rstrip("\n").split("\n"), _mark):
        body = [line.removeprefix(mark) for line in block]
        if mark == "@prefix ":
            continue
        if mark == "# ":
            lines += [_HEADS.get(f"# {line}", f"# {line}") for line in body]
            continue
        texts = ["\n".join(body)] if mark == "" or not is_iri(body[0]) else body
        for text in texts:
            for triple in _read(text):
                lines.append(mark + _write(triple, names, salt) + _name_in(text))
    return "\n".join(lines) + "\n"


def _mark(line: str) -> str:
    """What a line of a fix begins with, which tells what it is."""
    return next((m for m in ("@prefix ", "# - ", "#   ", "# ") if line.startswith(m)), "")


def _read(text: str) -> list[Triple]:
    """The statements of a piece of a fix; within a block only properties and values stand."""
    if text.endswith(" ;"):
        text = f"{_OWN} {text} ."
    if found := _WITHOUT_ADDRESS.match(text):
        text = f"{found['before']}{_OWN}{text[found.end() :]}"
    return parse_turtle(_PROLOGUE + text)


def _name_in(text: str) -> str:
    """What a thing is called that the document alone can point to."""
    found = _WITHOUT_ADDRESS.match(text)
    return f"  # {found['name']}" if found and found["name"] else ""


def _write(triple: Triple, names: dict[str, str], salt: str) -> str:
    terms = (
        names.setdefault(t, f"_:new-{salt}-{len(names)}") if is_blank(t) else t for t in triple
    )
    return " ".join(terms) + " ."
