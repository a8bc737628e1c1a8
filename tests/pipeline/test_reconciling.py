"""What becomes of each record of a harvest, and what a harvest may never take away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.config import Guards
from red_catalog.model import (
    Defect,
    Quarantined,
    Reading,
    Record,
    Source,
    State,
    Unreadable,
    Verdict,
)
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.reconciling import Decision, Judged, reconcile
from red_catalog.register.ledger import Known
from red_catalog.register.rejections import Rejection

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
GUARDS = Guards(max_removed_share=0.2, max_removed=50, grace_days=7, grace_runs=3)
BASE = "https://chu.exemple.fr/jeu/"
SOURCE = Source(
    id="chu-fichiers",
    holder="chu-exemple",
    kind="file",
    location="chu",
    namespaces=("https://chu.exemple.fr/",),
    foreign=("https://registre.exemple.fr/",),
    former=("clinique-exemple",),
    siblings=("chu-dcat",),
)
TROUBLE = Defect("iri", {"fr": "Espace.", "en": "Space."}, {"fr": "Ôtez.", "en": "Remove."}, 12)


def record(name: str, digest: str = "d1", base: str = BASE) -> Record:
    """A record of the CHU."""
    return Record(base + name, b"", digest, "export.ttl")


def known(*names: str, since: int | None = None, runs: int = 0, **more: object) -> dict[str, Known]:
    """What the register holds of the CHU, absent since so many days."""
    absent = None if since is None else NOON - timedelta(days=since)
    usual: dict[str, object] = {
        "holder": "chu-exemple", "source": "chu-fichiers", "document": "export.ttl",
        "digest": "d1", "fingerprint": "s1",
        "absent_since": absent, "absent_runs": runs,
        "withdrawn": False,
    }  # fmt: skip
    return {BASE + n: Known(iri=BASE + n, **{**usual, **more}) for n in names}  # type: ignore[arg-type]


def decide(
    *readings: Reading,
    register: Mapping[str, Known] | None = None,
    unreadable: tuple[Unreadable, ...] = (),
    source: Source = SOURCE,
    accept_removals: bool = False,
    gone: frozenset[str] = frozenset(),
    partial: bool = False,
    rejected: Mapping[str, Rejection] | None = None,
) -> Decision:
    """The decision on these readings."""
    gathered = Gathered(readings, unreadable, gone, partial=partial)
    return reconcile(
        source, gathered, register or {}, GUARDS,
        now=NOON, judge=lambda _: Judged(lambda kept, _: kept == "s1", rejected or {}),
        accept_removals=accept_removals,
    )  # fmt: skip


def reading(*records: Record, **more: object) -> Reading:
    """A document that holds these records."""
    return Reading("export.ttl", records, **more)  # type: ignore[arg-type]


def test_new_updated_and_unchanged_are_told_apart_by_digest() -> None:
    """The digest alone decides what changed."""
    decision = decide(
        reading(record("a"), record("b", "d2"), record("c")), register=known("b", "c")
    )
    assert decision.status == "ok"
    assert [(r.iri[-1], s) for r, s in decision.changed] == [("a", State.NEW), ("b", State.UPDATED)]
    assert decision.unchanged == (BASE + "c",)


PRIVATE = "<http://red.exemple.fr/ns/red#private>"


def private(name: str, digest: str = "d2") -> Record:
    """A record of the CHU that is marked private as a whole."""
    return Record(BASE + name, f'<{BASE}{name}> {PRIVATE} "true" .\n'.encode(), digest, "x.ttl")


def test_a_private_dataset_is_not_taken() -> None:
    """It is refused in a sentence that says what to do; the others are taken."""
    decision = decide(reading(private("a"), record("b")))
    assert [r.iri[-1] for r, _ in decision.changed] == ["b"]
    (held,) = decision.held
    assert (held.iri[-1], held.state) == ("a", State.REJECTED)
    assert held.reason is not None
    assert "marqué privé" in held.reason["fr"]


def test_a_private_dataset_that_comes_twice_is_refused_once() -> None:
    """The same description counts once; another one of it is in conflict, as elsewhere."""
    same = decide(reading(private("a")), reading(private("a")))
    assert [o.state for o in same.held] == [State.REJECTED]
    other = decide(reading(private("a")), reading(private("a", "d3")))
    assert sorted(o.state for o in other.held) == [State.CONFLICT, State.REJECTED]


@pytest.mark.parametrize(("holder", "hidden"), [("chu-exemple", (f"{BASE}a",)), ("registre", ())])
def test_only_its_holder_hides_what_had_left(holder: str, hidden: tuple[str, ...]) -> None:
    """Marked private after it left, it is in no earlier version; another holder hides none."""
    left = known("a", holder=holder, source="ailleurs", withdrawn=True)
    assert decide(reading(private("a"), record("b")), register=left).hidden == hidden


@pytest.mark.parametrize("partial", [True, False])
def test_a_dataset_that_became_private_leaves_the_catalogue(partial: bool) -> None:
    """At once, as if its source had said that it is no more; with changes alone, too."""
    others = known(*"abcdefgh")
    decision = decide(
        reading(private("a"), *map(record, "bcdefgh")), register=others, partial=partial
    )
    assert decision.withdrawn == (BASE + "a",)
    assert decision.changed == ()


def test_another_fingerprint_makes_an_unchanged_record_stale() -> None:
    """A record is validated anew when shapes or code lists changed, and stays unchanged."""
    decision = decide(reading(record("a")), register=known("a", fingerprint="s0"))
    assert decision.stale == (record("a"),)
    assert decision.unchanged == (BASE + "a",)


@pytest.mark.parametrize(
    ("digest", "fingerprint", "again"),
    [("d1", "s1", True), ("d2", "s1", False), ("d1", "s0", False)],
)
def test_what_a_strict_gate_held_back_is_not_validated_again(
    digest: str, fingerprint: str, again: bool
) -> None:
    """The same description, shapes and lists give the same refusal; anything else a new try."""
    why = {"fr": "Erreurs : 3.", "en": "Errors: 3."}
    rejection = Rejection(f"{BASE}a", digest, fingerprint, why)
    decision = decide(reading(record("a")), rejected={rejection.iri: rejection})
    if again:
        (held,) = decision.held
        assert (held.state, held.verdict) == (State.REJECTED, Verdict.REJECTED)
        assert held.reason == why
        assert (decision.changed, decision.rejected) == ((), (rejection,))
    else:
        assert [s for _, s in decision.changed] == [State.NEW]
        assert decision.rejected == ()


def test_a_withdrawn_record_that_returns_is_new() -> None:
    """The same description after a withdrawal is published again."""
    decision = decide(reading(record("a")), register=known("a", withdrawn=True))
    assert decision.changed == ((record("a"), State.NEW),)


@pytest.mark.parametrize(
    ("register", "base", "said"),
    [
        (known("a", holder="registre", source="registre-dcat"), BASE, "belongs to “registre”"),
        (known("a", source="chu-dcat"), BASE, "from the source “chu-dcat”"),
        ({}, "https://registre.exemple.fr/", "namespace https://registre.exemple.fr/"),
    ],
)
def test_an_iri_of_somebody_else_is_a_conflict(
    register: dict[str, Known], base: str, said: str
) -> None:
    """The first owner keeps its record; the other is told whose it is."""
    decision = decide(reading(record("a", "d2", base)), register=register)
    (held,) = decision.held
    assert held.state is State.CONFLICT
    assert held.reason is not None
    assert said in held.reason["en"]
    assert decision.changed == ()


@pytest.mark.parametrize(
    "before",
    [
        known("a", source="chu-dcat", since=1),
        known("a", source="chu-dcat", withdrawn=True),
        known("a", source="chu-ancien"),
        known("a", source="clinique-dcat", holder="clinique-exemple"),
        known("a", holder="clinique-exemple"),
    ],
    ids=[
        "absent there",
        "withdrawn there",
        "source renamed",
        "holder taken over",
        "holder renamed",
    ],
)
def test_a_holder_may_move_a_dataset(before: dict[str, Known]) -> None:
    """What another source of the holder no longer gives is this one's, and never lost."""
    decision = decide(reading(record("a")), register=before)
    assert decision.held == ()
    assert [r.iri for r, _ in decision.changed] == [BASE + "a"]


