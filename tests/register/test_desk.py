"""The counter where descriptions are handed in."""

import sqlite3
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from red_catalog.errors import BusyError, RedError
from red_catalog.model import Document, Gone, Source
from red_catalog.register.desk import Desk
from red_catalog.register.ingest import KIND, Handed, Refused, make_id
from red_catalog.register.ledger import Register
from red_catalog.register.pen import writing
from red_catalog.register.tokens import Token

NOW = datetime(2029, 3, 26, 12, tzinfo=UTC)
HOLDERS = ("chu-a", "chu-b", "registre-c")
IRIS = [f"https://donnees.example/jeu/{n}" for n in range(5)]


def _depot(holder: str) -> Source:
    return Source(f"{holder}-depot", holder, KIND, "")


def test_a_key_opens_and_its_secret_is_not_kept(tmp_path: Path) -> None:
    """The key sent finds its owner; the file holds neither it nor its secret."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk:
        _, sent = desk.create_token("chu-a", ("write",), None, NOW)
        found = desk.identify(sent, NOW)
        assert found is not None
        assert (found.holder, found.scopes) == ("chu-a", ("write",))
        assert desk.tokens()[0].last_used == NOW
    secret = sent.split("_", 2)[2]
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert secret.encode() not in kept


def test_every_key_is_compared_in_constant_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right one, one with a wrong secret and one of nobody alike: time tells nothing of them."""
    compared = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(len(one) == len(other) == 32)
        return compare_digest(one, other)

    monkeypatch.setattr("red_catalog.register.tokens.hmac.compare_digest", compare)
    with Desk.open(tmp_path / "register.db") as desk:
        token, right = desk.create_token("chu-a", ("write",), None, NOW)
        sent = (right, f"red_{token.id}_AAAA", "red_00000000_AAAA")
        assert [desk.identify(one, NOW) is not None for one in sent] == [True, False, False]
    assert compared == [True, True, True]


@pytest.mark.parametrize("sent", ["", "x", "red_", "red_00000000_abc", "red_\0_", "é_é_é"])
def test_other_keys_open_nothing(tmp_path: Path, sent: str) -> None:
    """What is no key, or nobody's, finds nobody."""
    with Desk.open(tmp_path / "register.db") as desk:
        desk.create_token("chu-a", ("write",), None, NOW)
        assert desk.identify(sent, NOW) is None


def test_a_good_number_with_another_secret_opens_nothing(tmp_path: Path) -> None:
    """The number of a key, which is public, is not enough."""
    with Desk.open(tmp_path / "register.db") as desk:
        token, sent = desk.create_token("chu-a", ("write",), None, NOW)
        assert desk.identify(f"red_{token.id}_" + "A" * 43, NOW) is None
        assert desk.identify(sent + "x", NOW) is None


def test_what_is_handed_in_outlives_a_power_cut(tmp_path: Path) -> None:
    """The desk has everything on the disk before it answers; a harvest can be made again."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk, Register.open(path) as register:
        assert desk._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert register._db.execute("PRAGMA synchronous").fetchone() == (1,)  # NORMAL


def test_who_writes_meanwhile_is_told(tmp_path: Path) -> None:
    """Where another process holds the register, that is said, with code 6."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk, Desk.open(path) as other, Register.open(path) as register:
        for one in (other, register):
            one._db.execute("PRAGMA busy_timeout = 1")
        with writing(desk._db):
            with pytest.raises(BusyError, match="wait until it has ended"):
                other.create_token("chu-a", ("write",), None, NOW)
            with pytest.raises(BusyError, match="wait until it has ended"):
                register.remark({})
        other.create_token("chu-a", ("write",), None, NOW)
        assert len(desk.tokens()) == 1


def test_who_only_looks_need_not_wait(tmp_path: Path) -> None:
    """While another process writes, keys and links open: when a key was used is told later."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk, Desk.open(path) as other:
        _, sent = desk.create_token("chu-a", ("write",), None, NOW)
        key = desk.register.link_key()
        with writing(other._db):
            found = desk.identify(sent, NOW)
            assert found is not None
            assert desk.tokens()[0].last_used is None
            assert desk.register.link_key() == key
            assert desk.open_letter("a~b~1~2~c", NOW) is Refused.UNKNOWN
        assert desk._db.execute("PRAGMA busy_timeout").fetchone() == (30_000,)
        desk.identify(sent, NOW)
        assert desk.tokens()[0].last_used == NOW


def test_a_first_link_waits_for_who_writes(tmp_path: Path) -> None:
    """Where there is no key for links yet, it is made once the register is free."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk, Desk.open(path) as other:
        desk._db.execute("PRAGMA busy_timeout = 1")
        with writing(other._db), pytest.raises(BusyError, match="wait until it has ended"):
            desk.open_letter("a~b~1~2~c", NOW)
        assert len(desk.register.link_key()) == 32


