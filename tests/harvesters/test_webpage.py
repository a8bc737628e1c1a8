"""Sites of hospitals whose pages describe datasets for search engines."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from red_catalog.errors import RedError
from red_catalog.harvesters import webpage
from red_catalog.harvesters.sitemap import BadSitemap, parse_sitemap
from red_catalog.harvesters.webpage_blocks import find_datasets
from red_catalog.harvesters.webpage_mapping import map_dataset, name_dataset
from red_catalog.http import Http
from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests.harvesters.protocols import told_by_path
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
PAGE = "https://www.chu-rennes.example/donnees/avc"
SOURCE = Source("chu-rennes", "chu-rennes", "webpage", PAGE)
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
COHORT: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Dataset",
    "@id": "#jeu",
    "name": {"@value": "Cohorte des AVC", "@language": "fr"},
    "description": "Patients hospitalisés pour un AVC depuis 2012.",
    "identifier": [{"@type": "PropertyValue", "propertyID": "doi", "value": "10.5072/avc"}],
    "url": PAGE,
    "keywords": "AVC, neurologie,",
    "creator": {"@id": "#chu"},
    "publisher": {"@type": "Organization", "name": "CHU de Rennes", "url": "https://www.chu-rennes.example/"},
    "license": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    "temporalCoverage": "2012-01-01/..",
    "spatialCoverage": [
        {"@type": "Place", "name": "Bretagne",
         "geo": {"@type": "GeoShape", "box": "47.2 -5.2 48.9 -1.0"}},
        "France",
    ],
    "variableMeasured": [
        "âge",
        {"@type": "PropertyValue", "name": "Score NIHSS", "alternateName": "nihss",
         "description": "Gravité à l'entrée", "unitText": "points"},
    ],
    "isAccessibleForFree": True,
    "conditionsOfAccess": "accès restreint",
    "dateModified": "2025-06-01",
    "inLanguage": "fr",
    "distribution": [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "/fichiers/avc.csv",
         "contentSize": "12 feuilles"},
    ],
    "funder": {"@type": "Organization", "name": "ANR"},
}  # fmt: skip
CHU = {"@id": "#chu", "@type": "Organization", "name": "Centre hospitalier universitaire"}


def sitemap(*urls: str, kind: str = "url") -> bytes:
    """A sitemap of pages, or of sitemaps."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    listed = "".join(f"<{kind}><loc>{url}</loc></{kind}>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {XMLNS}>{listed}</{root}>'.encode()


def html(*blocks: object) -> bytes:
    """A page with these blocks of JSON-LD."""
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False)}</script>'
        for block in blocks
    )
    return f"<!doctype html><html lang=fr><head><meta charset=utf-8>{scripts}<p>é".encode()


def page(*blocks: object) -> Route:
    """The route of such a page."""
    return answer(html(*blocks), Content_Type="text/html; charset=utf-8")


def dataset(name: str, **more: object) -> dict[str, object]:
    """A small dataset."""
    return {"@context": "https://schema.org/", "@type": "Dataset", "name": name, **more}


def at(site: Site, path: str = "/", **options: str) -> Source:
    """The site as a source."""
    return Source(
        "chu", "chu", "webpage", site.url(path), allow_hosts=(site.host,), options=options
    )


def lines_of(document: Document) -> str:
    """The one record that the reader finds."""
    reading = read(document, SOURCE, Limits())
    assert isinstance(reading, Reading), reading
    assert (len(reading.records), reading.quarantined) == (1, ())
    return reading.records[0].canonical.decode()


