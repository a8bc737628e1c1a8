"""The repository, asked by a client from PyPI, by our own harvester and by hand."""

import base64
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import oaipmh_scythe
import pytest
from oaipmh_scythe import Scythe

from red_catalog.harvesters.oaipmh import harvest
from red_catalog.http import Http
from red_catalog.model import Document, Gone, Source
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.serve.oai import repository as paging
from red_catalog.serve.oai.repository import Repository
from red_catalog.store import stamps
from tests import catalogue
from tests.serve.published import publish_samples

NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
SEJOURS = "https://donnees.chu-valmorin.example/jeu/eds-sejours"
# A token of ours, but for the set, which is a number.
NO_SET = base64.urlsafe_b64encode(b'["oai_dc","","9",0,"2000-01-01","",1]').decode().rstrip("=")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A catalogue of its own: these tests publish anew."""
    return publish_samples(tmp_path_factory.mktemp("oai") / "catalogue")


@pytest.fixture(scope="module")
def repository(place: Any, run_server: Callable[..., Any]) -> Any:
    """A server on it."""
    return run_server(place)


def ask(repository: Any, **arguments: str) -> ET.Element:
    """The document that answers a request."""
    answer = repository.session.get(repository.url + "oai", params=arguments, timeout=20)
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    return ET.fromstring(answer.content)


def error_of(repository: Any, **arguments: str) -> str:
    """The code of the error that answers a request."""
    found = ask(repository, **arguments).find("o:error", NS)
    assert found is not None
    return found.attrib["code"]


def texts(root: ET.Element, path: str) -> list[str]:
    """The texts of the elements at a path."""
    return [one.text or "" for one in root.findall(path, NS)]


def token_of(root: ET.Element) -> str:
    """The resumption token of a list; nothing at its end."""
    found = root.find(".//o:resumptionToken", NS)
    return "" if found is None else found.text or ""


def test_scythe_reads_everything(repository: Any) -> None:
    """A client from PyPI identifies, lists and gets every record in both formats."""
    total = repository.get("api/datasets?size=1").json()["total"]
    with Scythe(repository.url + "oai") as client:
        identity: Any = client.identify()
        assert identity.protocolVersion == "2.0"
        formats: list[Any] = list(client.list_metadata_formats())
        prefixes = {f.metadataPrefix for f in formats}
        assert prefixes == {"oai_dc", "dcat_ap"}
        records: list[Any] = []
        for prefix in prefixes:
            records = list(client.list_records(metadata_prefix=prefix))
            assert len({r.header.identifier for r in records}) == len(records) == total
        one: Any = client.get_record(
            identifier=records[0].header.identifier, metadata_prefix="oai_dc"
        )
        assert one.metadata["type"] == ["Dataset"]
        listed: list[Any] = list(client.list_sets())
        sets = {s.setSpec for s in listed}
        assert {"holder:chu-valmorin", "category", "holder"} <= sets
        mine = list(client.list_identifiers(metadata_prefix="oai_dc", set_="holder:chu-valmorin"))
        counted = repository.get("api/datasets?holder=chu-valmorin&size=1").json()["total"]
        assert len(mine) == counted
        of_category = sorted(s for s in sets if s.startswith("category:"))
        assert len(of_category) > 1
        for one in of_category:
            listed = list(client.list_identifiers(metadata_prefix="oai_dc", set_=one))
            code = one.removeprefix("category:")
            counted = repository.get(f"api/datasets?category={code}&size=1").json()["total"]
            assert (one, len(listed)) == (one, counted)
        with pytest.raises(oaipmh_scythe.NoRecordsMatch):
            list(client.list_records(from_="2999-01-01"))


def test_the_repository_tells_a_mailbox(place: Any) -> None:
    """The one that is set, else the contact of the catalogue."""
    catalogue = replace(place.config.catalogue, contact="mailto:repertoire@a.example")
    index: Any = SimpleNamespace(earliest=lambda: "2029-03-26T04:00:00Z")
    for one, mailbox in (
        (catalogue, "repertoire@a.example"),
        (replace(catalogue, admin_email="oai@a.example"), "oai@a.example"),
    ):
        told = Repository(one, index, index).answer("Identify", {})
        assert f"<adminEmail>{mailbox}</adminEmail>" in told


def test_our_own_harvester_gets_the_same_descriptions(repository: Any, tmp_path: Path) -> None:
    """Harvested from the repository, a dataset has the canonical form it has in the catalogue."""
    source = Source("copie", "copie", "oaipmh", repository.url + "oai", allow_hosts=("127.0.0.1",))
    with Http(tmp_path, "essai", Limits()) as http:
        documents = [d for d in harvest(source, http) if isinstance(d, Document)]
    read_back = [read(d, source, Limits()) for d in documents]
    found = {r.iri: r for reading in read_back for r in reading.records}  # type: ignore[union-attr]
    total = repository.get("api/datasets?size=1").json()["total"]
    assert len(found) == total
    slug = repository.get(f"resource?iri={SEJOURS}").headers["location"].rpartition("/")[2]
    original = repository.get(f"dataset/{slug}.nt").content
    own = read(Document("x", original, "application/n-triples"), source, Limits())
    assert found[SEJOURS].digest == own.records[0].digest  # type: ignore[union-attr]


def test_dublin_core_has_the_words(repository: Any) -> None:
    """A record in Dublin Core names the dataset, its publisher and its rights in words."""
    slug = repository.get(f"resource?iri={SEJOURS}").headers["location"].rpartition("/")[2]
    root = ask(
        repository, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:127.0.0.1:{slug}"
    )
    assert SEJOURS in texts(root, ".//dc:identifier")
    assert any("Séjours" in title for title in texts(root, ".//dc:title"))
    assert "Centre hospitalier universitaire de Valmorin" in texts(root, ".//dc:publisher")
    assert texts(root, ".//dc:rights")


def test_dublin_core_has_no_empty_words(repository: Any) -> None:
    """What a description leaves empty, a title say, is not an element."""
    root = ask(repository, verb="ListRecords", metadataPrefix="oai_dc")
    words = [one.text or "" for one in root.iterfind(".//{*}dc/*")]
    assert len(words) > 100
    assert all(text.strip() for text in words)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Nothing"}, "badVerb"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "oai:127.0.0.1:x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "hier"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2029-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2030-01-01",
          "until": "2029-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2029-01-01",
          "until": "2029-01-02T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "holder:x"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "W10"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": NO_SET}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "é"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "set": "y"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:127.0.0.1:x"},
         "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "<x>&"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_errors_are_those_of_the_protocol(
    repository: Any, arguments: dict[str, str], code: str
) -> None:
    """Each mistake has its code, in a document that is well formed."""
    assert error_of(repository, **arguments) == code


def test_sets_have_names(repository: Any) -> None:
    """Sets of holders and of categories are named as people name them, with or without datasets."""
    told = repository.get("oai?verb=ListSets").text
    assert "<setSpec>holder</setSpec><setName>Détenteur</setName>" in told
    assert "<setSpec>category</setSpec><setName>Catégorie de données" in told


def test_what_was_asked_is_repeated_as_it_was(repository: Any) -> None:
    """The attributes of a request are escaped once."""
    told = repository.get("oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=a%26b%3C").text
    assert 'identifier="a&amp;b&lt;"' in told


def test_a_day_until_is_that_whole_day(repository: Any) -> None:
    """Until the day of the last change, all is listed; until the day before the first, nothing."""
    with Scythe(repository.url + "oai") as client:
        listed: list[Any] = list(client.list_identifiers(metadata_prefix="oai_dc"))
        days = sorted(one.datestamp[:10] for one in listed)
        until = list(client.list_identifiers(metadata_prefix="oai_dc", until=days[-1]))
        assert len(until) == len(listed)
        before = date.fromisoformat(days[0]) - timedelta(days=1)
        with pytest.raises(oaipmh_scythe.NoRecordsMatch):
            list(client.list_identifiers(metadata_prefix="oai_dc", until=before.isoformat()))


def test_a_list_that_fills_its_page_is_at_its_end(
    repository: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No token leads from the last record to an empty list; one record less, and there is one."""
    total = repository.get("api/datasets?size=1").json()["total"]
    for page, more in ((total, False), (total - 1, True)):
        monkeypatch.setattr(paging, "PAGE", page)
        root = ask(repository, verb="ListIdentifiers", metadataPrefix="oai_dc")
        assert (len(texts(root, ".//o:identifier")), bool(token_of(root))) == (page, more)


