"""Copies of the register: what is none is refused, and leaves nothing."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.errors import BusyError, RedError
from red_catalog.model import Level, Record, Report, Run, Verdict
from red_catalog.register import carrying
from red_catalog.register.attestations import Attestation
from red_catalog.register.copies import back_up, restore
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.register.migrations import MIGRATIONS
from red_catalog.register.reminders import Reminder
from red_catalog.register.schema import DamagedError, connect
from tests.register.room import little_room

NOW = datetime(2029, 4, 1, 6, tzinfo=UTC)


def write(path: Path, version: int, *tables: str) -> Path:
    """A file of SQLite with these tables."""
    with closing(sqlite3.connect(path)) as db:
        for table in tables:
            db.execute(f"CREATE TABLE {table} (iri)")
        db.execute(f"PRAGMA user_version = {version}")
    return path


@pytest.mark.parametrize(
    ("version", "tables", "said"),
    [
        (len(MIGRATIONS) + 1, ("record", "version"), "was written by a newer red-catalog"),
        (len(MIGRATIONS), ("contact",), "is no register"),
        (3, ("contact",), "is no register"),
        (0, ("record", "version"), "is no register"),
        (1, ("record", "version"), "cannot be used as a register"),
    ],
)
def test_what_is_no_copy_changes_nothing(
    tmp_path: Path, version: int, tables: tuple[str, ...], said: str
) -> None:
    """A newer one, or another program's: told by the name that was given; nothing lies about."""
    file = write(tmp_path / "copy.db", version, *tables)
    path = tmp_path / "var" / "register.db"
    connect(path).close()
    before = path.read_bytes()
    with pytest.raises(RedError, match=said) as raised:
        restore(path, file, tmp_path / "aside.db", NOW)
    assert str(raised.value).startswith(f"{file} ")
    assert [one.name for one in path.parent.iterdir()] == ["register.db"]
    assert (path.read_bytes(), (tmp_path / "aside.db").exists()) == (before, False)


def test_copies_are_their_owners_alone(tmp_path: Path) -> None:
    """A backup, and the register that is restored on a new machine, whatever the mask."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    new = tmp_path / "new" / "register.db"
    before = os.umask(0)
    try:
        connect(path).close()
        back_up(path, file)
        restore(new, file, tmp_path / "aside.db", NOW)
    finally:
        os.umask(before)
    assert [one.stat().st_mode & 0o777 for one in (path, file, new)] == [0o600] * 3


def test_a_copy_replaces_nothing_but_files(tmp_path: Path) -> None:
    """A FIFO, or a link that leads nowhere, stays what it is; a good link stays one, too."""
    path, file, link = (tmp_path / name for name in ("register.db", "copy.db", "latest.db"))
    connect(path).close()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("fifo", "loop"):
        with pytest.raises(RedError, match="is no file, but a device"):
            back_up(path, tmp_path / name)
    assert (tmp_path / "fifo").is_fifo()
    link.symlink_to(file.name)
    for _ in range(2):
        back_up(path, link)
        assert (link.is_symlink(), file.is_file(), file.is_symlink()) == (True, True, False)
    assert not list(tmp_path.glob("*.unfinished"))


def test_the_way_back_from_a_newer_program(tmp_path: Path) -> None:
    """Its register, of which no copy can be made, is moved aside whole; nothing lies about."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    connect(path).close()
    back_up(path, file)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert restore(path, file, aside, NOW) is False
    connect(path).close()
    assert aside.is_file()
    assert not list(tmp_path.glob("*.unfinished"))


def test_a_backup_is_restored_in_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    """Such is any name with an accent where the locale is not in UTF-8."""
    folder = tmp_path / os.fsdecode(b"sant\xe9")
    path, file = folder / "register.db", tmp_path / "copy.db"
    connect(path).close()
    back_up(path, file)
    assert restore(path, file, folder / "aside.db", NOW)


def test_a_key_that_was_revoked_stays_so(tmp_path: Path) -> None:
    """Revoked after the backup: it opens nothing once that is back, whatever else was lost."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    with Desk.open(path) as desk:
        token, sent = desk.create_token("chu-valmorin", ("write",), None, NOW)
        _, other = desk.create_token("chu-valmorin", ("write",), None, NOW)
        back_up(path, file)
        desk.revoke(token.id, NOW)
        assert restore(path, file, tmp_path / "aside.db", NOW)
        assert desk.identify(sent, NOW) is None
        assert desk.identify(other, NOW) is not None


def identified(name: str) -> Accepted:
    """A dataset of the CHU with an identifier that another one has too."""
    iri = f"https://chu.exemple.fr/jeu/{name}"
    canonical = f'<{iri}> <http://purl.org/dc/terms/identifier> "EDS-1" .\n'.encode()
    report = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC)
    record = Record(iri, canonical, name, "export.ttl")
    return Accepted(record, report, Verdict.CONFORMANT, "chu", "chu-fichiers")


def test_a_key_that_was_revoked_stays_so_though_events_do_not_go_on(tmp_path: Path) -> None:
    """A copy that went its own way has other versions of the same numbers; keys end even so."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    with Desk.open(path) as desk:
        token, sent = desk.create_token("chu-valmorin", ("write",), None, NOW)
        back_up(path, file)
        desk.revoke(token.id, NOW)
    for place, digest in ((path, "aa"), (file, "bb")):
        given = identified("sejours")
        given = replace(given, record=replace(given.record, digest=digest))
        with Register.open(place) as register:
            register.commit(Change(Run(0, "chu-fichiers", NOW, NOW, "ok"), accepted=(given,)))
    assert not restore(path, file, tmp_path / "aside.db", NOW)
    with Desk.open(path) as desk:
        assert desk.identify(sent, NOW) is None


