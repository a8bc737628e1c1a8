"""Addresses that scores count: tried on real servers, kept, bounded, and never in the way."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.config import Validation
from red_catalog.http import Http
from red_catalog.model import Mqa, Source
from red_catalog.pipeline.harvest.answering import Asker
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.rdf.limits import Limits
from red_catalog.register.addresses import Tried
from red_catalog.register.ledger import Register
from tests.http.loopback import Handler, Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue

IRI = "https://lille.exemple.fr/jeu/sejours"
CHECKING = "[validation]\ncheck_addresses = true\naddress_days = 10\n"
Serve = Callable[[dict[str, Route]], Site]


def describe(*addresses: str, title: str = "Séjours") -> Route:
    """A feed of one dataset: each address is that of a distribution, and of its file."""
    given = "".join(
        f" ; dcat:distribution [ a dcat:Distribution ; dcat:accessURL <{a}> ;"
        f" dcat:downloadURL <{a}> ]"
        for a in addresses
    )
    text = (
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        f'<{IRI}> a dcat:Dataset ; <http://purl.org/dc/terms/title> "{title}"@fr{given} .\n'
    )
    return answer(text.encode(), Content_Type="text/turtle")


@pytest.fixture
def site(serve: Serve) -> Site:
    """A server whose `/donnees` answers and whose `/perdu` does not."""
    return serve({"/donnees": answer(b"oui"), "/robots.txt": answer(b"", 404)})


def score(catalogue: Catalogue) -> Mqa:
    """The assessment of the one dataset."""
    mqa = catalogue.entries()[IRI].mqa
    assert mqa is not None
    return mqa


def test_addresses_are_left_alone_by_default(catalogue: Catalogue, site: Site) -> None:
    """Nobody asks for them, and the indicators are unchecked."""
    site.routes["/feed"] = describe(site.url("/donnees"))
    catalogue.configure(("lille", site, "/feed"))
    catalogue.harvest()
    assert site.paths() == ["/feed"]
    assert score(catalogue).unchecked == ("access-url-answers", "download-url-answers")


def test_an_address_that_answers_earns_its_points(catalogue: Catalogue, site: Site) -> None:
    """It is asked once for both indicators, of which none stays unchecked."""
    site.routes["/feed"] = describe(site.url("/donnees"), site.url("/perdu"))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    catalogue.harvest()
    assert sorted(site.paths()) == ["/donnees", "/feed", "/perdu"]
    assert score(catalogue).unchecked == ()
    assert {"access-url-answers", "download-url-answers"} <= set(score(catalogue).met)


def test_an_answer_is_kept_and_asked_for_again_when_it_is_old(
    catalogue: Catalogue, site: Site
) -> None:
    """Kept for ten days; then the score of an unchanged record follows what was found."""
    site.routes["/feed"] = describe(site.url("/donnees"))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    catalogue.harvest()
    site.routes["/donnees"] = answer(b"", 410)
    site.asked.clear()
    (run,) = catalogue.harvest(MONDAY + timedelta(days=9))
    assert site.paths() == ["/feed"]
    assert "access-url-answers" in score(catalogue).met
    (run,) = catalogue.harvest(MONDAY + timedelta(days=10))
    assert (run.unchanged, run.status) == (1, "ok")
    assert "access-url-answers" not in score(catalogue).met
    assert score(catalogue).unchecked == ()
    site.asked.clear()
    catalogue.harvest(MONDAY + timedelta(days=11))
    assert site.paths() == ["/feed"]


def test_turned_off_again_the_score_says_that_nothing_was_tried(
    catalogue: Catalogue, site: Site
) -> None:
    """An answer is not shown as checked by a catalogue that checks no more."""
    site.routes["/feed"] = describe(site.url("/donnees"))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    catalogue.harvest()
    catalogue.configure(("lille", site, "/feed"))
    catalogue.harvest()
    assert score(catalogue).unchecked == ("access-url-answers", "download-url-answers")


def test_private_and_strange_addresses_are_not_asked_and_fail_nothing(
    catalogue: Catalogue, site: Site, serve: Serve
) -> None:
    """A server inside that the source may not lead to gets no request; the rest goes on."""
    inside = serve({"/secret": answer(b"secret")})
    odd = (
        inside.url("/secret"), "ftp://exemple.fr/x", "mailto:dpo@exemple.fr", "urn:x:y",
        "http://[::1]:1/", "http://10.0.0.1/", "http://exemple.fr:99999/", "http://%00/",
        "file:///etc/passwd",
    )  # fmt: skip
    site.routes["/feed"] = describe(*odd)
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    (run,) = catalogue.harvest()
    assert (run.status, run.totals()["new"], inside.asked) == ("ok", 1, [])
    assert "access-url-answers" not in score(catalogue).met
    assert "access-url-answers" in score(catalogue).unchecked


@pytest.mark.parametrize(
    "address", ["", "http://", "http://[fe80::1%25eth0]/", "http://[::1", "//x", "http://a b/", "?"]
)
def test_what_is_no_address_is_no_trouble(address: str, tmp_path: Path) -> None:
    """Neither an answer nor an exception."""
    source = Source("lille", "lille", "dcat", "https://lille.exemple.fr/")
    with Http(tmp_path, "red-catalog/test", Limits()) as http:
        told = Asker(http, source, Validation()).ask([address], {}, MONDAY)
    assert True not in told.values()


def test_a_redirect_to_a_private_address_is_not_followed(
    catalogue: Catalogue, site: Site, serve: Serve
) -> None:
    """A public address that leads inside tells nothing."""
    inside = serve({"/secret": answer(b"secret")})
    site.routes["/donnees"] = answer(b"", 302, Location=inside.url("/secret"))
    site.routes["/feed"] = describe(site.url("/donnees"))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    catalogue.harvest()
    assert inside.asked == []
    assert "access-url-answers" in score(catalogue).unchecked


def test_no_server_is_asked_more_than_its_share(catalogue: Catalogue, site: Site) -> None:
    """What is left waits for the next harvest, which begins with it."""
    site.routes["/feed"] = describe(*(site.url(f"/{n}") for n in range(5)))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING + "addresses_per_host = 2\n")
    for days, paths in ((0, ["/0", "/1"]), (1, ["/2", "/3"]), (2, ["/4"]), (3, [])):
        site.asked.clear()
        catalogue.harvest(MONDAY + timedelta(days=days))
        assert sorted(site.paths()) == sorted([*paths, "/feed"])


def test_who_was_never_tried_comes_first_then_who_waits_longest(site: Site, tmp_path: Path) -> None:
    """Of more addresses than a server's share, those whose turn it is."""
    urls = {name: site.url(f"/{name}") for name in "abcd"}
    site.routes |= {f"/{name}": answer(b"oui") for name in urls}
    days = {"a": 20, "b": 40, "c": 30}
    known = {
        urls[n]: Tried(answers=True, moment=MONDAY - timedelta(days=d)) for n, d in days.items()
    }
    settings = Validation(check_addresses=True, address_days=10, addresses_per_host=3)
    with Http(tmp_path, "red-catalog/test", Limits()) as http:
        Asker(http, site.source("/feed"), settings).ask(urls.values(), known, MONDAY)
    assert site.paths() == ["/d", "/b", "/c"]


