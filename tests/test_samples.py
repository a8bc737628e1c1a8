"""The bundled sample holders: what the README promises of them holds."""

import importlib.util
import os
import re
import socket
import threading
import tomllib
from collections.abc import Iterator
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Final

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCAT, FOAF, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from red_catalog.config import load
from red_catalog.harvesters.spreadsheet import Conversion, convert_documents
from red_catalog.model import Document
from red_catalog.rdf.limits import Limits
from tests import shared

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLES: Final = ROOT / "samples"
OFFICIAL: Final = Path(os.environ.get("RED_OFFICIAL", ROOT.parent / "shared" / "official"))
BROKEN: Final = "comptes-rendus-operatoires.ttl"
CONTESTED: Final = "https://doi.org/10.5072/mesange-genotypage"
FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
DATASET: Final = ox.NamedNode(str(DCAT.Dataset))
TYPE: Final = ox.NamedNode(str(RDF.type))
ACCESS: Final = "http://publications.europa.eu/resource/authority/access-right/"
CATEGORIES: Final = "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/"
ROLES: Final = {
    "acces-donnees", "collections", "data-office", "donnees", "entrepot-donnees", "guichet",
    "partage-donnees", "repertoire", "secretariat", "surveillance",
}  # fmt: skip
# What stands before a dataset's own name in the IRIs of the samples.
NAME: Final = re.compile(r".*(?:metadata#|/ns/|/datasets?/|/jeu/|/collection/|/etudes/)")
DEFECTIVE: Final = {
    "CHUTES", "actimetrie-parents", "arrets-de-travail", "catalogue-echantillons",
    "cedre-diabete-1/donnees", "certificats-electroniques", "depistage-colorectal",
    "dictionnaire", "dispositifs-implantables", "journal-alimentaire", "mortalite",
    "permanence-des-soins", "recours-canicule", "teleconsultations", "urgences-passages",
}  # fmt: skip


def documents() -> list[Path]:
    """Every RDF file of the samples, and one file of each declaration in a spreadsheet."""
    return sorted([*rdf_files(), *(SAMPLES / "clinique-tamaris").rglob("d[ae]*.*")])


def rdf_files() -> list[Path]:
    """Every RDF file of the samples."""
    return sorted(p for p in SAMPLES.rglob("*") if p.suffix in FORMATS)


def converted(path: Path) -> Conversion:
    """What becomes of the declaration that this file belongs to."""
    files = [path] if path.suffix == ".xlsx" else sorted(path.parent.glob("*.csv"))
    settings = load(SAMPLES / "red.toml")
    given = [Document(file.name, file.read_bytes()) for file in files]
    return convert_documents(given, settings.source("clinique-tamaris-tableurs"), Limits())


def text(path: Path) -> str:
    """What a file says, also where it is no text."""
    if path.suffix in {".xlsx", ".csv"}:
        return "\n".join(str(quad) for quad in quads(path))
    return path.read_text("utf-8")


@cache
def quads(path: Path) -> list[ox.Quad]:
    """The statements of a file; those of the broken one once its IRI is mended."""
    found: list[ox.Quad] = []
    if path.suffix not in FORMATS:
        declared = converted(path).document
        assert isinstance(declared, Document)
        return list(ox.parse(declared.content, format=ox.RdfFormat.N_TRIPLES))
    try:
        found.extend(ox.parse(path.read_bytes(), format=FORMATS[path.suffix]))
    except SyntaxError:
        if path.name != BROKEN:
            raise
        text = re.sub(r"(?<=acces/)[a-z ]+(?=>)", "comptes-rendus", path.read_text("utf-8"))
        found = list(ox.parse(text, format=FORMATS[path.suffix]))
    return found


def datasets(path: Path) -> list[str]:
    """The IRIs of the datasets that a file describes."""
    return named_datasets(quads(path))


def named_datasets(statements: list[ox.Quad]) -> list[str]:
    """The IRIs of the datasets that these statements describe, sorted."""
    return sorted(
        q.subject.value
        for q in statements
        if q.predicate == TYPE and q.object == DATASET and isinstance(q.subject, ox.NamedNode)
    )


