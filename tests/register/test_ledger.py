"""The register: what is committed is there, whole, and nothing else."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog.errors import RedError
from red_catalog.model import (
    Defect,
    Finding,
    Level,
    Outcome,
    Record,
    Report,
    Run,
    Severity,
    State,
    Unreadable,
    Verdict,
)
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.register.slug import make_slug

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
IRI = "https://chu.exemple.fr/jeu/urgences"
FINDING = Finding(
    severity=Severity.VIOLATION,
    focus=f"<{IRI}>",
    path="<http://purl.org/dc/terms/title>",
    value=None,
    component="sh:MinCountConstraintComponent",
    shape=None,
    message={"fr": "Donnez un titre.", "en": "Give a title."},
)
BROKEN = Unreadable(
    "export.ttl",
    Defect("html", {"fr": "Page web reçue.", "en": "HTML received."}, {"fr": "…", "en": "…"}, 1),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register in a real file."""
    with Register.open(tmp_path / "register.db") as opened:
        yield opened


def accepted(title: str = "Passages aux urgences", iri: str = IRI) -> Accepted:
    """A record of the CHU with this title."""
    canonical = f'<{iri}> <http://purl.org/dc/terms/title> "{title}"@fr .\n'.encode()
    digest = hashlib.sha256(canonical).hexdigest()
    report = Report("healthdcat-ap-8", "8", "sha256:abc", Level.NON_PUBLIC, (FINDING,))
    record = Record(iri, canonical, digest, "export.ttl")
    return Accepted(record, report, Verdict.FLAGGED, "chu-exemple", "chu-fichiers")


def run(*outcomes: Outcome, days: int = 0, status: str = "ok", **more: object) -> Run:
    """A run over the CHU's files."""
    then = NOON + timedelta(days=days)
    return Run(0, "chu-fichiers", then, then, status, outcomes=outcomes, **more)  # type: ignore[arg-type]


def test_other_reports_and_remarks_come_back_with_their_entry(register: Register) -> None:
    """A remark is shown with our own profile's findings, until it is taken back."""
    own = Report("red", "1", "sha256:def", Level.NON_PUBLIC, (FINDING,))
    kept = replace(accepted(), others=(own,))
    register.commit(Change(run(Outcome(IRI, State.NEW, Verdict.FLAGGED)), accepted=(kept,)))
    remark = replace(FINDING, component="red:DuplicateIdentifier", repeats=True)
    register.remark({IRI: (remark,), "https://elsewhere.exemple.fr/": (remark,)})
    (entry,) = register.entries()
    assert (entry.others, entry.remarks) == ((own,), (remark,))
    assert entry.reports == (kept.report, replace(own, findings=(FINDING, remark)))
    register.remark({})
    (entry,) = register.entries()
    assert (entry.remarks, entry.reports) == ((), (kept.report, own))


def test_what_is_committed_comes_back_exactly(register: Register) -> None:
    """Bytes, digest, report, verdict and times survive the register."""
    kept = accepted()
    register.commit(Change(run(Outcome(IRI, State.NEW, Verdict.FLAGGED)), accepted=(kept,)))
    (entry,) = register.entries()
    assert entry.canonical == kept.record.canonical
    assert entry.digest == kept.record.digest
    assert entry.report == kept.report
    assert (entry.verdict, entry.holder, entry.versions) == (Verdict.FLAGGED, "chu-exemple", 1)
    assert entry.first_seen == entry.changed == NOON


def test_every_version_is_kept(register: Register) -> None:
    """An update adds a version; the entry shows the latest and keeps its first date."""
    for day, title in enumerate(("Urgences", "Passages aux urgences")):
        register.commit(Change(run(days=day), accepted=(accepted(title),)))
    assert [v.number for v in register.versions(IRI)] == [1, 2]
    assert "Urgences" in register.versions(IRI)[0].canonical.decode()
    (entry,) = register.entries()
    assert (entry.versions, entry.first_seen, entry.changed) == (2, NOON, NOON + timedelta(days=1))


def test_a_withdrawn_record_keeps_its_tombstone_and_may_return(register: Register) -> None:
    """Withdrawal dates the entry; accepting the record again lifts it."""
    register.commit(Change(run(), accepted=(accepted(),)))
    register.commit(Change(run(days=8), withdrawn=(IRI,)))
    (entry,) = register.entries()
    assert entry.withdrawn_at == NOON + timedelta(days=8)
    register.commit(Change(run(days=9), accepted=(accepted("De retour"),)))
    (entry,) = register.entries()
    assert entry.withdrawn_at is None


def test_absence_is_counted_from_its_first_run(register: Register) -> None:
    """A missing record keeps the date it was first missed, and being seen again clears it."""
    register.commit(Change(run(), accepted=(accepted(),)))
    for day in (1, 2):
        register.commit(Change(run(days=day), absent=(IRI,)))
    known = register.known("chu-fichiers", [])[IRI]
    assert (known.absent_since, known.absent_runs) == (NOON + timedelta(days=1), 2)
    register.commit(Change(run(days=3), seen=(IRI,)))
    assert register.known("chu-fichiers", [])[IRI].absent_since is None


