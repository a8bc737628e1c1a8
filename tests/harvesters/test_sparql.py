"""SPARQL endpoints: the catalogue's own, and some that misbehave."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import sparql
from red_catalog.http import Http
from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests.http.loopback import Handler, Route, Site, answer
from tests.serve.conftest import Client, Place, make_place, run_server

__all__ = ["make_place", "run_server"]
Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
JSON = {"Content_Type": "application/sparql-results+json"}
DATA = """
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix j: <https://sante.example.fr/jeu/> .
    j:catalogue a dcat:Catalog ; dct:title "Tout"@fr ; dcat:dataset j:1 , j:2 , j:3 .
    j:1 a dcat:Dataset ; dct:title "Un"@fr ; dct:isPartOf j:catalogue ; dct:relation j:2 ;
        dcat:theme j:theme ; dct:publisher j:chu ; dcat:distribution [
            dct:title "d1" ; dcat:accessService [ dct:title "s1" ; dct:publisher [
                dct:title "p" ; dct:relation [
                    dct:title "au fond" ; dct:relation [ dct:title "trop loin" ] ] ] ] ] .
    j:2 a dcat:Dataset ; dct:title "Deux"@fr ; dcat:distribution [ dct:title "d2" ] .
    j:3 a dcat:Dataset ; dct:title "Trois"@fr ; dct:publisher j:ars .
    j:theme a skos:Concept ; skos:inScheme j:themes . j:themes skos:hasTopConcept j:autre .
    j:autre skos:prefLabel "autre" .
    j:chu dct:title "CHU" . j:ars dct:title "ARS" .
    [] a dcat:Dataset ; dct:title "Sans adresse" .