def test_pages_of_every_sitemap_are_read(serve: Serve, door: Doors) -> None:
    """An index, one sitemap compressed, one that leads back up; each page once."""
    site = serve({})
    index = sitemap(site.url("/a.xml.gz"), site.url("/b.xml"), kind="sitemap")
    site.routes |= {
        "/sitemap.xml": answer(index, Content_Type="text/xml"),
        "/a.xml.gz": answer(gzip.compress(sitemap(site.url("/1"), site.url("/2")))),
        "/b.xml": answer(sitemap(site.url("/sitemap.xml"), kind="sitemap")),
        "/1": page(dataset("Un")),
        "/2": page({"@type": "WebPage"}, {"@graph": [dataset("Deux"), CHU]}),
    }
    items = list(webpage.harvest(at(site), door()))
    assert told_by_path(site, items) == [("/1", ""), ("/2", "")]
    assert site.paths() == ["/sitemap.xml", "/a.xml.gz", "/b.xml", "/1", "/2"]


def test_texts_are_in_the_language_of_the_source_or_the_page(serve: Serve, door: Doors) -> None:
    """The option comes first: a site's own frame may be in another language than its texts."""
    site = serve({"/1": page(dataset("Un"))})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1")), Content_Type="text/xml")
    for options, tag in (({}, "fr"), ({"language": "en"}, "en")):
        (found,) = webpage.harvest(at(site, **options), door())
        assert isinstance(found, Document)
        assert f'title> "Un"@{tag} .' in lines_of(found)


def test_pages_without_a_dataset_are_counted(serve: Serve, door: Doors) -> None:
    """They are most of a site; the report gives their number."""
    site = serve({"/1": page(dataset("Un")), "/2": page(), "/3": page({"@type": "Event"})})
    site.routes["/sitemap.xml"] = answer(sitemap(*(site.url(f"/{n}") for n in (1, 2, 3))))
    *_, last = webpage.harvest(at(site), door())
    assert isinstance(last, Document)
    (defect,) = last.defects
    assert (defect.code, "2" in defect.message["fr"]) == ("skipped", True)


def test_pages_of_other_servers_are_refused_in_one_sentence(serve: Serve, door: Doors) -> None:
    """Nothing is asked of them, and the harvest is known to be incomplete."""
    site = serve({"/1": page(dataset("Un"))})
    others = ("https://ailleurs.example/1", "file:///etc/passwd", "http://127.0.0.1:1/", "http://[")
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), *others))
    items = list(webpage.harvest(at(site), door()))
    assert told_by_path(site, items) == [("/1", ""), ("/", "pages-elsewhere")]
    assert isinstance(items[1], Unreadable)
    assert "refused: 4, among" in items[1].problem.message["en"]
    assert site.paths() == ["/sitemap.xml", "/1"]


def test_part_of_the_site_is_an_option(serve: Serve, door: Doors) -> None:
    """Only the pages under a path are asked for."""
    site = serve({"/donnees/1": page(dataset("Un"))})
    site.routes["/plan.xml"] = answer(sitemap(site.url("/donnees/1"), site.url("/actus/1")))
    found = told_by_path(site, webpage.harvest(at(site, "/plan.xml", under="/donnees/"), door()))
    assert found == [("/donnees/1", "")]


def test_failing_page_is_told_and_the_others_are_read(serve: Serve, door: Doors) -> None:
    """The harvest is known to be incomplete."""
    site = serve({"/1": answer(b"", 500), "/2": page(dataset("Deux"))})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), site.url("/2")))
    assert told_by_path(site, webpage.harvest(at(site), door())) == [("/1", "status"), ("/2", "")]


def test_robots_are_heeded(serve: Serve, door: Doors) -> None:
    """A page that the site closes to us is not asked for."""
    site = serve({"/robots.txt": answer(b"User-agent: *\nDisallow: /prive/")})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/prive/1")))
    assert told_by_path(site, webpage.harvest(at(site), door())) == [("/prive/1", "robots")]
    assert "/prive/1" not in site.paths()


