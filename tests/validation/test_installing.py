"""Installing profiles that others publish."""

import shutil
from pathlib import Path
from typing import Final

import pytest
import rdflib

from red_catalog.errors import RedError
from red_catalog.http import Http
from red_catalog.model import Document, Level
from red_catalog.pipeline.desk import checking
from red_catalog.rdf.limits import Limits
from red_catalog.validation import installing, profiles, shapes_graph, vetting
from red_catalog.validation.checking import validate
from red_catalog.validation.pyshacl_engine import run
from tests import shared
from tests.validation.test_same_as_official import (
    EVERY_CLASS,
    official,
    referenced,
    results,
    triples_of,
)  # fmt: skip

PREFIXES: Final = """
@prefix : <https://chu-valmont.example.fr/formes#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
TITLE: Final = (
    "[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; "
    "sh:property [ sh:path dct:title ; sh:minCount 1 ] ."
)
ASKING: Final = ":A a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:sparql [ sh:select"
DATASET: Final = "https://chu-valmont.example.fr/donnees/urgences"
BARE: Final = (
    f"<{DATASET}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<http://www.w3.org/ns/dcat#Dataset> .\n"
).encode()


def shapes(text: str) -> bytes:
    """Shapes with the usual prefixes."""
    return (PREFIXES + text).encode()


def test_an_installed_profile_is_used_by_its_name(tmp_path: Path) -> None:
    """Reports name it, with its release and digest."""
    made = installing.install(
        shapes(TITLE), "titres", tmp_path, origin="https://chu-valmont.example.fr/formes.ttl",
        release="3",
    )  # fmt: skip
    assert "titres" in profiles.names(tmp_path)
    assert "titres" not in profiles.names()
    report = validate(DATASET, BARE, "titres", tmp_path)
    assert (report.profile, report.release, report.shapes) == ("titres", "3", made.digest)
    assert [f.path for f in report.findings] == ["<http://purl.org/dc/terms/title>"]
    assert made.origin == "https://chu-valmont.example.fr/formes.ttl"


def test_shapes_at_an_address_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are called as the document is, and their origin is the address."""
    address = "https://chu-valmont.example.fr/formes/Titres_R3.ttl"
    monkeypatch.setattr(
        checking, "fetch", lambda location, *_: Document(location, shapes(TITLE), "text/turtle")
    )
    with Http(tmp_path / "cache", "red-catalog", Limits()) as http:
        made = checking.install_shapes(address, None, tmp_path / "shapes", "3", http)
    assert (made.name, made.release, made.origin) == ("titres-r3", "3", address)
    report = validate(DATASET, BARE, "titres-r3", tmp_path / "shapes")
    assert [f.path for f in report.findings] == ["<http://purl.org/dc/terms/title>"]


def test_the_published_release_gives_what_its_loadable_set_gives(tmp_path: Path) -> None:
    """Every file as published, beside what it imports: levels told apart, the odd shape mended."""
    folder = tmp_path / "release"
    shutil.copytree(shared.folder("official") / "healthdcat-ap-r8" / "validator", folder)
    for part in ("shapes", "shapes_recommended", "range"):
        source = shared.folder("official") / "dcat-ap-3.0.1" / f"{part}.ttl"
        shutil.copy(source, folder / f"dcat-ap-{part}.ttl")
    installing.install(folder, "officiel", tmp_path / "shapes", release="8")
    triples = triples_of(EVERY_CLASS)
    assert triples
    beside = referenced(triples)
    for level in Level:
        expected = results(official(level), triples, beside)
        actual = results(
            shapes_graph.shapes("officiel", level, tmp_path / "shapes"), triples, beside
        )
        assert expected.keys() == actual.keys()


def test_the_same_shapes_give_the_same_digest(tmp_path: Path) -> None:
    """Whenever and wherever they are installed, whatever the blank nodes are called."""
    text = TITLE + "\n[] a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:nodeKind sh:IRI ."
    one = installing.install(shapes(text), "un", tmp_path / "a", origin="x")
    two = installing.install(shapes(text), "un", tmp_path / "b", origin="x")
    assert one.digest == two.digest


def test_installing_again_replaces(tmp_path: Path) -> None:
    """The profile of a name is the last one installed."""
    first = installing.install(shapes(TITLE), "titres", tmp_path, origin="x")
    second = installing.install(
        shapes(TITLE.replace("minCount 1", "minCount 2")), "titres", tmp_path, origin="x"
    )
    assert first.digest != second.digest
    assert profiles.load("titres", tmp_path) == second
    assert sorted(p.name for p in tmp_path.iterdir()) == ["titres"]


