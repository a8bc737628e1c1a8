"""What the door gives, asks, keeps and refuses."""

import gzip
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.http import Fetched, Http, user_agent
from red_catalog.http.access import check_secrets
from red_catalog.model import Document, Source, Unreadable
from red_catalog.rdf.limits import Limits
from tests.certificates import certify
from tests.http.loopback import Handler, Route, Site, answer

TURTLE = '<https://chu-lille.example/jeu/1> <http://purl.org/dc/terms/title> "Épidémie"@fr .\n'
BODY = TURTLE.encode()
Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]


def fetch(http: Http, site: Site, path: str = "/catalog.ttl") -> Fetched | Unreadable:
    """What the door gives for this path of the site."""
    return http.get(site.url(path), site.source(path))


def fetched(result: Fetched | Unreadable) -> Fetched:
    """What came, where something must."""
    assert isinstance(result, Fetched)
    return result


def code(result: Fetched | Unreadable) -> str:
    """Why nothing came, where nothing may."""
    assert isinstance(result, Unreadable)
    return result.problem.code


def test_document_comes_as_sent(serve: Serve, door: Doors) -> None:
    """Bytes, media type and base are those of the server."""
    site = serve({"/catalog.ttl": answer(BODY, Content_Type="text/turtle; charset=utf-8")})
    url = site.url("/catalog.ttl")
    expected = Fetched(Document(url, BODY, "text/turtle; charset=utf-8", url))
    assert expected == fetch(door(), site)


def test_what_is_kept_is_its_owners_alone(serve: Serve, door: Doors, tmp_path: Path) -> None:
    """A body may hold private notes: nobody else gets to it, whatever the mask of the process."""
    site = serve({"/catalog.ttl": answer(BODY, Content_Type="text/turtle", ETag='"1"')})
    before = os.umask(0)
    try:
        fetched(fetch(door(), site))
    finally:
        os.umask(before)
    assert list(tmp_path.glob("cache/*/*.body"))
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("wanted", "declared", "expected"),
    [
        ("text/turtle", "text/plain; charset=iso-8859-1", "text/turtle; charset=iso-8859-1"),
        ("text/turtle", "text/plain", "text/turtle"),
        ("text/turtle; charset=utf-8", "text/plain; charset=latin1", "text/turtle; charset=utf-8"),
    ],
)
def test_a_forced_format_keeps_the_charset(
    serve: Serve, door: Doors, wanted: str, declared: str, expected: str
) -> None:
    """The server still knows what its letters are in, the second time too."""
    site = serve({"/c": answer(BODY, Content_Type=declared, ETag='"1"')})
    one = replace(site.source("/c"), format=wanted)
    assert fetched(door().get(site.url("/c"), one)).document.media_type == expected
    site.routes["/c"] = answer(b"", 304)
    again = fetched(door().get(site.url("/c"), one))
    assert (again.unchanged, again.document.media_type) == (True, expected)


def test_we_say_who_we_are_and_what_we_read(serve: Serve, door: Doors) -> None:
    """The User-Agent has a contact; Accept prefers Turtle."""
    site = serve({"/catalog.ttl": answer(BODY)})
    fetch(door(), site)
    headers = site.asked[-1][1]
    assert headers["User-Agent"] == user_agent("catalogue@sante.example.fr")
    assert "(+catalogue@sante.example.fr)" in headers["User-Agent"]
    assert headers["Accept"].startswith("text/turtle, application/n-triples;q=0.9")
    assert headers["Accept-Encoding"] == "gzip"


def test_redirect_gives_the_final_base(serve: Serve, door: Doors) -> None:
    """Relative IRIs resolve against where the document was found."""
    site = serve({
        "/catalog.ttl": answer(b"", 301, Location="/export/catalog.ttl"),
        "/export/catalog.ttl": answer(BODY),
    })  # fmt: skip
    result = fetched(fetch(door(), site))
    assert result.document.base == site.url("/export/catalog.ttl")
    assert result.document.location == site.url("/catalog.ttl")