def test_too_many_pages_are_told(serve: Serve, door: Doors) -> None:
    """The option pages bounds the requests."""
    site = serve({"/1": page(dataset("Un"))})
    site.routes["/sitemap.xml"] = answer(sitemap(*(site.url(f"/{n}") for n in (1, 2, 3))))
    found = told_by_path(site, webpage.harvest(at(site, pages="1"), door()))
    assert found == [("/1", ""), ("/", "too-many-pages")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<urlset", "sitemap-invalid"),
        (b"<rss></rss>", "sitemap-invalid"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><urlset>&b;</urlset>', "sitemap-invalid"),
        (b"<a>" * 5_000, "sitemap-invalid"),
        (b"du texte", "sitemap-invalid"),
        (b"<!doctype html><html></html>", "html-received"),
        (b"", "empty"),
    ],
)
def test_strange_sitemap_is_one_sentence(serve: Serve, door: Doors, body: bytes, code: str) -> None:
    """Whatever comes instead."""
    site = serve({"/sitemap.xml": answer(body, Content_Type="text/xml")})
    assert told_by_path(site, webpage.harvest(at(site), door())) == [("/sitemap.xml", code)]


def test_broken_block_that_speaks_of_a_dataset_is_told(serve: Serve, door: Doors) -> None:
    """A broken block about something else is nobody's business."""
    site = serve({})
    for number, block in ((1, '{"@type": "Dataset", "name": '), (2, '{"@type": "Event", ')):
        body = f'<script type="application/ld+json">{block}</script>'.encode()
        site.routes[f"/{number}"] = answer(body, Content_Type="text/html")
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), site.url("/2")))
    found = told_by_path(site, webpage.harvest(at(site), door()))
    assert found == [("/1", "jsonld-broken"), ("/", "")]


def test_several_datasets_of_a_page_need_names_of_their_own(serve: Serve, door: Doors) -> None:
    """Those with an @id or url are taken, another is told."""
    site = serve(
        {"/1": page([dataset("A", **{"@id": "#a"}), dataset("B", url="/b"), dataset("C")])}
    )
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1")))
    source = at(site)
    items = list(webpage.harvest(source, door()))
    assert [i.problem.code if isinstance(i, Unreadable) else "" for i in items] == [
        "", "", "dataset-unnamed"
    ]  # fmt: skip
    iris = [lines_of(i).split(">")[0][1:] for i in items if isinstance(i, Document)]
    assert iris == [site.url("/1#a"), site.url("/b")]


def test_parts_of_a_dataset_are_datasets(serve: Serve, door: Doors) -> None:
    """One with @id, name and description is described, unless a page of its own does so better."""
    own, part, old = ({"@id": f"#{one}", "description": f"{one}."} for one in ("b", "c", "d"))
    loose = dataset("Sans nom", description="x")
    whole = dataset("A", hasPart=[
        dataset("B court", **{**own, "@id": "/2#b"}), {"@id": "/9", "@type": "Dataset"},
        dataset("C", **part, hasPart=dataset("D", **old)), loose,
    ], isBasedOn=dataset("E", **{**part, "@id": "https://ailleurs.example/e"}))  # fmt: skip
    site = serve({"/1": page(whole), "/2": page(dataset("B", **own))})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), site.url("/2")))
    items = list(webpage.harvest(at(site), door()))
    documents = [item for item in items if isinstance(item, Document)]
    assert len(documents) == len(items) == 5
    iris = [lines_of(one).split(">")[0][1:] for one in documents[:-1]]
    assert iris == [site.url(path) for path in ("/1", "/2#b", "/1#c", "/1#d")]
    assert '"B"' in lines_of(documents[1])
    (lost,) = documents[-1].defects
    assert ": 2, " in lost.message["en"]
    assert "Sans nom" in lost.message["fr"]


def test_a_part_takes_no_place_of_a_page_that_fails(serve: Serve, door: Doors) -> None:
    """What the page says stays as it was, not as another page sums it up."""
    part = dataset("B court", **{"@id": "/2#b", "description": "x"})
    site = serve({"/1": page(dataset("A", hasPart=part)), "/2": answer(b"", 500)})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), site.url("/2")))
    assert told_by_path(site, webpage.harvest(at(site), door())) == [("/1", ""), ("/2", "status")]


