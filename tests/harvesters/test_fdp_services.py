"""FAIR Data Points whose distributions name data services, each with its own page."""

from dataclasses import replace

import pytest

from red_catalog.harvesters import fdp
from red_catalog.model import Document
from tests.harvesters.protocols import told_by_path
from tests.harvesters.test_fdp import Doors, Serve, at, point, readings, turtle
from tests.http.loopback import Route, Site, answer


def with_services(serve: Serve, *urls: str) -> Site:
    """A point whose distribution names data services."""
    site = point(serve)
    named = " , ".join(f"<{one if ':' in one else site.url(one)}>" for one in urls)
    site.routes["/distribution/1"] = turtle(
        f"<{site.url('/distribution/1')}> a dcat:Distribution ; dcat:accessService {named} ."
    )
    return site


def test_a_data_service_is_read_from_its_own_page(serve: Serve, door: Doors) -> None:
    """Once for all the distributions that name it; not where it should be on a page that was."""
    site = with_services(serve, "/dataservice/1", "/distribution/1#api")
    api = f"<{site.url('/dataservice/1')}> a dcat:DataService ; dct:title 'API'@fr ."
    site.routes["/dataservice/1"] = turtle(api)
    found = readings(fdp.harvest(at(site), door()), at(site))
    lines = [record.canonical for one in found for record in one.records]
    assert [b'title> "API"@fr' in one for one in lines] == [True, True]
    assert site.paths().count("/dataservice/1") == site.paths().count("/distribution/1") == 1


@pytest.mark.parametrize(
    ("url", "route", "code"),
    [
        ("https://ailleurs.example/api", None, "fdp-service-elsewhere"),
        ("/api", answer(b'{"donnees": []}', Content_Type="application/json"), "fdp-service-unread"),
        ("/api", answer(b"", 404), "fdp-service-unread"),
    ],
)
def test_a_service_without_a_page_of_rdf_is_told(
    serve: Serve, door: Doors, url: str, route: Route | None, code: str
) -> None:
    """The dataset is given all the same: its address may be that of an API."""
    site = with_services(serve, url)
    site.routes |= {url: route} if route else {}
    items = list(fdp.harvest(at(site), door()))
    assert told_by_path(site, items) == [("/dataset/1", ""), ("/dataset/2", "")]
    for item in items:
        assert isinstance(item, Document)
        (defect,) = item.defects
        assert defect.code == code
        assert url in defect.message["fr"]
    assert site.paths().count("/api") == bool(route)


def test_a_dataset_waits_for_a_service_that_fails(serve: Serve, door: Doors) -> None:
    """A fault that passes changes no description."""
    site = with_services(serve, "/dataservice/1")
    site.routes["/dataservice/1"] = answer(b"", 503)
    assert told_by_path(site, fdp.harvest(at(site), door())) == [("/dataservice/1", "busy")]


@pytest.mark.parametrize(("api", "code"), [("http://127.0.0.1:9/api", "unreachable"), ("", "busy")])
def test_a_service_that_is_down_keeps_back_its_own_dataset_alone(
    serve: Serve, door: Doors, api: str, code: str
) -> None:
    """On another server or the point: it is told once, and the other datasets are given."""
    site = with_services(serve, *([api, api + "/2"] if api else ["/api"]))
    site.routes["/api"] = answer(b"", 429)
    site.routes["/dataset/2"] = turtle(f"<{site.url('/dataset/2')}> a dcat:Dataset .")
    source = replace(at(site), allow_hosts=("127.0.0.1:9", site.host))
    found = told_by_path(site, fdp.harvest(source, door()))
    assert found == [(api or "/api", code), ("/dataset/2", "")]


def test_another_server_that_is_down_is_told_once(serve: Serve, door: Doors) -> None:
    """Its pages are not waited for one by one; those of the point are read."""
    site = with_services(serve, "/distribution/1#api")
    away = "http://127.0.0.1:9"
    linked = [f"{away}/1", f"{away}/2"]
    site.routes["/catalog/1"] = turtle("".join(f"<x:c> dcat:dataset <{one}> ." for one in linked))
    linked = [site.url("/dataset/1"), site.url("/dataset/2")]
    site.routes["/catalog/2"] = turtle("".join(f"<x:c> dcat:dataset <{one}> ." for one in linked))
    source = replace(at(site), allow_hosts=("127.0.0.1:9", site.host))
    found = told_by_path(site, fdp.harvest(source, door()))
    assert [code for _, code in found if code] == ["unreachable"]
    assert [path for path, code in found if not code] == ["/dataset/1", "/dataset/2"]
