"""A query that does not parse: what is wrong with it and where, in both languages."""

import re
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.serve.request.refusal import Refusal

# What the parser says in words; for the rest it lists all characters that might follow.
_KNOWN: Final = {
    "IRI parsing failed": ("une adresse n'est pas une IRI", "an address is no IRI"),
    "Duplicated variable name in SELECT": (
        "SELECT nomme deux fois une variable", "SELECT names a variable twice",
    ),
    "The SELECT contains a variable that is unbound": (
        "SELECT contient une variable que GROUP BY ne nomme pas, ou qui n'existe pas",
        "SELECT has a variable that GROUP BY does not name, or that does not exist",
    ),
}  # fmt: skip
_UNDECLARED: Final = "Prefix not found"
_NAME: Final = re.compile(r"([\w.\-\u00b7]*):[\w.\-\u00b7%:\\]*\Z")
_LONGEST: Final = 300  # characters of a prefixed name
_MARK: Final = re.compile(r'"([,.;(){}>])"')
_MARKS: Final = 6
_SHOWN: Final = 25


def explain_syntax(query: str, line: int, column: int, detail: str) -> Refusal:
    """The refusal of a query whose parser stopped at this place, with these words."""
    lines = query.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    if _UNDECLARED in detail:
        fr, en = _declare(written[: column - 1])
    else:
        known = (told for words, told in _KNOWN.items() if words in detail)
        # The parser may stop a character late, so what stands before is of as much use.
        begun = "\n".join([*lines[: line - 1], written[: column - 1]]).strip()[-_SHOWN:]
        near = " ".join((begun + written[column - 1 :][:_SHOWN]).split())
        fr, en = next(known, None) or _point(near, detail)
    return Refusal(
        400,
        f"Erreur de syntaxe ligne {line}, colonne {column} : {fr}.",
        f"Syntax error at line {line}, column {column}: {en}.",
        line=line,
        column=column,
    )


def _declare(before: str) -> tuple[str, str]:
    """What to write at the head of the query; `before` ends in the name that has no prefix."""
    found = _NAME.search(before[-_LONGEST:])
    if found is None:
        return "un préfixe n'est pas déclaré", "a prefix is not declared"
    prefix = found[1]
    known = PREFIXES.get(prefix)
    return (
        f"le préfixe « {prefix}: » n'est pas déclaré. Écrivez en tête de la requête : "
        f"PREFIX {prefix}: <{known or 'son adresse'}>",
        f"prefix “{prefix}:” is not declared. Write at the head of the query: "
        f"PREFIX {prefix}: <{known or 'its address'}>",
    )


def _point(near: str, detail: str) -> tuple[str, str]:
    """Where the query stops making sense, and the first marks that might follow."""
    if not near:
        return "la requête est vide", "the query is empty"
    marks = _MARK.findall(detail)[:_MARKS]
    listed = " ".join(marks)
    fr, en = f"la requête ne se lit plus vers « {near} »", f"the query makes no sense near “{near}”"
    if not marks:
        return fr, en
    return f"{fr} ; attendu, par exemple : {listed}", f"{en}; expected, for instance: {listed}"