def test_keys_expire_and_are_revoked(tmp_path: Path) -> None:
    """A key opens until its day, and no more once revoked."""
    with Desk.open(tmp_path / "register.db") as desk:
        token, sent = desk.create_token("chu-a", ("write",), NOW + timedelta(days=1), NOW)
        assert desk.identify(sent, NOW + timedelta(hours=23)) is not None
        assert desk.identify(sent, NOW + timedelta(days=1)) is None
        desk.revoke(token.id, NOW)
        assert desk.identify(sent, NOW) is None
        with pytest.raises(RedError, match="No key has the id"):
            desk.revoke("unknown", NOW)


def test_the_log_cannot_be_changed(tmp_path: Path) -> None:
    """Rows of the log are neither changed nor removed, and tampering with the file shows."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk:
        token, _ = desk.create_token("chu-a", ("write",), None, NOW)
        desk.hand_in(token, _depot("chu-a"), (IRIS[0], b"x"), NOW)
        desk.take_back(token, IRIS[0], NOW)
        said = [(e.actor, e.action, e.outcome) for e in desk.log()]
        assert said == [
            ("operator", "token create", "done"),
            (token.id, "hand in", "done"),
            (token.id, "take back", "done"),
        ]
        assert desk.first_broken() is None
    db = sqlite3.connect(path)
    for command in ("UPDATE audit SET holder = 'x'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            db.execute(command)
    db.executescript("DROP TRIGGER audit_update; UPDATE audit SET holder = 'x' WHERE number = 2")
    db.close()
    with Desk.open(path) as desk:
        assert desk.first_broken() == 2


@pytest.mark.parametrize("expires", [NOW + timedelta(minutes=1), None])
def test_a_key_that_ends_before_the_body_has_come_does_nothing(
    tmp_path: Path, expires: datetime | None
) -> None:
    """Looked at before, revoked or expired since: it hands nothing in and takes nothing back."""
    later = NOW + timedelta(minutes=1)
    with Desk.open(tmp_path / "register.db") as desk:
        token, _ = desk.create_token("chu-a", ("write", "delete"), expires, NOW)
        desk.hand_in(token, _depot("chu-a"), (IRIS[0], b"1"), NOW)
        if not expires:
            desk.revoke(token.id, NOW)
        assert desk.hand_in(token, _depot("chu-a"), (IRIS[1], b"2"), later) is Refused.ENDED
        assert desk.take_back(token, IRIS[0], later) is Refused.ENDED
        assert [d.content for d in desk.documents("chu-a") if isinstance(d, Document)] == [b"1"]
        told = [(e.actor, e.action, e.outcome) for e in desk.log()[-2:]]
        assert told == [(token.id, one, "key ended meanwhile") for one in ("hand in", "take back")]


def test_a_refused_request_takes_little_of_the_log(tmp_path: Path) -> None:
    """Names of any length fill neither log nor register; what was done is told in full."""
    long = f"https://donnees.chu-a.example/jeu/{'x' * 100_000}"
    with Desk.open(tmp_path / "register.db") as desk:
        token, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        assert desk.take_back(token, long, NOW) is Refused.UNKNOWN
        desk.hand_in(token, _depot("chu-a"), (long, b"x"), NOW)
        refused, done = desk.log()[-2:]
        assert (refused.subject, done.subject) == (f"{long[:500]}…", long)
        assert desk.first_broken() is None


def test_what_is_taken_back_is_not_kept(tmp_path: Path) -> None:
    """The row that tells the next harvest of it has nothing of the description any more."""
    path = tmp_path / "register.db"
    with Desk.open(path) as desk:
        token, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        desk.hand_in(token, _depot("chu-a"), (IRIS[0], b"Brevet en cours"), NOW)
        desk.take_back(token, IRIS[0], NOW)
    db = sqlite3.connect(path)
    assert db.execute("SELECT iri, content FROM handed").fetchall() == [(IRIS[0], b"")]
    db.close()


def test_what_a_source_will_describe_is_known(tmp_path: Path) -> None:
    """What its holder handed in; not what it took back, others', or what this one replaces."""
    with Desk.open(tmp_path / "register.db") as desk:
        token, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        other, _ = desk.create_token("chu-b", ("write",), None, NOW)
        desk.hand_in(token, _depot("chu-a"), (IRIS[0], b"1"), NOW, "sejours")
        desk.hand_in(token, _depot("chu-a"), (IRIS[1], b"2"), NOW)
        desk.take_back(token, IRIS[1], NOW)
        desk.hand_in(other, _depot("chu-b"), (IRIS[2], b"3"), NOW)
        found = [
            desk.described(_depot("chu-a"), IRIS, (name, IRIS[4])) for name in (None, "sejours")
        ]
        assert found == [{IRIS[0]}, set()]
        heir = replace(_depot("chu-c"), former=("chu-a",))
        assert desk.described(heir, IRIS[:2], (None, IRIS[4])) == {IRIS[0]}