def test_levels_are_told_by_file_names(tmp_path: Path) -> None:
    """A file of one level is for that level, any other for all."""
    folder = tmp_path / "release"
    folder.mkdir()
    for name in ("common", "public-shapes", "restricted-shapes", "NON_PUBLIC"):
        (folder / f"{name}.ttl").write_bytes(shapes(TITLE))
    made = installing.install(folder, "niveaux", tmp_path / "shapes")
    assert {level: [f.name for f in files] for level, files in made.files.items()} == {
        Level.PUBLIC: ["common.ttl", "public-shapes.ttl"],
        Level.RESTRICTED: ["common.ttl", "restricted-shapes.ttl"],
        Level.NON_PUBLIC: ["common.ttl", "NON_PUBLIC.ttl"],
    }


def test_levels_are_told_by_the_access_right_asked_for(tmp_path: Path) -> None:
    """A level without any shapes of its own gets the strictest ones."""
    folder = tmp_path / "release"
    folder.mkdir()
    right = "<http://publications.europa.eu/resource/authority/access-right/RESTRICTED>"
    asks = TITLE.replace("dct:title ; sh:minCount 1", f"dct:accessRights ; sh:hasValue {right}")
    (folder / "un.ttl").write_bytes(shapes(asks))
    (folder / "deux.ttl").write_bytes(shapes(TITLE))
    made = installing.install(folder, "niveaux", tmp_path / "shapes")
    assert {tuple(f.name for f in files) for files in made.files.values()} == {
        ("deux.ttl", "un.ttl")
    }


def test_a_property_shape_without_path_becomes_a_node_shape(tmp_path: Path) -> None:
    """The constraint holds on what its owner is about, with its own severity."""
    text = """:Jeu a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [
        sh:severity sh:Warning ;
        sh:or ( [ sh:property [ sh:path dct:title ; sh:minCount 1 ] ]
                [ sh:property [ sh:path dct:alternative ; sh:minCount 1 ] ] ) ] ."""
    installing.install(shapes(text), "titres", tmp_path)
    found = validate(DATASET, BARE, "titres", tmp_path).findings
    assert [(f.component, f.severity) for f in found] == [("sh:OrConstraintComponent", "warning")]


def test_imports_and_scripts_are_left_out(tmp_path: Path) -> None:
    """They are named, and nothing is asked of the network."""
    attack = shared.attack("shapes/91-imports.ttl")
    made = installing.install(attack, "importe", tmp_path)
    assert made.imports == ("http://127.0.0.1:18999/imp.ttl",)
    assert b"shacl#js" not in made.files[Level.PUBLIC][0].read_bytes()
    assert run(shapes_graph.shapes("importe", Level.PUBLIC, tmp_path), [], []) == []


def test_an_exploding_pattern_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that shows the pattern."""
    monkeypatch.setattr(vetting, "_SECONDS", 1.0)
    attack = shared.attack("shapes/90-redos.ttl")
    with pytest.raises(RedError, match=r"may take for ever on a short text\.$"):
        installing.install(attack, "lent", Path("never-made"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("this is not Turtle", "is not valid Turtle: see line 7"),
        (
            ":A a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:node :B . :B sh:node :A .",
            "refers to itself|recurs",
        ),
        (TITLE.replace("sh:minCount 1", 'sh:pattern "(unfinished"'), "is not a valid pattern"),
        (":A a sh:NodeShape ; sh:nodeKind sh:IRI .", "no shape with a target"),
        (
            ':A a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:sparql [ sh:select "SELECT '
            '$this WHERE { \\\\u0053ERVICE <http://127.0.0.1:1/> { $this ?p ?o } }" ] .',
            "uses SERVICE",
        ),
        (
            ':A a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:sparql [ sh:select "SELECT '
            '$this FROM <http://127.0.0.1:1/> WHERE { $this ?p ?o }" ] .',
            "uses FROM",
        ),
        (
            f"{ASKING} 'SELECT $this WHERE {{ $this ?p \"a # b\" . SERVICE <urn:x> {{ }} }}' ] .",
            "uses SERVICE",
        ),
        (f"{ASKING} 'SELECT $this WHERE {{ S\\\\U0045RVICE <urn:x> {{ }} }}' ] .", "uses SERVICE"),
        (f"{ASKING} 'SELECT $this \\\\u00000046ROM <urn:x> WHERE {{ }}' ] .", "uses FROM"),
        (f"{ASKING} 'SELECT $this WHERE {{ }} # \\\\UFFFFFFFF' ] .", "Invalid unicode code point"),
        (
            f"{ASKING} 'SELECT $this WHERE {{ $this ?p ?o OPTIONAL {{ $this ?q ?r FILTER("
            'REPLACE(?r, CONCAT("^(a+)", "+$"), "") = ?o) } }\' ] .',
            "computes a pattern of REGEX or REPLACE",
        ),
        (TITLE.replace("dct:title", "<http://ex.org/mon titre>"), "which is no address"),
        (
            TITLE.replace("sh:minCount 1", 'sh:hasValue "x"^^<http://ex.org/mon type>'),
            "which is no address",
        ),
        (f"{ASKING} 'SELEC $this WHERE {{ }}' ] .", "cannot be run .Expected .*mend it"),
        (f"{ASKING} 'SELECT $this WHERE {{ $this sante:p ?o }}' ] .", "namespace prefix : sante"),
    ],
)
def test_bad_shapes_are_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(RedError, match=sentence):
        installing.install(shapes(text), "mauvais", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this ?p 'nach SERVICE' . FILTER(?p != <urn:from>) } # FROM here",
        'SELECT $this WHERE { $this ?from """un texte " long, load""" }',
    ],
)
def test_words_in_texts_names_and_comments_are_no_clauses(query: str, tmp_path: Path) -> None:
    """A query that only speaks of services is installed."""
    literal = rdflib.Literal(query).n3()
    made = installing.install(shapes(f"{ASKING} {literal} ] ."), "mots", tmp_path)
    assert made.files