@pytest.mark.parametrize("proof", ["ETag", "Last-Modified"])
def test_unchanged_document_is_not_sent_again(serve: Serve, door: Doors, proof: str) -> None:
    """A second run asks under conditions; 304 gives the kept body, marked unchanged."""
    values = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Nov 2026 08:00:00 GMT"}
    condition = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[proof]

    def conditional(handler: Handler) -> None:
        if handler.headers.get(condition) == values[proof]:
            handler.send_response(304)
            handler.end_headers()
        else:
            answer(BODY, **{proof.replace("-", "_"): values[proof]})(handler)

    site = serve({"/catalog.ttl": conditional})
    first, http = fetched(fetch(door(), site)), door()
    second = fetched(fetch(http, site))
    assert (first.unchanged, second.unchanged) == (False, True)
    assert first.document == second.document
    assert http.traffic("chu-lille").unchanged == 1


def test_damaged_cache_is_not_used(serve: Serve, door: Doors, tmp_path: Path) -> None:
    """A kept body that is not the one described is asked for again, without conditions."""
    site = serve({"/catalog.ttl": answer(BODY, ETag='"v1"')})
    fetch(door(), site)
    (kept,) = (tmp_path / "cache").rglob("*.body")
    kept.write_bytes(BODY[:10])
    result = fetched(fetch(door(), site))
    assert (result.unchanged, result.document.content) == (False, BODY)
    assert "If-None-Match" not in site.asked[-1][1]


def test_what_must_not_be_stored_is_not_kept(serve: Serve, door: Doors, tmp_path: Path) -> None:
    """Whatever proof comes with it; what was kept of it before goes too."""
    site = serve({"/catalog.ttl": answer(BODY, ETag='"v1"')})
    fetched(fetch(door(), site))
    site.routes["/catalog.ttl"] = answer(BODY, ETag='"v2"', Cache_Control="private, No-Store")
    assert fetched(fetch(door(), site)).document.content == BODY
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


def test_a_kept_body_over_the_limit_is_not_used(serve: Serve, door: Doors) -> None:
    """A limit that was lowered since then holds for what was kept too."""
    site = serve({"/catalog.ttl": answer(BODY, ETag='"v1"')})
    fetched(fetch(door(Limits(document_bytes=len(BODY))), site))
    assert code(fetch(door(Limits(document_bytes=len(BODY) - 1)), site)) == "too-large"
    assert "If-None-Match" not in site.asked[-1][1]


def test_304_that_nobody_asked_for_is_refused(serve: Serve, door: Doors) -> None:
    """Without a kept body there is nothing that could be unchanged."""
    site = serve({"/catalog.ttl": answer(b"", 304)})
    assert code(fetch(door(), site)) == "status"


def test_answer_without_content_has_its_own_sentence(serve: Serve, door: Doors) -> None:
    """A server that says 204 is told what it said, not that something failed."""
    site = serve({"/catalog.ttl": answer(b"", 204)})
    assert code(fetch(door(), site)) == "no-content"


def test_refused_body_is_not_kept(serve: Serve, door: Doors, tmp_path: Path) -> None:
    """An error page with an ETag must not become the last good document."""
    site = serve({"/catalog.ttl": answer(b"<!DOCTYPE html><html></html>", ETag='"v1"')})
    assert code(fetch(door(), site)) == "html-received"
    assert list((tmp_path / "cache").rglob("*.body")) == []


def test_gzip_in_transit_and_gzip_file_are_unpacked(serve: Serve, door: Doors) -> None:
    """Both the coding of the answer and a .gz document, also together."""
    packed = gzip.compress(BODY)
    site = serve({
        "/a": answer(packed, Content_Encoding="gzip"),
        "/b": answer(packed, Content_Type="application/gzip"),
        "/c": answer(gzip.compress(packed), Content_Encoding="gzip"),
    })  # fmt: skip
    http = door()
    assert [fetched(fetch(http, site, p)).document.content for p in ("/a", "/b", "/c")] == [
        BODY
    ] * 3


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b" \n", {}, "empty"),
        (b"\xef\xbb\xbf", {}, "empty"),
        (b"nonsense", {"Content_Encoding": "gzip"}, "damaged-gzip"),
        (b"x", {"Content_Encoding": "br"}, "encoding-refused"),
        (b"<?xml version='1.0'?><!-- x --><HTML lang='fr'>", {}, "html-received"),
        (b"x" * 2_001, {}, "too-large"),
        (b"x" * 20, {"Content_Length": "40", "Connection": "close"}, "truncated"),
    ],
)
def test_body_that_is_no_document_is_refused(
    serve: Serve, door: Doors, body: bytes, headers: dict[str, str], expected: str
) -> None:
    """Empty, damaged, in an unknown coding, HTML, too large or cut."""

    def route(handler: Handler) -> None:
        answer(body, **headers)(handler)
        handler.close_connection = True

    site = serve({"/catalog.ttl": route})
    limits = Limits(document_bytes=2_000, document_seconds=10)
    assert code(fetch(door(limits), site)) == expected


