"""CSW: against a catalogue of ours and the recorded answers of others."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import csw
from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import descend, parse_xml
from red_catalog.http import Http
from red_catalog.model import Defect, Document, Source, Unreadable
from tests.harvesters.protocols import ByQuery, codes, examine, recorded, told, values
from tests.http.loopback import Route, Site, answer
from tests.shared import real

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
NAMES = ("qualite-air", "passages-urgences", "service-wms")
RECORDS = [recorded(f"csw/{name}.xml").partition(b"?>")[2] for name in NAMES]
DCAT = recorded("oaipmh/dcat.xml")
IRI = "https://ors.exemple.fr/jeu/exposition-particules"
EU = "http://publications.europa.eu/resource/authority/"


def page(records: list[bytes], matched: int, onward: int | None) -> bytes:
    """One answer to GetRecords."""
    next_record = "" if onward is None else f' nextRecord="{onward}"'
    head = (
        '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
        f'<csw:SearchResults numberOfRecordsMatched="{matched}"{next_record}>'
    )
    tail = b"</csw:SearchResults></csw:GetRecordsResponse>"
    return head.encode() + b"".join(records) + tail


def catalogue(query: dict[str, str]) -> bytes:
    """Two records a page."""
    start = int(query["startPosition"]) - 1
    onward = start + 3 if start + 2 < len(RECORDS) else 0
    return page(RECORDS[start : start + 2], len(RECORDS), onward)


def harvest(site: Site, http: Http, **facts: object) -> list[Document | Unreadable]:
    """All that the kind gives for the catalogue."""
    source = replace(site.source("/csw", **facts), kind="csw")
    return list(csw.harvest(source, http))


def test_records_come_page_by_page(serve: Serve, door: Doors) -> None:
    """Datasets are mapped, a service is left out and told."""
    site = serve(ByQuery("/csw", catalogue))
    found = harvest(site, door())
    assert told(found) == [
        ("document", "fr-ors-exemple-0001"),
        ("document", "fr-ors-exemple-0002"),
        ("document", "fr-ors-exemple-9001"),
    ]
    assert len(site.paths()) == 2
    assert "outputSchema=http%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd" in site.paths()[0]
    documents = [one for one in found if isinstance(one, Document)]
    assert [len(examine(one).records) for one in documents] == [1, 1, 0]
    assert codes(documents[2].defects) == ["not-a-dataset"]


def changed(*pairs: tuple[str, str]) -> bytes:
    """The first record with some of its texts replaced."""
    text = RECORDS[0].decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_a_name_spelt_alike_in_two_languages_and_a_moment(serve: Serve, door: Doors) -> None:
    """An acronym is a title in both languages; a moment has begun and ended."""
    acronym = changed(
        ("Exposition de la population aux particules fines", "SNDS"),
        ("Population exposure to fine particles", "SNDS"),
        ('<gml:TimePeriod gml:id="t1"><gml:beginPosition>2015-01-01</gml:beginPosition>'
         "<gml:endPosition>2026-12-31</gml:endPosition></gml:TimePeriod>",
         '<gml:TimeInstant gml:id="t1"><gml:timePosition>2012-06-01</gml:timePosition>'
         "</gml:TimeInstant>"),
    )  # fmt: skip
    site = serve(ByQuery("/csw", lambda _: page([acronym], 1, 0)))
    (document,) = harvest(site, door())
    assert isinstance(document, Document)
    assert {"SNDS@en", "SNDS@fr"} <= set(values(document, "dct:title"))
    for end in ("dcat:startDate", "dcat:endDate"):
        assert [one.split("^")[0] for one in values(document, end)] == ["2012-06-01"]


def test_records_without_a_name_are_two(serve: Serve, door: Doors) -> None:
    """Each is known by what it says, so that none takes the other's place."""
    nameless = [
        changed(("fr-ors-exemple-0001", ""), (">exposition-particules<", "><"),
                ("https://ors.exemple.fr/jeu<", "<"), ("aux particules fines<", f"{which}<"))
        for which in ("au bruit", "à la chaleur")
    ]  # fmt: skip
    site = serve(ByQuery("/csw", lambda _: page(nameless, 2, 0)))
    found = [one for one in harvest(site, door()) if isinstance(one, Document)]
    iris = {record.iri for one in found for record in examine(one).records}
    assert len(iris) == 2


def dataset(name: str) -> bytes:
    """A record in DCAT: it bears no identifier but the address of its dataset."""
    iri = f"https://ors.exemple.fr/jeu/{name}"
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">'
        f'<dcat:Dataset rdf:about="{iri}"><dct:title>{name}</dct:title></dcat:Dataset></rdf:RDF>'
    ).encode()


