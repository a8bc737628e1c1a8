"""Evidence of yearly checks, through the command line."""

import hashlib
import json
import sqlite3
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.cli import run_command
from red_catalog.model import Level, Record, Report, Run, Source, Verdict
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ledger import Accepted, Change, Register
from tests.catalogue import leave_few_rules

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
REPORT = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC)
HOLDERS = ("mon-etablissement", "registre-cancers-loire")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new catalogue in the current folder, in which two holders checked a dataset each."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "red.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[holder]]\nid = "{HOLDERS[1]}"\nname = {{ fr = "Registre", en = "R." }}\n')
    register = config.load(tmp_path / "red.toml").register
    for holder in HOLDERS:
        iri = f"https://{holder}.example/jeu/1"
        record = Record(iri, f"<{iri}> <urn:p> <urn:o> .\n".encode(), "aa", "d.ttl")
        accepted = Accepted(record, REPORT, Verdict.CONFORMANT, holder, holder, "aa")
        with Register.open(register) as opened:
            opened.commit(Change(Run(0, holder, NOON, NOON, "ok"), (accepted,)))
        with Desk.open(register) as desk:
            desk.attest(Who(holder, "12ab34cd", "ingest"), iri, NOON)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_evidence_as_json_is_of_the_holder_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """All without a name, one's own with it; an unknown holder is refused."""
    for wanted, expected in (((), set(HOLDERS)), (("--holder", HOLDERS[1]), {HOLDERS[1]})):
        assert run_command(("evidence", "--json", *wanted)) == 0
        assert {one["holder"] for one in json.loads(capsys.readouterr().out)} == expected
    assert run_command(("evidence", "--json", "--holder", "inconnu")) == 2


