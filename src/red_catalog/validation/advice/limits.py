"""What a shape asks of the text of a value: its length, its form, its language; in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from red_catalog.model import Text
from red_catalog.rdf.terms import is_iri, is_literal, literal
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.patterns import matches, text_of

COMPONENTS: Final = frozenset(
    f"sh:{one}ConstraintComponent" for one in ("MinLength", "MaxLength", "Pattern", "LanguageIn")
)
"""The components that these limits are the parameters of."""

_SOMETHING: Final = r"\S"
_DATATYPE: Final = re.compile(r"\^\^xsd:\w+$")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that several shapes together set. `patterns`: each with its flags."""

    least: int | None = None
    most: int | None = None
    patterns: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()

    def words(self) -> Text | None:
        """All of them, to stand behind what is asked; None where there are none."""
        parts = list(self._parts())
        if not parts:
            return None
        return {"fr": ", ".join(fr for fr, _ in parts), "en": ", ".join(en for _, en in parts)}

    def _parts(self) -> Iterator[tuple[str, str]]:
        if self.least is not None:
            yield f"de {self.least} caractères au moins", f"of at least {self.least} characters"
        if self.most is not None:
            yield f"de {self.most} caractères au plus", f"of at most {self.most} characters"
        for pattern, _ in self.patterns:
            if pattern == _SOMETHING:
                yield "qui n'est pas vide", "that is not empty"
                continue
            yield f"de la forme « {pattern} »", f"of the form “{pattern}”"
        if self.languages:
            tags = ", ".join(self.languages)
            yield f"dans l'une de ces langues : {tags}", f"in one of these languages: {tags}"

    def blame(self, component: str) -> Text | None:
        """What is wrong with a value that fails this component."""
        if component == "sh:MaxLengthConstraintComponent" and self.most is not None:
            return {"fr": f"a plus de {self.most} caractères",
                    "en": f"has more than {self.most} characters"}  # fmt: skip
        if component == "sh:MinLengthConstraintComponent" and self.least is not None:
            return {"fr": f"a moins de {self.least} caractères",
                    "en": f"has fewer than {self.least} characters"}  # fmt: skip
        if component == "sh:LanguageInConstraintComponent":
            return {"fr": "n'est pas dans l'une des langues demandées",
                    "en": "is not in one of the languages asked for"}  # fmt: skip
        return None

    def admit(self, example: Text) -> bool:
        """Whether an example in Turtle keeps to them, in both languages."""
        return all(self._admits(_term(turtle)) for turtle in example.values())

    def _admits(self, term: str) -> bool:
        if not is_literal(term) and not is_iri(term):
            return not self.languages  # what is described between brackets has no text
        text, language = text_of(term) or "", literal(term)[1] if is_literal(term) else None
        tag = (language or "").lower()
        return (
            len(text) >= (self.least or 0)
            and (self.most is None or len(text) <= self.most)
            and all(matches(p, flags)(Data([], Background()), term) for p, flags in self.patterns)
            and (not self.languages or any(_takes_in(one, tag) for one in self.languages))
        )


def read_limits(graph: rdflib.Graph, nodes: Sequence[Node]) -> Limits:
    """The limits that these shapes set."""
    least = [int(str(n)) for node in nodes for n in graph.objects(node, SH.minLength)]
    most = [int(str(n)) for node in nodes for n in graph.objects(node, SH.maxLength)]
    patterns = [
        (str(pattern), "".join(sorted(map(str, graph.objects(node, SH.flags)))[:1]))
        for node in nodes
        for pattern in sorted(graph.objects(node, SH.pattern), key=str)
    ]
    lists = [head for node in nodes for head in graph.objects(node, SH.languageIn)]
    tags = (str(tag) for head in lists for tag in graph.items(head))
    return Limits(
        max(least, default=None),
        min(most, default=None),
        tuple(dict.fromkeys(patterns)),
        tuple(dict.fromkeys(tags)),
    )


def _term(turtle: str) -> str:
    """A value in our Turtle as a term, as far as its text goes."""
    return _DATATYPE.sub("", turtle)


def _takes_in(wanted: str, tag: str) -> bool:
    return bool(tag) and (wanted.lower() in {"*", tag} or tag.startswith(f"{wanted.lower()}-"))