def test_the_identifier_of_what_was_withdrawn_is_free(tmp_path: Path) -> None:
    """Withdrawn after the backup, a dataset stays so, and nobody else's identifier is its own."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    twins = (identified("sejours"), identified("urgences"))
    then, since = (Run(0, "chu-fichiers", day, day, "ok") for day in (NOW, NOW + timedelta(days=1)))
    with Register.open(path) as register:
        register.commit(Change(then, accepted=twins))
        assert len(register.shared_identifiers()) == 2
        back_up(path, file)
        register.commit(Change(since, withdrawn=(twins[0].record.iri,)))
        assert register.shared_identifiers() == {}
        assert restore(path, file, tmp_path / "aside.db", NOW + timedelta(days=2))
        assert register.withdrawn() == 1
        assert register.shared_identifiers() == {}


def test_a_full_disk_makes_no_damaged_register(tmp_path: Path) -> None:
    """A whole register of which no copy can be put aside stays, as does what was revoked in it."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    with Desk.open(path) as desk:
        token, sent = desk.create_token("chu-valmorin", ("write",), None, NOW)
        back_up(path, file)
        desk.revoke(token.id, NOW)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE described AS SELECT zeroblob(2000000)")
    before = path.read_bytes()
    with little_room(1_000_000), pytest.raises(RedError, match="make room"):
        restore(path, file, aside, NOW)
    assert (path.read_bytes(), aside.exists()) == (before, False)
    with Desk.open(path) as desk:
        assert desk.identify(sent, NOW) is None


def test_a_good_backup_is_not_blamed_for_a_full_disk(tmp_path: Path) -> None:
    """What finds no room beside the register is whole: no other backup is asked for."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    with Register.open(path), closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE described AS SELECT zeroblob(2000000)")
    back_up(path, file)
    with (
        little_room(1_000_000),
        pytest.raises(RedError, match=r"copy\.db finds no room .*make room"),
    ):
        restore(path, file, aside, NOW)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "register.db"]


@pytest.mark.parametrize("page", [0, 1])
def test_a_damaged_register_is_moved_and_replaced(tmp_path: Path, page: int) -> None:
    """What SQLite cannot read any more lies aside, and the backup in its place."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    with Desk.open(path) as desk:
        desk.create_token("chu-valmorin", ("write",), None, NOW)
        back_up(path, file)
    whole, start = path.read_bytes(), 4096 * page
    damaged = whole[:start] + b"?" * 8192 + whole[start + 8192 :]
    path.write_bytes(damaged)
    assert restore(path, file, aside, NOW) is False
    assert aside.read_bytes() == damaged
    with Desk.open(path) as desk:
        assert len(desk.tokens()) == 1


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("handed_name", ("chu-valmorin", "urgences-2024", "https://a.example/urgences")),
        ("delivery", ("pere", "urn:x:1", 7, "u-7", "ab12", 1, "acknowledged", "", "2029", 1)),
    ],
)
def test_what_came_after_the_copy_is_carried_over(
    tmp_path: Path, table: str, row: tuple[object, ...]
) -> None:
    """The holder's own names of what it handed in, and what a target has, outlive a restore."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    connect(path).close()
    back_up(path, file)
    with closing(connect(path)) as db:
        names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")][: len(row)]
        given = f"({', '.join(names)}) VALUES ({', '.join('?' * len(row))})"
        db.execute(f"INSERT INTO {table} {given}", row)
        kept = db.execute(f"SELECT * FROM {table}").fetchall()
    assert restore(path, file, tmp_path / "aside.db", NOW)
    with closing(connect(path)) as db:
        assert db.execute(f"SELECT * FROM {table}").fetchall() == kept != []


def attest(desk: Desk, day: int) -> str:
    """The hospital attests its one dataset, and is reminded of it."""
    moment = NOW + timedelta(days=day)
    made = desk.attest(Who("chu", "link", "mail"), "https://chu.exemple.fr/jeu/sejours", moment)
    assert isinstance(made, Attestation)
    desk.register.note_reminders([Reminder(moment, made.iri, "chu", "due")])
    return made.seal


def test_what_holders_attested_since_is_not_lost(tmp_path: Path) -> None:
    """It keeps its numbers and seals, with its lines in the log; reminders go out once."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    change = Change(Run(0, "s", NOW, NOW, "ok"), accepted=(identified("sejours"),))
    with Register.open(path) as register:
        register.commit(change)
    with Desk.open(path) as desk:
        seals = [attest(desk, 0)]
        back_up(path, file)
        seals += [attest(desk, day) for day in (1, 2)]
        key, log = desk.register.link_key(), len(desk.log())
        assert restore(path, file, tmp_path / "aside.db", NOW)
        assert [one.seal for one in desk.register.attestations()] == seals
        assert [one.moment.day for one in desk.register.reminders()] == [1, 2, 3]
        assert (desk.register.link_key(), len(desk.log())) == (key, log)
        seals.append(attest(desk, 3))
        assert [one.number for one in desk.register.attestations()] == [1, 2, 3, 4]
        assert (desk.first_broken(), desk.register.first_broken_attestation()) == (None, None)