def test_an_exploding_pattern_in_a_query_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is in a shape."""
    monkeypatch.setattr(vetting, "_SECONDS", 1.0)
    query = 'SELECT $this WHERE { $this ?p ?o FILTER(regex(str(?o), "^(a+)+$")) }'
    with pytest.raises(RedError, match=r"The pattern `\^\(a\+\)\+\$` may take for ever"):
        installing.install(
            shapes(f"{ASKING} {rdflib.Literal(query).n3()} ] ."), "lent", Path("never-made")
        )


def test_patterns_that_end_are_installed(tmp_path: Path) -> None:
    """In the query, where they can be tried."""
    query = 'SELECT $this WHERE { $this ?p ?o FILTER(regex(?o, "^[a-z]+$", "i")) }'
    installing.install(shapes(f"{ASKING} {rdflib.Literal(query).n3()} ] ."), "motifs", tmp_path)
    assert validate(DATASET, BARE, "motifs", tmp_path).findings == ()


def test_a_query_that_fails_on_some_data_is_told_in_one_sentence(tmp_path: Path) -> None:
    """The lone node that it was tried on when it was installed could not show it."""
    query = (
        "SELECT $this WHERE { $this <http://purl.org/dc/terms/title> ?o "
        'FILTER(REPLACE(?o, "a", "$9") = "b") }'
    )
    installing.install(shapes(f"{ASKING} {rdflib.Literal(query).n3()} ] ."), "groupes", tmp_path)
    titled = BARE + f'<{DATASET}> <http://purl.org/dc/terms/title> "Passages" .\n'.encode()
    with pytest.raises(RedError, match=r"cannot be run \(invalid group reference 9.*leave it out"):
        validate(DATASET, titled, "groupes", tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("règles.ttl", "régles.ttl"),
        ("a/jeu.ttl", "a--jeu.ttl"),
        ("Jeux de données.ttl", "Jeux-de-données.ttl"),
        ("JEU.ttl", "jeu.ttl"),
    ],
)
def test_files_with_names_alike_are_all_kept(one: str, other: str, tmp_path: Path) -> None:
    """Accents, spaces and folders are written otherwise: no file is written over another."""
    for name, path in ((one, "dct:title"), (other, "dct:description")):
        file = tmp_path / "release" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        # Relative addresses are each file's own, too.
        file.write_bytes(shapes(TITLE.replace("[]", "<#forme>", 1).replace("dct:title", path)))
    installing.install(tmp_path / "release", "deux", tmp_path / "shapes")
    found = validate(DATASET, BARE, "deux", tmp_path / "shapes").findings
    assert [f.path.rpartition("/")[2] for f in found if f.path] == ["description>", "title>"]


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    """Some editors write one."""
    assert installing.install(b"\xef\xbb\xbf" + shapes(TITLE), "bloc-notes", tmp_path).files


@pytest.mark.parametrize("name", ["../ailleurs", "Majuscule", "", "healthdcat-ap-8", "a/b"])
def test_a_bad_name_is_refused(name: str, tmp_path: Path) -> None:
    """Names are names of folders, and never those of the software's own profiles."""
    with pytest.raises(RedError):
        installing.install(shapes(TITLE), name, tmp_path)


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("maison.ttl", "maison"),
        ("/srv/formes/HealthDCAT_AP r8.ttl", "healthdcat-ap-r8"),
        ("/srv/formes/dcat-ap-3.0.1/", "dcat-ap-3.0.1"),
        ("https://formes.exemple.fr/v2/Forme%20nationale.ttl?download=1", "forme-nationale"),
        ("https://formes.exemple.fr/", "shapes"),
    ],
)
def test_a_profile_is_called_as_its_file_or_folder_is(location: str, name: str) -> None:
    """Small letters, digits, dots and dashes only."""
    assert installing.name_after(location) == name


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """There is nothing to install."""
    with pytest.raises(RedError, match="holds no Turtle file"):
        installing.install(tmp_path, "vide", tmp_path / "shapes")


def test_too_much_is_refused(tmp_path: Path) -> None:
    """Before it is parsed."""
    with pytest.raises(RedError, match="too large"):
        installing.install(b" " * 20_000_001, "grand", tmp_path)
