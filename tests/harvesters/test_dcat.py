"""One document, or the pages of a Hydra collection."""

from collections.abc import Callable

import pytest

from red_catalog.harvesters import HARVESTERS, dcat
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Unreadable
from tests.http.loopback import Route, Site, answer
from tests.shared import attack

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
OLD, NEW = "PagedCollection ; hydra:nextPage", "PartialCollectionView ; hydra:next"


def page(number: int, onward: str | None = None, dialect: str = NEW) -> bytes:
    """One page of a catalogue, with its dataset and the link to the next page."""
    link = f"<> a hydra:{dialect} {onward} ." if onward else ""
    dataset = f"<https://chu-lille.example/jeu/{number}>"
    return f"""
        @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        {link}
        <https://chu-lille.example/catalogue> a dcat:Catalog ; dcat:dataset {dataset} .
        {dataset} a dcat:Dataset ; dct:title "Réanimation {number}"@fr .
    """.encode()


def told(site: Site, http: Http, path: str = "/1") -> list[tuple[str, str]]:
    """The path of each item, with the code of its problem where it has one."""
    every = HARVESTERS["dcat"](site.source(path), http)
    found = [item for item in every if isinstance(item, Document | Unreadable)]
    codes = [item.problem.code if isinstance(item, Unreadable) else "" for item in found]
    places = [item.location.removeprefix(site.url("")) for item in found]
    return list(zip(places, codes, strict=True))


def test_single_document_is_one_request(serve: Serve, door: Doors) -> None:
    """Without Hydra there is nothing to look for."""
    site = serve({"/1": answer(b'<urn:a> <urn:b> "c" .')})
    assert told(site, door()) == [("/1", "")]
    assert site.paths() == ["/1"]


@pytest.mark.parametrize("form", ["<{}>", '"{}"'])
@pytest.mark.parametrize("dialect", [OLD, NEW])
def test_pages_follow_each_other(serve: Serve, door: Doors, dialect: str, form: str) -> None:
    """Both dialects of Hydra, the next page as an IRI or as text."""
    site = serve({})
    for number in (1, 2):
        link = form.format(site.url(f"/{number + 1}"))
        site.routes[f"/{number}"] = answer(page(number, link, dialect))
    site.routes["/3"] = answer(page(3))
    assert told(site, door()) == [("/1", ""), ("/2", ""), ("/3", "")]
    assert site.paths() == ["/1", "/2", "/3"]


def test_links_of_known_pages_are_not_looked_for_again(serve: Serve, door: Doors) -> None:
    """The bookmark gives the link of each page whose bytes are as before."""
    site = serve({})
    site.routes["/1"] = answer(page(1, f"<{site.url('/2')}>"))
    site.routes["/2"] = answer(page(2))
    bookmark = list(HARVESTERS["dcat"](site.source("/1"), door()))[-1]
    assert isinstance(bookmark, Bookmark)
    # Another link under the same digest shows where the link was taken from.
    elsewhere = bookmark.value.replace(site.url("/2"), site.url("/3"))
    site.routes["/3"] = answer(page(3))
    again = HARVESTERS["dcat"](site.source("/1", bookmark=elsewhere), door())
    pages = [item.location for item in again if isinstance(item, Document)]
    assert pages == [site.url("/1"), site.url("/3")]


def paged(number: int, onward: int | None, *more: str) -> bytes:
    """One of three pages of two datasets each, with what it says of the whole."""
    said = [f'hydra:nextPage "/{onward}"'] if onward else []
    lines = "".join(
        f'<https://chu-lille.example/jeu/{number}{one}> a dcat:Dataset ; dct:title "{one}"@fr .'
        for one in "ab"
    )
    return f"""
        @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        <> a hydra:PagedCollection ; {" ; ".join([*said, *more])} .
        {lines}
    """.encode()


@pytest.mark.parametrize(
    ("whole", "code"),
    [
        ("hydra:totalItems 6", "count-differs"),
        ('hydra:totalItems "6" ; hydra:lastPage </3>', "count-differs"),
        ('hydra:lastPage "/3"', "pages-missing"),
        ("hydra:last </3>", "pages-missing"),
    ],
)
def test_a_page_that_loses_its_next_one_is_no_end(
    serve: Serve, door: Doors, whole: str, code: str
) -> None:
    """Fewer items than announced, or another last page: incomplete, first and later."""
    site = serve({})
    pages = {1: 2, 2: 3, 3: None}
    site.routes |= {f"/{n}": answer(paged(n, after, whole)) for n, after in pages.items()}
    every = list(HARVESTERS["dcat"](site.source("/1"), door()))
    assert [type(item) for item in every] == [Document] * 3 + [Bookmark]
    assert isinstance(every[-1], Bookmark)
    site.routes["/2"] = answer(paged(2, None, whole))
    for bookmark in (None, every[-1].value):
        items = list(HARVESTERS["dcat"](site.source("/1", bookmark=bookmark), door()))
        last = items[-1]
        assert isinstance(last, Unreadable)
        assert (len(items), last.problem.code) == (3, code)