def test_cut_chunked_body_is_refused(serve: Serve, door: Doors) -> None:
    """A stream of chunks without its end is shorter than announced."""

    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"100\r\n" + BODY)
        handler.close_connection = True

    assert code(fetch(door(), serve({"/catalog.ttl": cut}))) == "truncated"


def test_slow_headers_meet_the_deadline(serve: Serve, door: Doors) -> None:
    """One byte of a header now and then does not buy more time."""

    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    began = time.monotonic()
    limits = Limits(document_seconds=0.5)
    assert code(fetch(door(limits), serve({"/catalog.ttl": drip}))) == "deadline"
    assert time.monotonic() - began < 8


def test_body_without_length_cut_by_the_deadline_is_refused(serve: Serve, door: Doors) -> None:
    """Where no size was announced, a stopped body must not look whole."""

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/turtle")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(BODY)
            time.sleep(0.05)

    limits = Limits(document_seconds=0.5)
    assert code(fetch(door(limits), serve({"/catalog.ttl": drip}))) == "deadline"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_passing_failure_is_tried_again(
    serve: Serve, door: Doors, naps: list[float], status: int
) -> None:
    """Twice at most, a little later each time."""
    failures = [status, status]

    def flaky(handler: Handler) -> None:
        answer(BODY if not failures else b"", failures.pop() if failures else 200)(handler)

    site = serve({"/catalog.ttl": flaky})
    assert fetched(fetch(door(), site)).document.content == BODY
    assert naps == [0.5, 2.0]


def test_lasting_failure_ends_after_three_requests(serve: Serve, door: Doors) -> None:
    """The server is left in peace."""
    site = serve({"/catalog.ttl": answer(b"", 502)})
    assert code(fetch(door(), site)) == "status"
    assert site.paths() == ["/catalog.ttl"] * 3


def test_broken_connection_is_tried_again(serve: Serve, door: Doors) -> None:
    """A connection closed without an answer may work the next time."""
    breaks = [True]

    def flaky(handler: Handler) -> None:
        if breaks:
            breaks.pop()
            handler.close_connection = True
        else:
            answer(BODY)(handler)

    assert fetched(fetch(door(), serve({"/catalog.ttl": flaky}))).document.content == BODY