def test_who_may_not_take_back_replaces_nothing(tmp_path: Path) -> None:
    """A name given to another dataset takes the first one back: by a key that may, and told."""
    with Desk.open(tmp_path / "register.db") as desk:
        depot, (old, new) = _depot("chu-a"), IRIS[:2]
        writer, _ = desk.create_token("chu-a", ("write",), None, NOW)
        both, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        desk.hand_in(writer, depot, (old, b"1"), NOW, "sejours")
        assert desk.hand_in(writer, depot, (new, b"2"), NOW, "sejours") is Refused.REPLACES
        assert desk.log()[-1].outcome == "would take another back"
        (kept,) = desk.documents("chu-a")
        assert isinstance(kept, Document)
        done = desk.hand_in(both, depot, (new, b"2"), NOW, "sejours")
        assert isinstance(done, Handed)
        assert done.replaced == old
        told = [(e.action, e.outcome, e.subject) for e in desk.log()[-2:]]
        assert told == [("hand in", "done", new), ("take back", "done", old)]
        assert Gone(old) in desk.documents("chu-a")


def test_a_number_or_an_address_is_no_name(tmp_path: Path) -> None:
    """A dataset handed in under the IRI or number of another one takes nothing back."""
    with Desk.open(tmp_path / "register.db") as desk:
        depot, (old, *others) = _depot("chu-a"), IRIS
        token, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        first = desk.hand_in(token, depot, (old, b"1"), NOW)
        assert isinstance(first, Handed)
        for iri, name in zip(others, (old, first.id), strict=False):
            done = desk.hand_in(token, depot, (iri, b"2"), NOW, name)
            assert isinstance(done, Handed)
            assert done.replaced is None
        assert sum(isinstance(one, Document) for one in desk.documents("chu-a")) == 3
        assert desk.take_back(token, old, NOW) == first


@pytest.mark.parametrize("harvested", [False, True])
def test_a_name_of_a_former_id_shields_nothing(tmp_path: Path, *, harvested: bool) -> None:
    """Given to another dataset after its holder was renamed, it is the first one's no more."""
    depot = replace(_depot("chu-b"), former=("chu-a",))
    with Desk.open(tmp_path / "register.db") as desk:
        scopes = ("write", "delete")
        before, token = (desk.create_token(h, scopes, None, NOW)[0] for h in HOLDERS[:2])
        a, b, c = IRIS[:3]
        desk.hand_in(before, _depot("chu-a"), (a, b"1"), NOW, "urgences")
        for iri, name, replaced in ((b, "urgences", a), (a, "sejours", None), (c, "sejours", a)):
            done = desk.hand_in(token, depot, (iri, b"2"), NOW, name)
            assert isinstance(done, Handed)
            assert done.replaced == replaced
            if harvested:
                desk.register.take_over([depot])
        kept = [d for d in desk.register.handed(depot) if isinstance(d, Document)]
        assert len(kept) == 2


def test_names_of_former_ids_are_taken_over_once(tmp_path: Path) -> None:
    """Of two former ids with one name the later one counts, and the other's is not left behind."""
    depot = replace(_depot("registre-c"), former=("chu-b", "chu-a"))
    with Desk.open(tmp_path / "register.db") as desk:
        for holder, iri in zip(HOLDERS, IRIS[:2], strict=False):
            token, _ = desk.create_token(holder, ("write",), None, NOW)
            desk.hand_in(token, _depot(holder), (iri, b"1"), NOW, "urgences")
        desk.register.take_over([depot])
        rows = desk._db.execute("SELECT holder, name, id FROM handed_name").fetchall()
        assert rows == [("registre-c", "urgences", make_id(IRIS[1]))]


