"""What other harvesters get wrong, each against a real server."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from red_catalog.model import Run, State
from red_catalog.register import records
from red_catalog.register.slug import make_slug
from tests.http.loopback import Handler, Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import PREFIXES, base, dataset, page, turtle, versioned

Serve = Callable[[dict[str, Route]], Site]
TEN = "abcdefghij"


def begin(catalogue: Catalogue, serve: Serve, body: bytes = turtle(TEN)) -> Site:
    """A catalogue that has harvested a hospital once."""
    site = serve({"/c.ttl": answer(body)})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    assert [run.status for run in catalogue.harvest()] == ["ok"]
    return site


def only(runs: list[Run]) -> Run:
    """The one run."""
    (run,) = runs
    return run


def states(run: Run) -> dict[str, int]:
    """The states that records ended in, those that none did left out."""
    return {state: count for state, count in run.totals().items() if count}


def test_empty_200_removes_nothing(catalogue: Catalogue, serve: Serve) -> None:
    """A server that answers nothing has failed; what it gave before stays."""
    site = begin(catalogue, serve)
    site.routes["/c.ttl"] = answer(b"")
    run = only(catalogue.harvest())
    assert (run.status, run.unreadable[0].problem.code) == ("failed", "empty")
    assert len(catalogue.entries()) == 10


def test_one_page_of_five_fails(catalogue: Catalogue, serve: Serve) -> None:
    """The pages that came are taken; nothing of the others is missed, let alone removed."""
    site = serve({})
    for n in range(1, 6):
        onward = site.url(f"/p{n + 1}") if n < 5 else None
        site.routes[f"/p{n}"] = answer(page(TEN[2 * n - 2 : 2 * n], onward))
    catalogue.configure(("chu-lille", site, "/p1"))
    assert states(only(catalogue.harvest())) == {"new": 10}
    site.routes["/p4"] = answer(b"no", 500)
    run = only(catalogue.harvest())
    assert (run.status, states(run)) == ("incomplete", {"unchanged": 6})
    assert [u.problem.code for u in run.unreadable] == ["status"]
    assert {e.absent_since for e in catalogue.entries().values()} == {None}


def test_the_next_page_is_at_no_address(catalogue: Catalogue, serve: Serve) -> None:
    """The page that names it is taken, and the harvest is known not to be whole."""
    site = serve({"/p1": answer(page("ab", "https://[serveur]/p2"))})
    catalogue.configure(("chu-lille", site, "/p1"))
    run = only(catalogue.harvest())
    assert (run.status, states(run)) == ("incomplete", {"new": 2})
    assert [u.problem.code for u in run.unreadable] == ["bad-url"]


def test_half_a_body(catalogue: Catalogue, serve: Serve) -> None:
    """A body shorter than announced is no document, even if its first half can be read."""
    site = begin(catalogue, serve)
    body = turtle(TEN)

    def half(handler: Handler) -> None:
        answer(body[: len(body) // 2], Content_Length=str(len(body)))(handler)
        handler.close_connection = True

    site.routes["/c.ttl"] = half
    run = only(catalogue.harvest())
    assert (run.status, run.unreadable[0].problem.code) == ("failed", "truncated")
    assert len(catalogue.entries()) == 10


def test_what_cannot_be_written_stops_its_source_alone(
    catalogue: Catalogue, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug while one source is written is raised once the others are."""
    site = serve({"/a.ttl": answer(turtle("a")), "/b.ttl": answer(turtle("b", "chu-nantes"))})
    catalogue.configure(("chu-lille", site, "/a.ttl"), ("chu-nantes", site, "/b.ttl"))

    def stumble(iri: str, digits: int) -> str:
        if "lille" in iri:
            raise ValueError("a name of no page")
        return make_slug(iri, digits)

    monkeypatch.setattr(records, "make_slug", stumble)
    with pytest.raises(ValueError, match="a name of no page"):
        catalogue.harvest()
    assert [e.holder for e in catalogue.entries().values()] == ["chu-nantes"]


