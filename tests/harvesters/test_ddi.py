"""DDI: codebooks and study units, alone, in a folder, in a list or a sitemap."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import ddi
from red_catalog.http import Http
from red_catalog.model import Document, Source, Unreadable
from tests.harvesters.protocols import codes, examine, recorded, told, values
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
CODEBOOK, LIFECYCLE = recorded("ddi/codebook.xml"), recorded("ddi/lifecycle.xml")
EU = "http://publications.europa.eu/resource/authority/"


def xml(body: bytes) -> Route:
    """A route that gives XML."""
    return answer(body, Content_Type="application/xml")


def harvest(site: Site, http: Http, path: str, **facts: object) -> list[Document | Unreadable]:
    """All that the kind gives at a path."""
    return list(ddi.harvest(replace(site.source(path, **facts), kind="ddi"), http))


def one(serve: Serve, door: Doors, body: bytes) -> Document:
    """The document that one DDI file becomes."""
    (found,) = harvest(serve({"/e.xml": xml(body)}), door(), "/e.xml")
    assert isinstance(found, Document)
    return found


def test_codebook_is_mapped(serve: Serve, door: Doors) -> None:
    """Citation, scope, method, access and variables of a study, in its languages."""
    document = one(serve, door, CODEBOOK)
    assert [r.iri for r in examine(document).records] == ["https://doi.org/10.57745/EXEMPLE1"]
    expected = {
        "dct:identifier": ["10.57745/EXEMPLE1", "inst-0042"],
        "dct:alternative": ["ESRA@fr"],
        "dct:description": [
            "Enquête transversale sur les symptômes respiratoires.\nVolet répété auprès d'un "
            "sous-échantillon.@fr",
            "Fumez-vous, même de temps en temps ?@fr",
        ],
        "dcat:keyword": ["Données d'enquête@fr", "Santé@fr", "asthma@en", "asthme@fr"],
        "foaf:name": [
            "Dépôt exemple de données@fr",
            "Institut exemple de recherche en santé@fr",
            "Institut exemple de statistique@fr",
        ],
        "vcard:hasEmail": ["mailto:enquetes@institut.exemple.fr"],
        "cv:email": ["enquetes@institut.exemple.fr"],
        "dct:created": ["2026-09"],
        "dct:issued": ["2027-02-15"],
        "dcat:startDate": ["2024-01-01"],
        "dcat:endDate": ["2026-06-30"],
        "skos:prefLabel": ["Bretagne@fr"],
        "healthdcatap:populationCoverage": [
            "Adultes de 18 ans et plus vivant en ménage ordinaire@fr",
            "Unité d'analyse : Individu@fr",
        ],
        "healthdcatap:numberOfRecords": ["12480"],
        "healthdcatap:hasStructuredData": ["true"],
        "dct:accessRights": [f"{EU}access-right/RESTRICTED"],
        "dct:language": [],
        "dcat:landingPage": ["https://depot.exemple.fr/etudes/inst-0042"],
        "csvw:name": ["AGE", "DATE_ENT", "TABAC", "VEMS"],
        "csvw:datatype": ["date", "integer", "string"],
    }
    assert expected == {predicate: values(document, predicate) for predicate in expected}
    assert f"{EU}country/FRA" in values(document, "dct:spatial")
    assert "adultes.csv@fr" in values(document, "dct:title")
    # What is merely missing (the type of a variable) is for the checks to tell.
    assert codes(document.defects) == ["map-nowhere"] * 4


def test_lifecycle_is_mapped(serve: Serve, door: Doors) -> None:
    """A study unit; its name leaves the version out."""
    document = one(serve, door, LIFECYCLE)
    (record,) = examine(document).records
    assert record.iri.endswith("/e.xml#fr.exemple%3Acohorte-naissances")
    expected = {
        "dct:description": ["Suivi de la grossesse à dix ans.@fr"],
        "dct:issued": ["2027"],
        "dcat:keyword": ["Cohorte@fr", "Santé de l'enfant@fr", "naissance@fr"],
        "dct:spatial": [f"{EU}country/FRA"],
        "dcat:startDate": ["2011-04-01"],
        "dcat:endDate": ["2021-12-31"],
        "healthdcatap:populationCoverage": [
            "Enfants nés en France en 2011@fr",
            "Unité d'analyse : Enfant@fr",
        ],
        "dct:accessRights": [f"{EU}access-right/RESTRICTED"],
        "csvw:name": ["POIDS", "SEXE"],
        "csvw:datatype": ["integer", "string"],
    }
    assert expected == {predicate: values(document, predicate) for predicate in expected}
    assert "Échantillonnage : Tirage de 320 maternités@fr" in values(document, "rdfs:label")
    assert codes(document.defects) == ["map-minted-here", "map-nowhere"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Accès libre", ["PUBLIC"]),
        ("ACCES  LIBRE.", ["PUBLIC"]),
        ("non public", ["NON_PUBLIC"]),
        ("Données accessibles au public sous conditions", []),
        ("", []),
    ],
)
def test_access_level_is_only_taken_where_stated(
    serve: Serve, door: Doors, words: str, expected: list[str]
) -> None:
    """A sentence that holds the word “public” is no level: it is told; nothing said is not."""
    body = CODEBOOK.replace("Accès restreint".encode(), words.encode())
    body = body.replace("Sur présentation d'un projet de recherche".encode(), b"")
    body = body.replace("au comité de l'enquête.".encode(), b"")
    document = one(serve, door, body)
    assert values(document, "dct:accessRights") == [f"{EU}access-right/{o}" for o in expected]
    assert ("map-access" in codes(document.defects)) is (bool(words) and not expected)


def test_list_and_sitemap_are_followed(serve: Serve, door: Doors) -> None:
    """One address a line, or a sitemap; relative addresses too."""
    site = serve({"/a.xml": xml(CODEBOOK), "/b.xml": xml(LIFECYCLE)})
    site.routes["/liste.txt"] = answer(
        b"# nos enquetes\na.xml\n/b.xml\n", Content_Type="text/plain"
    )
    site.routes["/sitemap.xml"] = xml(
        f"<urlset><url><loc>{site.url('/a.xml')}</loc></url>"
        f"<url><loc>{site.url('/b.xml')}</loc></url></urlset>".encode()
    )
    expected = [("document", site.url("/a.xml")), ("document", site.url("/b.xml"))]
    assert told(harvest(site, door(), "/liste.txt")) == expected
    assert told(harvest(site, door(), "/sitemap.xml")) == expected


def test_a_list_that_repeats_another_one_ends_nothing(serve: Serve, door: Doors) -> None:
    """A second sitemap names a document that the first has named: both documents come."""
    site = serve({"/a.xml": xml(CODEBOOK), "/b.xml": xml(LIFECYCLE)})
    for name, named in (("tout", ("1.xml", "2.xml")), ("1", ("a.xml", "b.xml")), ("2", ("a.xml",))):
        places = "".join(f"<url><loc>{site.url(f'/{one}')}</loc></url>" for one in named)
        site.routes[f"/{name}.xml"] = xml(f"<urlset>{places}</urlset>".encode())
    expected = [("document", site.url("/a.xml")), ("document", site.url("/b.xml"))]
    assert told(harvest(site, door(), "/tout.xml")) == expected


def test_a_document_that_is_missing_stops_no_list(serve: Serve, door: Doors) -> None:
    """It is told, so that nothing is removed, and the others are read."""
    site = serve({"/a.xml": xml(CODEBOOK)})
    site.routes["/liste"] = answer(b"absent.xml\na.xml\n", Content_Type="text/plain")
    expected = [("unreadable", "status"), ("document", site.url("/a.xml"))]
    assert told(harvest(site, door(), "/liste")) == expected


@pytest.mark.parametrize(
    ("charset", "declared", "sent", "code"),
    [
        ("utf-8", "ISO-8859-1", "", "charset-wrong"),
        ("windows-1252", "ISO-8859-1", "", "charset"),
        ("latin-1", "", "; charset=ISO-8859-1", "charset"),
        ("utf-16", "", "", "charset"),
        ("utf-8-sig", "UTF-8", "", None),
    ],
)
def test_text_is_read_as_what_it_is(
    serve: Serve, door: Doors, charset: str, declared: str, sent: str, code: str | None
) -> None:
    """UTF-8 as such, else as the server or the declaration says; each disagreement is told."""
    words = "Séjours de santé" if charset == "latin-1" else "Séjours – l’hôpital"
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = f"<codeBook><stdyDscr><citation><titlStmt><titl>{words}</titl></titlStmt></citation>"
    content = f"{head}{body}</stdyDscr></codeBook>".encode(charset)
    site = serve({"/e.xml": answer(content, Content_Type=f"application/xml{sent}")})
    (document,) = harvest(site, door(), "/e.xml")
    assert isinstance(document, Document)
    assert values(document, "dct:title") == [words]
    told_of = {"charset", "charset-wrong", "bom"} & set(codes(document.defects))
    assert told_of == ({code} if code else set())


def test_list_elsewhere_is_refused(serve: Serve, door: Doors) -> None:
    """A list does not lead to other hosts."""
    site = serve({"/liste": answer(b"http://ailleurs.example/a.xml", Content_Type="text/plain")})
    assert told(harvest(site, door(), "/liste")) == [("unreadable", "host-refused")]


def test_list_of_itself_is_empty(serve: Serve, door: Doors) -> None:
    """No loop."""
    site = serve({"/liste": answer(b"/liste\n", Content_Type="text/plain")})
    assert told(harvest(site, door(), "/liste")) == [("unreadable", "ddi-list-empty")]


def test_folder_is_read(tmp_path: Path, door: Doors) -> None:
    """Every XML file of a delivery, under its name."""
    (tmp_path / "a.xml").write_bytes(CODEBOOK)
    (tmp_path / "b.xml").write_bytes(b"<codeBook/>")
    (tmp_path / "c.xml").write_bytes(b"<x")
    found = list(ddi.harvest(Source("i", "i", "ddi", str(tmp_path)), door()))
    assert told(found) == [
        ("document", "a.xml"), ("document", "b.xml"), ("unreadable", "xml-broken"),
    ]  # fmt: skip
    assert isinstance(found[1], Document)
    assert codes(found[1].defects) == ["ddi-no-study"]


def test_document_of_another_kind_is_told(serve: Serve, door: Doors) -> None:
    """XML that nothing here reads."""
    site = serve({"/e.xml": xml(b"<marc/>")})
    assert told(harvest(site, door(), "/e.xml")) == [("unreadable", "xml-unknown")]


def test_any_option_is_an_error(serve: Serve, door: Doors) -> None:
    """There is none to set."""
    with pytest.raises(RedError, match="unknown option `profile`"):
        harvest(serve({}), door(), "/", options={"profile": "x"})


def test_a_study_without_a_name_leaves_the_harvest_incomplete(serve: Serve, door: Doors) -> None:
    """The other studies of the document are read all the same."""
    unnamed = b"<stdyDscr><citation><titlStmt><titl>Vague</titl></titlStmt></citation></stdyDscr>"
    body = CODEBOOK.replace(b"<stdyDscr>", unnamed + b"<stdyDscr>", 1)
    document, rest = harvest(serve({"/e.xml": xml(body)}), door(), "/e.xml")
    assert isinstance(document, Document)
    assert [r.iri for r in examine(document).records] == ["https://doi.org/10.57745/EXEMPLE1"]
    assert isinstance(rest, Unreadable)
    assert rest.problem.code == "ddi-nameless"
