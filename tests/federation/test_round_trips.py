"""A second catalogue that reads ours has the same records, and follows what becomes of them."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from red_catalog.register.ledger import Register
from tests.federation.conftest import Catalogue, record, wait_for_sparql
from tests.killing import kill_in_the_middle

WAYS = (
    ("ldes", "feed/catalogue/events/latest.trig"),
    ("ldes", "feed/catalogue/events/latest.jsonld"),
    ("dcat", "feed/catalogue/pages/1.ttl"),
    ("dcat", "feed/catalogue/pages/1.jsonld"),
    ("dcat", "feed/catalogue/pages/1.rdf"),
    ("oaipmh", "oai"),
    ("sparql", "sparql"),
)
# As docs/federation.md gives it: each dataset as its own graph has it.
MORE = {
    "sparql": """options = { batch = "1", query = '''
CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?dataset a <http://www.w3.org/ns/dcat#Dataset> }
  GRAPH ?g { ?s ?p ?o } }''' }
"""
}


@pytest.mark.parametrize(("kind", "path"), [WAYS[0], WAYS[5]])
def test_what_a_strict_gate_held_back_comes_when_it_opens(
    parent: Catalogue, make_child: Callable[..., Catalogue], kind: str, path: str
) -> None:
    """A source of changes is asked again for what was rejected, though nothing of it changed."""
    child = make_child(kind, path)
    settings = child.root / "red.toml"
    strict = settings.read_text("utf-8").replace("rules = []", 'rules = []\ngate = "strict"')
    settings.write_text(strict, "utf-8")
    child.harvest()
    child.harvest()
    assert 0 < len(child.digests()) < len(parent.digests())
    settings.write_text(settings.read_text("utf-8").replace('"strict"', '"flag"'), "utf-8")
    child.harvest()
    assert child.digests() == parent.digests()


def test_catalogues_that_read_ours_follow_it(
    parent: Catalogue, make_child: Callable[..., Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal digests by every way: at first, after a create, updates, a delete, and a return."""
    monkeypatch.setattr("red_catalog.publish.federation.stream.PAGE", 4)
    monkeypatch.setattr("red_catalog.publish.federation.paging.PAGE", 3)
    children = {way: make_child(*way, MORE.get(way[0], "")) for way in WAYS}
    for step in range(3):
        if step == 0:
            parent.describe([3], "avant")
        elif step == 1:
            parent.describe([7])
            parent.describe([1, 2], "revu")
            parent.remove([5])
        else:
            parent.describe([5], "de retour")
            parent.remove([7])
        parent.run()
        wait_for_sparql(parent)
        for child in children.values():
            child.settle()
        expected = parent.digests()
        assert {way: child.digests() for way, child in children.items()} == dict.fromkeys(
            WAYS, expected
        )
    assert record(5).iri in expected
    assert record(7).iri not in expected


def test_a_client_killed_in_the_middle_loses_nothing(
    parent: Catalogue, make_child: Callable[..., Catalogue]
) -> None:
    """`kill -9` while the catalogue is asked, by each way; the harvest after has every record."""
    children = [make_child(*WAYS[n], MORE.get(WAYS[n][0], "")) for n in (0, 2, 5, 6)]
    port = urlsplit(parent.base).port
    assert port
    killed = 0
    for number, delay in enumerate((0.0, 0.05, 0.2)):
        parent.describe([number], f"essai {number}")
        parent.run()
        killed += sum(
            kill_in_the_middle(child.root, port, delay, "harvest", "--workers", "1")
            for child in children
        )
    assert killed >= 2 * len(children)
    wait_for_sparql(parent)
    for child in children:
        child.hours = 1_000_000  # after whatever the killed ones wrote
        child.settle()
        assert child.digests() == parent.digests()
        with Register.open(child.config.register) as register:
            assert register.integrity() == "ok"