def test_a_repeated_argument_is_refused(repository: Any) -> None:
    """The same argument twice is an error, and so are requests by POST that hold it."""
    query = "verb=ListSets&verb=ListSets"
    assert b'code="badVerb"' in repository.get(f"oai?{query}").content
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    sent = repository.session.post(
        repository.url + "oai", "verb=Identify", headers=headers, timeout=5
    )
    assert b"<Identify>" in sent.content


def test_a_token_outlives_a_release_and_deletions_are_told(place: Any, repository: Any) -> None:
    """Between two parts of a list a dataset goes, and another changes: neither is missed."""
    time.sleep(stamps.AHEAD.total_seconds() + 1)  # what is public has a moment that is past
    start = ask(repository, verb="Identify")
    first = ask(repository, verb="ListIdentifiers", metadataPrefix="dcat_ap")
    listed = texts(first, ".//o:identifier")
    token = token_of(first)
    assert token
    before = set(listed)
    time.sleep(1.1)  # stamps count seconds
    gone, changed = _change(place)
    rest: list[str] = []
    deleted: list[str] = []
    while token:
        root = ask(repository, verb="ListIdentifiers", resumptionToken=token)
        rest += texts(root, ".//o:identifier")
        deleted += texts(root, ".//o:header[@status='deleted']/o:identifier")
        token = token_of(root)
    total = repository.get("api/datasets?size=1").json()["total"]
    assert len(before | set(rest)) == total + 1
    assert any(one.endswith(gone) for one in deleted)
    assert any(one.endswith(changed) for one in rest)
    since = texts(start, "o:responseDate")[0]
    later = ask(repository, verb="ListRecords", metadataPrefix="oai_dc", **{"from": since})
    assert {one.rpartition(":")[2] for one in texts(later, ".//o:identifier")} == {gone, changed}
    assert not later.findall(".//o:header[@status='deleted']/../o:metadata", NS)


