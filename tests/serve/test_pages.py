"""Pages, files and negotiation, over HTTP."""

import gzip
import http.client
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest

from red_catalog.serve.request.media import media_type


@pytest.mark.parametrize(
    ("path", "status", "media_type", "text"),
    [
        ("", 200, "text/html; charset=utf-8", "Accueil"),
        ("index.html", 200, "text/html; charset=utf-8", "Accueil"),
        ("en/", 200, "text/html; charset=utf-8", "Home"),
        ("en", 308, None, ""),
        ("sparql.html", 200, "text/html; charset=utf-8", "Requête"),
        ("dataset/chu-lille-0", 200, "text/html; charset=utf-8", "Jeu de données"),
        ("en/dataset/chu-lille-0", 200, "text/html; charset=utf-8", "Dataset"),
        ("dataset/chu-lille-0.ttl", 200, "text/turtle; charset=utf-8", "chu-lille-0"),
        ("dataset/chu-lille-0.jsonld", 200, "application/ld+json", ""),
        ("dataset/chu-lille-0.rdf", 200, "application/rdf+xml", ""),
        ("dataset/chu-lille-0.nt", 200, "application/n-triples", ""),
        ("data/catalogue.nq.gz", 200, "application/gzip", ""),
        ("dataset/chu-lille-9", 410, "text/html; charset=utf-8", "Retiré"),
        ("dataset/", 404, "text/html; charset=utf-8", "Page introuvable"),
        ("dataset/absent", 404, "text/html; charset=utf-8", "Page introuvable"),
        ("en/absent", 404, "text/html; charset=utf-8", "Page not found"),
        ("health", 200, "text/plain; charset=utf-8", "ok"),
        ("ready", 200, "text/plain; charset=utf-8", "ready"),
    ],
)
def test_address(client: Any, path: str, status: int, media_type: str | None, text: str) -> None:
    """Each address has its status, media type and content."""
    answer = client.get(path)
    assert (status, media_type) == (answer.status_code, answer.headers.get("content-type"))
    assert text in answer.content.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, ".html"),
        ("*/*", ".html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("text/turtle", ".ttl"),
        ("text/turtle;q=0.4, application/ld+json;q=0.5", ".jsonld"),
        ("application/rdf+xml, text/html;q=0.1", ".rdf"),
        ("application/n-triples", ".nt"),
        ("application/*", ".jsonld"),
        ("text/html;q=0, text/*", ".ttl"),
        ("TEXT/TURTLE; q=1.0", ".ttl"),
        ("text/turtle;q=abc, application/rdf+xml;q=0.1", ".rdf"),
    ],
)
def test_dataset_is_negotiated(client: Any, accept: str | None, expected: str) -> None:
    """A dataset's address answers in the form that Accept prefers, and names the others."""
    answer = client.get("dataset/chu-lille-0", accept)
    assert (200, f"/dataset/chu-lille-0{expected}") == (
        answer.status_code,
        answer.headers["content-location"],
    )
    assert "Accept" in answer.headers["vary"]
    assert (
        '</dataset/chu-lille-0.ttl>; rel="alternate"; type="text/turtle"'
        in (answer.headers["link"])
    )


