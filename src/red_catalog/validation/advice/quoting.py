"""How links, texts and truth values are written in the syntax at hand: quotes are Turtle's."""

from dataclasses import replace
from typing import Final

from red_catalog.model import Problem, Text
from red_catalog.namespaces import PREFIXES

_BOOLEAN: Final = f"{PREFIXES['xsd']}boolean"
_LINK: Final = (
    ", entre chevrons et sans guillemets.", ", between angle brackets and without quotation marks.",
)  # fmt: skip
_ADDRESS: Final = (", entre guillemets.", ", in quotation marks.")
_BARE: Final = (", sans guillemets", ", without quotation marks")
_QUOTED: Final = ("entre guillemets, comme un texte", "in quotation marks, as text")
_PLAIN: Final = (
    (
        " (une adresse web complète, sans guillemets)",
        " (a full web address, without quotation marks)",
    ),
    (" (une adresse web complète)", " (a full web address)"),
)
_TEXT: Final = (("un texte entre guillemets", "text in quotation marks"), ("un texte", "text"))

_Words = tuple[str, str]
_LINES: Final = (
    _PLAIN,
    (_QUOTED, ("comme un texte", "as text")),
    (_BARE, (f", avec son type : ^^<{_BOOLEAN}>", f", with its type: ^^<{_BOOLEAN}>")),
)
# What is said for Turtle, and for another syntax (None: nobody knows which).
_SAID: Final[dict[str | None, tuple[tuple[_Words, _Words], ...]]] = {
    "jsonld": (
        (_LINK, (' : {"@id": "…"}.', ': {"@id": "…"}.')),
        (_ADDRESS, (", sans « @id ».", ", without “@id”.")),
        _TEXT, _PLAIN,
    ),
    "rdf": (
        (_LINK, (' : rdf:resource="…".', ': rdf:resource="…".')),
        (_ADDRESS, (", sans « rdf:resource ».", ", without “rdf:resource”.")),
        _TEXT, _PLAIN,
        (_QUOTED, ("comme un texte, sans « rdf:datatype »", "as text, without “rdf:datatype”")),
        (_BARE, (f', avec rdf:datatype="{_BOOLEAN}"', f', with rdf:datatype="{_BOOLEAN}"')),
    ),
    "nt": _LINES,
    "nq": _LINES,
    None: (
        (_LINK, (".", ".")), (_ADDRESS, (".", ".")), _TEXT, _PLAIN,
        (_QUOTED, ("comme un texte", "as text")), (_BARE, ("", "")),
    ),
}  # fmt: skip


def say_in(problem: Problem, syntax: str | None) -> Problem:
    """The problem in the words of a syntax that is not Turtle."""
    return replace(
        problem,
        message=_say(problem.message, syntax),
        fix=_say(problem.fix, syntax),
        expected=_say(problem.expected, syntax),
    )


def _say(text: Text, syntax: str | None) -> Text:
    said = dict(text)
    for words, others in _SAID.get(syntax, _SAID[None]):
        for lang, old, new in zip(("fr", "en"), words, others, strict=True):
            said[lang] = said[lang].replace(old, new)
    return said