def values(predicate: str) -> set[str]:
    """Every value of a property over all samples."""
    return {
        q.object.value
        for path in documents()
        for q in quads(path)
        if q.predicate.value == predicate and isinstance(q.object, ox.NamedNode)
    }


def luhn(digits: str) -> bool:
    """Whether the digits satisfy the Luhn check."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def script(name: str) -> ModuleType:
    """A script of the samples as a module."""
    spec = importlib.util.spec_from_file_location(name, SAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def feed() -> Iterator[ThreadingHTTPServer]:
    """The feed server on a free port."""
    server: ThreadingHTTPServer = script("feed_server").make_server(
        SAMPLES / "feed", socket.create_server(("127.0.0.1", 0))
    )
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def fetch(
    server: ThreadingHTTPServer, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    """One request to the feed server."""
    connection = HTTPConnection("127.0.0.1", int(server.server_address[1]), timeout=10)
    try:
        connection.request(method, path, headers={k.replace("_", "-"): headers[k] for k in headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_every_file_but_one_parses() -> None:
    """Only the file with spaces in an IRI is refused, and the parser names the line."""
    refused = {}
    for path in rdf_files():
        try:
            list(ox.parse(path.read_bytes(), format=FORMATS[path.suffix]))
        except SyntaxError as error:
            refused[path.name] = str(error)
    assert set(refused) == {BROKEN}
    assert "Invalid IRI" in refused[BROKEN]


def test_counts_of_the_readme() -> None:
    """Nine holders, 48 descriptions of 47 datasets, four syntaxes and two kinds of tables."""
    described = [iri for path in documents() for iri in datasets(path)]
    assert len(load(SAMPLES / "red.toml").holders) == 9
    assert (len(described), len(set(described))) == (48, 47)
    suffixes = {path.suffix for path in documents() if datasets(path)}
    assert suffixes == {*FORMATS, ".xlsx", ".csv"}


def test_each_source_gives_the_datasets_of_the_readme() -> None:
    """The README's table has the right number of datasets for each holder."""
    folders: dict[str, int] = {}
    for path in documents():
        name = path.relative_to(SAMPLES).parts[0]
        folders[name] = folders.get(name, 0) + len(datasets(path))
    readme = (SAMPLES / "README.md").read_text("utf-8")
    rows = re.findall(r"`([a-z-]+)/[^|]*\|[^|]*\| (\d+) \|", readme)
    assert folders == {folder: int(count) for folder, count in rows}


def test_all_access_levels_and_categories_occur() -> None:
    """The three levels and the 17 categories of Article 51 are all shown."""
    levels = values("http://purl.org/dc/terms/accessRights")
    assert {ACCESS + level for level in ("PUBLIC", "RESTRICTED", "NON_PUBLIC")} <= levels
    found = values("http://healthdataportal.eu/ns/health#healthCategory")
    known = {iri for iri in found if iri.startswith(CATEGORIES)} - {CATEGORIES + "HRDA"}
    assert len(known) == 17


def test_declarations_have_the_mistakes_of_the_readme() -> None:
    """Two mistakes, each with its place; the script that writes them writes the same."""
    told = {}
    for path in documents():
        if path.suffix not in FORMATS:
            found = converted(path)
            assert isinstance(found.document, Document)
            assert found.held == ()
            told[path.suffix] = [d.code for d in (*found.document.defects, *found.absences)]
    assert told == {".xlsx": ["sheet-cell-code"], ".csv": ["sheet-theme-health"]}


def test_declarations_are_those_of_their_script(tmp_path: Path) -> None:
    """What the script writes says the same as what lies here."""
    script("spreadsheets").write(tmp_path)
    for path in documents():
        if path.suffix not in FORMATS:
            fresh = tmp_path / path.relative_to(SAMPLES / "clinique-tamaris")
            assert converted(fresh) == converted(path)