def test_dataset_has_signposts(client: Any) -> None:
    """A dataset's page leads programs to its name, its descriptions and its citations."""
    links = client.get("dataset/chu-lille-0").headers["link"].split(", ")
    assert '<https://red.example.fr/dataset/chu-lille-0>; rel="cite-as"' in links
    assert '<https://schema.org/Dataset>; rel="type"' in links
    assert '</dataset/chu-lille-0.ttl>; rel="describedby"; type="text/turtle"' in links
    bibtex = "https://red.example.fr/dataset/chu-lille-0.bib"
    assert f'<{bibtex}>; rel="describedby"; type="application/x-bibtex"' in links


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "bib", "csl.json"])
def test_description_leads_back(client: Any, suffix: str) -> None:
    """A description or citation leads to what it is about, and tells its licence."""
    links = client.get(f"dataset/chu-lille-0.{suffix}").headers["link"].split(", ")
    page = "https://red.example.fr/dataset/chu-lille-0"
    assert links[0] == f'<{page}>; rel="describes"; type="text/html"'
    assert links[1].endswith('ETALAB_OL_2_0>; rel="license"')


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".well-known/void", "text/turtle; charset=utf-8"),
        ("holder/chu-lille/checks.ics", "text/calendar; charset=utf-8"),
        ("dataset/chu-lille-0.bib", "application/x-bibtex; charset=utf-8"),
        ("dataset/chu-lille-0.ris", "application/x-research-info-systems; charset=utf-8"),
        ("dataset/chu-lille-0.csl.json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_media_types(client: Any, path: str, expected: str) -> None:
    """Files whose names say little are sent as what they are."""
    assert client.get(path).headers["content-type"] == expected


def test_feeds_name_their_charset() -> None:
    """A browser that shows a feed as plain text asks the media type alone what its letters are."""
    assert media_type(Path("site/changes.atom")) == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "dataset/chu-lille-9.html",
        "dataset/chu-lille-9.ttl",
        "dataset/chu-lille-9.jsonld",
        "dataset/chu-lille-9.rdf",
        "dataset/chu-lille-9.nt",
        "dataset/chu-lille-9.bib",
        "dataset/chu-lille-9.ris",
        "dataset/chu-lille-9.csl.json",
        "dataset/chu-lille-9.variables.csv",
        "dataset/chu-lille-9/variables/2",
        "en/dataset/chu-lille-9",
        "en/dataset/chu-lille-9.html",
    ],
)
def test_every_file_of_a_withdrawn_dataset_is_gone(client: Any, path: str) -> None:
    """Whoever kept any address of a withdrawn dataset learns that it is gone, not broken."""
    assert client.get(path).status_code == 410
    assert client.get(path.replace("lille-9", "lille-8")).status_code == 404


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        ("dataset/chu-lille-9", None, "text/html"),
        ("dataset/chu-lille-9", "text/turtle", "text/plain"),
        ("dataset/chu-lille-9", "application/json", "application/problem+json"),
        ("dataset/chu-lille-9.html", "text/html,*/*;q=0.8", "text/html"),
        ("dataset/chu-lille-9.ttl", "*/*", "text/plain"),
        ("dataset/chu-lille-9.ttl", "text/html,*/*;q=0.8", "text/html"),
    ],
)
def test_programs_are_told_of_a_withdrawal_in_their_form(
    client: Any, path: str, accept: str | None, expected: str
) -> None:
    """People see the page of a withdrawn dataset, programs a sentence or problem JSON."""
    answer = client.get(path, accept)
    assert answer.status_code == 410
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        ("catalog", "text/html,*/*;q=0.8", "/data.html"),
        ("catalog", "text/turtle", "/feed/catalogue/pages/1.ttl"),
        ("catalog", "application/ld+json", "/feed/catalogue/pages/1.jsonld"),
        ("catalog", "application/rdf+xml", "/feed/catalogue/pages/1.rdf"),
        ("feed/catalogue", None, "/data.html"),
        ("feed/catalogue", "application/trig", "/feed/catalogue/events/latest.trig"),
        ("feed/eu", "application/ld+json", "/feed/eu/events/latest.jsonld"),
        ("publisher", "text/html", "/about.html"),
        ("publisher", "text/turtle", "/feed/catalogue/pages/1.ttl"),
        ("holder/chu-lille", "application/rdf+xml", "/feed/catalogue/pages/1.rdf"),
        ("feed/catalogue/pages", "text/turtle", "/feed/catalogue/pages/1.ttl"),
        ("feed/eu/pages", "application/ld+json", "/feed/eu/pages/1.jsonld"),
        ("feed/eu/pages", None, "/data.html"),
        ("record/chu-lille-0", "text/turtle", "/dataset/chu-lille-0"),
        ("record/chu-lille-9", "text/turtle", "/dataset/chu-lille-9"),
    ],
)
def test_iris_of_the_feeds_lead_to_what_they_name(
    client: Any, path: str, accept: str | None, expected: str
) -> None:
    """Those of the catalogue, its people, feeds and records lead on, in the form asked for."""
    answer = client.get(path, accept)
    assert (answer.status_code, answer.headers.get("location")) == (303, expected)


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("catalog", "image/png", 406),
        ("feed/catalogue", "text/turtle", 406),
        ("feed/absent", "text/html", 404),
        ("feed/absent/pages", "text/turtle", 404),
        ("holder/absent", "text/turtle", 404),
        (f"holder/{'a' * 300}", "text/turtle", 404),
        ("holder/chu-lille", "application/json", 200),
        ("holder/chu-lille.html", "text/turtle", 200),
        ("holder/chu-lille/checks.ics", "text/turtle", 200),
        ("record/absent", "text/html", 404),
        ("record/chu-lille-0/x", "text/html", 404),
    ],
)
def test_other_iris_lead_nowhere(client: Any, path: str, accept: str, status: int) -> None:
    """What no data name is not found, and a form that does not exist is a 406."""
    assert client.get(path, accept).status_code == status


