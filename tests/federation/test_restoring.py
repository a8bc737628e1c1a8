"""A register that comes back from a backup: those who read or were sent its events keep up."""

import json
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from rdflib import XSD

from red_catalog.errors import RedError
from red_catalog.pipeline.desk import keys
from red_catalog.publish.federation import payload
from red_catalog.publish.record.withholding import Private, open_run
from red_catalog.publish.web.site import site
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from red_catalog.register.schema import connect
from tests.catalogue import json_of, red_catalog
from tests.federation.conftest import FILES, START, Catalogue, announce_all, pusher, record
from tests.federation.naming import CONTACT, name_contact, public
from tests.federation.test_targets import folder_target

NOW = START + timedelta(days=2)


@pytest.fixture
def sending(tmp_path: Path) -> Catalogue:
    """A catalogue of four datasets that a folder was sent; its backup lies beside it."""
    made = Catalogue(tmp_path / "enfant", "https://bretagne.exemple.fr/")
    (tmp_path / "sortie").mkdir()
    made.configure(FILES, folder_target(tmp_path / "sortie"))
    made.describe(range(4))
    change(made)
    keys.back_up(made.config, tmp_path / "copie.db")
    return made


def change(made: Catalogue) -> None:
    """Harvests, announces and sends."""
    made.settle()
    announce_all(made)
    send(made)


def send(made: Catalogue) -> None:
    """Sends what is owed, all of it."""
    with pusher(made) as way:
        assert way.push().owed == 0


def events(made: Catalogue) -> list[tuple[int, str, str]]:
    """The number, kind and dataset of every event that lies in the folder."""
    told = [json.loads(f.read_bytes()) for f in (made.root.parent / "sortie").iterdir()]
    return sorted((one["number"], one["kind"], one["iri"]) for one in told)


def replay(made: Catalogue) -> set[str]:
    """The datasets that whoever applies the events by number has at last."""
    last = {iri: kind for _, kind, iri in events(made)}
    return {iri for iri, kind in last.items() if kind != "delete"}


def test_events_go_on_after_a_restore(sending: Catalogue, tmp_path: Path) -> None:
    """No number comes twice; what the backup does not know is deleted, what changed back told."""
    sending.describe([7])
    sending.describe([1], "revu")
    sending.remove([2])
    change(sending)
    before = sending.digests()
    assert keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    announce_all(sending)
    send(sending)
    told = events(sending)
    assert Counter(number for number, *_ in told).most_common(1)[0][1] == 1
    last = {(kind, iri) for number, kind, iri in told if number > 7}
    assert last == {("delete", record(7).iri), ("update", record(1).iri)}
    assert replay(sending) == set(sending.digests()) == {record(n).iri for n in (0, 1, 3)}
    change(sending)
    assert replay(sending) == set(sending.digests()) == set(before)
    assert sending.digests() == before
    with Register.open(sending.config.register) as register:
        assert [v.number for v in register.versions(record(1).iri)] == [1, 2, 3, 4]
        assert [v.number for v in register.versions(record(7).iri)] == [1, 2]


def test_what_the_next_harvest_brings_back_has_the_date_that_its_event_tells(
    sending: Catalogue, tmp_path: Path
) -> None:
    """Sources say what they said before the restore: pages and events agree when it changed."""
    sending.describe([1], "revu")
    change(sending)
    assert keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    change(sending)
    with Register.open(sending.config.register) as register:
        events = register.announcements("catalogue", 0, 99)
    told = {one.iri: one.told["modified"] for one in events}
    about = site(sending.config)
    assert told == {i: payload.tell(about, e)["modified"] for i, e in sending.entries().items()}
    assert [(one.iri, one.kind) for one in events[5:]] == [(record(1).iri, "update")]


def test_a_restore_can_be_undone(sending: Catalogue, tmp_path: Path) -> None:
    """The register that was set aside comes back, and events go on from there as well."""
    sending.describe([7])
    change(sending)
    aside = keys.restore(sending.config, tmp_path / "copie.db", NOW).before
    assert aside is not None
    announce_all(sending)
    send(sending)
    assert keys.restore(sending.config, aside, NOW + timedelta(hours=1)).goes_on
    announce_all(sending)
    send(sending)
    assert [(number, kind) for number, kind, iri in events(sending) if iri == record(7).iri] == [
        (5, "create"), (6, "delete"), (7, "create"),
    ]  # fmt: skip
    sending.publish()
    assert replay(sending) == set(sending.digests())


