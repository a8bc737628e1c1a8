"""The statements of one document, by subject, as N-Triples terms."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from red_catalog.namespaces import RDF_TYPE
from red_catalog.rdf.terms import may_have_server
from red_catalog.rdf.trouble import Trouble

LITERAL_LENGTH: Final = 1_000_000
# A line break alone ends no statement: lenient parsers let it through in an IRI.
_END: Final = " .\n"
_ENDED: Final = re.compile(r" \.\n(?=<|_:)")
_SPACED: Final = re.compile(r"(<.*?>|_:.*?) (<.*?>) (.+)", re.DOTALL)
_LABEL: Final = re.compile(r"_:[\w.-]+")
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
            end = max(self._rest.rfind(b" .\n<"), self._rest.rfind(b" .\n_:"))
            if end > 0:
                whole, self._rest = self._rest[:end], self._rest[end + len(_END) :]
                self._file(whole.decode())
        return len(written)

    def flush(self) -> None:
        """Files what was received last."""
        whole, self._rest = self._rest.removesuffix(_END.encode()), b""
        if whole:
            self._file(whole.decode())

    def _file(self, lines: str) -> None:
        slow = self._strict or _GENID in lines or "<<" in lines
        by_subject = self.by_subject
        for line in _ENDED.split(lines) if self._strict else lines.split(_END):
            cut = _cut_spaced(line) if self._strict else line.split(" ", 2)
            if cut is None:
                self.ignored += 1
                continue
            subject, predicate, value = cut
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
        if value.startswith("<<") or subject.startswith("<<"):
            self.ignored += 1
            return None
        subject, value = _blank_again(subject), _blank_again(value)
        if len(value) > LITERAL_LENGTH:
            self.taint(subject, Trouble("literal-too-long", subject=subject))
            return None
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
        if predicate == RDF_TYPE and ":" not in tail and tail[:1] == "<":
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


def _cut_spaced(line: str) -> Sequence[str] | None:
    """The terms of a statement about something whose address may hold a space, if it is one."""
    cut = line.split(" ", 2)
    if len(cut) == 3 and cut[1][:1] == "<" and (cut[0][-1] == ">" or cut[0][0] == "_") and cut[2]:
        return cut
    found = _SPACED.fullmatch(line)
    return found.groups() if found else None


def _blank_again(term: str) -> str:
    """The blank node that a published identifier or an odd label stands for, or the term itself."""
    if term[0] == "<" and _GENID in term:
        return f"_:genid{sha256(term.encode()).hexdigest()[:24]}"
    if term[0] == "_" and not _LABEL.fullmatch(term):
        return f"_:label{sha256(term.encode()).hexdigest()[:24]}"
    return term