@pytest.mark.parametrize("accept", [None, "*/*", "text/html,*/*;q=0.8"])
def test_a_holders_page_is_what_people_get(client: Any, accept: str | None) -> None:
    """The address of a holder, which also names it in the data, is its page but for programs."""
    answer = client.get("holder/chu-lille", accept)
    assert (answer.status_code, "CHU de Lille" in answer.text) == (200, True)
    assert "Accept" in answer.headers["vary"]


def test_unknown_form_is_not_acceptable(client: Any) -> None:
    """A form that does not exist is a 406 that lists those that do."""
    answer = client.get("dataset/chu-lille-0", "image/png")
    assert answer.status_code == 406
    assert "text/turtle, application/ld+json" in answer.text


def test_own_iris_are_addresses(client: Any) -> None:
    """An IRI under the base IRI answers though its page has another address."""
    answer = client.get("id/chu-lille-1", "text/turtle")
    assert (
        answer.status_code,
        answer.headers["content-location"],
    ) == (200, "/dataset/chu-lille-1.ttl")


@pytest.mark.parametrize(
    ("path", "text"), [("legal.html", "Mentions"), ("dataset/chu-lille-0.ttl", "a <x:chu-lille-0>")]
)
def test_no_iri_stands_in_for_a_file_of_the_site(client: Any, path: str, text: str) -> None:
    """A dataset named like a page or another dataset's file does not take its place."""
    for accept in ("text/html", "text/turtle", "text/css,*/*;q=0.1"):
        answer = client.get(path, accept)
        assert (answer.status_code, text in answer.text) == (200, True)


def test_any_iri_leads_to_its_page(client: Any) -> None:
    """`resource?iri=` finds the page of a dataset whose IRI is its holder's."""
    found = client.get("resource?iri=https://chu-nantes.example.fr/jeux/0")
    assert (found.status_code, found.headers["location"]) == (303, "/dataset/chu-nantes-0")
    assert client.get("resource?iri=urn:absent").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../release.json",
        "/%2e%2e/release.json",
        "/..%2frelease.json",
        "/dataset/../../release.json",
        "/dataset/%2e%2e/%2e%2e/release.json",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fred.toml",
        "/..%5crelease.json",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd%00.html",
        "/.git/config",
        "/./release.json",
        "/%c0%ae%c0%ae/release.json",
    ],
)
def test_nothing_outside_the_site(client: Any, path: str) -> None:
    """No spelling of a path leads out of the site's folder."""
    address = urlsplit(client.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in {400, 404}
    assert b"datasets" not in body
    assert b"root:" not in body


def test_links_do_not_lead_outside(client: Any) -> None:
    """A symbolic link in the site that leaves it is not followed."""
    site = client.place.root / "public" / "current" / "site"
    (site / "leak.txt").symlink_to(client.place.root / "red.toml")
    assert client.get("leak.txt").status_code == 404


def test_headers_of_every_answer(client: Any) -> None:
    """Pages, errors and queries carry the security headers."""
    for path in ("", "absent", "sparql?query=ASK%7B%7D", "sparql?query=x", "health"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; ")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["access-control-allow-origin"] == "*"
        assert "X-Release" in headers["access-control-expose-headers"]
        assert "server" not in headers


def test_pages_run_nothing_of_others_and_nobody_frames_them(client: Any) -> None:
    """The policy has each of its rules as it must be, and old browsers are told of frames too."""
    headers = client.get("").headers
    policy = headers["content-security-policy"].split(";")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy)
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "form-action": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-frame-options"] == "DENY"


def test_unchanged_page_is_not_sent_again(client: Any) -> None:
    """A page that the client has is a 304 without a body."""
    first = client.get("dataset/chu-lille-0")
    again = client.get("dataset/chu-lille-0", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_unchanged_file_is_not_sent_again_by_its_date(client: Any) -> None:
    """A file whose date the client has is a 304, unless a tag says otherwise or dates differ."""
    first = client.get("dataset/chu-lille-0.ttl").headers
    same = {"If-Modified-Since": first["last-modified"]}
    later = {"If-Modified-Since": "Mon, 01 Jan 2029 00:00:00 GMT"}
    for given, status in ((same, 304), (later, 200), (same | {"If-None-Match": '"x"'}, 200)):
        assert client.get("dataset/chu-lille-0.ttl", **given).status_code == status


def test_parts_in_units_that_are_unknown_are_the_whole(client: Any) -> None:
    """Parts are given in bytes, by GET; whoever asks in pages, or for nothing, gets the file."""
    path = "dataset/chu-lille-0.ttl"
    whole = client.get(path).content
    assert client.get(path, Range="bytes=0-9").content == whole[:10]
    for asked in ("pages=1-2", "bytes", "bytes=", "bytes=9-2"):
        answer = client.get(path, Range=asked)
        assert (answer.status_code, answer.content) == (200, whole)
    assert client.get(path, Range="bytes=9999-").status_code == 416
    for asked in ("bytes=0-9", "bytes=9999-"):
        head = client.session.head(client.url + path, headers={"Range": asked}, timeout=5)
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(whole)))