def test_what_came_again_stays_when_a_restore_is_undone(sending: Catalogue, tmp_path: Path) -> None:
    """Withdrawn in the backup, it was given again since: the later register knows better."""
    sending.remove([2])
    change(sending)
    keys.back_up(sending.config, tmp_path / "sans.db")
    sending.describe([2])
    change(sending)
    aside = keys.restore(sending.config, tmp_path / "sans.db", NOW).before
    assert aside is not None
    assert len(sending.digests()) == 3
    assert keys.restore(sending.config, aside, NOW + timedelta(hours=1)).goes_on
    assert len(sending.digests()) == 4


def mark_private(made: Catalogue, number: int) -> bytes:
    """The description of a dataset with the mark of its holder; put in the holder's folder."""
    file = made.root / "declarations" / f"{number}.nt"
    mark = f'<{record(number).iri}> <{made.base}ns/red#private> "true"^^<{XSD.boolean}> .\n'
    file.write_bytes(file.read_bytes() + mark.encode())
    return file.read_bytes()


def test_what_was_withdrawn_stays_so(sending: Catalogue, tmp_path: Path) -> None:
    """Private or gone, however often a backup comes back; a harvest that has it gives it again."""
    mark_private(sending, 3)
    sending.remove([2])
    change(sending)
    told = events(sending)
    for day in range(2):
        assert keys.restore(sending.config, tmp_path / "copie.db", NOW + timedelta(day)).goes_on
        announce_all(sending)
        send(sending)
        assert events(sending) == told
        assert replay(sending) == set(sending.digests()) == {record(n).iri for n in (0, 1)}
        with closing(connect(sending.config.register)) as db:
            live = db.execute("SELECT COUNT(DISTINCT iri) FROM identifier").fetchone()
        assert live == (2,)
    change(sending)
    assert events(sending) == told
    sending.describe([2, 3])
    change(sending)
    assert replay(sending) == set(sending.digests()) == {record(n).iri for n in range(4)}


def test_what_was_handed_in_and_withdrawn_stays_so(sending: Catalogue, tmp_path: Path) -> None:
    """Taken back or marked private after the backup: the next harvest does not have it again."""
    sending.configure('kind = "ingest"\n')
    source = sending.config.source("bretagne")
    given = {n: (sending.root / "declarations" / f"{n}.nt").read_bytes() for n in range(4)}
    with Desk.open(sending.config.register) as desk:
        key, _ = desk.create_token("bretagne", ("write", "delete"), None, START)
        for number, content in given.items():
            desk.hand_in(key, source, (record(number).iri, content), START)
        sending.harvest()
        keys.back_up(sending.config, tmp_path / "copie.db")
        desk.take_back(key, record(2).iri, START)
        desk.hand_in(key, source, (record(3).iri, mark_private(sending, 3)), START)
        sending.harvest()
    assert keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    sending.harvest()
    assert set(sending.digests()) == {record(n).iri for n in (0, 1)}


@pytest.mark.parametrize("later", ["marked", "left out since"])
def test_what_became_private_stays_so(sending: Catalogue, tmp_path: Path, later: str) -> None:
    """A contact that was marked after the backup, named no more since or not, is not told again."""
    name_contact(sending, 1, private=False)
    change(sending)
    assert CONTACT in public(sending)
    keys.back_up(sending.config, tmp_path / "avant.db")
    name_contact(sending, 1, private=True)
    change(sending)
    if later == "left out since":
        sending.describe([1])
        change(sending)
    told, before = events(sending), sending.digests()
    assert CONTACT not in public(sending)
    assert keys.restore(sending.config, tmp_path / "avant.db", NOW).goes_on
    announce_all(sending)
    send(sending)
    assert CONTACT not in public(sending)
    assert (events(sending), sending.digests()) == (told, before)
    with closing(connect(sending.config.register)) as db:
        live = db.execute("SELECT COUNT(DISTINCT iri) FROM identifier").fetchone()
    assert live == (4,)


def test_what_was_private_as_a_whole_stays_so(sending: Catalogue, tmp_path: Path) -> None:
    """Given again since without what was private: the version of the backup is not told again."""
    name_contact(sending, 1, private=False)
    change(sending)
    keys.back_up(sending.config, tmp_path / "avant.db")
    mark_private(sending, 1)
    change(sending)
    sending.describe([1], "sans contact")
    change(sending)
    assert CONTACT not in public(sending)
    assert keys.restore(sending.config, tmp_path / "avant.db", NOW).goes_on
    announce_all(sending)
    assert CONTACT not in public(sending)
    assert "sans contact" in public(sending)