def test_a_slow_server_ends_with_the_time_for_it(site: Site, tmp_path: Path) -> None:
    """No address is begun once the time is over, however many wait."""

    def doze(handler: Handler) -> None:
        time.sleep(0.2)
        answer(b"enfin")(handler)

    urls = [site.url(f"/lent/{n}") for n in range(50)]
    site.routes |= {f"/lent/{n}": doze for n in range(50)}
    settings = Validation(check_addresses=True, address_seconds=0.5)
    with Http(tmp_path, "red-catalog/test", Limits()) as http:
        began = time.monotonic()
        told = Asker(http, site.source("/feed"), settings).ask(urls, {}, MONDAY)
        spent = time.monotonic() - began
    assert 1 <= len(told) < 10
    assert spent < 3.0


def test_a_rehearsal_keeps_nothing(catalogue: Catalogue, site: Site) -> None:
    """What `--dry-run` tried is asked again by the harvest: nothing was written."""
    site.routes["/feed"] = describe(site.url("/donnees"))
    catalogue.configure(("lille", site, "/feed"), more=CHECKING)
    settings = config.load(catalogue.root / "red.toml")
    with (
        Register.open(settings.register) as register,
        Http(settings.var / "cache", "red-catalog/test", settings.limits) as http,
    ):
        change = Harvester(settings, register, http).examine(settings.sources[0])
        assert change.answers == {site.url("/donnees"): True}
        assert register.tried(change.answers) == {}