"""


class Queries(dict[str, Route]):
    """Routes that pay no heed to the query."""

    def get(self, path: str, default: Route | None = None) -> Route:  # type: ignore[override]
        """The route of the path alone."""
        found = dict.get(self, urlsplit(path).path, default)
        assert found is not None
        return found


def endpoint(serve: Serve, data: str = DATA, cap: int = 10_000, graph: str = "") -> Site:
    """A plain endpoint: an engine behind GET, which cuts what is longer than `cap`."""
    store = ox.Store()
    target = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    store.load(data.encode(), format=ox.RdfFormat.TURTLE, to_graph=target)

    def route(handler: Handler) -> None:
        found = store.query(parse_qs(urlsplit(handler.path).query)["query"][0])
        if isinstance(found, ox.QuerySolutions):
            body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
            parsed = json.loads(body)
            parsed["results"]["bindings"] = parsed["results"]["bindings"][:cap]
            answer(json.dumps(parsed).encode(), **JSON)(handler)
        else:
            assert isinstance(found, ox.QueryTriples)
            triples = list(found)[:cap]
            lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            answer(lines, Content_Type="application/n-triples")(handler)

    return serve(Queries({"/sparql": route}))


def at(site: Site, **options: str) -> Source:
    """The endpoint as a source."""
    return Source(
        "ars", "ars", "sparql", site.url("/sparql"), allow_hosts=(site.host,), options=options
    )


def told(items: Iterator[Document | Unreadable]) -> list[str]:
    """The fragment of each document, or the code of what went wrong."""
    return [
        i.problem.code if isinstance(i, Unreadable) else i.location.partition("#")[2] for i in items
    ]


def records(items: list[Document | Unreadable], source: Source) -> dict[str, str]:
    """The records that the reader finds, by the end of their IRI."""
    found = [read(i, source, Limits()) for i in items if isinstance(i, Document)]
    assert all(isinstance(r, Reading) for r in found)
    return {
        record.iri.rpartition("/")[2]: record.canonical.decode()
        for reading in found
        if isinstance(reading, Reading)
        for record in reading.records
    }


@pytest.mark.parametrize("options", [{}, {"batch": "1", "page": "1"}, {"batch": "2", "page": "2"}])
def test_datasets_come_with_all_that_they_reach(
    serve: Serve, door: Doors, options: dict[str, str]
) -> None:
    """The same records for any page and batch: blank nodes too, no other dataset or list."""
    source = at(endpoint(serve), **options)
    found = records(list(sparql.harvest(source, door())), source)
    assert sorted(found) == ["1", "2", "3"]
    for title in ("Un", "d1", "s1", "p", "au fond", "CHU"):
        assert f'"{title}"' in found["1"]
    for title in ("trop loin", "Deux", "d2", "Tout", "autre", "ARS"):
        assert f'"{title}"' not in found["1"]
    assert '"ARS"' in found["3"]


def test_the_types_of_a_concept_are_kept(serve: Serve, door: Doors) -> None:
    """What it is but a concept comes; its labels, its being a concept or a thing do not."""
    data = (
        DATA
        + """
    @prefix dpv: <https://w3id.org/dpv#> .
    j:2 dpv:hasLegalBasis dpv:PublicInterest ; dcat:distribution [ dct:license j:licence ] .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    dpv:PublicInterest a skos:Concept , dpv:LegalBasis , owl:Thing , rdfs:Resource ;
        skos:prefLabel "intérêt public"@fr .
    j:licence a skos:Concept , dct:LicenseDocument .
    """
    )
    source = at(endpoint(serve, data))
    found = records(list(sparql.harvest(source, door())), source)
    assert "<https://w3id.org/dpv#PublicInterest> <http://www.w3.org/1999/02/" in found["2"]
    for name, kept in [("LegalBasis>", True), ("LicenseDocument>", True), ("Concept>", False)]:
        assert (name in found["2"], name in found["1"]) == (kept, False)
    assert not [one for one in ("intérêt public", "owl#", "rdf-schema#") if one in found["2"]]


def test_depth_is_an_option(serve: Serve, door: Doors) -> None:
    """One step less gives one step less."""
    source = at(endpoint(serve), depth="3")
    found = records(list(sparql.harvest(source, door())), source)["1"]
    assert ('"p"' in found, "au fond" in found) == (True, False)


def test_datasets_without_an_iri_are_counted(serve: Serve, door: Doors) -> None:
    """They cannot be asked for again: the report says how many."""
    source = at(endpoint(serve))
    last = list(sparql.harvest(source, door()))[-1]
    assert isinstance(last, Document)
    assert [(d.code, d.message["fr"]) for d in last.defects] == [
        ("sparql-unnamed", "Jeux de données sans adresse (IRI), non moissonnés : 1.")
    ]


def test_named_graph_and_pattern_choose(serve: Serve, door: Doors) -> None:
    """Of a shared endpoint, one graph and one publisher."""
    graph = "https://sante.example.fr/graphe"
    where = "?dataset <http://purl.org/dc/terms/publisher> <https://sante.example.fr/jeu/ars> ."
    site = endpoint(serve, graph=graph)
    source = at(site, graph=graph, where=where)
    assert sorted(records(list(sparql.harvest(source, door())), source)) == ["3"]
    assert list(sparql.harvest(at(site), door())) == []


def test_own_query_is_applied(serve: Serve, door: Doors) -> None:
    """The operator's CONSTRUCT gets the datasets as ?dataset."""
    query = "CONSTRUCT { ?dataset a ?t ; <urn:x:y> ?n } WHERE { ?dataset a ?t ; ?p ?n }"
    source = at(endpoint(serve), query=query)
    assert "<urn:x:y>" in records(list(sparql.harvest(source, door())), source)["2"]


def test_capped_pages_are_still_complete(serve: Serve, door: Doors) -> None:
    """An endpoint that gives one row at a time gives them all."""
    found = told(sparql.harvest(at(endpoint(serve, cap=1), batch="1", query=SMALL), door()))
    assert found[:3] == ["1", "2", "3"]


SMALL = "CONSTRUCT { ?dataset a ?t } WHERE { ?dataset a ?t }"


def test_cut_answer_is_asked_for_in_halves(serve: Serve, door: Doors) -> None:
    """Endpoints cut at round numbers and stay silent; what is still round is told."""
    titles = " , ".join(f'"mot {n}"@fr' for n in range(149))
    data = "".join(
        f"<https://x.example/{i}> a <http://www.w3.org/ns/dcat#Dataset> ; "
        f"<http://purl.org/dc/terms/title> {titles} ."
        for i in range(8)
    )
    source = at(endpoint(serve, data, cap=500))
    items = list(sparql.harvest(source, door()))
    found = records(items, source)
    assert sorted(found) == [str(n) for n in range(8)]
    assert {lines.count("\n") for lines in found.values()} == {150}
    wide = " , ".join(f'"mot {n}"@fr' for n in range(600))
    one = f"<urn:x:1> a <http://www.w3.org/ns/dcat#Dataset> ; <urn:x:t> {wide} ."
    (item,) = sparql.harvest(at(endpoint(serve, one, cap=500)), door())
    code = item.problem.code if isinstance(item, Unreadable) else item.defects[0].code
    assert code in {"sparql-cut", "sparql-undescribed"}


