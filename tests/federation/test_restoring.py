"""A register that comes back from a backup: those who read or were sent its events keep up."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from red_catalog.pipeline.desk import keys
from red_catalog.register.ledger import Register
from tests.catalogue import json_of, red_catalog
from tests.federation.conftest import START, Catalogue, announce_all, pusher, record
from tests.federation.test_targets import FILES, folder_target

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
    assert last == {("delete", record(7).iri), ("update", record(1).iri), ("create", record(2).iri)}
    assert replay(sending) == set(sending.digests()) == {record(n).iri for n in range(4)}
    change(sending)
    assert replay(sending) == set(sending.digests()) == set(before)
    assert sending.digests() == before
    with Register.open(sending.config.register) as register:
        assert [v.number for v in register.versions(record(1).iri)] == [1, 2, 3, 4]
        assert [v.number for v in register.versions(record(7).iri)] == [1, 2]


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


def test_what_cannot_be_taken_over_is_told(sending: Catalogue, tmp_path: Path) -> None:
    """A damaged register, or one with other events of these numbers: what to do is said."""
    copy = str(tmp_path / "copie.db")
    assert json_of(sending.root, "restore", copy)["goes_on"] is True
    sending.config.register.write_bytes(b"not a database, " * 1000)
    done = red_catalog(sending.root, "restore", copy)
    for said in ("red-catalog token list", "red-catalog push passerelle --rebuild"):
        assert said in done.stderr
    sending.config.register.unlink()
    sending.describe([1], "autre histoire")
    sending.harvest()
    announce_all(sending)
    assert not keys.restore(sending.config, tmp_path / "copie.db", NOW).goes_on
    assert set(sending.digests()) == {record(n).iri for n in range(4)}