def test_an_unchanged_record_that_another_document_gives_is_said_to_be_there() -> None:
    """What that document is said to be no more takes the dataset away, and not the former one."""
    before = known("a") | known("b", document="oai:chu.exemple.fr:7")
    decision = decide(reading(record("a"), record("b")), register=before)
    assert decision.unchanged == (BASE + "a", BASE + "b")
    assert decision.moved == ((BASE + "b", "export.ttl"),)


def test_two_descriptions_of_one_dataset_keep_the_first() -> None:
    """Equal descriptions are one; different ones are a conflict that names the first."""
    readings = (reading(record("a"), record("a")), reading(record("a", "d2"), record("a", "d2")))
    decision = decide(*readings)
    assert [r.digest for r, _ in decision.changed] == ["d1"]
    (held,) = decision.held
    assert held.state is State.CONFLICT
    assert Gathered(readings).read == 2


def test_a_quarantined_dataset_is_seen_and_removes_nothing() -> None:
    """A broken description keeps the last good one, and makes the harvest incomplete."""
    broken = Quarantined(BASE + "a", TROUBLE, "export.ttl")
    decision = decide(reading(quarantined=(broken,)), register=known("a", "b"))
    assert decision.status == "incomplete"
    assert [o.state for o in decision.held] == [State.QUARANTINED]
    assert decision.held[0].reason is not None
    assert decision.held[0].reason["fr"] == "export.ttl, ligne 12 : Espace. Ôtez."
    assert decision.absent == decision.withdrawn == ()