def test_same_iri_from_two_holders(catalogue: Catalogue, serve: Serve) -> None:
    """The first owner keeps its dataset, and the other learns whose it is."""
    shared = (PREFIXES + dataset("z").replace(base(), "https://doi.org/10.9999/")).encode()
    site = serve({"/a.ttl": answer(shared), "/b.ttl": answer(shared)})
    catalogue.configure(("chu-lille", site, "/a.ttl"), ("chu-nantes", site, "/b.ttl"))
    first, second = catalogue.harvest()
    assert (states(first), states(second)) == ({"new": 1}, {"conflict": 1})
    (held,) = second.outcomes
    assert held.reason is not None
    assert "chu-lille" in held.reason["fr"]
    assert [e.holder for e in catalogue.entries().values()] == ["chu-lille"]


def test_changed_identifier_with_the_same_content(catalogue: Catalogue, serve: Serve) -> None:
    """A dataset under another IRI is recognised, reported at both ends, and not merged."""
    site = begin(catalogue, serve)
    renamed = turtle(TEN).replace(f"{base()}c".encode(), f"{base()}cohorte-c".encode())
    site.routes["/c.ttl"] = answer(renamed)
    run = only(catalogue.harvest())
    assert states(run) == {"new": 1, "unchanged": 9, "absent": 1}
    said = {outcome.iri: (outcome.reason or {})["en"] for outcome in run.outcomes}
    assert f"appears to be {base()}c under another" in said[base() + "cohorte-c"]
    assert f"to have become {base()}cohorte-c." in said[base() + "c"]
    assert len(catalogue.entries()) == 11


def test_changed_identifier_and_title(catalogue: Catalogue, serve: Serve) -> None:
    """The same dct:identifier of the same publisher is enough."""
    site = begin(catalogue, serve)
    changed = dataset("c", title="Cohorte C, deuxième vague").replace("jeu/c>", "cohorte/c>")
    site.routes["/c.ttl"] = answer(turtle("abdefghij") + changed.encode())
    run = only(catalogue.harvest())
    reasons = [(o.reason or {})["fr"] for o in run.outcomes if o.state is State.NEW]
    assert len(reasons) == 1
    assert "même dct:identifier" in reasons[0]


def test_blank_nodes_relabelled_only(catalogue: Catalogue, serve: Serve) -> None:
    """Other labels and another order are no change."""

    def body(label: str, names: str) -> bytes:
        blank = (dataset(n).replace("[ a", f"_:{label}{n} . _:{label}{n} a") for n in names)
        return (PREFIXES + "".join(text.replace(" ] .", " .") for text in blank)).encode()

    site = begin(catalogue, serve, body("b", TEN))
    before = catalogue.entries()
    site.routes["/c.ttl"] = answer(body("autre", TEN[::-1]))
    assert states(only(catalogue.harvest())) == {"unchanged": 10}
    assert catalogue.entries() == before


def test_hung_server(catalogue: Catalogue, serve: Serve) -> None:
    """The total deadline ends it, and the next source was not kept waiting."""
    site = serve({"/b.ttl": answer(turtle("ab", "chu-nantes"))})
    stuck = serve({"/a.ttl": lambda _: time.sleep(30)})
    catalogue.configure(("chu-lille", stuck, "/a.ttl"), ("chu-nantes", site, "/b.ttl"))
    began = time.monotonic()
    hung, healthy = catalogue.harvest()
    assert time.monotonic() - began < 10
    assert (hung.status, hung.unreadable[0].problem.code) == ("failed", "deadline")
    assert states(healthy) == {"new": 2}


