"""Parsing, statement by statement where the syntax lets a broken one be stepped over."""

import re
from operator import attrgetter
from typing import IO, Final, cast

import pyoxigraph as ox

from red_catalog.rdf.contexts import resolve_contexts
from red_catalog.rdf.graph import Graph
from red_catalog.rdf.prefixes import WELL_KNOWN
from red_catalog.rdf.slips import find_slip, has_odd_escape
from red_catalog.rdf.statements import Statement, Statements
from red_catalog.rdf.striping import find_misplaced
from red_catalog.rdf.syntax import NAMES
from red_catalog.rdf.trouble import RefusedError, Trouble
from red_catalog.rdf.xmlcheck import check_xml

_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES, "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
}  # fmt: skip
_UNDECLARED: Final = re.compile(r"The prefix (\S*): has not been declared")
_TAG: Final = re.compile(r"@[A-Za-z][A-Za-z0-9_-]*\Z")
_BAD_TAG: Final = re.compile(r"@[A-Za-z]+_")
_TAG_REST: Final = re.compile(r"[\w@-]*")
_CODES: Final = (
    ("Unexpected end", "truncated"),
    ("No scheme found", "relative-iri"),
    ("IRI", "iri-invalid"),
    ("Line jumps", "string-open"),
    ("dot is expected", "dot-missing"),
)
_MAX_ERRORS: Final = 20_000
_MAX_PASSES: Final = 30


def parse(content: bytes, syntax: str, base: str | None, depth: int) -> Graph:
    """The statements of a document. Raises RefusedError where it cannot be read at all."""
    if syntax == "rdf":
        check_xml(content, depth)
        return _parse_whole(content, content, syntax, base)
    if syntax == "jsonld":
        repaired: list[Trouble] = []
        graph = _parse_whole(content, resolve_contexts(content, depth, repaired), syntax, base)
        graph.repaired = repaired
        return graph
    return _Lenient(content, syntax, base).read()


def _parse_whole(content: bytes, resolved: bytes, syntax: str, base: str | None) -> Graph:
    """`content` is the document as it came, which lines refer to."""
    graph = Graph(strict=True)
    errors = _run(resolved, syntax, base, graph, lenient=True)
    if errors:
        raise _explain_whole(content, syntax, errors[0], moved=resolved is not content)
    if graph.relative:
        raise RefusedError(
            "relative-iri", _line_of(content.lower(), graph.relative), iri=graph.relative
        )
    lines: dict[str, int | None] = {}
    lowered = content.lower() if graph.tainted else b""
    for subject, trouble in graph.tainted.items():
        written = str(trouble.details.get("iri") or trouble.details.get("tag") or "")
        if written not in lines and len(lines) < 100:  # each is a search of the whole document
            lines[written] = _line_of(lowered, written)
        graph.tainted[subject] = trouble._replace(line=lines.get(written))
    return graph


def _explain_whole(content: bytes, syntax: str, error: SyntaxError, *, moved: bool) -> RefusedError:
    """RDF/XML errors come without a place: what is misplaced, or what they quote, is looked for."""
    line, column = (None, None) if moved else (error.lineno, error.offset)
    misplaced = find_misplaced(content) if line is None and syntax == "rdf" else None
    if misplaced:
        return RefusedError(misplaced.code, misplaced.line, misplaced.column, **misplaced.details)
    quoted = re.search("'(.+)'", error.msg)
    if line is None and quoted:
        line = _line_of(content.lower(), quoted[1])
    named = {"syntax": NAMES[syntax], "detail": re.sub(r"^Parser error .*?: ", "", error.msg)}
    return RefusedError("parser", line, column, **named)


def _line_of(content: bytes, written: str) -> int | None:
    """The line of a text in a document that is all in lower case."""
    # The parser writes language tags in lower case.
    sought = written.encode("utf-8", "replace").lower()
    at = content.find(sought) if sought else -1
    return content.count(b"\n", 0, at) + 1 if at >= 0 else None


