"""Where a statement stands in the document as it was submitted.

A tolerant search, not a parser: what it is not sure of has no line, since a wrong line is
worse than none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.parsers import expat

from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.prefixes import WELL_KNOWN
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, is_literal, make_iri, make_literal
from red_catalog.rdf.terms import literal as parts

_LONGEST: Final = 5_000_000  # characters of a document worth the search
_RDF: Final = PREFIXES["rdf"]
_XML_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"


class _Statement(NamedTuple):
    subject: str  # an IRI term, or a label of this search for a blank node
    predicate: str
    value: str
    line: int


@dataclass(slots=True)
class Lines:
    """The lines of a document's subjects and statements, as far as they are known."""

    subjects: dict[str, int] = field(default_factory=dict)
    statements: dict[tuple[str, str], list[_Statement]] = field(default_factory=dict)

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line of a statement, or the first line of its subject; None where unsure.

        A blank node has no name that the document and the record share: it is known by
        what it says, where only one says it.
        """
        if is_blank(subject):
            return self._find_blank(path, value)
        if path is None or value is None:
            return self.subjects.get(subject)
        said = self.statements.get((subject, path), [])
        if is_blank(value):
            blank = [s.line for s in said if is_blank(s.value)]
            return blank[0] if len(blank) == 1 else None
        found = [s.line for s in said if _same(s.value, value)]
        return found[0] if found else None

    def _find_blank(self, path: str | None, value: str | None) -> int | None:
        if path is None or value is None or is_blank(value):
            return None
        found = {
            s.line
            for (subject, predicate), said in self.statements.items()
            if predicate == path and is_blank(subject)
            for s in said
            if _same(s.value, value)
        }
        return found.pop() if len(found) == 1 else None


def _same(written: str, value: str) -> bool:
    if is_literal(written) and is_literal(value):
        text, language, _ = parts(written)
        other, other_language, _ = parts(value)
        return text == other and (language or "").lower() == (other_language or "").lower()
    return written == value


def read_lines(text: str, syntax: str) -> Lines:
    """The lines of a document in one of our syntaxes; of none where it is too odd or too long."""
    reader = _READERS.get(syntax)
    lines = Lines()
    if reader is None or len(text) > _LONGEST:
        return lines
    try:
        for statement in reader(text):
            if not is_blank(statement.subject):
                lines.subjects.setdefault(statement.subject, statement.line)
            key = statement.subject, statement.predicate
            lines.statements.setdefault(key, []).append(statement)
    except (ValueError, IndexError, KeyError, expat.ExpatError, RecursionError):
        return Lines()
    return lines


# --- Turtle, and N-Triples, which is written like it

_TOKEN: Final = re.compile(
    r'''(?P<space>\s+|\#[^\n]*)
    | (?P<directive>@prefix\b|@base\b|(?i:PREFIX|BASE)\s(?=\s*(?:[\w.-]*:\s*)?<))
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<literal>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<datatype>\^\^)
    | (?P<blank>_:[\w.·-]*[\w·-])
    | (?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?=[\s;,.\])]))
    | (?P<word>(?:true|false|a)(?=[\s;,.\]<"']))
    | (?P<name>(?:[^\W\d_][\w.·-]*)?:(?:(?:[\w:·-]|\.(?=[\w:.%\\-])|%[0-9A-Fa-f]{2}|\\.)*))
    | (?P<mark>[.,;\[\]()])''',
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

    def statements(self) -> Iterator[_Statement]:
        while self.at < len(self.tokens):
            if self._peek().kind == "directive":
                self._declare()
                continue
            line = self._peek().line
            subject, inside = self._node()
            yield _Statement(subject, "", "", line)
            yield from inside
            if self._peek().text != ".":
                yield from self._describe(subject)
            self._take(".")

    def _describe(self, subject: str) -> Iterator[_Statement]:
        """What is said of a subject, up to the mark that ends it."""
        while self._peek().text not in {".", "]"}:
            if self._peek().text == ";":
                self.at += 1
                continue
            predicate, _ = self._node()
            while True:
                line = self._peek().line
                value, inside = self._node()
                yield _Statement(subject, predicate, value, line)
                yield from inside
                if self._peek().text != ",":
                    break
                self.at += 1

    def _node(self) -> tuple[str, list[_Statement]]:
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


# --- RDF/XML


class _Xml:
    """Walks nodes and properties in turn, with the line where each begins."""

    def __init__(self) -> None:
        self.found: list[_Statement] = []
        self.stack: list[tuple[str, str, int, str | None]] = []  # kind, name, line, language
        self.text: list[str] = []
        self.count = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append
        parser.EntityDeclHandler = _refuse

    def start(self, name: str, given: Mapping[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        language = given.get(_XML_LANG, self.stack[-1][3] if self.stack else None)
        self.text.clear()
        if name == _RDF + " RDF":
            self.stack.append(("root", "", line, language))
        elif not self.stack or self.stack[-1][0] != "node":
            self._node(name, given, line, language)
        else:
            self._property(name, given, line, language)

    def _node(self, name: str, given: Mapping[str, str], line: int, language: str | None) -> None:
        about = given.get(_RDF + " about")
        self.count += 1
        node = make_iri(about) if about else f"_:{self.count}"
        if self.stack and self.stack[-1][0] == "property":
            owner = next(s for s in reversed(self.stack) if s[0] == "node")
            above = self.stack[-1]
            self.found.append(_Statement(owner[1], above[1], node, above[2]))
            self.stack[-1] = ("filled", *above[1:])
        self.stack.append(("node", node, line, language))
        kind = make_iri(name.replace(" ", ""))
        if kind != make_iri(_RDF + "Description"):
            self.found.append(_Statement(node, RDF_TYPE, kind, line))
        for attribute, value in given.items():
            space, _, local = attribute.rpartition(" ")
            if space and space != _RDF and attribute != _XML_LANG:
                literal = make_literal(value, language)
                self.found.append(_Statement(node, make_iri(space + local), literal, line))

    def _property(
        self, name: str, given: Mapping[str, str], line: int, language: str | None
    ) -> None:
        predicate = make_iri(name.replace(" ", ""))
        resource = given.get(_RDF + " resource")
        subject = self.stack[-1][1]
        kind = "property"
        if resource is not None:
            self.found.append(_Statement(subject, predicate, make_iri(resource), line))
            kind = "filled"
        elif _RDF + " parseType" in given:
            raise ValueError(name)
        self.stack.append((kind, predicate, line, language))

    def end(self, _name: str) -> None:
        kind, predicate, line, language = self.stack.pop()
        if kind == "property":
            text = "".join(self.text)
            value = make_literal(text, language)
            self.found.append(_Statement(self.stack[-1][1], predicate, value, line))
        self.text.clear()


def _refuse(*_: object) -> None:
    raise ValueError("entity")


def _read_xml(text: str) -> Iterator[_Statement]:
    reader = _Xml()
    reader.parser.Parse(text.encode(), True)  # noqa: FBT003
    yield from reader.found


# --- JSON-LD: no statements, but addresses and texts that stand there once

_JSON_ID: Final = re.compile(r'"(?:@id|id)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*([,}])')


def _read_turtle(text: str) -> Iterator[_Statement]:
    return _Turtle(text).statements()


_READERS: Final = {
    "ttl": _read_turtle, "nt": _read_turtle, "n3": _read_turtle, "rdf": _read_xml,
}  # fmt: skip


class JsonLines:
    """The lines of a JSON-LD document: what stands there once has a line."""

    def __init__(self, text: str) -> None:
        self.text = text if len(text) <= _LONGEST else ""
        named = re.findall(r'"([\w-]+)"\s*:\s*"(https?://[^"]+[/#])"', self.text)
        self.prefixes = {**PREFIXES, **dict(named)}

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line of a value that stands once, or where the subject is described."""
        if path is not None and value is not None and not is_blank(value):
            wanted = bare(value) if is_iri(value) else parts(value)[0]
            found = self._lines(self._written(wanted))
            return found[0] if len(found) == 1 else None
        return None if is_blank(subject) else self._described(bare(subject))

    def _written(self, text: str) -> list[str]:
        forms = [text]
        forms += [
            f"{p}:{text.removeprefix(ns)}"
            for p, ns in self.prefixes.items()
            if text.startswith(ns) and text != ns
        ]
        return [f'"{f}"' for f in forms if '"' not in f and "\\" not in f]

    def _lines(self, forms: list[str]) -> list[int]:
        return [
            self.text.count("\n", 0, m.start()) + 1
            for form in forms
            for m in re.finditer(re.escape(form) + r"(?!\s*:)", self.text)
        ]

    def _described(self, iri: str) -> int | None:
        forms = {form.strip('"') for form in self._written(iri)}
        here = [m for m in _JSON_ID.finditer(self.text) if m[1] in forms]
        # A mere reference is an object of its own: nothing follows in it, nothing came before.
        full = [m for m in here if not self._alone(m)]
        if len(full) != 1:
            return None
        return self.text.count("\n", 0, full[0].start()) + 1

    def _alone(self, match: re.Match[str]) -> bool:
        return match[2] == "}" and self.text[: match.start()].rstrip().endswith("{")


def locator(text: str, syntax: str) -> Lines | JsonLines:
    """What finds lines in a document of this syntax."""
    return JsonLines(text) if syntax == "jsonld" else read_lines(text, syntax)