def test_what_was_handed_in_as_private_stays_so(sending: Catalogue, tmp_path: Path) -> None:
    """Harvested since or not, the next harvest takes what the holder handed in last."""
    sending.configure('kind = "ingest"\n')
    source = sending.config.source("bretagne")
    with Desk.open(sending.config.register) as desk:
        key, _ = desk.create_token("bretagne", ("write", "delete"), None, START)
        desk.hand_in(key, source, (record(2).iri, record(2).canonical), START, "registre")
        for number in range(2):
            given = (record(number).iri, name_contact(sending, number, private=False))
            desk.hand_in(key, source, given, START)
        sending.harvest()
        keys.back_up(sending.config, tmp_path / "copie.db")
        for number in range(2):
            given = (record(number).iri, name_contact(sending, number, private=True))
            desk.hand_in(key, source, given, START)
            if number == 0:
                sending.harvest()
        desk.take_back(key, "registre", START)
    assert keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    sending.harvest()
    assert set(sending.digests()) == {record(n).iri for n in (0, 1, 3)}
    assert CONTACT not in public(sending)


def test_what_cannot_be_taken_over_is_told(sending: Catalogue, tmp_path: Path) -> None:
    """A damaged register, or one with other events of these numbers: what to do is said."""
    copy = str(tmp_path / "copie.db")
    assert (
        red_catalog(sending.root, "restore", copy).stderr
        == "Next: red-catalog doctor, then red-catalog run\n"
    )
    assert json_of(sending.root, "restore", copy)["goes_on"] is True
    sending.config.register.write_bytes(b"not a database, " * 1000)
    done = red_catalog(sending.root, "restore", copy)
    for said in (
        "red-catalog token list", "red-catalog push passerelle --rebuild", "private since",
        "Next: red-catalog doctor, then red-catalog run\n",
    ):  # fmt: skip
        assert said in done.stderr
    sending.config.register.unlink()
    sending.describe([1], "autre histoire")
    sending.harvest()
    announce_all(sending)
    assert not keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    assert set(sending.digests()) == {record(n).iri for n in range(4)}


def test_nothing_is_published_before_a_harvest_where_marks_may_be_lost(
    sending: Catalogue, tmp_path: Path
) -> None:
    """Also where another backup comes back before that; what a harvest finds private stays so."""
    keys.back_up(sending.config, tmp_path / "avant.db")
    sending.config.register.unlink()
    mark_private(sending, 3)
    for copy in ("copie.db", "avant.db"):
        keys.restore(sending.config, tmp_path / copy, NOW)
        with pytest.raises(RedError, match=r"not harvested since: bretagne\."):
            sending.publish()
    sending.harvest()
    sending.publish()
    assert set(sending.digests()) == {record(n).iri for n in range(3)}


def test_nothing_is_published_before_a_harvest_where_a_text_that_came_since_is_damaged(
    sending: Catalogue, tmp_path: Path
) -> None:
    """It may have marked something private; what the copy has of others is whole again."""
    iri = record(3).iri
    mark_private(sending, 3)
    sending.describe([2], "revu")
    change(sending)
    with closing(connect(sending.config.register)) as db:
        db.execute("UPDATE version SET canonical = x'00' WHERE iri = ?", (record(2).iri,))
        db.commit()
    assert keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    with pytest.raises(RedError, match=r"not harvested since: bretagne\."):
        sending.publish()
    sending.harvest()
    sending.publish()
    assert iri not in sending.digests()
    assert not any(entry.damaged for entry in sending.entries().values())


def test_reports_of_before_quote_nothing_that_is_private_now(
    sending: Catalogue, tmp_path: Path
) -> None:
    """The last harvest of the backup is the one that is shown: what a later one hides, it does."""
    file = sending.root / "declarations" / "1.nt"
    file.write_bytes(file.read_bytes() + f'<urn:annuaire> <urn:nom> "{CONTACT}"@fr_FR .\n'.encode())
    sending.harvest()
    keys.back_up(sending.config, tmp_path / "avant.db")
    file.write_bytes(file.read_bytes() + f'<urn:x> <{sending.base}ns/red#private> "1" .\n'.encode())
    sending.harvest()
    for restored in (False, True):
        if restored:
            assert keys.restore(sending.config, tmp_path / "avant.db", NOW).goes_on
        with Register.open(sending.config.register) as register:
            (run,) = register.runs("bretagne", only_eventful=True)
        assert "fr_FR" in repr(run.repaired)
        assert "fr_FR" not in repr(open_run(run, Private()).repaired)