def _run(
    content: bytes, syntax: str, base: str | None, graph: Graph, *, lenient: bool = False
) -> list[SyntaxError]:
    errors: list[SyntaxError] = []
    parser = ox.parse(content, format=_FORMATS[syntax], base_iri=base, lenient=lenient)
    # pyoxigraph writes N-Triples faster than Python asks for three terms; the iterator goes on
    # after a broken statement.
    statements = map(attrgetter("triple"), parser)
    while True:
        try:
            ox.serialize(statements, cast("IO[bytes]", graph), format=ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            errors.append(error)
            if lenient or len(errors) > _MAX_ERRORS:
                return errors
        except (TypeError, ValueError) as error:
            raise RefusedError("syntax", near=str(error)[:200]) from None
        else:
            graph.flush()
            return errors


class _Lenient:
    """Turtle and its kin: broken statements are cut out, and the rest is read again.

    Reading again matters: pyoxigraph has already given a part of the broken statement, with
    "x"@fr out of "x"@fr_FR for instance.
    """

    def __init__(self, content: bytes, syntax: str, base: str | None) -> None:
        self._content = content
        self._syntax = syntax
        self._base = base
        self._declared = ""
        self._repaired: list[Trouble] = []
        self._cut: dict[int, tuple[Statement, Trouble]] = {}
        self._run_over: dict[str, Trouble] = {}

    def read(self) -> Graph:
        for _ in range(_MAX_PASSES):
            graph = Graph()
            source = self._declared.encode() + self._content
            errors = _run(source, self._syntax, self._base, graph)
            if not errors:
                return self._finish(graph)
            if len(errors) > _MAX_ERRORS:
                raise RefusedError("too-many-errors", errors[0].lineno, count=_MAX_ERRORS)
            self._mend(errors)
        raise RefusedError("syntax", errors[0].lineno, errors[0].offset, near=errors[0].msg[:200])

    def _finish(self, graph: Graph) -> Graph:
        names = any(statement.names_dataset for statement, _ in self._cut.values())
        names = names or bool(self._run_over)
        if self._cut and not names and not graph.by_subject:
            first = next(iter(self._cut.values()))[1]
            details = {"near": "…"} | first.details
            raise RefusedError(first.code, first.line, first.column, **details)
        graph.repaired = self._repaired
        for statement, trouble in self._cut.values():
            if statement.subject is not None:
                graph.taint(statement.subject, trouble)
            if statement.names_dataset:
                graph.broken_datasets.setdefault(statement.subject or "", trouble)
            elif statement.subject is None:
                graph.repaired.append(trouble)
        for subject, trouble in self._run_over.items():
            graph.taint(subject, trouble)
            graph.broken_datasets.setdefault(subject, trouble)
        return graph

    def _mend(self, errors: list[SyntaxError]) -> None:
        unknown = [error for error in errors if not self._declare(error)]
        if not unknown:
            return
        shift = len(self._declared) if len(unknown) == len(errors) else None
        if shift is None:
            return  # the missing prefixes first: they may be the only trouble
        text = self._content.decode()
        statements = Statements(text, self._base)
        blanked = list(text)
        for number, error in enumerate(unknown):
            if number and "Unexpected end" in error.msg:
                break  # what came before may have opened a text that nothing closes
            line, column = error.lineno or 1, error.offset or 1
            place = statements.offset(line, column - shift if line == 1 else column)
            statement = self._find(statements, place, error)
            if statement is None:
                raise RefusedError("syntax", line, column, near=error.msg[:200])
            end = max(statement.end, statement.start + 1)
            blanked[statement.start : end] = _spaces(text[statement.start : end])
            if "Line jumps" in error.msg:
                break  # from here on the parser took texts for code: the next pass will tell
        self._content = "".join(blanked).encode()

    def _declare(self, error: SyntaxError) -> bool:
        match = _UNDECLARED.search(error.msg)
        if not match or match[1] not in WELL_KNOWN:
            return False
        declaration = f"@prefix {match[1]}: <{WELL_KNOWN[match[1]]}> . "
        if declaration not in self._declared:
            self._declared += declaration
            details = {"prefix": match[1], "namespace": WELL_KNOWN[match[1]]}
            self._repaired.append(Trouble("prefix", error.lineno, None, None, details))
        return True

    def _find(self, statements: Statements, place: int, error: SyntaxError) -> Statement | None:
        code, details = _explain(error.msg, statements.text, place)
        line, column = statements.position(place)
        if code == "truncated" and _is_unclosed(statements.text, place):
            first = statements.text[place:].partition("\n")[0]
            code = "backslash" if has_odd_escape(first) else "string-open"
        if code in {"truncated", "relative-iri"}:
            raise RefusedError(code, line, column, **details)
        statement = statements.at(place)
        if statement is None:
            return None
        if code == "dot-missing" and _starts_line(statements, place, statement):
            # The next statement was only opened by the mistake of the one before it.
            statement = statement._replace(end=place)
        trouble = Trouble(code, line, column, statement.subject, details)
        if statement.start not in self._cut:
            further = statements.further(statement)
            if further and (statement.dataset or 0) > further[0][0]:
                statement = statement._replace(dataset=None)
            self._cut[statement.start] = statement, trouble
            for _, subject in further:
                self._run_over.setdefault(subject, trouble._replace(subject=subject))
        return statement


def _is_unclosed(text: str, place: int) -> bool:
    """Whether it is a text, not the document, that lacks its end: the line is whole."""
    if text[place : place + 1] not in {'"', "'"} or text[place : place + 3] in {'"""', "'''"}:
        return False
    end = text.find("\n", place)
    return end >= 0 and (text[place:end].rstrip().endswith(".") or not text[end:].isspace())


def _starts_line(statements: Statements, place: int, statement: Statement) -> bool:
    """Whether a token opens a line no further in than the statement it was taken to be in."""
    column = statements.position(place)[1]
    indent = statements.text[place - column + 1 : place]
    start = statements.position(statement.start)[1]
    return place > statement.start and not indent.strip() and column <= start


def _explain(message: str, text: str, place: int) -> tuple[str, dict[str, str]]:
    near = text[place : place + 40].partition("\n")[0].strip()
    before = _TAG.search(text[max(0, place - 40) : place])
    if before or _BAD_TAG.match(near):
        rest = _TAG_REST.match(near)
        tag = (before[0] if before else "") + (rest[0] if rest else "")
        return "language-invalid", {"tag": tag.lstrip("@")}
    if slip := find_slip(message, text, place):
        return slip
    undeclared = _UNDECLARED.search(message)
    if undeclared:
        return "prefix-unknown", {"prefix": undeclared[1]}
    code = next((code for words, code in _CODES if words in message), "syntax")
    if code == "iri-invalid":
        end = text.find(">", place, place + 500)
        return code, {"iri": text[place : end if end > 0 else place + 80].strip("<>")}
    return code, {"near": near, "iri": near.partition(">")[0].strip("<>")}


def _spaces(text: str) -> list[str]:
    return ["\n" if character == "\n" else " " for character in text]