def test_evidence_of_a_holder_has_what_it_checked_under_a_former_id(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another id of the same holder has its checks of before."""
    path = folder / "red.toml"
    renamed = f'id = "registre-exemple"\nformer = ["{HOLDERS[1]}"]'
    path.write_text(path.read_text("utf-8").replace(f'id = "{HOLDERS[1]}"', renamed), "utf-8")
    assert run_command(("evidence", "--json", "--holder", "registre-exemple")) == 0
    assert [one["holder"] for one in json.loads(capsys.readouterr().out)] == [HOLDERS[1]]


def test_reviews_leave_an_exempt_holder_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its datasets are no duty of anybody's to check, whoever is asked for."""
    path = folder / "red.toml"
    named = f'id = "{HOLDERS[1]}"'
    path.write_text(path.read_text("utf-8").replace(named, f'{named}\nexempt = "Non"'), "utf-8")
    for wanted, expected in (((), [HOLDERS[0]]), (("--holder", HOLDERS[1]), [])):
        assert run_command(("reviews", "--json", *wanted)) == 0
        assert [one["holder"] for one in json.loads(capsys.readouterr().out)] == expected


@pytest.mark.usefixtures("folder")
def test_evidence_of_a_holder_that_left_is_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taken out of the configuration, it has what it attested still."""
    path = folder / "red.toml"
    path.write_text(path.read_text("utf-8").partition("\n[[holder]]\nid = ")[0], "utf-8")
    assert run_command(("evidence", "--json", "--holder", HOLDERS[1])) == 0
    assert [one["holder"] for one in json.loads(capsys.readouterr().out)] == [HOLDERS[1]]


def retitle(register: Path, title: str) -> str:
    """A harvest gives the first holder's dataset this title; tells the digest."""
    iri = f"https://{HOLDERS[0]}.example/jeu/1"
    text = f'<{iri}> <http://purl.org/dc/terms/title> "{title}"@fr .\n'.encode()
    digest = hashlib.sha256(text).hexdigest()
    record = Record(iri, text, digest, "d.ttl")
    accepted = Accepted(record, REPORT, Verdict.CONFORMANT, HOLDERS[0], HOLDERS[0], digest)
    with Register.open(register) as opened:
        opened.commit(Change(Run(0, HOLDERS[0], NOON, NOON, "ok"), (accepted,)))
    return digest


def test_evidence_has_the_title_that_was_attested(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A later title is not told beside an earlier version, of which the text can be read."""
    register = config.load(folder / "red.toml").register
    iri = f"https://{HOLDERS[0]}.example/jeu/1"
    digest = retitle(register, "Séjours de 2028")
    assert run_command(("attest", iri)) == 0
    retitle(register, "Séjours de 2029")
    capsys.readouterr()
    assert run_command(("evidence", "--holder", HOLDERS[0])) == 0
    row = next(one for one in capsys.readouterr().out.split("\n") if digest in one)
    assert ("Séjours de 2028" in row, "Séjours de 2029" in row) == (True, False)
    assert run_command(("history", iri, "--text", "2")) == 0
    told = capsys.readouterr().out
    assert ("Séjours de 2028" in told, hashlib.sha256(told.encode()).hexdigest()) == (True, digest)
    assert run_command(("history", iri, "--text", "9")) == 2
    assert "has no version 9" in " ".join(capsys.readouterr().err.split())


def test_a_damaged_text_is_named_and_the_rest_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read of an earlier version ends neither the evidence nor its reader."""
    register, iri = config.load(folder / "red.toml").register, f"https://{HOLDERS[0]}.example/jeu/1"
    retitle(register, "Séjours de 2028")
    assert run_command(("attest", iri)) == 0
    retitle(register, "Séjours de 2029")
    db = sqlite3.connect(register)
    db.execute("UPDATE version SET canonical = x'0102030405' WHERE number = 2")
    db.commit()
    db.close()
    assert run_command(("evidence", "--format", "html")) == 0
    assert "texte a été modifié ou perdu" in capsys.readouterr().out.replace("\n", " ")
    assert run_command(("history", iri, "--text", "2")) == 2
    assert "The text of version 2" in " ".join(capsys.readouterr().err.split())


def test_evidence_says_where_the_text_is_not_the_one_attested(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Altered since, or gone, the version has a mark, and no other one has."""
    register, iri = config.load(folder / "red.toml").register, f"https://{HOLDERS[0]}.example/jeu/1"
    digest = retitle(register, "Séjours de 2028")
    assert run_command(("attest", iri)) == 0
    marked = []
    for harm in ("SELECT 1", "UPDATE version SET canonical = ? WHERE number = 2",
                 "DELETE FROM version WHERE number = 2 AND ? IS NOT NULL"):  # fmt: skip
        db = sqlite3.connect(register)
        db.execute(harm, (zlib.compress(b""),) if "?" in harm else ())
        db.commit()
        db.close()
        capsys.readouterr()
        assert run_command(("evidence", "--format", "html", "--lang", "en")) == 0
        (row,) = [one for one in capsys.readouterr().out.split("<tr>") if digest in one]
        marked.append("altered or lost" in row)
    assert marked == [False, True, True]


@pytest.mark.usefixtures("folder")
def test_attest_tells_the_number_that_evidence_gives(capsys: pytest.CaptureFixture[str]) -> None:
    """The attestation that was just made, as both print it, is one and the same."""
    assert run_command(("attest", f"https://{HOLDERS[0]}.example/jeu/1", "--json")) == 0
    made = json.loads(capsys.readouterr().out)
    assert run_command(("evidence", "--json")) == 0
    assert (made["number"], made) == (3, json.loads(capsys.readouterr().out)[-1])


def test_what_was_handed_in_and_not_harvested_yet_waits(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Attesting it, by either of its names, says what to run first."""
    iri = f"https://{HOLDERS[0]}.example/jeu/2"
    with Desk.open(config.load(folder / "red.toml").register) as desk:
        token, _ = desk.create_token(HOLDERS[0], ("write",), None, NOON)
        depot = Source(f"{HOLDERS[0]}-depot", HOLDERS[0], "ingest", "")
        desk.hand_in(token, depot, (iri, b""), NOON, "depot-1")
    for name in ("depot-1", iri):
        assert run_command(("attest", name, "--holder", HOLDERS[0])) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert f"{name} was handed in and is not harvested yet: run `red-catalog run`" in told


def test_evidence_goes_to_a_file_where_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON as well as tables; a place that cannot be written is a sentence."""
    assert run_command(("evidence", "--json", "-o", "preuves.json")) == 0
    assert len(json.loads((folder / "preuves.json").read_bytes())) == len(HOLDERS)
    assert run_command(("evidence", "-o", "absent/preuves.csv")) == 2
    assert "cannot be written" in " ".join(capsys.readouterr().err.split())


def test_a_check_noted_while_the_clock_was_ahead_dates_no_release(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release is of the latest change that is not still to come."""
    leave_few_rules(folder / "red.toml")
    attested = ("attest", f"https://{HOLDERS[0]}.example/jeu/1")
    for moment, command in (
        (NOON.replace(year=2036), attested),
        (NOON.replace(hour=14), attested),
        (NOON.replace(hour=15), ("publish",)),
    ):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        assert run_command(command) == 0
    live = (folder / "public" / "current").resolve()
    assert live.name.startswith("20290326T140000Z-")