def test_dataset_of_a_page_is_named_after_it(serve: Serve, door: Doors) -> None:
    """Without an @id, its url on the same server, else the page's."""
    assert name_dataset({"name": "x"}, PAGE + "#haut", alone=True) == PAGE
    assert (
        name_dataset({"url": "/jeu/1"}, PAGE, alone=True) == "https://www.chu-rennes.example/jeu/1"
    )
    assert name_dataset({"url": "https://ailleurs.example/"}, PAGE, alone=True) == PAGE
    assert name_dataset({"@id": "_:b0"}, PAGE, alone=True) == PAGE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dct:title", '"Cohorte des AVC"@fr'),
        ("dct:description", '"Patients hospitalisés pour un AVC depuis 2012."@fr'),
        ("dct:identifier", '"10.5072/avc"'),
        ("dcat:keyword", '"neurologie"@fr'),
        ("dct:language", "<http://publications.europa.eu/resource/authority/language/FRA>"),
        ("dct:modified", f'"2025-06-01"^^<{PREFIXES["xsd"]}date>'),
        (
            "dct:accessRights",
            "<http://publications.europa.eu/resource/authority/access-right/RESTRICTED>",
        ),
        ("dct:spatial", "<http://publications.europa.eu/resource/authority/country/FRA>"),
        ("dcat:landingPage", f"<{PAGE}>"),
    ],
)
def test_property_becomes_that_of_dcat(name: str, expected: str) -> None:
    """What a search engine reads, in the words of HealthDCAT-AP."""
    prefix, local = name.split(":")
    lines = lines_of(map_dataset(COHORT, {"#chu": CHU}, f"{PAGE}#jeu", PAGE, "fr"))
    assert f"<{PAGE}#jeu> <{PREFIXES[prefix]}{local}> {expected} .\n" in lines


def test_nodes_become_those_of_dcat() -> None:
    """Agents by reference, periods, boxes, variables, distributions with the licence."""
    lines = lines_of(map_dataset(COHORT, {"#chu": CHU}, f"{PAGE}#jeu", PAGE, "fr"))
    for expected in (
        '"Centre hospitalier universitaire"@fr',
        f'startDate> "2012-01-01"^^<{PREFIXES["xsd"]}date>',
        "POLYGON((-5.2 47.2, -1.0 47.2, -1.0 48.9, -5.2 48.9, -5.2 47.2))",
        'csvw#name> "nihss"',
        'csvw#title> "Score NIHSS"@fr',
        "downloadURL> <https://www.chu-rennes.example/fichiers/avc.csv>",
        "format> <http://publications.europa.eu/resource/authority/file-type/CSV>",
        "license> <https://www.etalab.gouv.fr/licence-ouverte-open-licence>",
        "contactPage> <https://www.chu-rennes.example/>",
    ):
        assert expected in lines


def test_a_relative_url_is_on_the_server_of_its_page() -> None:
    """As browsers read it."""
    lines = lines_of(map_dataset(dataset("AVC", url="/jeux/avc"), {}, PAGE, PAGE, "fr"))
    assert "landingPage> <https://www.chu-rennes.example/jeux/avc> .\n" in lines


def test_what_cannot_be_mapped_is_told() -> None:
    """Price is not access, sheets are no bytes, and nobody funds in DCAT."""
    document = map_dataset(COHORT, {"#chu": CHU}, f"{PAGE}#jeu", PAGE, "fr")
    assert sorted((d.code, d.message["en"]) for d in document.defects) == [
        (
            "field-unmapped",
            "Fields that are not taken over: funder.",
        ),
        (
            "field-unmapped",
            "Fields that are not taken over: variableMeasured.1.unitText.",
        ),
        (
            "value-unmapped",
            "Field “distribution.0.contentSize”: the value “12 feuilles” is not a whole number, "
            "0 or more; it is left out.",
        ),
    ]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"<!-- " + html(dataset("x")) + b" -->", []),
        (html(dataset("x")).replace(b'"application/ld+json"', b"application/ld+json"), ["x"]),
        (html({"@type": "http://schema.org/Dataset", "schema:name": "x"}), ["x"]),
        (html({"@type": "DataCatalog", "dataset": [dataset("x"), dataset("y")]}), ["x", "y"]),
        (html(dataset("x", hasPart=[dataset("y")])), ["x"]),
        (html(dataset("é")).replace(b"utf-8", b"latin-1").decode().encode("latin-1"), ["é"]),
        (b'<script type="application/ld+json">' + b"[" * 50_000, []),
        (b"<script" * 100_000, []),
        (b"<!--" * 100_000, []),
        ((b"<script type=" + b" " * 1_900 + b">") * 2_000, []),
    ],
)  # fmt: skip
def test_blocks_are_found_where_they_are(content: bytes, names: list[str]) -> None:
    """In comments there are none; hostile pages take no time."""
    assert [node["name"] for node in find_datasets(content).datasets] == names


