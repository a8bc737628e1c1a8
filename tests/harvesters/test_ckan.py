"""CKAN portals, as hospitals run them, and as they fail."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import ckan
from red_catalog.http import Http
from red_catalog.model import Auth, Bookmark, Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests.http.loopback import Handler, Route, Site, answer
from tests.shared import attack

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
LIMITS = Limits()
SEARCH = "/api/action/package_search"
SMUR = {
    "id": "6a6d2c1e-0b5f-4b0e-9a55-7f0c2a9f1d10",
    "name": "interventions-smur",
    "title": "Interventions du SMUR de Nantes",
    "state": "active",
    "type": "dataset",
    "resources": [],
}


def open_portal(serve: Serve, packages: list[object], **facts: object) -> Site:
    """A portal without DCAT; `count` and `cap` make it lie or shorten its pages."""
    site = serve({})

    def search(handler: Handler) -> None:
        asked = parse_qs(urlsplit(handler.path).query)
        start, rows = int(asked["start"][0]), int(asked["rows"][0])
        start = int(str(facts.get("frozen", start)))
        page = packages[start : start + min(rows, int(str(facts.get("cap", 1000))))]
        found = {"count": facts.get("count", len(packages)), "results": page}
        body = json.dumps({"success": True, "result": found}).encode()
        answer(body, Content_Type="application/json")(handler)

    site.routes = Queries({SEARCH: search})
    return site


class Queries(dict[str, Route]):
    """Routes that pay no heed to the query."""

    def get(self, path: str, default: Route | None = None) -> Route:  # type: ignore[override]
        """The route of the path alone."""
        found = dict.get(self, urlsplit(path).path, default)
        assert found is not None
        return found


def at(site: Site, **options: str) -> Source:
    """The portal as a source."""
    return Source(
        "chu-nantes", "chu-nantes", "ckan", site.url("/"), allow_hosts=(site.host,), options=options
    )


def told(items: Iterable[Document | Unreadable | Bookmark]) -> list[str]:
    """The last piece of each location, or the code of what went wrong."""
    return [
        item.problem.code if isinstance(item, Unreadable) else item.location.rpartition("/")[2]
        for item in items
        if not isinstance(item, Bookmark)
    ]


def package(number: int) -> dict[str, object]:
    """A plain dataset."""
    return {**SMUR, "id": f"jeu-{number:04}", "name": f"smur-{number}"}


@pytest.mark.parametrize("cap", [1000, 2])
def test_pages_follow_each_other(serve: Serve, door: Doors, cap: int) -> None:
    """Also where the portal gives shorter pages than asked for."""
    site = open_portal(serve, [package(n) for n in range(5)], cap=cap)
    found = told(ckan.harvest(at(site, dcat="no", rows="3"), door()))
    assert found == [f"smur-{n}" for n in range(5)]


def test_a_page_denied_to_a_key_is_no_page(
    serve: Serve, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A portal with a key that keeps its DCAT page to itself is read through its interface."""
    monkeypatch.setenv("RED_TEST_SECRET", "s3cret")
    site = open_portal(serve, [package(1)])
    site.routes["/catalog.ttl"] = answer(b"", 403)
    source = replace(at(site), auth=Auth("header", "env:RED_TEST_SECRET", "X-API-Key"))
    assert told(ckan.harvest(source, door())) == ["smur-1"]


def test_only_gets_leave_with_json_asked_for(serve: Serve, door: Doors) -> None:
    """The client library goes through the door, with a stable order of pages."""
    site = open_portal(serve, [package(1)])
    list(ckan.harvest(at(site, dcat="no", fq="organization:chu-nantes"), door()))
    path, headers = site.asked[-1]
    assert parse_qs(urlsplit(path).query) == {
        "rows": ["100"], "start": ["0"], "sort": ["id asc"], "fq": ["organization:chu-nantes"]
    }  # fmt: skip
    assert headers["Accept"] == "application/json"
    assert headers["User-Agent"].startswith("red-catalog/")