def test_endpoint_that_fails_on_long_lists_gets_shorter_ones(serve: Serve, door: Doors) -> None:
    """Asked for in halves until it answers, and then no more than that at once."""
    site = endpoint(serve)
    healthy = site.routes["/sparql"]

    def frail(handler: Handler) -> None:
        query = parse_qs(urlsplit(handler.path).query)["query"][0]
        many = "CONSTRUCT" in query and sum(f"/jeu/{n}>" in query for n in "123") > 1
        (answer(b"", 500) if many else healthy)(handler)

    site.routes["/sparql"] = frail
    source = at(site)
    assert sorted(records(list(sparql.harvest(source, door())), source)) == ["1", "2", "3"]


PARTS = [
    {"X_SQL_State": "S1TAT", "X_SQL_Message": "interrupted by timeout"},
    {"X_Truncated": "rows=10000"},
]


def in_time(most: int, healthy: Route, said: dict[str, str]) -> Route:
    """An endpoint that describes so many datasets, and gives a part of more."""

    def route(handler: Handler) -> None:
        query = parse_qs(urlsplit(handler.path).query)["query"][0]
        if "CONSTRUCT" in query and sum(f"/jeu/{n}>" in query for n in "123") > most:
            part = b"<https://sante.example.fr/jeu/1> a <http://www.w3.org/ns/dcat#Dataset> ."
            answer(part, **said)(handler)
        else:
            healthy(handler)

    return route


@pytest.mark.parametrize("said", PARTS, ids=["virtuoso", "red-catalog"])
def test_an_answer_that_is_said_to_be_a_part_is_asked_for_in_halves(
    serve: Serve, door: Doors, said: dict[str, str]
) -> None:
    """A part never stands for the whole description, not even where it has a dataset in it."""
    site = endpoint(serve)
    healthy = site.routes["/sparql"]
    site.routes["/sparql"] = in_time(1, healthy, said)
    source = at(site)
    found = records(list(sparql.harvest(source, door())), source)
    assert sorted(found) == ["1", "2", "3"]
    assert '"au fond"' in found["1"]
    site.routes["/sparql"] = in_time(0, healthy, said)
    assert told(sparql.harvest(source, door())) == ["answer-cut"]


def fake(serve: Serve, *answers: Route) -> Site:
    """An endpoint that gives these answers one after the other, the last for ever."""
    left = list(answers)

    def route(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return serve(Queries({"/sparql": route}))


def rows(**values: str) -> Route:
    """One row of results."""
    row = {name: {"type": "literal", "value": value} for name, value in values.items()}
    return answer(json.dumps({"results": {"bindings": [row] if row else []}}).encode(), **JSON)


COUNT = rows(iris="2", others="0")


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ([answer(b"", 500)], ["status"]),
        ([answer(b"<html>", Content_Type="text/html")], ["html-received"]),
        ([answer(b"[1]", **JSON)], ["sparql-results"]),
        ([answer(b"{", **JSON)], ["sparql-results"]),
        ([answer(b'{"results": {"bindings": [3]}}', **JSON)], ["sparql-results"]),
        ([rows()], ["sparql-results"]),
        ([rows(iris="beaucoup")], ["sparql-results"]),
        ([COUNT, rows()], ["count-differs"]),
        ([COUNT, rows(dataset="urn:x:1")], ["page-repeated"]),
        ([COUNT, rows(dataset="urn:x:1> . <urn:x:2")], ["page-repeated"]),
        ([rows(iris="1"), rows(dataset="urn:x:1"), rows(), answer(b"<urn:a> <urn:b> <urn:c> .")],
         ["sparql-undescribed"]),
        ([rows(iris="1"), rows(dataset="urn:x:1"), rows(), answer(b"<urn:a> <urn:b")], ["parser"]),
        ([rows(iris="1"), rows(dataset="urn:x:1"), rows(), answer(b"", 404)], ["status"]),
    ],
)  # fmt: skip
def test_strange_answer_is_one_sentence(
    serve: Serve, door: Doors, answers: list[Route], codes: list[str]
) -> None:
    """The first failure ends the harvest, which is then known to be incomplete."""
    assert told(sparql.harvest(at(fake(serve, *answers)), door())) == codes


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (answer(b"\nVirtuoso 37000 Error SP030: syntax error\nSPARQL query: ...", 400),
         ("sparql-refused", "Virtuoso 37000 Error SP030: syntax error")),
        (answer(b"Error 500: timeout", 500), ("sparql-refused", "Error 500: timeout")),
        (answer(b"<html>Bad request</html>", 400), ("status", "400")),
        (answer(b"Not Found", 404), ("status", "404")),
    ],
)  # fmt: skip
def test_an_endpoint_is_quoted_on_what_is_wrong(
    serve: Serve, door: Doors, route: Route, expected: tuple[str, str]
) -> None:
    """The first line that it writes about a query; a page, or another status, is told as ever."""
    described = [rows(iris="1"), rows(dataset="urn:x:1"), rows(), route]
    for answers in ([route], described):
        (found,) = sparql.harvest(at(fake(serve, *answers)), door())
        assert isinstance(found, Unreadable)
        code, words = expected
        assert found.problem.code == code
        assert words in found.problem.message["fr"]
        assert "SPARQL query" not in found.problem.message["fr"]


