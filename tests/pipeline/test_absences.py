"""How long what is absent stays, and when a harvest is stopped for it, over several harvests."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from red_catalog import config
from red_catalog.model import Run
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import PREFIXES, base, dataset, turtle

Serve = Callable[[dict[str, Route]], Site]
Harvest = Callable[[int, bytes], Run]


@pytest.fixture
def harvest(catalogue: Catalogue, serve: Serve) -> Harvest:
    """Harvests the hospital on a day after MONDAY, when its server gives this body."""
    site = serve({})
    catalogue.configure(("chu-lille", site, "/c.ttl"))

    def harvest(day: int, body: bytes) -> Run:
        site.routes["/c.ttl"] = answer(body)
        (run,) = catalogue.harvest(MONDAY + timedelta(days=day))
        return run

    return harvest


@pytest.mark.parametrize("title", [None, "Séjours de chirurgie"], ids=["the same", "renamed"])
def test_a_return_starts_the_grace_afresh(harvest: Harvest, title: str | None) -> None:
    """Runs of an absence that has ended, as it was or with another title, count no more."""
    back = (PREFIXES + dataset("f", title=title)).encode() + turtle("abcde")
    bodies = [turtle("abcdef"), turtle("abcde"), turtle("abcde"), back, turtle("abcde")]
    for day, body in enumerate(bodies):
        assert harvest(day, body).status == "ok"
    assert harvest(12, turtle("abcde")).totals()["withdrawn"] == 0
    assert harvest(13, turtle("abcde")).totals()["withdrawn"] == 1


def test_a_withdrawal_is_told_once(catalogue: Catalogue, harvest: Harvest) -> None:
    """What has left is no news at the next harvest, and keeps the day on which it left."""
    harvest(0, turtle("abcdef"))
    left = [harvest(day, turtle("abcde")).totals()["withdrawn"] for day in (1, 7, 8)]
    assert (left, harvest(30, turtle("abcde")).outcomes) == ([0, 0, 1], ())
    with Register.open(config.load(catalogue.root / "red.toml").register) as register:
        gone = register.entry(f"{base()}f")
    assert gone is not None
    assert gone.withdrawn_at == MONDAY + timedelta(days=8)


def test_a_clock_that_was_ahead_keeps_nothing_for_years(harvest: Harvest) -> None:
    """What was missing then is missing since the first harvest of the right time."""
    harvest(0, turtle("abcdef"))
    harvest(3650, turtle("abcde"))
    run = harvest(1, turtle("abcde"))
    assert [(one.reason or {})["en"].count("2029") for one in run.outcomes] == [1]
    days = (2, 7, 8)
    gone = [harvest(day, turtle("abcde")).totals()["withdrawn"] for day in days]
    assert gone == [0, 0, 1]


def test_what_another_source_takes_over_is_not_said_to_leave(
    catalogue: Catalogue, serve: Serve
) -> None:
    """What the first of two sources stops giving, and the second gives: both say so."""
    site = serve({"/a.ttl": answer(turtle("abcdef")), "/b.ttl": answer(turtle("fg"))})
    second = f"""