def test_announced_total_that_does_not_come_is_told(serve: Serve, door: Doors) -> None:
    """Fewer datasets than announced: what is missing is unknown."""
    site = open_portal(serve, [package(n) for n in range(3)], count=4)
    found = told(ckan.harvest(at(site, dcat="no"), door()))
    assert found == ["smur-0", "smur-1", "smur-2", "count-differs"]


def test_repeated_page_is_a_loop(serve: Serve, door: Doors) -> None:
    """A portal that pays no heed to `start` is asked twice, not for ever."""
    site = open_portal(serve, [package(n) for n in range(9)], frozen=0)
    found = told(ckan.harvest(at(site, dcat="no", rows="3"), door()))
    assert found == ["smur-0", "smur-1", "smur-2", "page-repeated"]
    assert len(site.paths()) == 2


def test_failing_page_ends_the_harvest(serve: Serve, door: Doors) -> None:
    """What follows a page that fails is unknown."""
    site = open_portal(serve, [package(n) for n in range(9)])
    healthy = site.routes[SEARCH]

    def failing(handler: Handler) -> None:
        (answer(b"", 500) if "start=3" in handler.path else healthy)(handler)

    site.routes[SEARCH] = failing
    found = told(ckan.harvest(at(site, dcat="no", rows="3"), door()))
    assert found == ["smur-0", "smur-1", "smur-2", "status"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[1, 2]", "ckan-refused"),
        (b'{"success": true, "result": []}', "ckan-refused"),
        (b'{"success": true, "result": {"count": true, "results": {}}}', "ckan-refused"),
        (b'{"success": true, "result": ', "json-invalid"),
        (b"[" * 100_000, "json-invalid"),
        (b'{"success": true, "result": {"count": 1' + b"0" * 9000 + b"}}", "json-invalid"),
        (b"<html><body>maintenance</body></html>", "html-received"),
        (b"", "empty"),
    ],
)
def test_strange_answer_is_one_sentence(serve: Serve, door: Doors, body: bytes, code: str) -> None:
    """Whatever comes instead of a result."""
    site = serve(Queries({SEARCH: answer(body, Content_Type="application/json")}))
    assert told(ckan.harvest(at(site, dcat="no"), door())) == [code]


def test_error_with_status_200_is_refused(serve: Serve, door: Doors) -> None:
    """CKAN says `success: false`, with its own words in the report."""
    body = attack("feeds/72-ckan-success-false.json").read_bytes()
    site = serve(Queries({SEARCH: answer(body, Content_Type="application/json")}))
    (found,) = ckan.harvest(at(site), door())
    assert isinstance(found, Unreadable)
    assert found.problem.code == "ckan-refused"
    assert "Access denied" in found.problem.message["fr"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b'{"success": false, "error": {"message": "undefined field organisation"}}',
      ("ckan-refused", "undefined field organisation")),
     (b'{"message": "undefined"}', ("status", "409")), (b"{", ("status", "409"))],
)  # fmt: skip
def test_an_error_is_told_whatever_its_status(
    serve: Serve, door: Doors, body: bytes, expected: tuple[str, str]
) -> None:
    """CKAN sends 409 with a wrong option fq; what its API did not write leaves the status."""
    site = serve(Queries({SEARCH: answer(body, 409, Content_Type="application/json")}))
    (found,) = ckan.harvest(at(site, dcat="no"), door())
    assert isinstance(found, Unreadable)
    code, word = expected
    assert found.problem.code == code
    assert word in found.problem.message["fr"]


def test_wild_types_hold_back_one_dataset_only(serve: Serve, door: Doors) -> None:
    """The first has no identifier; the second is cleaned, the third plain."""
    body = attack("feeds/73-ckan-wild-types.json").read_bytes()
    site = serve(Queries({SEARCH: answer(body, Content_Type="application/json")}))
    source = at(site)
    items = list(ckan.harvest(source, door()))
    assert told(items) == ["ckan-unnamed", "ok-2", "ok-3"]
    records = [r for i in items if isinstance(i, Document) for r in readings(i, source).records]
    assert [record.iri for record in records] == [
        site.url("/dataset/..%2F..%2Fetc%2Fpasswd"), site.url("/dataset/3")
    ]  # fmt: skip
    assert isinstance(items[1], Document)
    codes = [(d.code, d.message["en"].split(":")[0]) for d in items[1].defects]
    assert codes == [
        ("value-unmapped", "Field “resources.0.size”"),
        ("value-unmapped", "Field “resources.0.url”"),
        ("field-unmapped", "Fields that are not taken over"),
    ]
    assert b"javascript" not in items[1].content


