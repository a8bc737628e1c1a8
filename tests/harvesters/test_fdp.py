"""FAIR Data Points, as their reference server writes them."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from red_catalog.errors import RedError
from red_catalog.harvesters import fdp
from red_catalog.harvesters.fdp_page import make_page
from red_catalog.http import Http
from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests.harvesters.protocols import told_by_path
from tests.http.loopback import Route, Site, answer
from tests.shared import real

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
PREFIXES = """
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix fdp-o: <https://w3id.org/fdp/fdp-o#> .
    @prefix ldp: <http://www.w3.org/ns/ldp#> .
"""


def turtle(text: str) -> Route:
    """A page of Turtle."""
    return answer((PREFIXES + text).encode())


def container(site: Site, kind: str, parent: str, relation: str, *members: str) -> str:
    """The LDP container that a page holds for its children."""
    listed = " , ".join(f"<{site.url(member)}>" for member in members)
    return f"""<{site.url(f"/{kind}/")}> a ldp:DirectContainer ;
        ldp:membershipResource <{site.url(parent)}> ;
        ldp:hasMemberRelation {relation} ; ldp:contains {listed} ."""


def point(serve: Serve) -> Site:
    """A point with two catalogues that share a dataset, whose distribution has its own page."""
    site = serve({})
    site.routes |= {
        "/": turtle(
            f"<{site.url('/')}> a fdp-o:FAIRDataPoint ; dct:title 'FDP du CHU de Lille'@fr ."
            + container(site, "catalog", "/", "fdp-o:metadataCatalog", "/catalog/1", "/catalog/2")
        ),
        "/catalog/1": turtle(
            f"<{site.url('/catalog/1')}> a dcat:Catalog ; dcat:dataset <{site.url('/dataset/1')}> ."
            + container(site, "dataset", "/catalog/1", "dcat:dataset", "/dataset/1", "/dataset/2")
        ),
        "/catalog/2": turtle(
            f"<{site.url('/catalog/2')}> a dcat:Catalog ; dcat:dataset <{site.url('/dataset/2')}> ."
        ),
        "/dataset/1": turtle(
            f"""<{site.url("/dataset/1")}> a dcat:Dataset ; dct:title "Réanimation"@fr ;
                dct:isPartOf <{site.url("/catalog/1")}> ; dct:publisher [ dct:title "CHU" ] .
            <{site.url("/catalog/1")}> a dcat:Catalog ; dct:title "Catalogue"@fr .
            <{site.url("/dataset/2")}> a dcat:Dataset ; dct:title "un raccourci" ."""
            + container(site, "distribution", "/dataset/1", "dcat:distribution", "/distribution/1")
        ),
        "/dataset/2": turtle(
            f"""<{site.url("/dataset/2")}> a dcat:Dataset ; dct:title "Urgences"@fr ;
                dct:publisher [ dct:title "SAMU" ] ;
                dcat:distribution <{site.url("/distribution/1")}> ."""
        ),
        "/distribution/1": turtle(
            f"""<{site.url("/distribution/1")}> a dcat:Distribution ; dct:title "Extraction"@fr ;
                dct:isPartOf <{site.url("/dataset/1")}> ; dct:rights [ dct:title "sur demande" ] .
            <{site.url("/dataset/1")}> a dcat:Dataset ; dct:title "ne compte pas" ."""
        ),
    }
    return site


def at(site: Site) -> Source:
    """The point as a source."""
    return Source("chu-lille", "chu-lille", "fdp", site.url("/"), allow_hosts=(site.host,))


def readings(items: Iterable[Document | Unreadable], source: Source) -> list[Reading]:
    """What the reader makes of the documents."""
    found = [read(i, source, Limits()) for i in items if isinstance(i, Document)]
    assert all(isinstance(reading, Reading) for reading in found)
    return found  # type: ignore[return-value]


def test_containers_are_followed_and_each_page_asked_once(serve: Serve, door: Doors) -> None:
    """Two catalogues list the same dataset, two datasets the same distribution."""
    site = point(serve)
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/dataset/1", ""), ("/dataset/2", "")]
    assert sorted(site.paths()) == [
        "/", "/catalog/1", "/catalog/2", "/dataset/1", "/dataset/2", "/distribution/1"
    ]  # fmt: skip


def test_record_holds_what_the_pages_of_its_distributions_say(serve: Serve, door: Doors) -> None:
    """One dataset a page, joined to its distribution, blank nodes of pages kept apart."""
    site = point(serve)
    found = readings(fdp.harvest(at(site), door()), at(site))
    records = [record for reading in found for record in reading.records]
    assert [record.iri for record in records] == [site.url("/dataset/1"), site.url("/dataset/2")]
    for record, title, name in zip(
        records, ("Réanimation", "Urgences"), ("CHU", "SAMU"), strict=True
    ):
        lines = record.canonical.decode()
        assert lines.count(f'/title> "{title}"@fr') == 1
        assert f'/title> "{name}"' in lines
        assert lines.count('/title> "Extraction"@fr') == lines.count('"sur demande"') == 1
        assert "un raccourci" not in lines
        assert "ne compte pas" not in lines


def test_membership_alone_links_dataset_and_distribution(serve: Serve, door: Doors) -> None:
    """A container says `dcat:distribution` in three statements."""
    site = point(serve)
    first = readings(fdp.harvest(at(site), door()), at(site))[0].records[0].canonical.decode()
    link = f"<http://www.w3.org/ns/dcat#distribution> <{site.url('/distribution/1')}> ."
    assert f"<{site.url('/dataset/1')}> {link}" in first


def test_catalogues_nest_and_loop(serve: Serve, door: Doors) -> None:
    """A catalogue in a catalogue that leads back up ends all the same."""
    site = point(serve)
    site.routes["/catalog/2"] = turtle(
        f"<{site.url('/catalog/2')}> a dcat:Catalog ; dcat:catalog <{site.url('/deep')}> ."
    )
    site.routes["/deep"] = turtle(
        f"""<{site.url("/deep")}> a dcat:Catalog ; dcat:catalog <{site.url("/catalog/2#x")}> ,
            <{site.url("/deep/")}> ; dcat:dataset <{site.url("/dataset/9")}> ."""
    )
    site.routes["/dataset/9"] = turtle(f"<{site.url('/dataset/9')}> a dcat:Dataset .")
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/dataset/1", ""), ("/dataset/2", ""), ("/dataset/9", "")]


def test_failing_entry_is_told_and_the_others_are_read(serve: Serve, door: Doors) -> None:
    """A dataset whose distribution fails is not given without it."""
    site = point(serve)
    site.routes["/distribution/1"] = answer(b"", 500)
    site.routes["/catalog/2"] = turtle(
        f"<{site.url('/catalog/2')}> a dcat:Catalog ; dcat:dataset <{site.url('/dataset/3')}> ."
    )
    site.routes["/dataset/3"] = turtle(f"<{site.url('/dataset/3')}> a dcat:Dataset .")
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/distribution/1", "status")] * 2 + [("/dataset/3", "")] or found == [
        ("/dataset/3", ""), ("/distribution/1", "status"), ("/distribution/1", "status")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"<a> <b", "parser"), (b"<html></html>", "html-received"), (b"", "empty")],
)
def test_broken_page_is_one_sentence(serve: Serve, door: Doors, body: bytes, code: str) -> None:
    """The other dataset stands, and the harvest is known to be incomplete."""
    site = point(serve)
    site.routes["/dataset/1"] = answer(body)
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/dataset/1", code), ("/dataset/2", "")]


def test_page_that_does_not_describe_its_dataset_is_told(serve: Serve, door: Doors) -> None:
    """The catalogue announces a dataset, and its page speaks of something else."""
    site = point(serve)
    site.routes["/dataset/1"] = turtle("<urn:x:y> dct:title 'autre chose' .")
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/dataset/1", "fdp-not-described"), ("/dataset/2", "")]


@pytest.mark.parametrize("state", ['"DRAFT"', "<https://w3id.org/fdp/fdp-o#Draft>"])
def test_drafts_are_skipped_and_reported(serve: Serve, door: Doors, state: str) -> None:
    """The report names them; the harvest is complete without them."""
    site = point(serve)
    site.routes["/dataset/1"] = turtle(
        f"<{site.url('/dataset/1')}> a dcat:Dataset ; fdp-o:metadataState {state} ."
    )
    items = list(fdp.harvest(at(site), door()))
    assert told_by_path(site, items) == [("/dataset/2", ""), ("/", "")]
    notice = readings(items, at(site))[1]
    assert [notice.records, [d.code for d in notice.repaired]] == [(), ["skipped"]]
    assert site.url("/dataset/1") in notice.repaired[0].message["fr"]


def test_dataset_on_another_server_is_refused(serve: Serve, door: Doors) -> None:
    """The door says which host, and nothing is asked of it."""
    site = point(serve)
    site.routes["/catalog/2"] = turtle(
        "<urn:x:c> a dcat:Catalog ; dcat:dataset <https://ailleurs.example/jeu/1> ."
    )
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert ("https://ailleurs.example/jeu/1", "host-refused") in found


def test_what_a_page_repeats_of_others_is_known_in_capitals_too(serve: Serve, door: Doors) -> None:
    """Scheme and server are the same ones in capitals: a shortcut does not become a record."""
    site = point(serve)
    capitals = site.url("/dataset/2").replace("http://", "HTTP://")
    shortcut = f"<{capitals}> a dcat:Dataset ; dct:title 'un raccourci' . "
    site.routes["/catalog/1"] = turtle(shortcut + f"<{site.url('/')}> dct:title 'FDP' .")
    found = readings(fdp.harvest(at(site), door()), at(site))
    assert [record.iri for one in found for record in one.records] == [site.url("/dataset/2")]


def test_distribution_on_another_server_stays_a_link(serve: Serve, door: Doors) -> None:
    """Told, and the dataset is given with the link alone."""
    site = point(serve)
    site.routes["/dataset/2"] = turtle(
        f"""<{site.url("/dataset/2")}> a dcat:Dataset ;
            dcat:distribution <https://ailleurs.example/fichier> ."""
    )
    last = list(fdp.harvest(at(site), door()))[-1]
    assert isinstance(last, Document)
    assert [defect.code for defect in last.defects] == ["fdp-elsewhere"]
    assert b"<https://ailleurs.example/fichier>" in last.content