@pytest.mark.parametrize(
    ("second", "code"),
    [(("bruit", "chaleur"), "csw-short"), (("air", "bruit"), "csw-repeated"),
     (("chaleur", "eau"), None)],
)  # fmt: skip
def test_dcat_records_are_known_by_their_dataset(
    serve: Serve, door: Doors, second: tuple[str, str], code: str | None
) -> None:
    """One that stands on two pages counts once: the other, which it pushed out, is missing."""
    pages = {"1": ("air", "bruit"), "3": second}

    def reply(query: dict[str, str]) -> bytes:
        start = query["startPosition"]
        return page([dataset(one) for one in pages[start]], 4, 3 if start == "1" else 0)

    site = serve(ByQuery("/csw", reply))
    found = harvest(site, door(), options={"output_schema": "dcat"})
    problems = [one.problem.code for one in found if isinstance(one, Unreadable)]
    assert problems == ([code] if code else [])


def test_nameless_records_that_repeat_are_seen(serve: Serve, door: Doors) -> None:
    """What says the same is the same record, wherever it stands."""
    nameless = changed(("fr-ors-exemple-0001", ""), (">exposition-particules<", "><"),
                       ("https://ors.exemple.fr/jeu<", "<"))  # fmt: skip
    onward = {"1": 2, "2": 0}
    site = serve(ByQuery("/csw", lambda asked: page([nameless], 2, onward[asked["startPosition"]])))
    assert told(harvest(site, door()))[-1] == ("unreadable", "csw-repeated")


def test_iso_record_is_mapped(serve: Serve, door: Doors) -> None:
    """Titles and their translations, dates, agents, keywords, extents, rights, links."""
    document = harvest(serve(ByQuery("/csw", catalogue)), door())[0]
    assert isinstance(document, Document)
    assert [record.iri for record in examine(document).records] == [IRI]
    expected = {
        "dct:title": [
            "Exposition de la population aux particules fines@fr",
            "Population exposure to fine particles@en",
            "Table par commune@fr",
        ],
        "dct:identifier": ["fr-ors-exemple-0001", IRI],
        "dct:issued": ["2027-11-05"],
        "dct:modified": ["2028-03-01"],
        "dct:language": [f"{EU}language/FRA"],
        "dct:accrualPeriodicity": [f"{EU}frequency/ANNUAL"],
        "dct:accessRights": [f"{EU}access-right/PUBLIC"],
        "dcat:theme": [f"{EU}data-theme/HEAL"],
        "dcat:keyword": ["Santé et sécurité des personnes@fr", "pollution de l'air@fr"],
        "dct:subject": ["http://inspire.ec.europa.eu/theme/hh"],
        "foaf:name": ["Agence exemple de l'air@fr"],
        "vcard:fn": ["Observatoire régional de santé exemple@fr"],
        "vcard:hasEmail": ["mailto:donnees@ors.exemple.fr"],
        "dcat:startDate": ["2015-01-01"],
        "dcat:endDate": ["2026-12-31"],
        "dcat:accessURL": ["https://ors.exemple.fr/fichiers/particules.csv"],
        "dcat:downloadURL": ["https://ors.exemple.fr/fichiers/particules.csv"],
        "foaf:page": ["https://ors.exemple.fr/methode"],
        "dcat:bbox": ["POLYGON((-5.14 47.27, -1.01 47.27, -1.01 48.9, -5.14 48.9, -5.14 47.27))"],
        "rdfs:label": [
            "Modélisation à partir des stations de mesure.@fr",
            "Pas de restriction d'accès public@fr",
        ],
    }
    assert expected == {predicate: values(document, predicate) for predicate in expected}
    assert codes(document.defects) == ["map-code", "map-nowhere", "map-person"]


def test_a_charset_that_is_wrong_is_told_once(serve: Serve, door: Doors) -> None:
    """Pages in UTF-8 under another name are read as UTF-8, each record as it is."""
    head = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    site = serve(ByQuery("/csw", lambda query: head + catalogue(query)))
    first, *documents = harvest(site, door())
    assert isinstance(first, Document)
    assert codes(first.defects) == ["charset-wrong"]
    assert told(documents)[0] == ("document", "fr-ors-exemple-0001")
    assert len(documents) == len(RECORDS)
    assert isinstance(documents[0], Document)
    assert "pollution de l'air@fr" in values(documents[0], "dcat:keyword")
    assert "Santé et sécurité des personnes@fr" in values(documents[0], "dcat:keyword")