def test_other_attestations_of_the_same_numbers_are_not_mixed(tmp_path: Path) -> None:
    """A copy that went its own way keeps its own, and it is told that nothing was taken over."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    with Register.open(path) as register:
        register.commit(Change(Run(0, "s", NOW, NOW, "ok"), accepted=(identified("sejours"),)))
    back_up(path, file)
    with Desk.open(path) as desk, Desk.open(file) as other:
        attest(desk, 1)
        kept = attest(other, 2)
    assert not restore(path, file, tmp_path / "aside.db", NOW)
    with Desk.open(path) as desk:
        assert [one.seal for one in desk.register.attestations()] == [kept]


def test_a_damaged_register_replaces_no_backup(tmp_path: Path) -> None:
    """What can be copied but is out of order is told, and the earlier copy stays."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    with Desk.open(path) as desk:
        ids = [desk.create_token("chu-valmorin", ("write",), None, NOW)[0].id for _ in "ab"]
    back_up(path, file)
    before = file.read_bytes()
    path.write_bytes(path.read_bytes().replace(min(ids).encode(), b"~" * len(ids[0])))
    with pytest.raises(DamagedError, match=r"is damaged .*: restore an earlier backup"):
        back_up(path, file)
    assert file.read_bytes() == before
    assert not (tmp_path / "copy.db.unfinished").exists()


def test_what_a_register_left_beside_it_is_not_the_copys(tmp_path: Path) -> None:
    """A write-ahead log whose register was moved away by hand is moved aside, not written in."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    with Desk.open(path) as desk:
        desk.create_token("chu-valmorin", ("write",), None, NOW)
        back_up(path, file)
        for _ in range(60):
            desk.create_token("chu-valmorin", ("write",), None, NOW)
        # As a process leaves it that is killed.
        log = path.with_name("register.db-wal").read_bytes()
    path.rename(tmp_path / "moved.db")
    path.with_name("register.db-wal").write_bytes(log)
    assert restore(path, file, aside, NOW) is False
    assert aside.with_name("aside.db-wal").read_bytes() == log
    with Desk.open(path) as desk:
        assert (len(desk.tokens()), desk.register.integrity()) == (1, "ok")


def test_what_is_done_while_a_backup_is_put_back_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that ends after the copy was put aside: restore begins again, and it stays ended."""
    path, file, aside = (tmp_path / name for name in ("register.db", "copy.db", "aside.db"))
    with Desk.open(path) as desk:
        token, sent = desk.create_token("chu-valmorin", ("write",), None, NOW)
    back_up(path, file)
    ended: list[str] = []

    def carry_over(copy: Path, displaced: Path, now: datetime) -> bool:
        goes_on = carry(copy, displaced, now)
        if not ended:
            with Desk.open(path) as desk:
                desk.revoke(token.id, NOW)
            ended.append(token.id)
        return goes_on

    carry = carrying.carry_over
    monkeypatch.setattr("red_catalog.register.copies.carry_over", carry_over)
    assert restore(path, file, aside, NOW)
    with Desk.open(path) as desk, Desk.open(aside) as before:
        assert desk.identify(sent, NOW) is None
        assert [event.action for event in before.log()] == ["token create", "token revoke"]


def test_a_register_that_is_written_all_the_time_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some turns the restore gives up: nothing is lost, and the operator is told."""
    path, file = tmp_path / "register.db", tmp_path / "copy.db"
    connect(path).close()
    back_up(path, file)

    def carry_over(*_: object) -> bool:
        with Desk.open(path) as desk:
            desk.create_token("chu-valmorin", ("write",), None, NOW)
        return True

    monkeypatch.setattr("red_catalog.register.copies.carry_over", carry_over)
    with pytest.raises(BusyError, match="stop the server"):
        restore(path, file, tmp_path / "aside.db", NOW)
    with Desk.open(path) as desk:
        assert len(desk.tokens()) == 5
    assert not list(tmp_path.glob("*.restoring*"))
