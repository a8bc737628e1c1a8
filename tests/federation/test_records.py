"""What the feeds say of where a dataset's description comes from."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from red_catalog.model import Severity
from red_catalog.namespaces import PREFIXES
from red_catalog.publish.federation import paging
from red_catalog.register.ledger import Register
from red_catalog.validation.checking import validate
from tests.federation.conftest import FILES, Catalogue

ADDRESS = "https://donnees.bretagne.exemple.fr/catalogue.ttl"
STATUS = NamedNode("http://www.w3.org/ns/adms#status")
DERIVED = f"<{PREFIXES['prov']}wasDerivedFrom>"


@pytest.fixture
def region(tmp_path: Path) -> Catalogue:
    """A published catalogue of three datasets, whose source is on the web since."""
    made = Catalogue(tmp_path / "region", "https://red.exemple.fr/")
    made.configure(FILES)
    made.describe(range(3))
    made.run()
    move(made, ADDRESS)
    return made


def move(made: Catalogue, address: str) -> None:
    """Another address of the source, published and not harvested yet."""
    made.configure(f'kind = "dcat"\nlocation = "{address}"\n')
    made.publish()


def events(made: Catalogue) -> dict[str, list[str]]:
    """The kinds of the changes of each feed, in order."""
    with Register.open(made.config.register) as register:
        return {
            feed: [one.kind for one in register.announcements(feed, 0, 99)]
            for feed in ("catalogue", "eu")
        }


def test_a_record_that_tells_its_source_conforms(region: Catalogue) -> None:
    """The address that a description came from breaks no rule of Release 8 for records."""
    content = (region.site / "feed/eu/events/latest.trig").read_bytes()
    quads = list(parse(content, RdfFormat.TRIG))
    told = [q for q in quads if f" {DERIVED} <{ADDRESS}>" in str(q.triple)]
    assert told
    for one in told:
        said = [q for q in quads if q.graph_name == one.graph_name]
        about = next(q.object for q in said if q.predicate.value.endswith("/primaryTopic"))
        assert isinstance(about, NamedNode)
        report = validate(about.value, "".join(f"{q.triple} .\n" for q in said).encode())
        assert report.count(Severity.VIOLATION) == 0
    page = (region.site / "feed/catalogue/pages/1.ttl").read_bytes()
    statuses = [q for q in parse(page, RdfFormat.TURTLE) if q.predicate == STATUS]
    assert {q.subject for q in statuses} == {
        NamedNode(f"{region.base}record/{one.slug}") for one in region.entries().values()
    }
    found = {
        str(q.predicate) for q in parse(page, RdfFormat.TURTLE) if q.object == NamedNode(ADDRESS)
    }
    assert found == {DERIVED}


def test_the_first_page_tells_of_every_holder(
    region: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A holder whose datasets are on no page, or on another one, is described there."""
    monkeypatch.setattr(paging, "PAGE", 2)
    silent = '[[holder]]\nid = "chu-brest"\nname = { fr = "CHU de Brest", en = "Brest Hospital" }\n'
    region.configure(f'kind = "dcat"\nlocation = "{ADDRESS}"\n', silent)
    region.publish()
    for number, told in (1, True), (2, False):
        page = (region.site / f"feed/catalogue/pages/{number}.ttl").read_text("utf-8")
        found = {str(q.triple) for q in parse(page, RdfFormat.TURTLE)}
        name = f"<{PREFIXES['foaf']}name>"
        assert (f'<{region.base}holder/chu-brest> {name} "CHU de Brest"@fr' in found) is told
        assert f'<{region.base}holder/bretagne> {name} "Détenteurs de bretagne"@fr' in found


def test_another_address_of_a_source_is_an_update(region: Catalogue) -> None:
    """Its datasets are announced once for each address, in both feeds."""
    first = events(region)
    assert first["catalogue"] == ["create"] * 3 + ["update"] * 3
    assert first["eu"].count("create") == first["eu"].count("update") > 0
    region.publish()
    assert events(region) == first
    move(region, "https://donnees.bretagne.exemple.fr/dcat.ttl")
    assert events(region)["catalogue"] == [*first["catalogue"], *["update"] * 3]


def test_a_release_that_does_not_know_its_addresses_announces_nothing(region: Catalogue) -> None:
    """One that was made before they were noted looks at every dataset, and finds it told."""
    before = events(region)
    file = (region.root / "public/current").resolve() / "release.json"
    manifest = json.loads(file.read_bytes())
    assert manifest.pop("addresses") == {"bretagne": ADDRESS}
    file.write_text(json.dumps(manifest), "utf-8")
    region.publish()
    assert events(region) == before
