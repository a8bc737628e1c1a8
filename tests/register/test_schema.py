"""The register's file: an older one is brought up to date without a loss."""

import os
import re
import sqlite3
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from red_catalog import register, store
from red_catalog.errors import RedError
from red_catalog.model import Level, Record, Report, Run, State, Verdict
from red_catalog.register import identifiers
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.register.migrations import MIGRATIONS
from red_catalog.register.schema import connect, explain

IRI = "https://chu.exemple.fr/jeu/urgences"
CANONICAL = f'<{IRI}> <http://purl.org/dc/terms/title> "Urgences"@fr .\n'.encode()
REPORT = (
    '{"findings":[{"component":"sh:MinCountConstraintComponent","fix":null,"focus":"<x>",'
    '"line":null,"message":{"en":"Give a title.","fr":"Donnez un titre."},"path":null,'
    '"severity":"violation","shape":null,"value":null}],"level":"NON_PUBLIC",'
    '"profile":"healthdcat-ap-8","release":"8","shapes":"sha256:abc"}'
)
NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
THEN = "2028-01-01T12:00:00+00:00"


def write_version_1(path: Path) -> None:
    """A register as the first version of the program left it."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
        db.execute(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, NULL)",
            (IRI, "urgences-00000000", "chu-exemple", "chu-fichiers", "export.ttl", "d1",
             "sha256:abc", "flagged", REPORT, 1, THEN, THEN, THEN),
        )  # fmt: skip
        db.execute(
            "INSERT INTO version VALUES (?, 1, 'd1', ?, ?)", (IRI, zlib.compress(CANONICAL), THEN)
        )
        db.execute(
            "INSERT INTO run VALUES (1, 'chu-fichiers', ?, ?, 'ok', 0, ?, 1, 's')",
            (THEN, THEN, '{"dropped":{},"repaired":[],"unreadable":[]}'),
        )
        db.execute("INSERT INTO outcome VALUES (1, ?, 'new', 'flagged', NULL)", (IRI,))
        db.execute("INSERT INTO bookmark VALUES ('chu-fichiers', '2028-01-01')")
    db.close()


def run() -> Run:
    """A run that came to its end."""
    return Run(0, "chu-fichiers", NOON, NOON, "ok")


def accepted(text: str, iri: str) -> Accepted:
    """A record of this description."""
    record = Record(iri, text.encode(), "d2", "export.ttl")
    report = Report("healthdcat-ap-8", "8", "sha256:abc", Level.NON_PUBLIC)
    return Accepted(record, report, Verdict.CONFORMANT, "chu-exemple", "chu-fichiers")


def test_a_version_1_file_keeps_all_it_held(tmp_path: Path) -> None:
    """Records, reports, versions and runs are there; scores wait for a whole harvest."""
    write_version_1(tmp_path / "register.db")
    with Register.open(tmp_path / "register.db") as register:
        (entry,) = register.entries()
        assert (entry.canonical, entry.verdict) == (CANONICAL, Verdict.FLAGGED)
        assert entry.report.findings[0].message["fr"] == "Donnez un titre."
        assert (entry.completeness, entry.mqa) == (None, None)
        assert [v.number for v in register.versions(IRI)] == [1]
        (run,) = register.runs("chu-fichiers")
        assert [o.state for o in run.outcomes] == [State.NEW]
        assert register.bookmark("chu-fichiers", "") is None
        assert register.trend("catalogue") == []
        assert register.integrity() == "ok"


def test_streams_are_gone_on_with_and_repositories_read_whole(tmp_path: Path) -> None:
    """Which records gave a dataset only a whole list tells; an event is told once."""
    path = tmp_path / "register.db"
    kept = '{"closed":{},"feed":"https://chu.exemple.fr/flux","published":"2028-01-01T12:00:00Z"}'
    with sqlite3.connect(path) as db:
        db.create_function("identifiers", 2, identifiers.to_json, deterministic=True)
        for script in MIGRATIONS[:13]:
            db.executescript(script)
        db.execute("PRAGMA user_version = 13")
        db.execute("INSERT INTO bookmark VALUES ('chu-flux', ?)", (kept,))
        db.execute("INSERT INTO bookmark VALUES ('chu-depot', '2028-01-01 https://x oai_dc')")
    db.close()
    with Register.open(path) as register:
        assert register.bookmark("chu-flux", "") == kept
        assert register.bookmark("chu-depot", "") is None


def test_a_version_1_file_is_scored_by_its_next_harvest(tmp_path: Path) -> None:
    """What version 1 remembered of the shapes is no fingerprint, so every record is stale."""
    write_version_1(tmp_path / "register.db")
    with Register.open(tmp_path / "register.db") as register:
        assert register.known("chu-fichiers", [])[IRI].fingerprint == "sha256:abc"


def test_a_file_is_migrated_once(tmp_path: Path) -> None:
    """Opening it again finds the newest version and changes nothing."""
    path = tmp_path / "register.db"
    write_version_1(path)
    for _ in range(2):
        with Register.open(path) as register:
            (version,) = register._db.execute("PRAGMA user_version").fetchone()
            assert version == len(MIGRATIONS)


def test_a_version_1_file_knows_the_identifiers_it_held(tmp_path: Path) -> None:
    """An identifier of an old record is found again in a new one, whatever its type."""
    write_version_1(tmp_path / "register.db")
    given = f'<{IRI}> <http://purl.org/dc/terms/identifier> "URG-1" .\n'.encode()
    with sqlite3.connect(tmp_path / "register.db") as db:
        db.execute("UPDATE version SET canonical = ?", (zlib.compress(given),))
    db.close()
    other = "https://chu.exemple.fr/jeu/lits"
    text = f'<{other}> <http://purl.org/dc/terms/identifier> " URG-1 "@fr .\n'
    with Register.open(tmp_path / "register.db") as register:
        kept = register.commit(Change(run(), accepted=(accepted(text, other),)))
        assert kept.id == 2
        assert register.shared_identifiers() == {IRI: ['"URG-1"'], other: ['" URG-1 "@fr']}
        register.commit(Change(run(), withdrawn=(other,)))
        assert register.shared_identifiers() == {}


def test_what_hinders_a_register_is_told_as_what_it_is(tmp_path: Path) -> None:
    """Only a damaged file is to be replaced; rights, room and patience mend the rest."""
    path = tmp_path / "register.db"
    connect(path).close()
    with ExitStack() as stack:

        def complain(database: str, *statements: str) -> str:
            db = sqlite3.connect(database, uri=True, timeout=0)
            stack.callback(db.close)
            for statement in statements[:-1]:
                db.execute(statement)
            with pytest.raises(sqlite3.Error) as raised:
                db.execute(statements[-1])
            return explain(path, raised.value)

        told = complain(f"file:{path}?mode=ro", "CREATE TABLE x (y)")
        assert "let the user write it" in told
        holding = sqlite3.connect(path)
        stack.callback(holding.close)
        holding.execute("BEGIN IMMEDIATE")
        assert "in use by another program" in complain(str(path), "BEGIN IMMEDIATE")
        assert "make room" in complain(
            ":memory:", "CREATE TABLE x (y)", "PRAGMA max_page_count = 3",
            "INSERT INTO x VALUES (zeroblob(100000))",
        )  # fmt: skip
        assert "see that it is one" in complain(str(path), "SELECT * FROM nothing")


def test_a_register_that_cannot_be_opened_is_told_in_one_sentence(tmp_path: Path) -> None:
    """A folder in its place, or a file in the place of its folder."""
    (tmp_path / "register.db").mkdir()
    with pytest.raises(RedError, match="let the user write it"):
        connect(tmp_path / "register.db")
    (tmp_path / "var").write_text("")
    with pytest.raises(RedError, match="cannot be made"):
        connect(tmp_path / "var" / "data" / "register.db")


def test_a_new_register_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the mask of the process; what lies beside it too; an operator's choice stays."""
    path = tmp_path / "register.db"
    before = os.umask(0)
    try:
        with Register.open(path):
            modes = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("register.db", "register.db-wal", "register.db-shm"), 0o600)
    path.chmod(0o640)
    connect(path).close()
    assert path.stat().st_mode & 0o777 == 0o640