def test_one_dataset_is_claimed_twice() -> None:
    """The institute and the biobank describe one DOI, which is in nobody's namespace."""
    claims = [p.parent.name for p in documents() if CONTESTED in datasets(p)]
    assert claims == ["biobanque-genalpe", "institut-mesange"]
    namespaces = [n for h in load(SAMPLES / "red.toml").holders for n in h.namespaces]
    assert not [n for n in namespaces if CONTESTED.startswith(n)]
    order = [s.holder for s in load(SAMPLES / "red.toml").sources]
    assert order.index("institut-mesange") < order.index("biobanque-genalpe")


def test_datasets_lie_in_their_holders_namespaces() -> None:
    """No description but the contested one is foreign to the holder that gives it."""
    settings = load(SAMPLES / "red.toml")
    spaces = {h.id: h.namespaces for h in settings.holders} | {
        "feed": settings.holder("vigie-urgences").namespaces
    }
    strangers = {
        iri
        for path in documents()
        for iri in datasets(path)
        if not iri.startswith(spaces[path.relative_to(SAMPLES).parts[0]])
    }
    assert strangers == {CONTESTED}


def test_identifiers_pass_their_checks() -> None:
    """SIREN and SIRET are well formed, and a SIRET begins with its SIREN."""
    for holder in load(SAMPLES / "red.toml").holders:
        siren = holder.identifiers["siren"]
        assert re.fullmatch(r"\d{9}", siren)
        siret = holder.identifiers.get("siret", "")
        assert not siret or re.fullmatch(rf"{siren}\d{{5}}", siret)
        assert luhn(siren)
        assert luhn(siret)
        assert re.fullmatch(r"\d{9}|", holder.identifiers.get("finess", ""))