def _change(place: Any) -> tuple[str, str]:
    """Publishes a release with one dataset less and another title; returns their page names."""
    settings = place.root / "red.toml"
    text = settings.read_text("utf-8")
    quick = text.replace("grace_days = 7", "grace_days = 0").replace(
        "grace_runs = 3", "grace_runs = 1"
    )
    settings.write_text(quick, "utf-8")
    (place.root / "essais-cedre" / "cedre-cardio-3.jsonld").unlink()
    kept = place.root / "chu-valmorin" / "urgences-passages.ttl"
    kept.write_text(kept.read_text("utf-8").replace("Passages", "Venues", 1), "utf-8")
    for _ in range(5):  # two, but where the machine is so busy that a document is read too late
        catalogue.red_catalog(place.root, "run", "--accept-removals")
        release = json.loads((place.root / "public" / "current" / "release.json").read_bytes())
        if release["gone"]:
            break
    (gone,) = release["gone"]
    return gone, next(s for s in release["datasets"] if s.startswith("urgences-passages"))


def test_our_harvester_hears_of_deletions(repository: Any, tmp_path: Path) -> None:
    """A dataset that was withdrawn comes to our own harvester as gone."""
    source = Source(
        "copie", "copie", "oaipmh", repository.url + "oai", allow_hosts=("127.0.0.1",),
        bookmark="2000-01-01T00:00:00Z", options={"metadata_prefix": "dcat_ap"},
    )  # fmt: skip
    with Http(tmp_path, "essai", Limits()) as http:
        found = list(harvest(source, http))
    assert [g for g in found if isinstance(g, Gone)]