def test_dcat_records_are_passed_on(serve: Serve, door: Doors) -> None:
    """GeoNetwork's DCAT, as a whole document a record or as bare datasets."""
    bare = (
        b'<dcat:Dataset xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:rdf="http://www.w3.org/'
        b'1999/02/22-rdf-syntax-ns#" rdf:about="https://ors.exemple.fr/jeu/2"/>'
    )
    site = serve(ByQuery("/csw", lambda _: page([DCAT, bare], 2, 0)))
    found = harvest(site, door(), options={"output_schema": "dcat"})
    documents = [one for one in found if isinstance(one, Document)]
    assert [record.iri for one in documents for record in examine(one).records] == [
        "https://chu.exemple.fr/jeu/dialyse",
        "https://ors.exemple.fr/jeu/2",
    ]
    assert "dcat%23" in site.paths()[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (page([], 0, 0), ["csw-no-records"]),
        (page(RECORDS[:1], 5, 1), ["document", "csw-paging"]),
        (page(RECORDS[:1], 5, 0), ["document", "csw-short"]),
        (page(RECORDS[:1], 5, 2), ["document", "csw-repeated"]),
        (page([], 0, 0).replace(b"numberOfRecordsMatched", b"n"), ["csw-no-count"]),
        (b"<Capabilities/>", ["csw-not"]),
        (b"<csw>", ["xml-broken"]),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", ["xml-dtd"]),
        (
            b"<ExceptionReport><Exception exceptionCode='InvalidParameterValue'>"
            b"<ExceptionText>Unknown outputSchema</ExceptionText></Exception></ExceptionReport>",
            ["csw-exception"],
        ),
    ],
)
def test_odd_answer_is_told(serve: Serve, door: Doors, body: bytes, expected: list[str]) -> None:
    """Nothing, a loop, fewer than announced, another service, broken XML, an exception."""
    found = told(harvest(serve(ByQuery("/csw", lambda _: body)), door()))
    assert expected == [kind if kind == "document" else name for kind, name in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"<ExceptionReport><Exception><ExceptionText>AnyTxt ?</ExceptionText></Exception>"
      b"</ExceptionReport>", ("csw-exception", "AnyTxt ?")),
     (b"<html/>", ("status", "400")), (b"AnyTxt ?", ("status", "400"))],
)  # fmt: skip
def test_an_exception_is_told_whatever_its_status(
    serve: Serve, door: Doors, body: bytes, expected: tuple[str, str]
) -> None:
    """Many catalogues send 400 with it; what is no exception of CSW leaves the status."""
    (found,) = harvest(serve(ByQuery("/csw", lambda _: answer(body, 400))), door())
    assert isinstance(found, Unreadable)
    code, word = expected
    assert found.problem.code == code
    assert word in found.problem.message["fr"]


def test_failing_page_ends_the_harvest(serve: Serve, door: Doors) -> None:
    """The second page fails: what came stays, and the end is told."""

    def reply(query: dict[str, str]) -> bytes | Route:
        return catalogue(query) if query["startPosition"] == "1" else answer(b"", 500)

    found = told(harvest(serve(ByQuery("/csw", reply)), door()))
    assert [kind for kind, _ in found] == ["document", "document", "unreadable"]


def test_server_without_next_record_is_counted_through(serve: Serve, door: Doors) -> None:
    """CSW makes nextRecord optional."""

    def reply(query: dict[str, str]) -> bytes:
        start = int(query["startPosition"]) - 1
        return page(RECORDS[start : start + 1], 3, None)

    site = serve(ByQuery("/csw", reply))
    assert len(harvest(site, door())) == len(site.paths()) == 3


def test_unknown_option_is_an_error(serve: Serve, door: Doors) -> None:
    """With the nearest name; a bad number is one too."""
    with pytest.raises(RedError, match="did you mean `constraint`"):
        harvest(serve({}), door(), options={"constraints": "x"})
    with pytest.raises(RedError, match="page_size"):
        harvest(serve({}), door(), options={"page_size": "beaucoup"})


@pytest.mark.parametrize(
    ("name", "iri", "title", "links"),
    [
        (
            "csw_dov_getrecordbyid",
            "https://geo.exemple.fr/6c39d716-aecc-4fbc-bac8-4f05a49a78d5",
            "Grondwatermeetnetten@nl",
            8,
        ),
        (
            "csw_geobretagne_mdmetadata",
            "https://geobretagne.fr/geonetwork/apps/georchestra/?uuid="
            "363e3a8e-d0ce-497d-87a9-2a2d58d82772",
            "Cadastre 2018 en Bretagne@fr",
            2,
        ),
        (
            "csw_iso_identifier",
            "https://www.nationaalgeoregister.nl/geonetwork/srv/metadata/"
            "f44dac86-2228-412f-8355-e56446ca9933",
            "Eemsmonding volgens het Eems-Dollardverdrag@nl",
            3,
        ),
    ],
)
def test_real_record_is_mapped(name: str, iri: str, title: str, links: int) -> None:
    """Records of three countries, with their title and links."""
    content = (real() / "csw" / f"tests__resources__{name}.xml").read_bytes()
    root = parse_xml(content)
    assert not isinstance(root, Defect)
    source = Source("geo", "geo", "csw", "https://x/", namespaces=("https://geo.exemple.fr/",))
    document = describe(next(descend(root, "MD_Metadata")), source, "x", "x")
    assert isinstance(document, Document)
    assert [record.iri for record in examine(document).records] == [iri]
    assert title in values(document, "dct:title")
    assert len(values(document, "dcat:accessURL") + values(document, "foaf:page")) == links


def test_real_page_of_services_is_left_out(serve: Serve, door: Doors) -> None:
    """Two services of 216 records; a server that always gives the same page is not believed."""
    path = real() / "csw" / "tests__resources__inspire-getrecords-response.xml"
    content = path.read_bytes()
    found = harvest(serve(ByQuery("/csw", lambda _: content)), door())
    assert [kind for kind, _ in told(found)] == ["document"] * 2 + ["unreadable"]
    assert told(found)[-1] == ("unreadable", "csw-repeated")