def test_mailboxes_are_roles_under_example() -> None:
    """No mailbox names a person, and each domain is reserved for examples."""
    texts = [text(p) for p in [*documents(), SAMPLES / "red.toml"]]
    found = {m for t in texts for m in re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", t)}
    assert {m.split("@")[0] for m in found} == ROLES
    assert {m.rsplit(".", 1)[1] for m in found} == {"example"}


def test_json_ld_contexts_are_inline() -> None:
    """No JSON-LD file of the samples asks for a remote context."""
    files = [p for p in documents() if p.suffix == ".jsonld"]
    assert files
    assert [p.name for p in files if re.search(r'"@context":\s*[^{\s]', p.read_text("utf-8"))] == []


def test_variable_tables_have_5_to_40_columns() -> None:
    """Each dictionary of variables is of a realistic size."""
    sizes: dict[tuple[Path, str], int] = {}
    for path in documents():
        for quad in quads(path):
            if quad.predicate.value == "http://www.w3.org/ns/csvw#column":
                key = (path, str(quad.subject))
                sizes[key] = sizes.get(key, 0) + 1
    assert len(sizes) >= 25
    assert (min(sizes.values()), max(sizes.values())) == (5, 40)


def test_configuration_allows_only_the_feed() -> None:
    """The one HTTP source names the feed's address, and no other source allows any."""
    tables = tomllib.loads((SAMPLES / "red.toml").read_text("utf-8"))
    allowed = {s["id"]: s["allow_hosts"] for s in tables["source"] if "allow_hosts" in s}
    assert allowed == {"vigie-urgences-feed": ["127.0.0.1:8765"]}
    assert script("feed_server").PORT == 8765


def test_feed_pages_chain_to_the_last(feed: ThreadingHTTPServer) -> None:
    """Following hydra:next over HTTP meets every dataset that the feed announces."""
    pages, path, found = [], "/page-1.ttl", []
    while path:
        response, body = fetch(feed, path)
        assert (response.status, response.headers["Content-Type"]) == (
            200,
            "text/turtle; charset=utf-8",
        )
        pages.append(path)
        page = list(ox.parse(body, format=ox.RdfFormat.TURTLE))
        found += named_datasets(page)
        following = [q.object for q in page if q.predicate.value.endswith("hydra/core#next")]
        path = following[0].value.removeprefix("http://127.0.0.1:8765") if following else ""
    assert pages == ["/page-1.ttl", "/page-2.ttl", "/page-3.ttl"]
    assert len(set(found)) == 8


def test_demonstrations_that_start_together_have_ports_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the feed's port is taken, at once or a moment ago, another one is listened on."""
    monkeypatch.syspath_prepend(str(SAMPLES))
    demo = script("demo")
    with demo.listen() as one, demo.listen() as other:
        assert one.getsockname() != other.getsockname()
        socket.create_connection(other.getsockname()).close()


def test_feed_answers_304_to_a_known_etag(feed: ThreadingHTTPServer) -> None:
    """A second request with the ETag brings no body."""
    first, _ = fetch(feed, "/page-2.ttl")
    again, body = fetch(feed, "/page-2.ttl", If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")
    changed, _ = fetch(feed, "/page-2.ttl", If_None_Match='"other"')
    assert changed.status == 200


def test_feed_knows_head_and_404(feed: ThreadingHTTPServer) -> None:
    """HEAD gives the length alone; nothing outside the folder is served."""
    head, body = fetch(feed, "/page-1.ttl", "HEAD")
    size = (SAMPLES / "feed" / "page-1.ttl").stat().st_size
    assert (head.status, head.headers["Content-Length"], body) == (200, str(size), b"")
    assert fetch(feed, "/../red.toml")[0].status == 404


def graph(path: Path) -> rdflib.Graph:
    """A file as an rdflib graph."""
    text = ox.serialize((q.triple for q in quads(path)), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return rdflib.Graph().parse(data=text.decode(), format="nt")


def description(whole: rdflib.Graph, iri: Node, others: set[Node]) -> rdflib.Graph:
    """A dataset and what it reaches, stopping at other datasets."""
    found, waiting, seen = rdflib.Graph(), [iri], {iri}
    while waiting:
        for triple in whole.triples((waiting.pop(), None, None)):
            found.add(triple)
            if triple[2] not in seen | others:
                seen.add(triple[2])
                waiting.append(triple[2])
    return found


def background(described: rdflib.Graph, lists: rdflib.Graph) -> rdflib.Graph:
    """The code-list statements that a description mentions, and the subclass axioms."""
    added = rdflib.Graph()
    for term in set(described.objects()):
        for triple in lists.triples((term, None, None)):
            added.add(triple)
            if triple[1] == SKOS.inScheme:
                added += lists.triples((triple[2], None, None))
    vcard = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
    added.add((vcard.Organization, RDFS.subClassOf, vcard.Kind))
    added.add((FOAF.Organization, RDFS.subClassOf, FOAF.Agent))
    return added


def violates(data: rdflib.Graph, shapes: rdflib.Graph) -> bool:
    """Whether pySHACL finds a violation; nested details of a warning do not count."""
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(results, rdflib.Graph)
    return any(
        results.value(result, SH.resultSeverity) == SH.Violation
        for result in results.objects(None, SH.result)
    )


def test_defective_datasets_are_those_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official Release 8 shapes, each dataset at its level, find just the listed defects."""
    if not OFFICIAL.is_dir():
        shared.lack(f"the official shapes are not at {OFFICIAL}; set RED_OFFICIAL to their folder")
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    lists = rdflib.Graph().parse(OFFICIAL / "vocab" / "background-red.ttl")
    shapes = OFFICIAL / "healthdcat-ap-r8-patched"
    levels = {p.stem: rdflib.Graph().parse(p) for p in shapes.glob("*.ttl")}
    failing = set()
    for path in documents():
        whole = graph(path)
        every = set(whole.subjects(RDF.type, DCAT.Dataset))
        for iri in every:
            one = description(whole, iri, every)
            given = {
                str(o).rpartition("/")[2] for o in one.objects(iri, rdflib.DCTERMS.accessRights)
            }
            level = next(iter(given & set(levels)), "NON_PUBLIC")
            data = one + background(one, lists)
            if violates(data, levels[level]):
                failing.add(NAME.sub("", str(iri)))
    assert failing == DEFECTIVE