class Counter(RuleBasedStateMachine):
    """Random holders at the counter, against what a plain mapping says should be there."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.path = Path(self.stack.enter_context(TemporaryDirectory())) / "register.db"
        self.reopen()
        self.tokens: dict[str, Token] = {
            h: self.desk.create_token(h, ("write", "delete"), None, NOW)[0] for h in HOLDERS
        }
        self.owner: dict[str, str] = {}
        self.content: dict[str, bytes] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.steps = len(HOLDERS)

    def reopen(self) -> None:
        """Opens the desk, the first time or again."""
        self.opened = ExitStack()
        self.desk = self.opened.enter_context(Desk.open(self.path))

    @rule(
        holder=st.sampled_from(HOLDERS),
        iri=st.sampled_from(IRIS),
        content=st.binary(max_size=20),
        name=st.sampled_from([None, "un", "deux"]),
    )
    def hand_in(self, holder: str, iri: str, content: bytes, name: str | None) -> None:
        """A holder hands a dataset in."""
        done = self.desk.hand_in(self.tokens[holder], _depot(holder), (iri, content), NOW, name)
        self.steps += 1
        if self.owner.setdefault(iri, holder) != holder:
            assert done is Refused.OWNED
            return
        assert isinstance(done, Handed)
        before = self.names.get((holder, name)) if name else None
        others = {i for (h, n), i in self.names.items() if h == holder and n != name}
        if before in self.content and before not in {iri, *others}:
            del self.content[before]
            self.steps += 1
        self.content[iri] = content
        if name:
            self.names[holder, name] = iri

    @rule(holder=st.sampled_from(HOLDERS), name=st.sampled_from([*IRIS, "un", "deux", "rien"]))
    def take_back(self, holder: str, name: str) -> None:
        """A holder takes a dataset back, by its IRI or its own name for it."""
        done = self.desk.take_back(self.tokens[holder], name, NOW)
        self.steps += 1
        iri = name if name in IRIS else self.names.get((holder, name), "")
        if iri not in self.content:
            assert done is Refused.UNKNOWN
        elif self.owner[iri] != holder:
            assert done is Refused.OWNED
        else:
            assert isinstance(done, Handed)
            del self.content[iri]

    @precondition(lambda self: self.steps % 5 == 4)
    @rule()
    def restart(self) -> None:
        """The server ends and starts again."""
        self.opened.close()
        self.reopen()

    @invariant()
    def holds_what_it_should(self) -> None:
        """Each holder's descriptions are those it handed in and did not take back."""
        for holder in HOLDERS:
            found = self.desk.documents(holder)
            mine = {i: c for i, c in self.content.items() if self.owner[i] == holder}
            contents = [d.content for d in found if isinstance(d, Document)]
            assert sorted(contents) == sorted(mine.values())
            gone = {g.name for g in found if isinstance(g, Gone)}
            assert gone == {i for i, h in self.owner.items() if h == holder} - set(mine)

    def teardown(self) -> None:
        """The log has a line for each step and is whole."""
        assert (len(self.desk.log()), self.desk.first_broken()) == (self.steps, None)
        self.opened.close()
        self.stack.close()


TestCounter = Counter.TestCase
TestCounter.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)


def test_what_stands_there_is_replaced_where_that_version_was_agreed_to(tmp_path: Path) -> None:
    """By its address or its name, and under a former id; the same content needs no word."""
    iri, other = IRIS[:2]
    source = Source("depot", "chu-a", KIND, "", former=("chu-vieux",))
    with Desk.open(tmp_path / "register.db") as desk:
        old, _ = desk.create_token("chu-vieux", ("write",), None, NOW)
        token, _ = desk.create_token("chu-a", ("write", "delete"), None, NOW)
        assert isinstance(desk.hand_in(old, _depot("chu-vieux"), (iri, b"1"), NOW, "urg"), Handed)
        (standing,) = desk.standing(source, None, iri)
        assert (standing.name, standing.received, standing.content) == ("urg", NOW, b"1")
        assert desk.standing(source, "urg", other) == [standing]
        for agreed, content, at in (
            ((), b"2", iri), ((), b"2", other), ((sha256(b"0").hexdigest(),), b"2", iri),
        ):  # fmt: skip
            assert desk.hand_in(token, source, (at, content), NOW, "urg", agreed) is Refused.STANDS
        assert isinstance(desk.hand_in(token, source, (iri, b"1"), NOW, "urg", ()), Handed)
        done = desk.hand_in(token, source, (other, b"2"), NOW, "urg", (standing.digest,))
        assert isinstance(done, Handed)
        assert done.replaced == iri
        assert [one.outcome for one in desk.log()].count(Refused.STANDS) == 3