def test_unknown_option_is_operator_trouble(door: Doors) -> None:
    """One sentence, with the nearest name."""
    source = Source("s", "h", "webpage", PAGE, options={"undr": "/x"})
    with pytest.raises(RedError, match="did you mean `under`"):
        next(webpage.harvest(source, door()))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["https://a b", "2024/2025", "../..", "\ud800", "FRA", "1 2 3 4", "[1]"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["@id", "@type", "@value", "name", "url", "geo", "box", "contactPoint"]),
        inner, max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(sorted(COHORT)), ANYTHING, max_size=6), ANYTHING)
def test_nothing_makes_the_mapping_fail(given_: dict[str, object], other: object) -> None:
    """Whatever the types, the outcome reads, and nothing in it is broken."""
    nodes = {"#chu": CHU, "x": other if isinstance(other, dict) else {}}
    document = map_dataset({**given_, "other": other}, nodes, PAGE, PAGE, "fr")
    reading = read(document, SOURCE, Limits())
    assert isinstance(reading, Reading), reading
    assert (len(reading.records), reading.quarantined) == (1, ()), document.content
    name_dataset(given_, PAGE, alone=False)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="<>/urlocset &;[]{}\"'", max_size=80))
def test_no_bytes_make_the_reading_fail(noise: bytes | str) -> None:
    """Pages and sitemaps of noise."""
    content = noise.encode() if isinstance(noise, str) else noise
    find_datasets(b'<script type="application/ld+json">' + content)
    try:
        parse_sitemap(content)
    except BadSitemap as error:
        assert str(error)  # noqa: PT017


def test_a_page_in_the_encoding_of_names_is_read_as_utf8() -> None:
    """Texts are never in it, and what is takes a time that grows with the square of its length."""
    page = html(dataset("é")).replace(b"utf-8", b"punycode") + b"-" + b"a" * 1_000_000
    assert [node["name"] for node in find_datasets(page).datasets] == ["é"]


def test_a_block_in_the_words_of_dcat_is_read_as_it_is(serve: Serve, door: Doors) -> None:
    """Where it holds a dataset of schema.org as well, the words of that are those that are read."""
    context = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
    title = {"dct:title": {"@value": "Cohorte MICI", "@language": "fr"}}
    own = {"@context": context, "@id": "#jeu", "@type": "dcat:Dataset", **title}
    both = own | {"@id": "#deux", "@type": ["Dataset", "dcat:Dataset"], "name": "Séjours"}
    site = serve({"/1": page(own), "/2": page(both)})
    site.routes["/sitemap.xml"] = answer(sitemap(site.url("/1"), site.url("/2")))
    first, second = webpage.harvest(at(site), door())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert f'<{site.url("/1#jeu")}> <{PREFIXES["dct"]}title> "Cohorte MICI"@fr' in lines_of(first)
    assert 'title> "Séjours"@fr' in lines_of(second)
    assert ["dct:title" in one.message["en"] for one in second.defects] == [True]


def test_a_block_of_dcat_may_have_escaped_slashes() -> None:
    """As programs in PHP write them."""
    given = {"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@type": "dcat:Dataset"}
    content = html(given).decode().replace("/ns/dcat#", "\\/ns\\/dcat#").encode()
    assert len(find_datasets(content).dcat) == 1