def test_redirect_to_a_private_address(catalogue: Catalogue, serve: Serve) -> None:
    """Only the configured server may be private; where it leads may not."""
    site = serve({"/c.ttl": answer(b"", 302, Location="http://169.254.169.254/latest/")})
    other = serve({"/c.ttl": answer(turtle(TEN))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    for location in ("http://169.254.169.254/latest/", other.url("/c.ttl")):
        site.routes["/c.ttl"] = answer(b"", 302, Location=location)
        run = only(catalogue.harvest())
        assert run.unreadable[0].problem.code == "host-refused"
    assert other.asked == []


def test_304_is_not_read_again(catalogue: Catalogue, serve: Serve) -> None:
    """What the server says is the same is neither sent nor read."""
    site = serve({"/c.ttl": versioned(turtle(TEN), '"v1"')})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    catalogue.harvest()
    run = only(catalogue.harvest(MONDAY + timedelta(days=1)))
    assert states(run) == {"unchanged": 10}
    assert catalogue.traffic.unchanged == 1
    assert catalogue.cost(run).requests == 2  # with the robots.txt


def test_paging_loop(catalogue: Catalogue, serve: Serve) -> None:
    """A next page that was read already ends the harvest, with its number."""
    site = serve({})
    site.routes["/p1"] = answer(page("ab", site.url("/p2")))
    site.routes["/p2"] = answer(page("cd", site.url("/p1")))
    catalogue.configure(("chu-lille", site, "/p1"))
    run = only(catalogue.harvest())
    assert [u.problem.code for u in run.unreadable] == ["paging-loop"]
    assert "page 2" in run.unreadable[0].problem.message["en"]
    assert site.paths() == ["/p1", "/p2"]


def test_21_percent_vanish(catalogue: Catalogue, serve: Serve) -> None:
    """One in five may be absent; more stops the source until the operator lets it go."""
    names = [f"{n:03}" for n in range(100)]
    site = begin(catalogue, serve, turtle(names))
    site.routes["/c.ttl"] = answer(turtle(names[21:]))
    guarded = only(catalogue.harvest())
    assert (guarded.status, states(guarded)) == ("guarded", {"unchanged": 79})
    assert {e.absent_since for e in catalogue.entries().values()} == {None}
    accepted = only(catalogue.harvest(accept_removals=True))
    assert states(accepted) == {"unchanged": 79, "absent": 21}


def test_a_whole_source_under_another_address(catalogue: Catalogue, serve: Serve) -> None:
    """The guard says how many of those that would vanish have come back otherwise named."""
    site = begin(catalogue, serve)
    moved = base().replace("/jeu/", "/donnees/")
    body = turtle(TEN[:-1]).replace(base().encode(), moved.encode())
    site.routes["/c.ttl"] = answer(body)
    guarded = only(catalogue.harvest())
    assert guarded.status == "guarded"
    (alarm,) = guarded.unreadable
    assert alarm.problem.message["en"] == (
        "Datasets that would vanish: 10 of 10; nothing was changed. Of these, back under another "
        f"address: 9 ({base()}a, for one, appears to have become {moved}a)."
    )
    assert states(only(catalogue.harvest(accept_removals=True))) == {"new": 9, "absent": 10}


def test_a_source_that_comes_back(catalogue: Catalogue, serve: Serve) -> None:
    """What was absent is unchanged again, with its first day and its page."""
    site = begin(catalogue, serve)
    before = catalogue.entries()
    site.routes["/c.ttl"] = answer(turtle(TEN[:8]))
    for day in (1, 2):
        assert states(only(catalogue.harvest(MONDAY + timedelta(days=day))))["absent"] == 2
    site.routes["/c.ttl"] = answer(turtle(TEN))
    run = only(catalogue.harvest(MONDAY + timedelta(days=3)))
    assert states(run) == {"unchanged": 10}
    assert catalogue.entries() == before


def test_a_source_that_was_down_comes_back(catalogue: Catalogue, serve: Serve) -> None:
    """A year without an answer removes nothing."""
    site = begin(catalogue, serve)
    before = catalogue.entries()
    site.routes["/c.ttl"] = answer(b"no", 503)
    for day in range(0, 360, 40):
        assert only(catalogue.harvest(MONDAY + timedelta(days=day))).status == "failed"
    site.routes["/c.ttl"] = answer(turtle(TEN))
    assert states(only(catalogue.harvest(MONDAY + timedelta(days=360)))) == {"unchanged": 10}
    assert catalogue.entries() == before