def test_nobody_listening_is_told(door: Doors, naps: list[float]) -> None:
    """A server that is down is unreachable, after two more attempts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/catalog.ttl"
    source = Source("chu-lille", "chu-lille", "dcat", url, allow_hosts=("127.0.0.1",))
    assert code(door().get(url, source)) == "unreachable"
    assert naps == [0.5, 2.0]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "expected"),
    [("7", [7.0, 7.0]), ("35", [35.0]), ("61", []), ("Retry", [0.5, 2.0]), ("", [0.5, 2.0])],
)
def test_retry_after_is_honoured_for_a_minute(
    serve: Serve, door: Doors, naps: list[float], status: int, asked: str, expected: list[float]
) -> None:
    """As many tries as without it, and at most a minute in all; what is busy still is left."""
    site = serve({"/catalog.ttl": answer(b"", status, Retry_After=asked)})
    assert code(fetch(door(), site)) == "busy"
    assert naps == expected


def test_retry_after_may_be_a_date(serve: Serve, door: Doors, naps: list[float]) -> None:
    """HTTP allows both forms."""
    date = formatdate(time.time() + 40, usegmt=True)
    fetch(door(), serve({"/catalog.ttl": answer(b"", 503, Retry_After=date)}))
    assert len(naps) == 1
    assert 20 < naps[0] <= 40


def test_robots_delay_is_kept_between_pages(serve: Serve, door: Doors, naps: list[float]) -> None:
    """robots.txt is asked once a run; its delay holds between two documents."""
    site = serve({
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 4\n", Content_Type="text/plain"),
        "/1": answer(BODY),
        "/2": answer(BODY),
    })  # fmt: skip
    http = door()
    fetch(http, site, "/1")
    fetch(http, site, "/2")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/1", "/2"]
    assert len(naps) == 1
    assert 3 < naps[0] <= 4


def test_robots_that_forbid_us_are_followed(serve: Serve, door: Doors) -> None:
    """A server that does not want us is told to the holder, and left."""
    rules = b"User-agent: red-catalog\nDisallow: /prive/\n"
    site = serve({"/robots.txt": answer(rules), "/prive/c.ttl": answer(BODY),
                  "/c.ttl": answer(BODY)})  # fmt: skip
    http = door()
    assert code(fetch(http, site, "/prive/c.ttl")) == "robots"
    assert fetched(fetch(http, site, "/c.ttl")).document.content == BODY
    assert site.paths() == ["/c.ttl"]


# What every CKAN portal says unless its operator changed it.
PORTAL = b"""User-agent: *
Disallow: /dataset/rate/
Disallow: /dataset/*/history
Disallow: /api/
Crawl-Delay: 1.5
"""


def test_rules_for_crawlers_do_not_close_an_interface(
    serve: Serve, door: Doors, naps: list[float]
) -> None:
    """What keeps crawlers away holds for the kind that crawls; its delay holds for all."""
    site = serve({"/robots.txt": answer(PORTAL), "/api/3/action": answer(BODY)})
    http = door()
    for _ in range(2):
        assert fetched(fetch(http, site, "/api/3/action")).document.content == BODY
    assert 0.5 < naps[0] <= 1.5
    crawling = replace(site.source("/"), kind="webpage")
    for path in ("/api/3/action", "/dataset/a/history"):
        assert code(http.get(site.url(path), crawling)) == "robots"
    assert site.paths() == ["/api/3/action"] * 2


@pytest.mark.parametrize(
    "rules", ["Disallow: //[", "Crawl-delay: ²", f"Crawl-delay: {'9' * 400}", "\0\xff<html>"]
)
def test_robots_that_make_no_sense_stop_nothing(serve: Serve, door: Doors, rules: str) -> None:
    """A broken robots.txt rules nothing, and no wait exceeds a minute."""
    robots = f"User-agent: *\n{rules}\n".encode()
    site = serve({"/robots.txt": answer(robots), "/catalog.ttl": answer(BODY)})
    http = door()
    for _ in range(2):
        assert fetched(fetch(http, site)).document.content == BODY


def test_a_closed_door_keeps_nobody_waiting(serve: Serve, door: Doors) -> None:
    """Whoever waits for an answer, a delay or a retry is let go as soon as the door closes."""
    asked, refused, release = threading.Event(), threading.Event(), threading.Event()

    def hang(handler: Handler) -> None:
        asked.set()
        release.wait(60)
        answer(BODY)(handler)

    def refuse(handler: Handler) -> None:
        answer(b"", 503, Retry_After="45")(handler)
        refused.set()

    slow = serve({
        "/catalog.ttl": hang, "/next": answer(BODY),
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 45\n"),
    })  # fmt: skip
    busy = serve({"/later": refuse})
    http = door(Limits(document_seconds=50), sleep=None)
    found: list[str] = []
    ask = [
        threading.Thread(target=lambda s=site, p=path: found.append(code(fetch(http, s, p))))
        for site, path in ((slow, "/catalog.ttl"), (busy, "/later"), (slow, "/next"))
    ]
    began = time.monotonic()
    ask[0].start()
    ask[1].start()
    assert asked.wait(30)
    assert refused.wait(30)
    # Only now, for the first one at a server need not wait.
    ask[2].start()
    time.sleep(0.5)
    assert not found
    http.close()
    for thread in ask:
        thread.join(30)
    release.set()
    assert found == ["interrupted"] * 3
    assert time.monotonic() - began < 40


def test_odd_headers_become_a_value(serve: Serve, door: Doors) -> None:
    """Numbers without end and dates that are none raise nothing."""
    site, http = serve({}), door()
    for number, date in (("9" * 5_000, "Mon, 99 Zzz 99999999 99:99:99 +9999"), ("²", "(" * 99)):
        site.routes["/catalog.ttl"] = answer(b"", 503, Retry_After=date)
        assert code(fetch(http, site)) == "busy"
        site.routes["/catalog.ttl"] = answer(BODY, Content_Length=number, Connection="close")
        fetch(http, site)


def test_one_request_at_a_time_on_a_server(serve: Serve, door: Doors) -> None:
    """Two sources on one server take turns, and pages keep their connection."""
    inside, most = [], []

    def slow(handler: Handler) -> None:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        answer(BODY)(handler)

    site, http = serve({"/catalog.ttl": slow}), door()
    threads = [threading.Thread(target=fetch, args=(http, site)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 4


def test_traffic_is_counted_by_source(serve: Serve, door: Doors) -> None:
    """Requests with that for robots.txt, bytes as received."""
    site, http = serve({"/catalog.ttl": answer(BODY)}), door()
    fetch(http, site)
    found = http.traffic("chu-lille")
    assert (found.requests, found.received) == (2, len(BODY))
    assert found == http.traffic()
    assert http.traffic("autre").requests == 0


def test_cookies_are_never_sent_back(serve: Serve, door: Doors) -> None:
    """A server cannot follow us from one page to the next."""
    site = serve({"/catalog.ttl": answer(BODY, Set_Cookie="suivi=1"), "/2": answer(BODY)})
    http = door()
    fetch(http, site)
    fetch(http, site, "/2")
    assert all("Cookie" not in headers for _, headers in site.asked)


def test_environment_proxy_is_not_used(
    serve: Serve, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set for other programs must not carry requests past the guard."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetched(fetch(door(), serve({"/catalog.ttl": answer(BODY)}))).document.content == BODY


def test_control_characters_never_reach_a_sentence(serve: Serve, door: Doors) -> None:
    """An address from a server cannot write on the terminal."""
    site = serve({"/catalog.ttl": answer(b"", 302, Location="ftp://x/\x1b[31m")})
    result = fetch(door(), site)
    assert code(result) == "scheme-refused"
    assert isinstance(result, Unreadable)
    assert all("\x1b" not in text for text in result.problem.message.values())


def test_certificate_is_verified(serve: Serve, door: Doors, tmp_path: Path) -> None:
    """Self-signed is refused; the same is accepted once its authority is given."""
    site = serve({"/catalog.ttl": answer(BODY)})
    context, authority = certify(tmp_path)
    assert site.server is not None
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    url = f"https://localhost:{site.port}/catalog.ttl"
    source = Source("chu-lille", "chu-lille", "dcat", url, allow_hosts=("localhost",))
    options = {"find": lambda *_: ["127.0.0.1"]}
    assert code(door(**options).get(url, source)) == "tls"
    trusting = replace(source, ca_file=authority)
    result = door(**options).get(url, trusting)
    assert isinstance(result, Fetched)
    assert result.document.content == BODY


@pytest.mark.parametrize(
    ("written", "why"), [(None, "No such file"), ("-----BEGIN", "no certificate is in it")]
)
def test_authorities_that_cannot_be_read_are_told(
    tmp_path: Path, written: str | None, why: str
) -> None:
    """A file that is missing or holds no certificate stops the source, with what to do."""
    file = tmp_path / "interne.pem"
    if written:
        file.write_text(written, encoding="utf-8")
    source = Source("chu-lille", "chu-lille", "dcat", "https://chu-lille.example/", ca_file=file)
    with pytest.raises(RedError, match=f"source `chu-lille` cannot be read from .*{why}"):
        check_secrets(source)
