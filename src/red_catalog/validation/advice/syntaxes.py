"""Fixes for the syntax at hand: what is written in Turtle fits no other document as it is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from red_catalog.model import Checked, CheckedDataset, Problem, Text
from red_catalog.validation.advice.ntriples import write_lines
from red_catalog.validation.advice.pasting import HEADS
from red_catalog.validation.advice.problems import retell
from red_catalog.validation.advice.quoting import say_in

_TURTLE: Final = frozenset({"ttl", "trig", "n3"})
_LINES: Final = frozenset({"nt", "nq"})
# What a syntax calls a thing by its address, many of them, a thing without one, and a class.
_Words = tuple[str, str, str, str]
_WORDS: Final[dict[str, tuple[_Words, _Words]]] = {
    "jsonld": (
        (
            "en JSON-LD, propriété « {} » de l'objet dont l'@id est « {} »",
            "en JSON-LD, chaque ligne disant l'@id d'un objet, sa propriété et sa valeur",
            "dans l'objet JSON-LD (entre accolades) qui le décrit",
            "@type",
        ),
        (
            "as JSON-LD, property “{}” of the object whose @id is “{}”",
            "as JSON-LD, each line telling the @id of an object, its property and its value",
            "in the JSON-LD object (between braces) that describes it",
            "@type",
        ),
    ),
    "rdf": (
        (
            "en RDF/XML, propriété « {} » de l'élément dont le rdf:about est « {} »",
            "en RDF/XML, chaque ligne disant le rdf:about d'un élément, sa propriété et sa valeur",
            "dans l'élément RDF/XML qui le décrit",
            "rdf:type",
        ),
        (
            "as RDF/XML, property “{}” of the element whose rdf:about is “{}”",
            "as RDF/XML, each line telling the rdf:about of an element, its property and its value",
            "in the RDF/XML element that describes it",
            "rdf:type",
        ),
    ),
}
_ANY_WORDS: Final[tuple[_Words, _Words]] = (
    (
        "dans la syntaxe de votre description, propriété « {} » de « {} »",
        "dans la syntaxe de votre description, chaque ligne disant une adresse, sa propriété et "
        "sa valeur",
        "là où votre description le décrit, dans sa syntaxe",
        "rdf:type",
    ),
    (
        "in the syntax of your description, property “{}” of “{}”",
        "in the syntax of your description, each line telling an address, its property and "
        "its value",
        "where your description describes it, in its syntax",
        "rdf:type",
    ),
)
_HEADS: Final[dict[str, tuple[str, str]]] = {
    "add": ("En Turtle, à écrire {} :", "In Turtle, to write {}:"),
    "example": (
        "En Turtle, à écrire {} (exemple : remplacez les valeurs par les vôtres) :",
        "In Turtle, to write {} (an example: replace the values with yours):",
    ),
    "language": (
        "En Turtle, à écrire {}, avec la langue du texte (« fr » par exemple) :",
        "In Turtle, to write {}, with the language of the text (“en” for instance):",
    ),
    "inside": (
        "En Turtle, à écrire {} (exemple à adapter) :",
        "In Turtle, to write {} (an example to adapt):",
    ),
    "inside-sure": ("En Turtle, à écrire {} :", "In Turtle, to write {}:"),
    "within": ("En Turtle, à retirer {} :", "In Turtle, to remove {}:"),
}
_INNER: Final = {"inside", "inside-sure", "within"}
_AFTER: Final = {"instead", "adapted"}  # they follow a head that has named the syntax
_STATEMENT: Final = re.compile(r"^([^\s#@]\S*) (\S+) ", re.MULTILINE)
_KINDS: Final = {
    f"# {text}": kind for kind, texts in HEADS.items() for text in texts if "{}" not in text
}


def suit(checked: Checked, syntax: str | None) -> Checked:
    """The check of a document in this syntax (None: nobody knows), with fixes that fit it."""
    return replace(
        checked,
        datasets=tuple(_suit_dataset(one, syntax) for one in checked.datasets),
        beside=checked.beside and suit(checked.beside, syntax),
    )


def _suit_dataset(one: CheckedDataset, syntax: str | None) -> CheckedDataset:
    problems = suit_problems(one.problems, syntax)
    return replace(one, problems=problems, report=retell(one.report, problems))


def suit_problems(problems: Sequence[Problem], syntax: str | None) -> tuple[Problem, ...]:
    """The problems of a dataset that is described in this syntax, with fixes that fit it."""
    if syntax in _TURTLE:
        return tuple(problems)
    said = (say_in(one, syntax) for one in problems)
    return tuple(
        replace(one, turtle=_suit(one.turtle, syntax)) if one.turtle else one for one in said
    )


def _suit(turtle: Text, syntax: str | None) -> Text:
    if syntax in _LINES:
        return {lang: write_lines(text) for lang, text in turtle.items()}
    return {
        lang: _carry_over(turtle[lang], _WORDS.get(syntax or "", _ANY_WORDS)[number], number)
        for number, lang in enumerate(("fr", "en"))
    }


def _carry_over(text: str, words: _Words, number: int) -> str:
    """The fix as it is, but for what is said of it: it stays Turtle."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not line.startswith("# ") or line.startswith(("# - ", "#   ")):
            continue
        kind = _KINDS.get(line)
        if kind in _HEADS:
            where = words[2] if kind in _INNER else _place("\n".join(lines[at:]), words)
            lines[at] = f"# {_HEADS[kind][number].format(where)}"
        elif kind not in _AFTER:
            said = ("(ici en Turtle)", "(here in Turtle)")[number]
            lines[at] = re.sub(r"( ?:)$", rf" {said}\1", line)
    return "\n".join(lines)


def _place(text: str, words: _Words) -> str:
    """The only property and thing that are spoken of; else what each line is made of."""
    said = set(_STATEMENT.findall(text))
    if len(said) != 1:
        return words[1]
    ((subject, verb),) = said
    return words[0].format(words[3] if verb == "a" else verb, subject.strip("<>"))
