"""What a server says of an error, where its protocol explains itself."""

import gzip
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from red_catalog.http import Declined, Fetched, Http
from red_catalog.model import Unreadable
from red_catalog.rdf.limits import Limits
from tests.http.loopback import Handler, Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
SAID = '<error code="badVerb">Verbe inconnu : « Lister »</error>'.encode()


def fetch(http: Http, site: Site, kind: str = "oaipmh") -> Fetched | Unreadable:
    """What the door gives to a source of this kind."""
    return http.get(site.url("/oai"), replace(site.source("/oai"), kind=kind))


@pytest.mark.parametrize("kind", ["ckan", "csw", "oaipmh", "sparql"])
@pytest.mark.parametrize("status", [400, 404, 409, 422, 500])
def test_what_is_said_of_an_error_is_kept(
    serve: Serve, door: Doors, kind: str, status: int
) -> None:
    """The error is told as ever, and whoever knows the protocol can read on."""
    found = fetch(door(), serve({"/oai": answer(SAID, status, Content_Type="text/xml")}), kind)
    assert isinstance(found, Declined)
    assert (found.problem.code, found.status) == ("status", status)
    assert (found.said.content, found.said.media_type) == (SAID, "text/xml")


@pytest.mark.parametrize(
    ("kind", "status"), [("dcat", 400), ("webpage", 404), ("oaipmh", 401), ("ckan", 403)]
)
def test_what_nobody_reads_is_not_received(
    serve: Serve, door: Doors, kind: str, status: int
) -> None:
    """Pages of other servers, and refusals of which the catalogue knows more."""
    http = door()
    found = fetch(http, serve({"/oai": answer(SAID, status)}), kind)
    assert isinstance(found, Unreadable)
    assert not isinstance(found, Declined)
    assert found.problem.code == "status"
    assert http.traffic("chu-lille").received <= len("no")  # that of robots.txt


def test_only_the_beginning_of_a_long_error_is_kept(serve: Serve, door: Doors) -> None:
    """Compressed or not, some kilobytes are enough."""
    body = gzip.compress(b"erreur " * 1_000_000)
    found = fetch(door(), serve({"/oai": answer(body, 400, Content_Encoding="gzip")}))
    assert isinstance(found, Declined)
    assert len(found.said.content) == 16_384


@pytest.mark.parametrize(
    "headers", [{"Content_Encoding": "br"}, {"Content_Encoding": "gzip"}, {"Content_Length": "999"}]
)
def test_an_error_that_cannot_be_read_is_one_all_the_same(
    serve: Serve, door: Doors, headers: dict[str, str]
) -> None:
    """An unknown coding, a damaged body, one that is cut: the status is what counts."""

    def route(handler: Handler) -> None:
        handler.close_connection = True
        answer(SAID, 400, **headers)(handler)

    found = fetch(door(), serve({"/oai": route}))
    assert isinstance(found, Unreadable)
    assert (type(found), found.problem.code) == (Unreadable, "status")


def test_an_answer_that_is_a_part_by_its_own_words_is_not_kept(serve: Serve, door: Doors) -> None:
    """Virtuoso cuts what takes it too long, under 200: it never stands for the whole."""
    site = serve({"/oai": answer(b"<urn:a> <urn:b> 1 .", X_SQL_State="S1TAT", ETag='"1"')})
    http = door()
    for _ in range(2):
        found = fetch(http, site, "dcat")
        assert isinstance(found, Unreadable)
        assert found.problem.code == "answer-cut"
    assert "If-None-Match" not in site.asked[-1][1]


def test_an_error_that_drips_is_no_late_document(serve: Serve, door: Doors) -> None:
    """The time is over before its body is: it is told as the error that it is."""

    def drip(handler: Handler) -> None:
        handler.send_response(400)
        handler.close_connection = True
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    found = fetch(door(Limits(document_seconds=1)), serve({"/oai": drip}))
    assert isinstance(found, Unreadable)
    assert found.problem.code == "status"