@pytest.mark.parametrize(
    ("found", "unreadable", "source", "code"),
    [
        (reading(), (), SOURCE, "no-dataset"),
        (reading(record("a"), listed=(BASE + "b",)), (), SOURCE, "not-described"),
        (reading(record("a")), (Unreadable("page-2.ttl", TROUBLE),), SOURCE, "iri"),
        (
            reading(record("a")), (),
            Source("chu-fichiers", "chu-exemple", "file", "chu", min_records=2), "too-few",
        ),
    ],
)  # fmt: skip
def test_an_incomplete_harvest_removes_nothing(
    found: Reading, unreadable: tuple[Unreadable, ...], source: Source, code: str
) -> None:
    """Empty, short or half-read sources say why and leave every record where it is."""
    decision = decide(found, register=known(*"abcdefghij"), unreadable=unreadable, source=source)
    assert decision.status == "incomplete"
    assert code in {u.problem.code for u in decision.problems}
    assert decision.absent == decision.withdrawn == ()


def test_what_was_described_badly_is_described_all_the_same() -> None:
    """A quarantined record is told as such, and not once more as one that nothing describes."""
    broken = Quarantined(BASE + "b", TROUBLE, "export.ttl")
    found = reading(record("a"), quarantined=(broken,), listed=(BASE + "a", BASE + "b"))
    few = replace(SOURCE, min_records=2)
    decision = decide(found, register=known("a", "b"), source=few)
    assert decision.problems == ()
    assert decision.status == "incomplete"


def test_as_many_records_as_a_source_must_have_are_enough() -> None:
    """`min_records` is the least that is no alarm."""
    exact = replace(SOURCE, min_records=2)
    assert decide(reading(record("a"), record("b")), source=exact).status == "ok"


def test_a_source_of_which_nothing_is_read_has_failed() -> None:
    """Without one readable document there is nothing to compare."""
    few = replace(SOURCE, min_records=2)
    unread = (Unreadable("export.ttl", TROUBLE),)
    decision = decide(unreadable=unread, register=known("a"), source=few)
    assert decision.status == "failed"
    assert [u.problem.code for u in decision.problems] == ["iri"]
    assert decision.absent == ()


def test_a_source_that_gives_nothing_at_all_says_so() -> None:
    """A count of zero or an empty sitemap has no document to be at fault; nothing is removed."""
    decision = decide(register=known("a"), gone=frozenset({"oai:z"}))
    assert decision.status == "failed"
    assert [u.problem.code for u in decision.problems] == ["no-dataset"]
    assert decision.absent == decision.withdrawn == ()


def test_a_list_of_datasets_alone_is_told_once() -> None:
    """It names datasets: that there are none is not said besides."""
    decision = decide(reading(listed=(BASE + "a", BASE + "b")))
    assert [u.problem.code for u in decision.problems] == ["not-described"]


def test_what_is_told_of_a_source_as_a_whole_names_no_folder_of_the_machine() -> None:
    """Its place is told from the catalogue's folder, where nothing or too little is given."""
    placed = replace(SOURCE, location="/srv/red/depots/chu", root=Path("/srv/red"))
    nothing = decide(source=placed)
    guarded = decide(reading(record("a")), register=known(*"abcdefghij"), source=placed)
    assert (nothing.status, guarded.status) == ("failed", "guarded")
    for decision in (nothing, guarded):
        assert [u.location for u in decision.problems] == ["depots/chu"]


def test_twenty_percent_may_go_and_more_may_not() -> None:
    """At 21 % the harvest stops whole; --accept-removals lets it pass."""
    register = known(*"abcdefghij")
    eight, seven = (reading(*(record(n) for n in names)) for names in ("abcdefgh", "abcdefg"))
    assert decide(eight, register=register).absent == (BASE + "i", BASE + "j")
    guarded = decide(seven, register=register)
    assert guarded.status == "guarded"
    assert (guarded.changed, guarded.absent) == ((), ())
    assert (
        guarded.problems[-1].problem.message["en"].startswith("Datasets that would vanish: 3 of 10")
    )
    assert len(guarded.unchanged) == 7
    assert len(decide(seven, register=register, accept_removals=True).absent) == 3


