"""Scores through time: a row a change, for datasets, holders and the catalogue."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.model import (
    Completeness,
    Level,
    Mqa,
    Record,
    Report,
    Run,
    Standing,
    Verdict,
)
from red_catalog.register.ledger import Accepted, Change, Register

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
BASE = "https://chu.exemple.fr/jeu/"
KEYWORD = Mqa(("keyword",), ("access-url-answers",))
THEMED = Mqa(("keyword", "theme"), ("access-url-answers",))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register in a real file."""
    with Register.open(tmp_path / "register.db") as opened:
        yield opened


def scored(
    name: str,
    given: int,
    mqa: Mqa = KEYWORD,
    holder: str = "chu-exemple",
    verdict: Verdict = Verdict.FLAGGED,
) -> Accepted:
    """A record with its scores."""
    canonical = f'<{BASE}{name}> <http://purl.org/dc/terms/title> "{given}"@fr .\n'.encode()
    missing = ({"fr": "Titre", "en": "Title"},)
    inapplicable = (({"fr": "Variables", "en": "Variables"}, {"fr": "Car.", "en": "As."}),)
    return Accepted(
        Record(BASE + name, canonical, hashlib.sha256(canonical).hexdigest(), "export.ttl"),
        Report("healthdcat-ap-8", "8", "sha256:abc", Level.NON_PUBLIC),
        verdict,
        holder,
        f"{holder}-fichiers",
        "sha256:def",
        Completeness(given, 25, missing, inapplicable),
        mqa,
    )


def change(*accepted: Accepted, day: int = 0, **more: object) -> Change:
    """A run on this day that accepts these records."""
    then = NOON + timedelta(days=day)
    run = Run(0, "chu-exemple-fichiers", then, then, "ok")
    return Change(run, accepted=accepted, **more)  # type: ignore[arg-type]


def test_scores_come_back_exactly(register: Register) -> None:
    """What a description gives, lacks and need not give survives the register."""
    kept = scored("urgences", 20)
    register.commit(change(kept))
    (entry,) = register.entries()
    assert (entry.completeness, entry.mqa) == (kept.completeness, kept.mqa)
    known = register.known("chu-exemple-fichiers", [])[f"{BASE}urgences"]
    assert known.fingerprint == "sha256:def"


def test_a_trend_has_one_row_a_change(register: Register) -> None:
    """The same score again adds nothing; another one adds a row at its time."""
    for day, given in enumerate((20, 20, 22)):
        register.commit(change(scored("urgences", given), day=day))
    register.commit(change(day=3))
    assert register.trend("dataset", f"{BASE}urgences") == [
        Standing(NOON, 1, 0, 20, 25, 30),
        Standing(NOON + timedelta(days=2), 1, 0, 22, 25, 30),
    ]


def test_what_is_published_of_a_day_is_its_end(register: Register) -> None:
    """A harvest of two sources is one moment of the catalogue, which never had the first alone."""
    register.commit(change(scored("urgences", 20)))
    second = change(scored("cancers", 10, holder="registre"))
    later = replace(second.run, started=NOON + timedelta(hours=1), ended=NOON + timedelta(hours=1))
    register.commit(replace(second, run=later))
    register.commit(change(scored("urgences", 22), day=1))
    assert len(register.trend("catalogue")) == 3
    trends = register.trends()
    assert [(one.datasets, one.given) for one in trends[""]] == [(2, 30), (2, 32)]
    assert [one.given for one in trends["chu-exemple"]] == [20, 22]


def test_holders_and_the_catalogue_are_the_sums_of_their_datasets(register: Register) -> None:
    """Means come from the sums; one holder's change leaves the others' trends alone."""
    register.commit(
        change(scored("urgences", 20), scored("lits", 24, THEMED, verdict=Verdict.CONFORMANT))
    )
    register.commit(change(scored("cancers", 10, holder="registre"), day=1))
    (chu,) = register.trend("holder", "chu-exemple")
    assert chu == Standing(NOON, 2, 1, 44, 50, 90)
    assert (chu.completeness, chu.mean_points, chu.band) == (0.88, 45.0, "bad")
    assert register.trend("catalogue") == [
        chu,
        Standing(NOON + timedelta(days=1), 3, 1, 54, 75, 120),
    ]


def test_a_review_renews_the_scores_without_a_version(register: Register) -> None:
    """New scores of the same description are a change of the trend alone."""
    register.commit(change(scored("urgences", 20)))
    register.commit(change(day=1, reviewed=(scored("urgences", 21, THEMED),)))
    (entry,) = register.entries()
    assert (entry.versions, entry.mqa) == (1, THEMED)
    assert [s.points for s in register.trend("dataset", entry.iri)] == [30, 60]


def test_a_withdrawn_dataset_leaves_the_sums(register: Register) -> None:
    """Its holder's and the catalogue's standings go down; its own trend ends."""
    register.commit(change(scored("urgences", 20)))
    register.commit(change(day=9, withdrawn=(f"{BASE}urgences",)))
    gone = Standing(NOON + timedelta(days=9), 0, 0, 0, 0, 0)
    assert register.trend("holder", "chu-exemple")[-1] == gone
    assert register.trend("catalogue")[-1] == gone
    assert (gone.completeness, gone.mean_points) == (0.0, 0.0)
    assert len(register.trend("dataset", f"{BASE}urgences")) == 1


def test_an_unknown_name_has_no_trend(register: Register) -> None:
    """Nothing is known of what was never scored."""
    assert register.trend("holder", "inconnu") == []
    assert register.trend("catalogue") == []


def test_a_commit_to_a_large_register_stays_quick(register: Register) -> None:
    """The sums over 5,000 datasets come from an index, not from their reports."""
    register.commit(change(*(scored(f"{n:05}", n % 26) for n in range(5000))))
    plan = register._db.execute(
        "EXPLAIN QUERY PLAN SELECT holder, SUM(verdict = 'x'), SUM(given), SUM(applicable),"
        " SUM(points) FROM record WHERE withdrawn_at IS NULL AND points IS NOT NULL"
        " GROUP BY holder"
    ).fetchall()
    assert any("COVERING INDEX record_standing" in row[-1] for row in plan)
    (before,) = register.trend("catalogue")
    register.commit(change(scored("00001", 2), day=1))
    assert register.trend("catalogue")[-1].given == before.given + 1
