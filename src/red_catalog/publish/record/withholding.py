"""What is kept and never published: private notes, and whatever is marked private.

Everything public is made from what passes here: pages, files, feeds, the index, the store.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from red_catalog.ehds import privacy, terms
from red_catalog.model import (
    Defect,
    Entry,
    Finding,
    Outcome,
    Record,
    Report,
    Run,
    State,
    Text,
    Triple,
)
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_blank, is_iri, is_literal, literal, make_iri
from red_catalog.rdf.writing import triples

_NOTE: Final = term("red:privateNote")
_CONTACT: Final = term("dcat:contactPoint")
# Shorter texts are in too many sentences; of longer ones, messages quote the beginning.
_SHORTEST: Final = 4
_QUOTED: Final = 30
_NOT_SHOWN: Final[Text] = {
    "fr": "Non montré : le message cite un texte privé.",
    "en": "Not shown: the message quotes a private text.",
}
# What could not be read beside a mark may be what is marked.
_BESIDE: Final[Text] = {
    "fr": "Non montré : une partie de cette description est privée, et le message peut la citer.",
    "en": "Not shown: part of this description is private, and the message may quote it.",
}
_ASK: Final[Text] = {
    "fr": "Le détenteur lit tout dans le rapport qui lui est adressé.",
    "en": "The holder reads all of it in the report addressed to it.",
}


@dataclass(frozen=True, slots=True)
class Private:
    """What was withheld: nodes of one description, and texts wherever they are quoted."""

    nodes: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def __or__(self, other: "Private") -> "Private":
        return Private(self.nodes | other.nodes, self.texts | other.texts)

    def quoted_in(self, text: str) -> bool:
        """Whether a sentence quotes any of these texts."""
        return any(one[:_QUOTED] in text for one in self.texts)


# Of what cannot be read any more: every sentence may quote it.
UNKNOWN: Final = Private(texts=frozenset({""}))


def withhold(canonical: bytes, about: str) -> tuple[bytes, Private]:
    """The description of the dataset `about` without what is private in it, and what that is."""
    if privacy.MARKED not in canonical:
        return canonical, Private()
    statements = triples(canonical)
    nodes = privacy.find_private(statements)
    open_ones = [
        (s, p, o)
        for s, p, o in statements
        if s not in nodes
        and o not in nodes
        and terms.own_term(p) not in {_NOTE, privacy.PREDICATE}
    ]  # fmt: skip
    kept = _reachable(open_ones, statements, make_iri(about), nodes)
    gone = set(statements) - set(kept)
    shown = {one for triple in kept for one in triple}
    nodes |= {s for s, _, _ in gone} - {s for s, _, _ in kept} - {make_iri(about)}
    texts = {_text(o) for _, _, o in gone if o not in shown and not is_blank(o)}
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in kept)
    return lines.encode(), Private(frozenset(nodes), _telling(texts))


def open_entry(entry: Entry) -> tuple[Entry, Private]:
    """The entry as it may be published, and what is private in it.

    What is said of a damaged one may quote what was.
    """
    if entry.private or entry.damaged:
        shut = replace(entry.report, findings=())
        return replace(entry, canonical=b"", report=shut, others=(), remarks=()), Private()
    canonical, private = withhold(entry.canonical, entry.iri)
    if canonical == entry.canonical:
        return entry, private
    contact = f"{make_iri(entry.iri)} {_CONTACT} ".encode()
    opened = replace(
        entry,
        canonical=canonical,
        contact_withheld=contact in entry.canonical and contact not in canonical,
        report=_open_report(entry.report, private),
        others=tuple(_open_report(one, private) for one in entry.others),
        remarks=_open_findings(entry.remarks, private),
    )
    return opened, private


def open_versions(versions: Sequence[bytes], about: str) -> list[bytes]:
    """Versions of one description, oldest first, without what each or a later one says is private.

    What was public is no more; what is public again stays where it is said again.
    """
    later: frozenset[str] = frozenset()
    opened: list[bytes] = []
    for one in reversed(versions):
        canonical, private = withhold(one, about)
        opened.append(_without(canonical, later))
        later |= private.texts
    return opened[::-1]


def find_lost(before: Sequence[bytes], after: Sequence[bytes]) -> Private:
    """The texts that these descriptions held and others do not hold."""
    had, have = ({_text(o) for one in some for _, _, o in triples(one)} for some in (before, after))
    return Private(texts=_telling(had - have))


def hides_more(record: Record, versions: Callable[[str], Sequence[bytes]]) -> bool:
    """Whether a description marks private what any version of its dataset says openly."""
    if privacy.MARKED not in record.canonical:
        return False
    before = versions(record.iri)
    kept = open_versions([*before, record.canonical], record.iri)[:-1]
    return kept != open_versions(before, record.iri)


def open_run(run: Run, private: Private) -> Run:
    """The run without the sentences that quote private texts, or may."""
    if not (private.texts or run.private):
        return run
    beside = set(run.private)

    def open_at(where: str, defect: Defect) -> Defect:
        return _shut(defect) if where in beside else open_defect(defect, private)

    return replace(
        run,
        outcomes=tuple(
            _open_outcome(one, private, shut=one.iri in beside or _is_in(one, run.private))
            for one in run.outcomes
        ),
        unreadable=tuple(
            replace(one, problem=open_at(one.location, one.problem)) for one in run.unreadable
        ),
        repaired=tuple((where, open_at(where, one)) for where, one in run.repaired),
    )


def _reachable(
    statements: Sequence[Triple], before: Sequence[Triple], me: str, private: set[str]
) -> list[Triple]:
    """What can still be reached, from the dataset or from what nothing led to before."""
    named = {o for _, _, o in before}
    out: dict[str, list[str]] = defaultdict(list)
    for s, _, o in statements:
        out[s].append(o)
    todo = [me, *({s for s, _, _ in before} - named - private)]
    seen = set(todo)
    while todo:
        for one in out.get(todo.pop(), ()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return [triple for triple in statements if triple[0] in seen]


def _without(canonical: bytes, texts: frozenset[str]) -> bytes:
    if not texts:
        return canonical
    kept = (t for t in triples(canonical) if _text(t[2]) not in texts)
    return "".join(f"{s} {p} {o} .\n" for s, p, o in kept).encode()


def _open_report(report: Report, private: Private) -> Report:
    return replace(report, findings=_open_findings(report.findings, private))


def _open_findings(findings: Sequence[Finding], private: Private) -> tuple[Finding, ...]:
    return tuple(f for f in findings if not _tells(f, private))


def _tells(finding: Finding, private: Private) -> bool:
    if terms.own_term(finding.path or "") in {_NOTE, privacy.PREDICATE}:
        return True
    about = (finding.focus, finding.value or "")
    if any(one in private.nodes for one in about) or private.quoted_in(about[1]):
        return True
    said = [*finding.message.values(), *(finding.fix or {}).values()]
    return any(private.quoted_in(text) for text in said)


def _open_outcome(outcome: Outcome, private: Private, *, shut: bool) -> Outcome:
    if outcome.reason is None:
        return outcome
    said = {lang: f"{_BESIDE[lang]} {_ASK[lang]}" for lang in _BESIDE}
    return replace(outcome, reason=said if shut else _open_text(outcome.reason, private))


def _is_in(outcome: Outcome, documents: tuple[str, ...]) -> bool:
    """Whether what is told of a broken description begins with the name of one of these."""
    told = outcome.reason if outcome.state is State.QUARANTINED else None
    # "page=1" is not the beginning of "page=10: …".
    named = tuple(f"{one}{after}" for one in documents for after in (": ", ", line "))
    return told is not None and told["en"].startswith(named)


def _shut(defect: Defect) -> Defect:
    return Defect(defect.code, _BESIDE, _ASK, defect.line, defect.column)


def open_defect(defect: Defect, private: Private) -> Defect:
    """The defect without the sentences that quote private texts."""
    return replace(
        defect,
        message=_open_text(defect.message, private),
        fix=_open_text(defect.fix, private),
    )


def _open_text(text: Text, private: Private) -> Text:
    return _NOT_SHOWN if any(private.quoted_in(one) for one in text.values()) else text


def _telling(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(t for t in texts if len(t) >= _SHORTEST and t not in {"true", "false"})


def _text(node: str) -> str:
    if is_literal(node):
        return literal(node)[0].strip()
    return iri(node).removeprefix("mailto:").removeprefix("tel:") if is_iri(node) else ""