[[source]]
id = "chu-lille-entrepot"
holder = "chu-lille"
kind = "dcat"
location = "{site.url("/b.ttl")}"
allow_hosts = ["{site.host}"]
"""
    catalogue.configure(("chu-lille", site, "/a.ttl"), more=second)
    catalogue.harvest()
    site.routes["/a.ttl"] = answer(turtle("abcde"))
    missing, taking = catalogue.harvest(MONDAY + timedelta(days=1))
    assert (missing.totals()["absent"], taking.totals()["updated"]) == (1, 1)
    (left,) = missing.outcomes
    assert left.reason is not None
    assert "unless it comes back, here or in another source of its holder," in left.reason["en"]
    (taken,) = taking.outcomes
    assert taken.reason is not None
    assert "venait de la source chu-lille du même détenteur" in taken.reason["fr"]
    entry = catalogue.entries()[f"{base()}f"]
    assert (entry.source, entry.absent_since) == ("chu-lille-entrepot", None)


@pytest.mark.parametrize("first", ["harvested", "handed in"])
def test_what_moves_from_the_counter_to_a_source_never_leaves(
    catalogue: Catalogue, serve: Serve, first: str
) -> None:
    """Taken back while another source of its holder gives it, in whichever order they stand."""
    site = serve({"/a.ttl": answer(turtle("b"))})
    depot = '[[source]]\nid = "chu-lille-depot"\nholder = "chu-lille"\nkind = "ingest"\n'
    catalogue.configure(("chu-lille", site, "/a.ttl"), more=depot)
    path = catalogue.root / "red.toml"
    if first == "handed in":
        text = path.read_text("utf-8").removesuffix(depot)
        path.write_text(text.replace("[[source]]", f"{depot}[[source]]"), "utf-8")
    settings = config.load(path)
    source = settings.ingest_source("chu-lille")
    assert source is not None
    with Desk.open(settings.register) as desk:
        key, _ = desk.create_token("chu-lille", ("write", "delete"), None, MONDAY)
        desk.hand_in(key, source, (f"{base()}a", turtle("a")), MONDAY)
        catalogue.harvest()
        site.routes["/a.ttl"] = answer(turtle("ab"))
        assert sum(run.totals()["conflict"] for run in catalogue.harvest()) == 1
        desk.take_back(key, f"{base()}a", MONDAY)
    for day in (1, 2):
        catalogue.harvest(MONDAY + timedelta(days=day))
        assert f"{base()}a" in catalogue.entries()
    assert catalogue.entries()[f"{base()}a"].source == "chu-lille"


def test_absences_that_were_accepted_set_off_no_guard(
    catalogue: Catalogue, harvest: Harvest
) -> None:
    """Once the operator let three of ten go, later harvests are as usual until they are gone."""
    harvest(0, turtle("abcdefghij"))
    assert harvest(1, turtle("abcdefg")).status == "guarded"
    catalogue.harvest(MONDAY + timedelta(days=1), accept_removals=True)
    for day in (2, 3):
        run = harvest(day, turtle("abcdefg"))
        assert (run.status, run.totals()["absent"]) == ("ok", 3)
    run = harvest(9, turtle("abcdefg"))
    assert (run.status, run.totals()["withdrawn"]) == ("ok", 3)


def test_a_guarded_harvest_leaves_absences_as_they_were(
    catalogue: Catalogue, harvest: Harvest
) -> None:
    """What came back in a harvest that was stopped is not back yet: nothing of it is taken."""
    harvest(0, turtle("abcdefghij"))
    assert harvest(1, turtle("abcdefgh")).totals()["absent"] == 2
    before = catalogue.entries()
    assert harvest(2, turtle("defghij")).status == "guarded"
    assert catalogue.entries() == before


def test_an_address_that_comes_to_hold_a_space_takes_nothing_away(
    catalogue: Catalogue, serve: Serve
) -> None:
    """A dataset held back for the space in its address is not absent under the address it had."""
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dcat="http://www.w3.org/ns/dcat#">{}</rdf:RDF>'
    )
    site = serve({})
    catalogue.configure(("chu-lille", site, "/c.rdf"))
    names = [f"registre-{letter}" for letter in "abcdef"]
    for day, name in enumerate(["registre-a", *["registre a"] * 12]):
        written = "".join(
            f'<dcat:Dataset rdf:about="{base()}{one}"/>' for one in [name, *names[1:]]
        )
        site.routes["/c.rdf"] = answer(rdf.format(written).encode())
        (run,) = catalogue.harvest(MONDAY + timedelta(days=day))
    totals = run.totals()
    assert (run.status, totals["quarantined"]) == ("incomplete", 1)
    assert (totals["absent"], totals["withdrawn"]) == (0, 0)