@pytest.mark.parametrize("path", ["dataset/chu-lille-0", "dataset/chu-lille-9", "absent"])
def test_no_date_where_it_could_be_that_of_another_form(client: Any, path: str) -> None:
    """An address with several forms, or a refusal, has no date; parts of it are never joined."""
    answer = client.get(path, **{"Range": "bytes=0-9", "If-Range": '"x"'})
    assert answer.status_code in {200, 404, 410}
    assert "last-modified" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
    ],
)
def test_compression_is_negotiated(client: Any, accepted: str, expected: str | None) -> None:
    """A page or table comes compressed as its client prefers, and holds the same."""
    query = "sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7DLIMIT%20200"
    for path in ("dataset/chu-lille-0", query):
        plain = client.get(path, **{"Accept-Encoding": "identity"})
        answer = client.session.get(
            client.url + path, headers={"Accept-Encoding": accepted}, stream=True, timeout=10
        )
        content = answer.raw.read(decode_content=False)
        assert answer.headers.get("content-encoding") == expected
        assert "Accept-Encoding" in answer.headers["vary"]
        read = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[expected]
        assert read(content) == plain.content


@pytest.mark.parametrize(
    ("path", "accept", "vary"),
    [
        ("dataset/chu-lille-0", "text/turtle", "Accept, Accept-Encoding"),
        ("dataset/chu-lille-0.ttl", "*/*", "Accept-Encoding"),
        ("sparql?query=ASK%7B%7D", "application/sparql-results+json", "Accept, Accept-Encoding"),
    ],
)
def test_caches_are_told_that_encodings_differ_by_every_answer(
    client: Any, path: str, accept: str, vary: str
) -> None:
    """What a cache has in Brotli is for nobody else once it was told that it is still right."""
    asked = {"Accept": accept, "Accept-Encoding": "br"}
    first = client.get(path, **asked)
    again = client.get(path, **asked, **{"If-None-Match": first.headers["etag"]})
    head = client.session.head(client.url + path, headers=asked, timeout=10)
    assert [one.status_code for one in (first, again, head)] == [200, 304, 200]
    assert [one.headers["vary"] for one in (first, again, head)] == [vary] * 3


def test_pages_are_compressed_and_archives_are_not(client: Any) -> None:
    """Text is compressed for those who can read it; a gzip file is sent as it is."""
    assert client.get("dataset/chu-lille-0").headers["content-encoding"] in {"gzip", "br"}
    assert "content-encoding" not in client.get("data/catalogue.nq.gz").headers


