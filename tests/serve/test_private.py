"""Private notes and contacts marked private are kept, and nobody outside ever reads them."""

import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from red_catalog.config import Config, load
from tests import catalogue
from tests.harvesters.spreadsheet.declaration import declaration, fill
from tests.serve.conftest import Client

# What must never be found: each is planted at one place.
NOTE = "CANARI-note négociation du brevet"
NAME = "CANARI-Jeanne-Personne"
MAIL = "canari.jeanne@chu-exemple.example"
PHONE = "+33-CANARI-0612"
DEEP = "CANARI-noeud-sous-le-contact"
BROKEN = "CANARI-nombre-mal-ecrit"
FORMER = "CANARI-texte-autrefois-public"
SHEET = "CANARI-note-du-tableur"
PERSON = "canari.personne@clinique.example"
PUBLISHER = "CANARI Paul Personne"
CANARIES = (NOTE, NAME, MAIL, PHONE, DEEP, BROKEN, FORMER, SHEET, PERSON, PUBLISHER)
# Of datasets that were public, and then private as a whole: one stays so, one is given again.
HIDDEN = "CANARI-essai-clinique-confidentiel"
SPONSOR = "CANARI-promoteur-de-la-cohorte"
WHOLE = (HIDDEN, SPONSOR)
# What could not be read, so that no description has it; only the report of a harvest quotes it.
MISTYPED = "canari.personne chez clinique.example"
NUMBER = "0612CANARI"
SPACED = "canari jeanne@chu-exemple.example"
TAG = "canari_printemps"
QUOTED = (MISTYPED, NUMBER, SPACED, TAG)

CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire d'essai", en = "Test register" }
publisher = { fr = "Agence d'essai", en = "Test agency" }
contact = "contact@red.example.fr"
application_url = "https://guichet.example/demande?jeu={identifier}&iri={iri}&l={lang}"
[publication]
rules = []
[[holder]]
id = "chu"
name = { fr = "CHU d'Exemple", en = "Example Hospital" }
namespaces = ["https://chu-exemple.example/"]
[[holder]]
id = "clinique"
name = { fr = "Clinique d'Exemple", en = "Example Clinic" }
namespaces = ["https://clinique.example/"]
[[source]]
id = "chu-fichiers"
holder = "chu"
kind = "file"
location = "chu"
[[source]]
id = "clinique-tableur"
holder = "clinique"
kind = "spreadsheet"
location = "clinique"
"""
DATASET = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix red: <https://red.example.fr/ns/red#> .
@prefix rouge: <http://ailleurs.example/test/ns/red#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .

<https://chu-exemple.example/jeu/1> a dcat:Dataset ;
    dct:title "Séjours publiés"@fr ;
    dct:description "Une description publiée."@fr ;
    dct:identifier "SEJ/1 é" ;
    red:feeNote "Gratuit pour la recherche."@fr ;
    red:feeEstimate 0 ;
    red:allowedPurpose red:purpose-e ;
    red:protection red:trade-secret ;
    red:protectedPart "Les scores."@fr ;
    %(more)s
    dcat:contactPoint <https://chu-exemple.example/guichet>, [ a vcard:Individual ;
        red:private true ; vcard:fn "%(name)s" ; vcard:hasEmail <mailto:%(mail)s> ;
        vcard:hasTelephone [ vcard:hasValue "%(phone)s" ] ; vcard:note [ dct:title "%(deep)s" ] ;
        vcard:adr "%(broken)s"^^xsd:integer ] .
<https://chu-exemple.example/guichet> a vcard:Organization ; vcard:fn "Guichet des données"@fr ;
    vcard:hasEmail <mailto:guichet@chu-exemple.example> .
"""
MORE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix red: <https://red.example.fr/ns/red#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MARK = "; red:private true"
ESSAY = (
    MORE
    + f"""<https://chu-exemple.example/jeu/2> a dcat:Dataset ; dct:title "{HIDDEN}"@fr %s .
"""
)
COHORT = (
    MORE
    + """<https://chu-exemple.example/jeu/3> a dcat:Dataset ; dct:title "Cohorte"@fr ;
    dct:description "%s"@fr %s .
"""
)
BROKEN_OFF = (
    MORE
    + f"""<https://chu-exemple.example/jeu/4> a dcat:Dataset ; dct:title "Cassé"@fr ;
    dcat:contactPoint [ red:private true ; vcard:hasEmail <mailto:{SPACED}> ] .
<https://chu-exemple.example/jeu/5> a dcat:Dataset ; dct:title "Réparé"@fr ; red:private true ;
    dct:description "Essai"@{TAG} .
"""
)
LAST = 2
BEFORE = f'dct:provenance [ a dct:ProvenanceStatement ; dct:description "{FORMER}"@fr ] ;'
AFTER = f'red:privateNote "{NOTE}"@fr ; rouge:privateNote "{FORMER}"@fr ;'