def test_cut_off_at_so_many_requests(
    serve: Serve, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A point without end is told as such."""
    monkeypatch.setattr(fdp, "MAX_REQUESTS", 3)
    site = point(serve)
    assert told_by_path(site, fdp.harvest(at(site), door()))[-1][1] == "too-many-pages"
    assert len(site.paths()) == 3


def test_point_that_is_none_is_told(serve: Serve, door: Doors) -> None:
    """RDF that leads nowhere."""
    site = serve({"/": turtle("<urn:x:y> dct:title 'rien' .")})
    assert told_by_path(site, fdp.harvest(at(site), door())) == [("/", "fdp-empty")]


def test_server_down_ends_the_harvest(serve: Serve, door: Doors) -> None:
    """Its ten thousand other pages are not waited for."""
    site = point(serve)
    site.routes["/catalog/1"] = answer(b"", 503)
    found = told_by_path(site, fdp.harvest(at(site), door()))
    assert found == [("/catalog/1", "busy")]
    assert "/catalog/2" not in site.paths()


def test_real_description_is_joined_to_a_real_distribution(serve: Serve, door: Doors) -> None:
    """Documents of a national node, each published on its own page."""
    folder = real() / "health-ri"
    site = serve({})
    home = "http://example.com/"
    for name in ("dataset", "distribution"):
        text = (folder / f"example-{name}.ttl").read_text("utf-8")
        site.routes[f"/{name}"] = answer(text.replace(home, site.url("/")).encode())
    site.routes["/"] = turtle(f"<urn:x:c> a dcat:Catalog ; dcat:dataset <{site.url('/dataset')}> .")
    linked = f"<{site.url('/dataset')}> dcat:distribution <{site.url('/distribution')}> ."
    text = (folder / "example-dataset.ttl").read_text("utf-8").replace(home, site.url("/"))
    site.routes["/dataset"] = answer((text + linked).encode())
    (found,) = readings(fdp.harvest(at(site), door()), at(site))
    (record,) = found.records
    assert record.iri == site.url("/dataset")
    assert f"<{site.url('/distribution')}> <http://www.w3.org/ns/dcat#accessURL>".encode() in (
        record.canonical
    )


def test_unknown_option_is_operator_trouble(door: Doors) -> None:
    """None is known of this kind."""
    source = Source("s", "h", "fdp", "https://fdp.chu-lille.example/", options={"depth": "3"})
    with pytest.raises(RedError, match="unknown option `depth`"):
        next(fdp.harvest(source, door()))


TERMS = st.sampled_from(
    ["<http://h/a>", "<urn:x:y>", "_:b", '"x"@fr', "<http://[>", "<http://www.w3.org/ns/dcat#Dataset>",
     "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/ns/ldp#contains>",
     "<http://www.w3.org/ns/ldp#membershipResource>", "<http://www.w3.org/ns/dcat#dataset>",
     "<http://www.w3.org/ns/ldp#hasMemberRelation>", "<http://www.w3.org/ns/adms#status>"]
)  # fmt: skip


@given(st.lists(st.tuples(TERMS, TERMS, TERMS), max_size=12))
def test_no_statements_make_a_page_fail(triples: list[tuple[str, str, str]]) -> None:
    """Whatever links to whatever."""
    page = make_page(Document("http://h/a", b""), "http://h/a", triples)
    datasets = page.datasets()
    page.onward(), page.parts(datasets), page.drafts(datasets), page.announced()
    assert set(page.own(datasets)) <= set(page.triples)