def test_a_broken_iri_keeps_no_other_dataset_out(serve: Serve, door: Doors) -> None:
    """It is told by its name, so that nothing counts as gone, and the others are read."""
    names = ["urn:x:1", "https://ars.example/jeu/séjours 2027"]
    listed = [{"dataset": {"type": "uri", "value": name}} for name in names]
    page = answer(json.dumps({"results": {"bindings": listed}}).encode(), **JSON)
    described = answer(b"<urn:x:1> a <http://www.w3.org/ns/dcat#Dataset> .")
    items = list(sparql.harvest(at(fake(serve, COUNT, page, rows(), described)), door()))
    assert told(iter(items)) == ["sparql-broken-iri", "1"]
    assert isinstance(items[0], Unreadable)
    assert f"<{names[1]}>" in items[0].problem.message["fr"]


def test_trouble_is_shown_under_the_address_of_the_endpoint(serve: Serve, door: Doors) -> None:
    """And not under a query of a thousand characters."""
    site = fake(serve, answer(b"", 500))
    (found,) = sparql.harvest(at(site), door())
    assert found.location == site.url("/sparql")


def test_urls_stay_short_enough_for_servers(serve: Serve, door: Doors) -> None:
    """Long IRIs make small batches."""
    long = "a" * 400
    data = "".join(
        f"<https://x.example/{long}/{i}> a <http://www.w3.org/ns/dcat#Dataset> ." for i in range(9)
    )
    site = endpoint(serve, data)
    source = at(site)
    assert len(records(list(sparql.harvest(source, door())), source)) == 9
    assert max(len(path) for path in site.paths()) < 7_600


@pytest.mark.parametrize("options", [{"grph": "x"}, {"graph": "mon graphe"}, {"depth": "99"}])
def test_wrong_option_is_operator_trouble(options: dict[str, str], door: Doors) -> None:
    """One sentence, with what may be written."""
    source = Source("s", "h", "sparql", "https://ars.example/sparql", options=options)
    with pytest.raises(RedError, match=r"Source s: .*(did you mean|must be)"):
        next(sparql.harvest(source, door()))


def test_own_endpoint_is_harvested_whole(
    make_place: Callable[..., Place], run_server: Callable[[Place], Client], door: Doors
) -> None:
    """Our server, with its own limit of rows: every dataset with its contact."""
    place = make_place()
    place.publish()
    client = run_server(place)
    host = urlsplit(client.url).netloc
    source = Source("red", "red", "sparql", client.url + "sparql", allow_hosts=(host,),
                    options={"page": "7", "batch": "4"})  # fmt: skip
    items = list(sparql.harvest(source, door()))
    assert [item for item in items if isinstance(item, Unreadable)] == []
    found = records(items, source)
    assert len(found) == 30
    assert all("Guichet des données" in lines for lines in found.values())


def test_endpoint_without_datasets_gives_nothing(serve: Serve, door: Doors) -> None:
    """The pipeline will say so."""
    assert list(sparql.harvest(at(endpoint(serve, "<urn:a> <urn:b> <urn:c> .")), door())) == []
