"""Yearly checks in the register: only added, of one version, by the right holder."""

import hashlib
import sqlite3
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.model import Entry, Level, Record, Report, Run, Source, Verdict
from red_catalog.register import letters
from red_catalog.register.attestations import Attestation
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ingest import KIND, Refused
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.register.letters import Letter

NOW = datetime(2029, 3, 26, 12, tzinfo=UTC)
IRI = "https://chu-bellerive.example/jeu/urgences"
OWNER = Who("chu-bellerive", "12ab34cd", "ingest")
REPORT = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC)


def commit(
    path: Path,
    digest: str,
    moment: datetime,
    *,
    withdrawn: bool = False,
    holder: str = "chu-bellerive",
) -> None:
    """A harvest that brings a version of the dataset, or withdraws it."""
    record = Record(IRI, f"<{IRI}> <urn:p> <urn:{digest}> .\n".encode(), digest, "d.ttl")
    accepted = Accepted(record, REPORT, Verdict.CONFORMANT, holder, "s", digest)
    run = Run(0, "s", moment, moment, "ok")
    change = Change(run, (), withdrawn=(IRI,)) if withdrawn else Change(run, (accepted,))
    with Register.open(path) as register:
        register.commit(change)


def entry(path: Path) -> Entry:
    """The dataset as the register has it."""
    with Register.open(path) as register:
        found = register.entry(IRI)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with one dataset."""
    commit(tmp_path / "register.db", "aa", NOW - timedelta(days=300))
    return tmp_path / "register.db"


def test_a_check_counts_for_the_version_it_was_of(path: Path) -> None:
    """A later change keeps the day of the check, and says that it changed since."""
    assert entry(path).counted_from == (NOW - timedelta(days=300)).date()
    with Desk.open(path) as desk:
        done = desk.attest(OWNER, IRI, NOW)
    assert isinstance(done, Attestation)
    assert (done.version, done.digest, done.actor) == (1, "aa", "12ab34cd")
    commit(path, "bb", NOW + timedelta(days=9))
    found = entry(path)
    assert (found.counted_from, found.changed_since, found.versions) == (NOW.date(), True, 2)


def test_a_check_counts_for_the_heir_of_its_holder_alone(path: Path) -> None:
    """Under another id of the same holder it still does; for another holder it does not."""
    with Desk.open(path) as desk:
        desk.attest(OWNER, IRI, NOW)
    commit(path, "aa", NOW, holder="chu-rives")
    assert entry(path).reviewed is None
    with Register.open(path) as register:
        before = register.touched()
        heir = Source("s", "chu-rives", "file", "chu", former=("chu-bellerive",))
        for _ in range(2):
            register.take_over([heir])
        assert register.touched() == before + 1
        (kept,) = register.checkpoints("chu-rives")
        assert (kept.since, kept.attested) == (NOW.date(), True)
    assert entry(path).counted_from == NOW.date()


def test_a_harvest_is_no_check(path: Path) -> None:
    """Bringing the same or another description moves the day of no check."""
    before = entry(path).counted_from
    commit(path, "bb", NOW)
    commit(path, "cc", NOW + timedelta(days=1))
    assert entry(path).counted_from == before
    assert entry(path).reviewed is None


@pytest.mark.parametrize(
    ("who", "name", "digest", "expected"),
    [
        (Who("chu-autre", "99", "ingest"), IRI, None, Refused.OWNED),
        (OWNER, "https://chu-bellerive.example/jeu/autre", None, Refused.UNKNOWN),
        (OWNER, IRI, "bb", Refused.CHANGED),
    ],
)
def test_what_cannot_be_attested(
    path: Path, who: Who, name: str, digest: str | None, expected: Refused
) -> None:
    """Another holder, an unknown dataset, another version: refused, and in the log."""
    with Desk.open(path) as desk:
        assert desk.attest(who, name, NOW, digest) is expected
        event = desk.log()[-1]
    assert (event.action, event.outcome) == ("attest", expected.value)
    assert entry(path).reviewed is None


@pytest.mark.parametrize("digest", ["aa", "AA", "sha256:aa"])
def test_a_digest_is_taken_as_it_is_shown(path: Path, digest: str) -> None:
    """Pages and answers write `sha256:` before it."""
    with Desk.open(path) as desk:
        assert isinstance(desk.attest(OWNER, IRI, NOW, digest), Attestation)


def test_a_withdrawn_dataset_cannot_be_attested(path: Path) -> None:
    """There is nothing left to be right about."""
    commit(path, "", NOW, withdrawn=True)
    with Desk.open(path) as desk:
        assert desk.attest(OWNER, IRI, NOW) is Refused.WITHDRAWN
        assert desk.attest(Who("", "operator", "courrier"), IRI, NOW) is Refused.WITHDRAWN


@pytest.mark.parametrize("via", ["ingest", "courrier"])
def test_a_correction_that_waits_for_its_harvest_is_attested_after_it(path: Path, via: str) -> None:
    """Who has just replaced a text does not attest it, but by its digest; so for the operator."""
    who = OWNER if via == "ingest" else Who("", "operator", via)
    depot = Source("s", "chu-bellerive", KIND, "")
    with Desk.open(path) as desk:
        token, _ = desk.create_token("chu-bellerive", ("write", "delete"), None, NOW)
        desk.hand_in(token, depot, (IRI, b"corrigee"), NOW, "urgences")
        assert desk.attest(who, IRI, NOW) is Refused.WAITING
        assert desk.log()[-1].outcome == "not harvested yet"
        assert isinstance(desk.attest(who, IRI, NOW, "aa"), Attestation)
        commit(path, "bb", NOW + timedelta(days=1))
        done = desk.attest(who, IRI, NOW + timedelta(days=2))
        assert isinstance(done, Attestation)
        assert (done.version, done.digest) == (2, "bb")


def test_what_its_holder_took_back_is_not_attested(path: Path) -> None:
    """Before the harvest that withdraws it, too, by whatever way."""
    depot = Source("s", "chu-bellerive", KIND, "")
    then = NOW + timedelta(days=1)
    with Desk.open(path) as desk:
        token, _ = desk.create_token("chu-bellerive", ("write", "delete"), None, NOW)
        desk.hand_in(token, depot, (IRI, b"1"), NOW - timedelta(days=301), "urgences")
        letter = Letter(entry(path).slug, "chu-bellerive", NOW, NOW + timedelta(days=45))
        sealed = letters.seal(desk.register.link_key(), letter)
        assert desk.open_letter(sealed, NOW) == letter
        desk.take_back(token, "urgences", NOW)
        assert desk.attest(OWNER, IRI, then) is Refused.WITHDRAWN
        assert desk.attest(OWNER, IRI, then, "aa") is Refused.WITHDRAWN
        assert desk.attest_by_link(sealed, "aa", then) is Refused.WITHDRAWN


def test_rows_are_only_added_and_sealed(path: Path) -> None:
    """The file refuses changes, and one made behind its back is found."""
    with Desk.open(path) as desk:
        for day in range(3):
            desk.attest(OWNER, IRI, NOW + timedelta(days=day))
    with sqlite3.connect(path) as db:
        for statement in ("UPDATE attestation SET holder = 'x'", "DELETE FROM attestation"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                db.execute(statement)
        db.execute("DROP TRIGGER attestation_update")
        db.execute("UPDATE attestation SET moment = '2030-01-01T00:00:00+00:00' WHERE number = 2")
        db.commit()
    db.close()
    with Register.open(path) as register:
        assert register.first_broken_attestation() == 2


@pytest.mark.parametrize(
    ("harm", "attestation", "line"),
    [
        ("DELETE FROM attestation WHERE number = 3", 3, None),
        ("DELETE FROM attestation", 1, None),
        ("DELETE FROM attestation WHERE number = 3; UPDATE sqlite_sequence SET seq = 2", 3, None),
        ("DELETE FROM audit WHERE number = 3", 3, 3),
        ("DELETE FROM audit WHERE number = 3; DELETE FROM attestation WHERE number = 3", 3, 3),
    ],
)
def test_rows_that_were_cut_off_are_missed(
    path: Path, harm: str, attestation: int, line: int | None
) -> None:
    """The last ones, too: the file counts what was written, and the log has each attestation."""
    with Desk.open(path) as desk:
        for day in range(3):
            desk.attest(OWNER, IRI, NOW + timedelta(days=day))
        seals = [one.seal for one in desk.register.attestations()]
        assert len(set(seals)) == 3
    db = sqlite3.connect(path)
    db.executescript(f"DROP TRIGGER attestation_delete; DROP TRIGGER audit_delete; {harm}")
    db.close()
    with Desk.open(path) as desk:
        assert desk.register.first_broken_attestation() == attestation
        assert desk.first_broken() == line


def test_a_text_that_is_not_its_digests_is_found(path: Path) -> None:
    """What was attested is not rewritten unseen: the digest of each version is of its text."""
    canonical = f'<{IRI}> <http://purl.org/dc/terms/title> "Passages"@fr .\n'.encode()
    db = sqlite3.connect(path)
    whole = zlib.compress(canonical)
    altered = (zlib.compress(canonical.upper()), whole[:-4], b"\x01\x02\x03")
    for text, expected in ((whole, None), *((one, (IRI, 1)) for one in altered)):
        db.execute(
            "UPDATE version SET canonical = ?, digest = ?",
            (text, hashlib.sha256(canonical).hexdigest()),
        )
        db.commit()
        with Register.open(path) as register:
            assert register.first_altered_version() == expected
    db.close()


def test_a_check_makes_the_next_release_tell_it(path: Path) -> None:
    """The number by which releases find what changed grows with each check."""
    with Register.open(path) as register:
        before = register.touched()
    with Desk.open(path) as desk:
        desk.attest(OWNER, IRI, NOW)
    with Register.open(path) as register:
        assert register.touched() > before


def test_a_check_is_a_change_of_the_catalogue(path: Path) -> None:
    """The catalogue last changed when a dataset did, or when one was checked since."""
    with Register.open(path) as register, Desk.open(path) as desk:
        assert register.last_change() == NOW - timedelta(days=300)
        desk.attest(OWNER, IRI, NOW)
        assert register.last_change() == NOW
        later = NOW + timedelta(days=9)
        commit(path, "bb", later)
        assert register.last_change() == later
        assert register.last_change(NOW) == NOW
        assert register.last_change(NOW - timedelta(days=400)) is None


def test_links_open_once_for_a_while_and_only_as_signed(path: Path) -> None:
    """A link works until its day or the next check; a changed or foreign one opens nothing."""
    slug = entry(path).slug
    with Desk.open(path) as desk:
        key, then = desk.register.link_key(), NOW + timedelta(days=4)
        sealed = letters.seal(key, Letter(slug, "chu-bellerive", NOW, NOW + timedelta(days=45)))
        assert key == desk.register.link_key()
        forged = letters.seal(b"x" * 32, Letter(slug, "chu-bellerive", NOW, NOW))
        stretched = sealed.replace(str(int((NOW + timedelta(days=45)).timestamp())), "9999999999")
        for bad in (forged, stretched, sealed[:-1], "", "a~b~c~d~e", "é~é"):
            assert desk.open_letter(bad, NOW) is Refused.UNKNOWN
        assert desk.open_letter(sealed, NOW + timedelta(days=45)) is Refused.EXPIRED
        assert desk.attest_by_link(sealed, "bb", NOW) is Refused.CHANGED
        assert isinstance(desk.attest_by_link(sealed, "aa", NOW + timedelta(days=2)), Attestation)
        assert desk.attest_by_link(sealed, "aa", NOW + timedelta(days=3)) is Refused.USED
        meanwhile = Letter(slug, "chu-bellerive", NOW + timedelta(days=2), NOW + timedelta(days=45))
        assert desk.open_letter(letters.seal(key, meanwhile), then) is Refused.USED
        renamed = letters.seal(key, Letter(slug, "bellerive", then, then + timedelta(days=45)))
        assert desk.open_letter(renamed, then) is Refused.OWNED
        heirs = {"bellerive": "chu-bellerive"}
        assert isinstance(desk.attest_by_link(renamed, "aa", then, heirs), Attestation)
        foreign = letters.seal(key, Letter(slug, "chu-autre", NOW, NOW + timedelta(days=45)))
        assert desk.attest_by_link(foreign, "aa", NOW) is Refused.OWNED


def test_a_link_is_for_its_page_whatever_its_holder_calls_so(path: Path) -> None:
    """Another dataset handed in under the name of that page takes no link from it."""
    slug = entry(path).slug
    depot = Source("depot", "chu-bellerive", KIND, "")
    with Desk.open(path) as desk:
        token, _ = desk.create_token("chu-bellerive", ("write",), None, NOW)
        letter = Letter(slug, "chu-bellerive", NOW, NOW + timedelta(days=45))
        sealed = letters.seal(desk.register.link_key(), letter)
        other = "https://chu-bellerive.example/jeu/naissances"
        desk.hand_in(token, depot, (other, b"1"), NOW, slug)
        assert desk.open_letter(sealed, NOW) == letter
        done = desk.attest_by_link(sealed, "aa", NOW)
        assert isinstance(done, Attestation)
        assert (done.iri, done.actor) == (IRI, "link")
        assert desk.attest(OWNER, slug, NOW) is Refused.WAITING
