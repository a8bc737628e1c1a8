"""Fixes to paste: Turtle that adds what is missing and names what to remove."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from red_catalog.model import Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import is_iri, is_literal, literal, make_literal

_PREFIXED: Final = re.compile(r"(?<![\w<\"/:])([a-z]+):(?=[A-Za-z])")
_BOOLEAN: Final = f"{PREFIXES['xsd']}boolean"
_QUOTED: Final = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"')
_NAME: Final = re.compile(r"[A-Za-z_][\w-]*")
HEADS: Final[dict[str, tuple[str, str]]] = {
    "remove": ("À retirer du document :", "To remove from the document:"),
    "add": ("À ajouter à la fin du document :", "To add at the end of the document:"),
    "inside": (
        "Dans le bloc entre crochets qui le décrit, écrivez (exemple à adapter) :",
        "In the block between brackets that describes it, write (an example to adapt):",
    ),
    "inside-sure": (
        "Dans le bloc entre crochets qui le décrit, écrivez :",
        "In the block between brackets that describes it, write:",
    ),
    "within": (
        "Dans le bloc entre crochets qui le décrit, retirez :",
        "In the block between brackets that describes it, remove:",
    ),
    "one": (
        "Gardez une seule de ces lignes, retirez les autres :",
        "Keep one of these lines, remove the others:",
    ),
    "one-a-language": (
        "Gardez une seule de ces lignes par langue, retirez les autres :",
        "Keep one of these lines a language, remove the others:",
    ),
    "some": (
        "Gardez au plus {} de ces lignes, retirez les autres :",
        "Keep at most {} of these lines, remove the others:",
    ),
    "language": (
        "À ajouter à la fin du document, avec la langue du texte (« fr » par exemple) :",
        "To add at the end of the document, with the language of the text (“en” for instance):",
    ),
    "instead": ("À la place, écrivez :", "In its place, write:"),
    "adapted": (
        "À la place, écrivez (exemple à adapter) :",
        "In its place, write (an example to adapt):",
    ),
    "example": (
        "À ajouter à la fin du document (exemple : remplacez les valeurs par les vôtres) :",
        "To add at the end of the document (an example: replace the values with yours):",
    ),
}

Addition = tuple[str, str, Text]
"""Subject and predicate as terms, and the value in Turtle, by language."""


def paste(removed: Sequence[Triple], added: Sequence[Addition], head: str = "add") -> Text | None:
    """The fix in both languages: `# - …` lines to remove, then statements to add.

    `head`: what is said of them: `add`, or `example` or `language` where they are to be adapted.
    """
    if not removed and not added:
        return None
    return {
        lang: _write(removed, [(s, p, v[lang]) for s, p, v in added], number, head)
        for number, lang in enumerate(("fr", "en"))
    }


def paste_choice(
    subject: str, path: str, values: Sequence[Text], most: int, *, by_language: bool = False
) -> Text:
    """The statements of which only so many can stay: comments, since which is not ours to tell."""
    texts = {}
    for number, lang in enumerate(("fr", "en")):
        lines = [f"{subject} {_verb(path)} {value[lang]} ." for value in values]
        kind = "one-a-language" if by_language else "one" if most == 1 else "some"
        head = HEADS[kind][number].format(most)
        body = "".join(f"#   {line}\n" for line in lines)
        texts[lang] = _declarations("\n".join(lines)) + f"# {head}\n{body}"
    return texts


def paste_inside(
    path: str,
    old: str | None,
    new: Text,
    beside: Sequence[Addition],
    *,
    sure: bool,
    former: str | None = None,
) -> Text:
    """The fix of a block without an address: comments to follow, since nothing can name it.

    `beside`: statements about what the new value names, to add outside of the block. `former`:
    the property of the old value, where it is another.
    """
    texts = {}
    more = paste((), beside)
    for number, lang in enumerate(("fr", "en")):
        body = f"{_verb(path)} {new[lang]} ;"
        head = "inside-sure" if sure else "inside"
        lines = [f"# {HEADS[head][number]}", *(f"#   {line}" for line in body.split("\n"))]
        if old is not None:
            lines[:1] = [
                f"# {HEADS['within'][number]}",
                f"# - {_verb(former or path)} {old} ;",
                f"# {HEADS['instead' if sure else 'adapted'][number]}",
            ]
        texts[lang] = "\n".join(lines) + "\n" + (more[lang] if more else "")
    return texts


def shorten(term: str) -> str:
    """A term as Turtle, with a prefix where one of ours fits."""
    if is_literal(term):
        text, language, datatype = literal(term)
        if datatype == _BOOLEAN and text in {"true", "false"}:
            return text
        tail = term[term.rindex('"') + 1 :]
        return make_literal(text, language) + (f"^^{shorten(tail[2:])}" if tail[:2] == "^^" else "")
    if not is_iri(term):
        return term
    for prefix, namespace in PREFIXES.items():
        local = term[1:-1].removeprefix(namespace)
        if local != term[1:-1] and _NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return term


def _write(
    removed: Sequence[Triple], added: Iterable[tuple[str, str, str]], number: int, head: str
) -> str:
    lines: list[str] = []
    if removed:
        lines.append(f"# {HEADS['remove'][number]}")
        lines += [f"# - {s} {_verb(p)} {shorten(o)} ." for s, p, o in removed]
    added = list(added)
    if added:
        lines.append(f"# {HEADS[head][number]}")
        lines += [f"{s} {_verb(p)} {value} ." for s, p, value in added]
    body = "\n".join(lines) + "\n"
    return _declarations(body) + body


def _verb(predicate: str) -> str:
    return "a" if predicate == RDF_TYPE else shorten(predicate)


def _declarations(body: str) -> str:
    """The prefixes that a text uses."""
    plain = _QUOTED.sub(" ", "\n".join(line for line in body.split("\n") if _is_turtle(line)))
    used = sorted(set(_PREFIXED.findall(plain)) & PREFIXES.keys())
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in used)


def _is_turtle(line: str) -> bool:
    return line.startswith("# - ") or not line.startswith("#")