def test_who_opens_a_register_waits_for_who_makes_it(tmp_path: Path) -> None:
    """The journal's mode cannot be set while another process writes the first tables."""
    path = tmp_path / "register.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            opened = pool.submit(lambda: connect(path).close())
            time.sleep(0.2)
            assert not opened.done()
            other.execute("COMMIT")
            opened.result()


def test_two_processes_may_open_a_new_register_at_once(tmp_path: Path) -> None:
    """Server and timer after an upgrade: one brings the file up to date, the other waits."""
    for number in range(5):
        path = tmp_path / f"{number}.db"
        with ThreadPoolExecutor(4) as pool:
            opened = [pool.submit(lambda at: connect(at).close(), path) for _ in range(4)]
            for one in opened:
                one.result()
        with Register.open(path) as register:
            assert register.integrity() == "ok"


@pytest.mark.parametrize("package", [register, store], ids=["register", "store"])
def test_no_statement_numbers_its_placeholders(package: ModuleType) -> None:
    """Python 3.12.0 to 3.12.3, as Ubuntu 24.04 has it, takes `?1` for a name and warns."""
    modules = sorted(Path(package.__path__[0]).glob("*.py"))
    assert len(modules) > 5
    assert [one.name for one in modules if re.search(r"\?\d", one.read_text("utf-8"))] == []
