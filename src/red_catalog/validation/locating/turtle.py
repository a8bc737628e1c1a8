"""Statements of Turtle with their lines, and of what is written like it: N-Triples, quads, TriG."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.prefixes import WELL_KNOWN
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import literal as parts
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.validation.locating.lines import Statement

_RDF: Final = PREFIXES["rdf"]


def read_turtle(text: str) -> Iterator[Statement]:
    """The statements in a document's order. Raises ValueError at what is not known here."""
    return _Turtle(text).statements()


def read_trig(text: str) -> Iterator[Statement]:
    """The same of Turtle in graphs, whichever graph a statement is in."""
    return _Turtle(text).graphs()


def read_quads(text: str) -> Iterator[Statement]:
    """The same of quads, whichever graph a statement is in."""
    return _Turtle(text).quads()


_ENDS: Final = {".", "]", "}"}
_TOKEN: Final = re.compile(
    r'''(?P<space>\s+|\#[^\n]*)
    | (?P<directive>@prefix\b|@base\b|(?i:PREFIX|BASE)\s(?=\s*(?:[\w.-]*:\s*)?<))
    | (?P<graph>(?i:GRAPH)(?=[\s<]))
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<literal>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<datatype>\^\^)
    | (?P<blank>_:[\w.·-]*[\w·-])
    | (?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?=[\s;,.\])}]))
    | (?P<word>(?:true|false|a)(?=[\s;,.\]}<"']))
    | (?P<name>(?:[^\W\d_][\w.·-]*)?:(?:(?:[\w:·-]|\.(?=[\w:.%\\-])|%[0-9A-Fa-f]{2}|\\.)*))
    | (?P<mark>[.,;\[\](){}])''',
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class _Turtle:
    """Reads statements with their lines; raises ValueError at what it does not know."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.prefixes: dict[str, str] = dict(WELL_KNOWN)
        self.base = ""
        self.count = 0

    def statements(self) -> Iterator[Statement]:
        while self.at < len(self.tokens):
            if self._peek().kind == "directive":
                self._declare()
                continue
            yield from self._state()
            self._take(".")

    def graphs(self) -> Iterator[Statement]:
        while self.at < len(self.tokens):
            if self._peek().kind == "directive":
                self._declare()
            elif self._opens_graph():
                while self._peek().text != "}":
                    yield from self._state()
                    if self._peek().text != "}":
                        self._take(".")
                self._take("}")
            else:
                yield from self._state()
                self._take(".")

    def quads(self) -> Iterator[Statement]:
        while self.at < len(self.tokens):
            line = self._peek().line
            subject, predicate, value = (self._node()[0] for _ in range(3))
            yield Statement(subject, "", "", line)
            yield Statement(subject, predicate, value, line)
            if self._peek().text != ".":
                self._node()
            self._take(".")

    def _opens_graph(self) -> bool:
        """Goes past the name of a graph and its brace, where one begins here."""
        if self._peek().kind == "graph":
            self.at += 1
        for name in (0, 1):
            after = self.tokens[self.at + name : self.at + name + 1]
            if after and after[0].text == "{":
                self.at += name + 1
                return True
        return False

    def _state(self) -> Iterator[Statement]:
        """A subject and what is said of it, up to the mark that ends it."""
        line = self._peek().line
        subject, inside = self._node()
        yield Statement(subject, "", "", line)
        yield from inside
        if self._peek().text not in _ENDS:
            yield from self._describe(subject)

    def _describe(self, subject: str) -> Iterator[Statement]:
        """What is said of a subject, up to the mark that ends it."""
        while self._peek().text not in _ENDS:
            if self._peek().text == ";":
                self.at += 1
                continue
            predicate, _ = self._node()
            while True:
                line = self._peek().line
                value, inside = self._node()
                yield Statement(subject, predicate, value, line)
                yield from inside
                if self._peek().text != ",":
                    break
                self.at += 1

    def _node(self) -> tuple[str, list[Statement]]:
        token = self.tokens[self.at]
        self.at += 1
        readers: dict[str, Callable[[str], str]] = {
            "iri": self._iri, "name": self._name, "blank": str, "literal": self._literal,
        }  # fmt: skip
        read = readers.get(token.kind)
        if read is not None:
            return read(token.text), []
        if token.kind in {"number", "word"}:
            return _shorthand(token), []
        if token.text == "[":
            blank = self._blank()
            inside = list(self._describe(blank))
            self._take("]")
            return blank, inside
        if token.text == "(":
            inside = []
            while self._peek().text != ")":
                inside += self._node()[1]
            self.at += 1
            return self._blank(), inside
        raise ValueError(token.text)

    def _literal(self, written: str) -> str:
        long = written[:3] in {'"""', "'''"}
        text = written[3:-3] if long else written[1:-1]
        text = parts('"' + text + '"')[0]
        following = self._peek()
        if following.kind == "language":
            self.at += 1
            return make_literal(text, following.text[1:])
        if following.kind == "datatype":
            self.at += 1
            datatype, _ = self._node()
            return make_literal(text, datatype=bare(datatype))
        return make_literal(text)

    def _declare(self) -> None:
        keyword = self.tokens[self.at].text.strip("@ \n\t").lower()
        self.at += 1
        if keyword == "base":
            self.base = self.tokens[self.at].text[1:-1]
            self.at += 1
        else:
            name, iri = self.tokens[self.at].text, self.tokens[self.at + 1].text
            self.prefixes[name.rstrip(":")] = bare(self._iri(iri))
            self.at += 2
        if self.at < len(self.tokens) and self.tokens[self.at].text == ".":
            self.at += 1

    def _iri(self, written: str) -> str:
        iri = bare(written)
        if not re.match(r"[A-Za-z][\w+.-]*:", iri):
            # Resolving is the parser's work; a guess would make a wrong line.
            iri = self.base + iri if not iri or iri[0] not in "/.?#" or iri[0] == "#" else ""
        return make_iri(iri)

    def _name(self, written: str) -> str:
        prefix, _, local = written.partition(":")
        return make_iri(self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))

    def _blank(self) -> str:
        self.count += 1
        return f"_:!{self.count}"

    def _peek(self) -> _Token:
        return self.tokens[self.at]

    def _take(self, mark: str) -> None:
        if self.tokens[self.at].text != mark:
            raise ValueError(self.tokens[self.at].text)
        self.at += 1


def _tokens(text: str) -> Iterator[_Token]:
    at, line = 0, 1
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(text[at : at + 20])
        kind = match.lastgroup or ""
        if kind != "space":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
        at = match.end()


def _shorthand(token: _Token) -> str:
    if token.text == "a":
        return RDF_TYPE
    xsd = PREFIXES["xsd"]
    if token.kind == "word":
        return make_literal(token.text, datatype=xsd + "boolean")
    kind = "double" if "e" in token.text.lower() else "decimal" if "." in token.text else "integer"
    return make_literal(token.text, datatype=xsd + kind)
