"""The statements of one document, by subject, as N-Triples terms."""

import re
from hashlib import sha256
from typing import Final

from red_catalog.namespaces import RDF_TYPE
from red_catalog.rdf.terms import may_have_server
from red_catalog.rdf.trouble import Trouble

LITERAL_LENGTH: Final = 1_000_000
# A line break alone ends no statement: lenient parsers let it through in an IRI.
_END: Final = " .\n"
_SPACED: Final = re.compile(r"(<.*?>|_:[^ ]*) (<.*?>) (.*)", re.DOTALL)
_GENID: Final = "/.well-known/genid/"
_IRI: Final = re.compile(r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*>')
_LANGUAGE: Final = re.compile(r"@[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*(?:--(?:ltr|rtl))?")


class Graph:
    """Statements by subject; `types` lists every rdf:type; `tainted` says whose are broken.

    `strict` checks terms that the parser let through.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.by_subject: dict[str, list[tuple[str, str]]] = {}
        self.types: list[tuple[str, str]] = []
        self.tainted: dict[str, Trouble] = {}
        self.broken_datasets: dict[str, Trouble] = {}
        self.repaired: list[Trouble] = []
        self.relative: str | None = None
        self.ignored = 0
        self._strict = strict
        self._rest = b""
        self._good: set[str] = set()

    def write(self, written: bytes) -> int:
        """Takes N-Triples as they are written, in pieces of any size."""
        self._rest += written
        if len(self._rest) > 1 << 16:
            self.flush()
        return len(written)

    def flush(self) -> None:
        """Files the whole statements received so far."""
        whole, _, self._rest = self._rest.rpartition(_END.encode())
        if whole:
            self._file(whole.decode())

    def _file(self, lines: str) -> None:
        slow = self._strict or _GENID in lines or "<<" in lines
        by_subject = self.by_subject
        for line in lines.split(_END):
            subject, predicate, value = line.split(" ", 2)
            if self._strict and (_is_open(subject) or not predicate.startswith("<")):
                subject, predicate, value = _cut_spaced(line)
            if slow or len(value) > LITERAL_LENGTH:
                checked = self._check(subject, predicate, value)
                if checked is None:
                    continue
                subject, predicate, value = checked
            if predicate == RDF_TYPE:
                self.types.append((subject, value))
            if subject in by_subject:
                by_subject[subject].append((predicate, value))
            else:
                by_subject[subject] = [(predicate, value)]

    def _check(self, subject: str, predicate: str, value: str) -> tuple[str, str, str] | None:
        if len(value) > LITERAL_LENGTH:
            self.taint(subject, Trouble("literal-too-long", subject=subject))
            return None
        if value.startswith("<<") or subject.startswith("<<"):
            self.ignored += 1
            return None
        subject, value = _blank_again(subject), _blank_again(value)
        if self._strict and not self._is_well_formed(subject, predicate, value):
            return None
        return subject, predicate, value

    def taint(self, subject: str, trouble: Trouble) -> None:
        """Marks whatever describes this subject as broken; the first reason stays."""
        self.tainted.setdefault(subject, trouble)

    def _is_well_formed(self, subject: str, predicate: str, value: str) -> bool:
        if not self._is_good(predicate):
            if ":" in predicate.partition(" ")[0]:
                self.taint(subject, Trouble("iri-invalid", None, None, subject, {"iri": predicate}))
            else:
                self.ignored += 1  # a key that no context maps
            return False
        tail = value[value.rindex('"') + 1 :] if value[0] == '"' else value
        if predicate == RDF_TYPE and ":" not in tail and tail[0] == "<":
            self.ignored += 1
            return False
        for term in (subject, tail):
            if not self._is_good(term):
                self._blame(subject, term)
        return True

    def _is_good(self, term: str) -> bool:
        if not term or term in self._good or term[0] == "_":
            return True
        if term[0] == "@":
            good = _LANGUAGE.fullmatch(term) is not None
        else:
            bare = term.removeprefix("^^")
            good = _IRI.fullmatch(bare) is not None and may_have_server(bare[1:-1])
        if good:
            self._good.add(term)
        return good

    def _blame(self, subject: str, term: str) -> None:
        if term[0] == "@":
            self.taint(subject, Trouble("language-invalid", None, None, subject, {"tag": term[1:]}))
            return
        written = term.removeprefix("^^").strip("<>")
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written):
            self.relative = self.relative or written or "<>"
        self.taint(subject, Trouble("iri-invalid", None, None, subject, {"iri": written}))


def _is_open(subject: str) -> bool:
    """Whether a space in an address cut it in two."""
    return subject[0] == "<" and subject[-1] != ">"


def _cut_spaced(line: str) -> tuple[str, str, str]:
    """The terms of a statement about something whose address holds a space."""
    found = _SPACED.fullmatch(line)
    if found is None:
        raise ValueError(line[:200])
    return found[1], found[2], found[3]


def _blank_again(term: str) -> str:
    """The blank node that a published identifier stands for, or the term itself."""
    if term[0] != "<" or _GENID not in term:
        return term
    return f"_:genid{sha256(term.encode()).hexdigest()[:24]}"