def readings(document: Document, source: Source) -> Reading:
    """What the reader makes of it."""
    reading = read(document, source, LIMITS)
    assert isinstance(reading, Reading), reading
    assert reading.quarantined == ()
    return reading


def test_drafts_and_harvest_sources_are_left_aside_and_told(serve: Serve, door: Doors) -> None:
    """They count in the total of the portal and are no datasets."""
    others = [
        {**package(1), "type": "harvest"}, {**package(2), "state": "draft"},
        {**package(3), "private": True}, package(4),
    ]  # fmt: skip
    site = open_portal(serve, others)  # type: ignore[arg-type]
    source = at(site, dcat="no")
    items = list(ckan.harvest(source, door()))
    assert [told([items[0]]), len(items)] == [["smur-4"], 2]
    (defect,) = readings(items[1], source).repaired  # type: ignore[arg-type]
    assert (defect.code, ": 3," in defect.message["fr"]) == ("skipped", True)


def test_dcat_of_the_portal_is_taken_where_it_answers(serve: Serve, door: Doors) -> None:
    """Its own RDF, with Hydra paging, and no search."""
    turtle = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
        <https://chu-nantes.example/jeu/%d> a dcat:Dataset . """
    site = serve({})
    onward = f"<urn:v> hydra:next <{site.url('/catalog.ttl?page=2')}> .".encode()
    site.routes["/catalog.ttl"] = answer(turtle % 1 + onward)
    site.routes["/catalog.ttl?page=2"] = answer(turtle % 2)
    found = list(ckan.harvest(at(site), door()))
    assert told(found) == ["catalog.ttl", "catalog.ttl?page=2"]
    assert site.paths() == ["/catalog.ttl", "/catalog.ttl?page=2"]


@pytest.mark.parametrize("route", [answer(b"no", 404), answer(b"<html>", Content_Type="text/html")])
def test_search_stands_in_for_absent_dcat(serve: Serve, door: Doors, route: Route) -> None:
    """A portal without ckanext-dcat answers 404, or its own page."""
    site = open_portal(serve, [package(1)])
    site.routes["/catalog.ttl"] = route
    assert told(ckan.harvest(at(site), door())) == ["smur-1"]


def test_broken_dcat_is_not_replaced_by_the_search(serve: Serve, door: Doors) -> None:
    """A passing failure must not change every description."""
    site = open_portal(serve, [package(1)])
    site.routes["/catalog.ttl"] = answer(b"no", 500)
    assert told(ckan.harvest(at(site), door())) == ["status"]


def test_each_dataset_as_turtle(serve: Serve, door: Doors) -> None:
    """The search gives names, the portal the RDF of each."""
    site = open_portal(serve, [package(1), package(2)])
    for number in (1, 2):
        site.routes[f"/dataset/smur-{number}.ttl"] = answer(b"<urn:a> <urn:b> <urn:c> .")
    found = list(ckan.harvest(at(site, dcat="each"), door()))
    assert told(found) == ["smur-1.ttl", "smur-2.ttl"]


@pytest.mark.parametrize(
    "options", [{"dcta": "no"}, {"dcat": "perhaps"}, {"rows": "0"}, {"rows": "many"}]
)
def test_wrong_option_is_operator_trouble(options: dict[str, str], door: Doors) -> None:
    """One sentence, with what may be written."""
    source = Source("s", "h", "ckan", "https://chu-nantes.example/", options=options)
    with pytest.raises(RedError, match=r"Source s: .*(did you mean|must be)"):
        next(ckan.harvest(source, door()))