def test_what_is_new_in_a_guarded_harvest_waits() -> None:
    """Each description of a suspended harvest is told, none taken; the new may be what vanished."""
    found = reading(record("a"), record("b", "d2"), record("k"))
    guarded = decide(found, register=known(*"abcdefghij"))
    assert (guarded.status, guarded.changed) == ("guarded", ())
    assert [(o.iri[-1], o.state) for o in guarded.held] == [
        ("b", State.REJECTED), ("k", State.REJECTED)
    ]  # fmt: skip
    assert [one.iri[-1] for one in guarded.waiting] == ["k"]


def test_what_others_own_does_not_dilute_the_guard() -> None:
    """Ninety datasets of a register that come along make three of ten no smaller a share."""
    others = [f"registre-{n}" for n in range(90)]
    register = known(*others, holder="registre", source="registre-dcat") | known(*"abcdefghij")
    found = reading(*(record(n) for n in (*"abcdefg", *others)))
    assert decide(found, register=register).status == "guarded"


def test_what_was_withdrawn_does_not_dilute_the_guard() -> None:
    """Ninety datasets that left long ago make three of ten no smaller a share."""
    former = known(*(f"ancien-{n}" for n in range(90)), withdrawn=True)
    found = reading(*(record(n) for n in "abcdefg"))
    assert decide(found, register=former | known(*"abcdefghij")).status == "guarded"


def test_more_than_fifty_may_not_go_however_large_the_source() -> None:
    """The guard counts as well as it weighs."""
    names = [f"{n:04}" for n in range(1000)]
    one_more, fifty = (reading(*(record(n) for n in names[gone:])) for gone in (51, 50))
    assert decide(one_more, register=known(*names)).status == "guarded"
    assert decide(fifty, register=known(*names)).status != "guarded"


@pytest.mark.parametrize(
    ("since", "runs", "state"),
    [
        (None, 0, State.ABSENT),
        (6, 9, State.ABSENT),
        (7, 1, State.ABSENT),
        (7, 2, State.WITHDRAWN),
    ],
)
def test_absence_becomes_withdrawal_after_seven_days_and_three_runs(
    since: int | None, runs: int, state: State
) -> None:
    """Both the days and the runs must have passed."""
    register = {**known(*"abcdefgh"), **known("z", since=since, runs=runs)}
    decision = decide(reading(*(record(n) for n in "abcdefgh")), register=register)
    assert [(o.iri[-1], o.state) for o in decision.held] == [("z", state)]


def test_why_a_dataset_leaves_is_told() -> None:
    """That its source says so, or since when it was missing."""
    leaving = {**known("y", document="oai:y"), **known("z", since=8, runs=2)}
    found = reading(*(record(n) for n in "abcdefgh"))
    decision = decide(found, register=known(*"abcdefgh") | leaving, gone=frozenset({"oai:y"}))
    assert {o.iri[-1]: (o.reason or {})["en"] for o in decision.held} == {
        "y": "The source says that this dataset no longer exists; it is withdrawn from the"
        " catalogue.",
        "z": "This dataset had been missing since 18 March 2029; it is withdrawn from the"
        " catalogue.",
    }


def test_a_partial_harvest_takes_away_only_what_the_source_says_is_gone() -> None:
    """Absence from an incremental harvest means nothing; an announced end is final."""
    register = {**known(*"abcdefgh"), **known("z", document="oai:z")}
    decision = decide(
        reading(record("a", "d2")), register=register, gone=frozenset({"oai:z"}), partial=True
    )
    assert decision.status == "ok"
    assert decision.absent == ()
    assert decision.withdrawn == (BASE + "z",)


def test_a_partial_harvest_may_be_empty() -> None:
    """Nothing changed since the last time is no failure."""
    assert decide(register=known("a"), partial=True).status == "ok"


def test_what_vanished_is_not_compared_with_what_else_did(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that gives nothing of thousands any more costs as many steps, not their square."""

    def compare(_one: object, _other: object) -> bool:
        raise AssertionError("two datasets were compared")

    monkeypatch.setattr(Known, "__eq__", compare)
    register = {**known("a", "b"), **known("c", "d", since=8, runs=2)}
    decision = decide(reading(record("e")), register=register, accept_removals=True)
    assert decision.absent == (BASE + "a", BASE + "b")
    assert decision.withdrawn == (BASE + "c", BASE + "d")