def test_known_tells_of_other_holders_claims(register: Register) -> None:
    """A source learns who owns an IRI that it describes too."""
    register.commit(Change(run(), accepted=(accepted(),)))
    assert register.known("registre-fichiers", [IRI])[IRI].holder == "chu-exemple"
    assert register.known("registre-fichiers", []) == {}


def test_a_run_comes_back_with_its_outcomes_and_problems(register: Register) -> None:
    """Outcomes, unreadable documents and counts of a run survive the register."""
    held = Outcome(IRI, State.QUARANTINED, reason={"fr": "Cassé.", "en": "Broken."})
    done = run(held, status="incomplete", unchanged=4, unreadable=(BROKEN,), dropped={"foreign": 2})
    register.commit(Change(done))
    (found,) = register.runs("chu-fichiers")
    assert found.outcomes == (held,)
    assert found.unreadable == (BROKEN,)
    assert found.totals()["unchanged"] == 4
    assert found.dropped == {"foreign": 2}


def test_a_run_that_repeats_the_last_one_is_no_event(register: Register) -> None:
    """Nothing new, the same records held back: the run to show stays the earlier one."""
    held = Outcome(IRI, State.QUARANTINED, reason={"fr": "Cassé.", "en": "Broken."})
    first = register.commit(Change(run(held)))
    register.commit(Change(run(held, days=1)))
    assert register.runs("chu-fichiers", only_eventful=True) == [first]
    third = register.commit(Change(run(days=2)))
    assert register.runs("chu-fichiers", only_eventful=True) == [third]


def test_what_runs_of_before_told_is_not_kept(register: Register) -> None:
    """A year of nights takes no more room than two; what each changed, and was private, stays."""
    held = Outcome(IRI, State.QUARANTINED, reason={"fr": "Cassé.", "en": "Broken."})
    new = Outcome("https://chu.exemple.fr/jeu/lits", State.NEW)
    told: dict[str, Any] = {"unreadable": (BROKEN,), "private": ("lits.ttl",)}
    for day, outcomes in enumerate([(new, held), (held,), (), ()]):
        register.commit(Change(run(*outcomes, days=day, unchanged=day, **told)))
    latest, shown, second, first = register.runs("chu-fichiers", limit=9)
    assert register.runs("chu-fichiers", only_eventful=True) == [shown]
    assert latest.unreadable == shown.unreadable == (BROKEN,)
    assert first.unreadable == second.unreadable == ()
    assert (first.outcomes, second.outcomes) == ((new,), ())
    assert first.private == second.private == ("lits.ttl",)
    assert (second.unchanged, second.started) == (1, NOON + timedelta(days=1))


def test_a_commit_that_fails_leaves_nothing(register: Register) -> None:
    """One transaction a source: the second record's clash takes the first one back."""
    bad = accepted(iri="https://chu.exemple.fr/jeu/lits")
    clash = Accepted(bad.record, bad.report, bad.verdict, None, "chu-fichiers")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        register.commit(Change(run(), accepted=(accepted(), clash)))
    assert list(register.entries()) == []
    assert register.runs("chu-fichiers") == []


def test_a_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    """A damaged file is told in one sentence with what to do."""
    path = tmp_path / "register.db"
    path.write_bytes(b"Ceci n'est pas une base de donnees." * 40)
    with pytest.raises(RedError, match="restore it from a backup"), Register.open(path):
        pass


def test_a_newer_register_is_refused(tmp_path: Path) -> None:
    """An older program does not touch what a newer one wrote."""
    path = tmp_path / "register.db"
    with Register.open(path) as opened:
        opened._db.execute("PRAGMA user_version = 99")
    with pytest.raises(RedError, match="newer red-catalog"), Register.open(path):
        pass


def test_the_later_of_two_with_one_page_name_gets_a_longer_one(register: Register) -> None:
    """Both are kept, and each keeps the name that it was given, whatever comes later."""
    first, second = (f"https://chu.exemple.fr/jeu/{n}/urgences" for n in (15722, 83849))
    assert make_slug(first) == make_slug(second)
    for iri in (first, second):
        register.commit(Change(run(Outcome(iri, State.NEW)), accepted=(accepted(iri=iri),)))
    names = {first: make_slug(first), second: make_slug(second, 16)}
    assert {e.iri: e.slug for e in register.entries()} == names
    again = tuple(accepted("Urgences", iri) for iri in (second, first))
    updated = (Outcome(iri, State.UPDATED) for iri in names)
    register.commit(Change(run(*updated, days=1), accepted=again))
    assert {e.iri: (e.slug, e.versions) for e in register.entries()} == {
        iri: (name, 2) for iri, name in names.items()
    }