def test_head_and_other_methods(client: Any) -> None:
    """HEAD gives the headers of GET; writing is a 405; OPTIONS tells what an address takes."""
    head = client.session.head(client.url + "dataset/chu-lille-0", timeout=5)
    assert (head.status_code, head.content) == (200, b"")
    post = client.session.post(client.url, b"x", timeout=5)
    assert (post.status_code, set(post.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    options = client.session.options(client.url + "dataset/chu-lille-0.ttl", timeout=5)
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    both = "GET, HEAD, OPTIONS, POST"
    for path, taken in (("oai", both), ("attest/x", both), ("ingest/datasets", "OPTIONS, POST")):
        answer = client.session.options(client.url + path, timeout=5)
        assert (answer.status_code, answer.headers["allow"]) == (204, taken)
        assert answer.headers["access-control-allow-methods"] == taken


def test_what_is_no_address_is_one_for_no_method(client: Any) -> None:
    """What asks first what an address takes is told the same as what asks it for something."""
    for path in ("ingest/jeux", "api-keys/autre"):
        asked = [
            client.session.request(m, client.url + path, timeout=5) for m in ("OPTIONS", "PUT")
        ]
        assert [one.status_code for one in asked] == [404, 404]
        assert asked[0].json() == asked[1].json()


def test_base_path_is_honoured(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """A catalogue whose base IRI has a path lives under that path, and only there."""
    place = make_place(base="https://www.example.fr/red/")
    place.publish()
    client = run_server(place)
    assert client.get("").status_code == 200
    assert client.get("dataset/chu-lille-0").headers["content-location"] == (
        "/red/dataset/chu-lille-0.html"
    )
    assert client.ask("ASK {}").status_code == 200
    outside = client.url.removesuffix("red/")
    assert client.session.get(outside, timeout=5).status_code == 404


def test_before_the_first_release(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """Without a release every answer says so, until one is published."""
    place = make_place()
    client = run_server(place)
    statuses = [
        client.get(p).status_code for p in ("", "sparql?query=ASK%7B%7D", "ready", "health")
    ]
    assert statuses == [503, 503, 503, 200]
    place.publish()
    deadline = time.monotonic() + 10
    while client.get("ready").status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert client.get("").status_code == 200
    assert client.ask("ASK {}").status_code == 200


def test_release_switch_drops_nothing(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """While releases change, each request is answered, and wholly from one release."""
    place = make_place(per_client=50)
    place.publish("avril ")
    client = run_server(place)
    done = threading.Event()
    failures: list[str] = []
    seen: set[frozenset[str]] = set()
    query = 'SELECT ?t { ?d <http://purl.org/dc/terms/title> ?t FILTER(CONTAINS(?t, "S")) }'

    def work() -> None:
        import requests  # noqa: PLC0415

        with requests.Session() as session:
            while not done.is_set():
                page = session.get(client.url, timeout=10)
                table = session.get(client.url + "sparql", params={"query": query}, timeout=10)
                if (page.status_code, table.status_code) != (200, 200):
                    failures.append(f"{page.status_code} {table.status_code} {table.text}")
                words = re.findall(r"hospitaliers (\w+) ", table.content.decode())
                seen.add(frozenset(words))
                if len(words) != 30:
                    failures.append(f"{len(words)} rows")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for word in ("mai ", "juin ", "juillet "):
        time.sleep(0.7)
        place.publish(word)
    time.sleep(2)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {len(words) for words in seen} == {1}
    assert frozenset({"juillet"}) in seen
    assert len(client.pool()) == 3


def test_a_list_may_come_in_several_lines(client: Any) -> None:
    """Accept and If-None-Match in two header lines count like one with a comma (RFC 9110, 5.3)."""
    tag = client.get("dataset/chu-lille-0.ttl").headers["etag"]
    parts = urlsplit(client.url)
    for path, name, lines, status in (
        ("dataset/chu-lille-0", "Accept", ("application/x-autre", "text/turtle"), 200),
        ("dataset/chu-lille-0.ttl", "If-None-Match", ('"autre"', tag), 304),
    ):
        connection = http.client.HTTPConnection(str(parts.netloc), timeout=10)
        connection.putrequest("GET", parts.path + path)
        for line in lines:
            connection.putheader(name, line)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == status
        connection.close()


def test_a_path_of_thousands_of_folders_is_none(client: Any) -> None:
    """No folder is looked for under an address that no page has."""
    assert client.get("a/" * 20_000).status_code == 404