def test_a_dataset_that_changes_page_meanwhile_pushes_no_other_out(
    serve: Serve, door: Doors
) -> None:
    """What comes on two pages counts once: as many as announced, yet one of them never came."""
    whole = "hydra:totalItems 6"
    site = serve({})
    site.routes |= {f"/{n}": answer(paged(n, n + 1, whole)) for n in (1, 2)}
    moved = paged(3, None, whole).replace(b"jeu/3a", b"jeu/2b")
    site.routes["/3"] = answer(moved)
    first = list(HARVESTERS["dcat"](site.source("/1"), door()))[-1]
    site.routes["/3"] = answer(paged(3, None, whole))
    bookmark = list(HARVESTERS["dcat"](site.source("/1"), door()))[-1]
    assert isinstance(bookmark, Bookmark)
    site.routes["/3"] = answer(moved)
    later = list(HARVESTERS["dcat"](site.source("/1", bookmark=bookmark.value), door()))[-1]
    for last in (first, later):
        assert isinstance(last, Unreadable)
        assert last.problem.code == "count-differs"
        assert "received: 5" in last.problem.message["en"]


def test_members_without_an_address_are_told_apart_by_their_page(serve: Serve, door: Doors) -> None:
    """The labels of blank nodes begin again on each page."""
    whole = "hydra:totalItems 9 ; hydra:member _:a, _:b, _:c"
    site = serve({})
    site.routes |= {f"/{n}": answer(paged(n, n + 1 if n < 3 else None, whole)) for n in (1, 2, 3)}
    assert told(site, door()) == [("/1", ""), ("/2", ""), ("/3", "")]


@pytest.mark.parametrize(
    "whole",
    [
        "hydra:totalItems 2 ; hydra:lastPage <?page=1>",
        "hydra:totalItems 1",
        "hydra:lastPage <>",
        "hydra:first <?page=1> ; hydra:last <?page=1>",
        "hydra:lastPage <http://ailleurs.example/9>",
        "dct:relation [ hydra:totalItems 1500 ]",
        "hydra:itemsPerPage 2 ; hydra:totalItems 3 ; hydra:member <urn:a>, <urn:b>, <urn:c>",
    ],
)
def test_a_whole_collection_is_not_doubted(serve: Serve, door: Doors, whole: str) -> None:
    """Other addresses of the last page, members that are no datasets, totals of other things."""
    site = serve({"/1": answer(paged(1, None, whole))})
    assert told(site, door()) == [("/1", "")]


def test_failing_page_ends_the_harvest(serve: Serve, door: Doors) -> None:
    """What follows a page that fails is unknown."""
    site = serve({"/2": answer(b"", 500), "/3": answer(page(3))})
    site.routes["/1"] = answer(page(1, f"<{site.url('/2')}>"))
    assert told(site, door()) == [("/1", ""), ("/2", "status")]
    assert site.paths() == ["/1", "/2"]


def test_loop_over_several_pages_is_told(serve: Serve, door: Doors) -> None:
    """The second page leads back to the first, which is not asked for again."""
    site = serve({})
    site.routes["/1"] = answer(page(1, f"<{site.url('/2')}>"))
    site.routes["/2"] = answer(page(2, f"<{site.url('/1#hydra')}>"))
    assert told(site, door()) == [("/1", ""), ("/2", "paging-loop")]
    assert site.paths() == ["/1", "/2"]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "http://ailleurs.example/2", "http://127.0.0.1:1/2", "ftp://x/"]
)
def test_next_page_elsewhere_is_refused(serve: Serve, door: Doors, link: str) -> None:
    """Another scheme, host or port is not this collection's."""
    site = serve({"/1": answer(page(1, f'"{link}"'))})
    assert told(site, door()) == [("/1", "next-page-refused")]
    assert site.paths() == ["/1"]


def test_endless_collection_is_stopped(
    serve: Serve, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that always finds one more page is left in the end."""
    monkeypatch.setattr(dcat, "MAX_PAGES", 2)
    site = serve({})
    for number in (1, 2, 3):
        site.routes[f"/{number}"] = answer(page(number, f"<{site.url(f'/{number + 1}')}>"))
    assert told(site, door()) == [("/1", ""), ("/2", ""), ("/3", "too-many-pages")]
    assert site.paths() == ["/1", "/2"]


def test_insecure_link_of_a_secure_page_is_asked_securely() -> None:
    """Portals behind a proxy write http in their own links; they are not followed in clear."""
    here = Document("x", b"", base="https://chu-lille.example/catalog?page=1")
    onward = dcat.check_link("http://chu-lille.example/catalog?page=2", here)
    assert onward == "https://chu-lille.example/catalog?page=2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("70-hydra-self.ttl", "paging-loop"), ("71-hydra-next-file.ttl", "next-page-refused")],
)
def test_hostile_feed_is_refused(serve: Serve, door: Doors, name: str, expected: str) -> None:
    """A page that follows itself, or leads to a file: refused, one request each."""
    site = serve({})
    content = attack(f"feeds/{name}").read_bytes()
    here = content.replace(b"127.0.0.1:18999", site.host.encode())
    path = f"/feeds/{name}"
    site.routes[path] = answer(here)
    assert told(site, door(), path) == [(path, expected)]
    assert site.paths() == [path]