def write(root: Path, day: int) -> None:
    """The holders' files of a day, with canaries in them."""
    more = BEFORE if day == 0 else AFTER
    cohort = (SPONSOR, MARK if day == 1 else "") if day < LAST else ("Suivi de dix ans.", "")
    (root / "chu" / "essai.ttl").write_text(ESSAY % (MARK if day else ""), "utf-8")
    (root / "chu" / "cohorte.ttl").write_text(COHORT % cohort, "utf-8")
    (root / "chu" / "casse.ttl").write_text(BROKEN_OFF, "utf-8")
    planted = {"name": NAME, "mail": MAIL, "phone": PHONE, "deep": DEEP, "broken": BROKEN}
    (root / "chu" / "jeu.ttl").write_text(DATASET % {**planted, "more": more}, "utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A catalogue with three days of descriptions, and a spreadsheet, published each day."""
    root = tmp_path_factory.mktemp("private")
    (root / "chu").mkdir()
    (root / "clinique").mkdir()
    (root / "red.toml").write_text(CONFIG, "utf-8")
    rows = declaration()
    rows["datasets"][0] |= {"note": SHEET, "contact": "EDS ; CHV ; MOI", "publisher": "LUI"}
    rows["contacts"] += [
        {"key": "MOI", "name": "Personne", "email": PERSON, "private": "oui (personne)"},
        {"key": "LUI", "name": PUBLISHER, "email": PERSON, "private": "oui"},
        {"key": "TEL", "name": "Accueil", "email": MISTYPED, "phone": NUMBER, "private": "oui"},
    ]
    fill(root / "clinique" / "declaration.xlsx", rows)
    for day in range(LAST + 1):
        write(root, day)
        done = catalogue.red_catalog(root, "run")
        assert done.returncode in {0, 1, 3}, done.stderr
    return load(root / "red.toml")


@pytest.fixture(scope="module")
def server(released: Config, run_server: Callable[[Any], Client]) -> Client:
    """A server on it."""

    class Place:
        config = released

    return run_server(Place())


def released_bytes(config: Config) -> Iterator[tuple[str, bytes]]:
    """Every file of the live release, unpacked."""
    current = config.public / "current"
    for path in sorted(current.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(current.resolve() if path.is_symlink() else current)
            yield str(name), gzip.decompress(content) if path.suffix == ".gz" else content


def found_in(content: bytes) -> list[str]:
    """The canaries in some bytes, as they are or escaped as JSON, HTML or addresses have them."""
    told = []
    for one in (*CANARIES, *WHOLE, *QUOTED):
        forms = {one, json.dumps(one)[1:-1], one.replace("@", "%40"), one.replace("'", "&#39;")}
        if any(form.encode() in content for form in forms):
            told.append(one)
    return told


def test_the_register_keeps_what_is_private(released: Config) -> None:
    """Nothing is lost: the register has every canary."""
    with closing(sqlite3.connect(released.register)) as db:
        rows = db.execute("SELECT canonical FROM version").fetchall()
    kept = b"\n".join(zlib.decompress(row[0]) for row in rows)
    assert sorted((*CANARIES, *WHOLE)) == sorted(found_in(kept))


def test_the_holder_still_reads_why(released: Config) -> None:
    """Its own report quotes all that could not be read."""
    said = "".join(
        catalogue.red_catalog(released.register.parent.parent, "report", holder, "--json").stdout
        for holder in ("chu", "clinique")
    )
    assert [one for one in QUOTED if one not in said] == []


def test_no_published_file_holds_what_is_private(released: Config) -> None:
    """Pages, dumps, feeds, the index and the store of the release have no canary."""
    files = dict(released_bytes(released))
    assert "site/ns/red.ttl" in files
    assert any("Séjours publiés".encode() in content for content in files.values())
    leaks = {name: found for name, content in files.items() if (found := found_in(content))}
    assert leaks == {}


def test_nothing_of_it_is_served(server: Client) -> None:
    """The read interface, OAI-PMH, feeds and pages answer without any canary."""
    listed = server.get("api/datasets?size=100").json()["datasets"]
    assert {one["title"] for one in listed} >= {"Séjours publiés", "Cohorte"}
    assert len(listed) == 3
    answers = [server.get(f"api/datasets/{one['id']}") for one in listed]
    records = [
        server.get(f"oai?verb=ListRecords&metadataPrefix={one}") for one in ("oai_dc", "dcat_ap")
    ]
    assert all("Séjours publiés" in one.content.decode() for one in records)
    answers += records
    answers += [
        server.get(path)
        for path in (
            "api/datasets?q=canari", "api/changes?since=2020-01-01T00:00:00Z", "api/holders",
            "changes.atom", "harvests.atom", "harvests.html",
        )
    ]  # fmt: skip
    answers += [server.get(f"dataset/{one['id']}", "text/turtle") for one in listed]
    assert [one.url for one in answers if not one.ok] == []
    assert [found_in(one.content) for one in answers] == [[]] * len(answers)
    assert server.get("api/datasets?q=CANARI").json()["total"] == 0


def test_no_query_finds_it(server: Client) -> None:
    """SPARQL has neither the private statements nor the nodes they were about."""
    everything = server.ask("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv")
    assert everything.ok
    assert found_in(everything.content) == []
    about = "SELECT ?o { ?s <https://red.example.fr/ns/red#%s> ?o }"
    assert server.select(about % "privateNote") == []
    assert server.select(about % "private") == []
    assert {row["o"] for row in server.select(about % "protectedPart")} == {
        "Les scores.", "Les scores de l'algorithme de tri.",
        "The scores of the triage algorithm.",
    }  # fmt: skip


def test_what_is_public_stays(server: Client) -> None:
    """The conditions of access, the office and the label of a code are there."""
    listed = server.get("api/datasets?size=100").json()["datasets"]
    mine = next(one for one in listed if one["title"] == "Séjours publiés")
    whole = server.get(f"api/datasets/{mine['id']}?lang=en").json()
    said = whole["access_conditions"]
    assert said["fees"] == "Gratuit pour la recherche."
    assert said["fee_estimate"] == "0"
    assert said["purposes"] == [{"code": "53-e", "name": "Scientific research and innovation"}]
    assert said["protections"] == [{"code": "trade-secret", "name": "Trade secret"}]
    assert [c["name"] for c in whole["contacts"]] == ["Guichet des données"]
    assert whole["apply"] == (
        "https://guichet.example/demande?jeu=SEJ%2F1%20%C3%A9"
        "&iri=https%3A%2F%2Fchu-exemple.example%2Fjeu%2F1&l=en"
    )
    label = (
        "SELECT ?l { ?s <https://red.example.fr/ns/red#protection> ?c ."
        " ?c <http://www.w3.org/2004/02/skos/core#prefLabel> ?l FILTER(lang(?l) = 'fr') }"
    )
    assert {row["l"] for row in server.select(label)} == {"Secret d’affaires"}


def test_the_vocabulary_is_where_its_terms_are(server: Client) -> None:
    """`ns/red` is a page for people and Turtle for programs, with the terms of this catalogue."""
    page = server.get("ns/red", "text/html")
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'id="feeNote"' in page.text
    turtle = server.get("ns/red", "text/turtle")
    assert turtle.headers["Content-Type"].startswith("text/turtle")
    assert "@prefix red: <https://red.example.fr/ns/red#>" in turtle.text
    assert "red-catalog.invalid" not in turtle.text
    assert "Properties" in server.get("en/ns/red", "text/html").text
