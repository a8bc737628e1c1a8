"""What each target has of the ledger: what it may have is owed its deletion."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.model import Announcement, Target
from red_catalog.register.deliveries import ACKNOWLEDGED, FAILED, REFUSED, Delivery
from red_catalog.register.ledger import Register

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
IRI = "https://chu.exemple.fr/jeu/urgences"
PARENT = Target("parent", "ingest", "https://red.exemple.fr/", "catalogue")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register in a real file."""
    with Register.open(tmp_path / "register.db") as opened:
        yield opened


def send(register: Register, kind: str, outcome: str) -> None:
    """Announces a change of the dataset, and notes what came of sending it."""
    mark = None if kind == "delete" else "m1"
    told = Announcement("catalogue", 0, NOON, kind, IRI, "urgences", 0, 1, "d1", {})
    register.announce(NOON, {"catalogue": [(told, mark)]})
    for one in register.owed(PARENT, 0, 9):
        register.note_delivery(PARENT.id, one, Delivery(outcome, NOON + timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("outcomes", "owed"),
    [
        ((REFUSED,), 0),
        ((REFUSED, REFUSED), 0),
        ((FAILED,), 1),
        ((FAILED, REFUSED), 1),
        ((FAILED, FAILED, REFUSED, REFUSED), 1),
        ((REFUSED, FAILED, REFUSED), 1),
        ((ACKNOWLEDGED, REFUSED), 1),
    ],
)
def test_who_may_have_a_dataset_is_owed_its_deletion(
    register: Register, outcomes: tuple[str, ...], owed: int
) -> None:
    """Who took it, or once gave no answer, whatever it refused since; until it is deleted there."""
    for outcome in outcomes:
        send(register, "update", outcome)
    send(register, "delete", FAILED)
    assert [one.kind for one in register.owed(PARENT, 0, 9)] == ["delete"] * owed
    for one in register.owed(PARENT, 0, 9):
        register.note_delivery(PARENT.id, one, Delivery(ACKNOWLEDGED, NOON))
    assert register.balance(PARENT).owed == 0


def test_the_last_reasons_are_told_and_refusals_counted(register: Register) -> None:
    """Of seven datasets that a target has not got, it refused six: the last five reasons stand."""
    told = Announcement("catalogue", 0, NOON, "create", IRI, "urgences", 0, 1, "d1", {})
    drafts = [(replace(told, iri=f"{IRI}-{number}"), "m1") for number in range(7)]
    register.announce(NOON, {"catalogue": drafts})
    for minute, one in enumerate(register.owed(PARENT, 0, 9)):
        outcome, why = (FAILED, "Délai dépassé.") if minute == 5 else (REFUSED, "Titre absent.")
        moment = NOON + timedelta(minutes=minute)
        reason = {"fr": why, "en": "…"}
        register.note_delivery(PARENT.id, one, Delivery(outcome, moment, reason=reason))
    found = register.balance(PARENT)
    assert (found.owed, found.refused, found.last) == (7, 6, NOON + timedelta(minutes=6))
    assert [iri.removeprefix(f"{IRI}-") for iri, _ in found.reasons] == ["6", "5", "4", "3", "2"]
    assert [why["fr"] for _, why in found.reasons][:2] == ["Titre absent.", "Délai dépassé."]


def test_a_dataset_whose_changes_all_wait_is_told_once(register: Register) -> None:
    """A folder is owed each change of it, and status names the dataset with one reason."""
    folder = replace(PARENT, kind="directory")
    for kind in ("create", "update"):
        send(register, kind, FAILED)
    (first, _) = register.owed(folder, 0, 9)
    full = {"fr": "Disque plein.", "en": "No space left."}
    register.note_delivery(folder.id, first, Delivery(FAILED, NOON, reason=full))
    found = register.balance(folder)
    assert (found.owed, found.reasons) == (2, ((IRI, full),))


def take(register: Register, target: Target, one: Announcement) -> None:
    """Notes that a target has it."""
    taken = Delivery(ACKNOWLEDGED, NOON, address=target.address)
    register.note_delivery(target.id, one, taken)


@pytest.mark.parametrize("kind", ["ingest", "directory"])
def test_a_target_that_moved_is_owed_everything_again(register: Register, kind: str) -> None:
    """In order, one by one; a failure there does not change what the former place has."""
    former = replace(PARENT, kind=kind)
    new = replace(former, location="https://catalogue.exemple.fr/")
    for mark in ("create", "update"):
        send(register, mark, FAILED)
    changes = [1, 2] if kind == "directory" else [2]
    for one in register.owed(former, 0, 9):
        take(register, former, one)
    assert (register.balance(former).owed, register.balance(former).acknowledged) == (0, 1)
    assert (register.balance(new).owed, register.balance(new).acknowledged) == (len(changes), 0)
    owed = register.owed(new, 0, 9)
    assert [one.number for one in owed] == changes
    register.note_delivery(new.id, owed[0], Delivery(FAILED, NOON))
    assert (register.balance(former).owed, register.balance(new).owed) == (0, len(changes))
    while owed := register.owed(new, 0, 9):
        assert owed[0].number == changes.pop(0)
        take(register, new, owed[0])
    assert (changes, register.balance(new).acknowledged) == ([], 1)


def test_what_was_sent_before_addresses_were_noted_is_owed_once_the_target_moves(
    register: Register,
) -> None:
    """An upgrade sends nothing again; what came before it counts for where the target was then."""
    send(register, "create", ACKNOWLEDGED)
    new = replace(PARENT, kind="sparql", options={"update": "https://magasin.exemple.fr/update"})
    assert (register.balance(PARENT).owed, register.balance(new).owed) == (0, 0)
    register.locate_deliveries(PARENT)
    assert (register.balance(PARENT).owed, register.balance(new).owed) == (0, 1)


@pytest.mark.parametrize(("kind", "numbers"), [("ingest", [1, 4]), ("directory", [1, 2])])
def test_what_is_not_public_yet_is_not_owed(
    register: Register, kind: str, numbers: list[int]
) -> None:
    """Save for a deletion, where events need not be applied in their order."""
    target = replace(PARENT, kind=kind)
    told = Announcement("catalogue", 0, NOON, "create", IRI, "urgences", 0, 1, "d1", {})
    other = replace(told, iri=f"{IRI}-2")
    gone = replace(other, kind="delete")
    new = replace(told, iri=f"{IRI}-3")
    drafts = [(told, "m1"), (other, "m1"), (new, "m1"), (gone, None)]
    register.announce(NOON, {"catalogue": drafts[:2]})
    register.note_delivery(target.id, replace(other, number=2), Delivery(FAILED, NOON))
    register.announce(NOON, {"catalogue": drafts[2:]})
    assert [one.number for one in register.owed(target, 0, 9, 2)] == numbers
    assert register.balance(target, 2).owed == len(numbers)
    assert len(register.owed(target, 0, 9)) == register.balance(target).owed > len(numbers)


def test_who_lacks_a_dataset_gets_its_last_public_state(register: Register) -> None:
    """What changed since and is not public yet goes later; a deletion on the way counts at once."""
    told = Announcement("catalogue", 0, NOON, "create", IRI, "urgences", 0, 1, "d1", {})
    lits = replace(told, iri="https://chu.exemple.fr/jeu/lits", slug="lits")
    for version in (1, 2, 3):
        both = [(replace(one, version=version), f"m{version}") for one in (told, lits)]
        register.announce(NOON, {"catalogue": both})
    register.announce(NOON, {"catalogue": [(replace(lits, kind="delete"), None)]})
    register.announce(NOON, {"catalogue": [(replace(lits, version=4), "m4")]})
    register.note_delivery(PARENT.id, replace(lits, number=2), Delivery(ACKNOWLEDGED, NOON))

    def owed(last: int) -> list[tuple[str, int, int]]:
        return [(one.slug, one.number, one.version) for one in register.owed(PARENT, 0, 9, last)]

    assert owed(4) == [("urgences", 3, 2), ("lits", 7, 1)]
    assert register.balance(PARENT, 4).owed == 2
    assert [one.number for one in register.placed("catalogue", 0, 9, 4)] == [3]
    for one in register.owed(PARENT, 0, 9, 4):
        take(register, PARENT, one)
    assert (owed(4), owed(8)) == ([], [("urgences", 5, 3), ("lits", 8, 4)])
    assert [one.number for one in register.placed("catalogue", 0, 9, 8)] == [5, 8]
