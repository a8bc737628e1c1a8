"""Scores as published: in the catalogue's graph, on each record, the metrics described once."""

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, RDF, SKOS, URIRef

from red_catalog.model import Completeness, Entry, Mqa
from red_catalog.publish.data import dumps
from red_catalog.publish.data.description import describe_catalogue, describe_record
from red_catalog.publish.dataset import forms
from red_catalog.publish.web.site import Site, site
from tests.publish import records

BASE = "https://red.example.fr/"
DQV = rdflib.Namespace("http://www.w3.org/ns/dqv#")
QUALITY = rdflib.Namespace(f"{BASE}quality#")
RECORD = URIRef(f"{BASE}record/sejours-1a2b")
UNCHECKED = ("access-url-answers", "download-url-answers")


def scored() -> list[Entry]:
    """Two datasets, of which the first has scores."""
    one, other = records.entries()[:2]
    counted = Completeness(23, 26, ({"fr": "Langue", "en": "Language"},))
    return [replace(one, completeness=counted, mqa=Mqa(("keyword", "licence"), UNCHECKED)), other]


@pytest.fixture
def about(tmp_path: Path) -> Site:
    """The site of the catalogue."""
    return site(records.config(tmp_path))


@pytest.fixture
def graph(about: Site) -> rdflib.Graph:
    """What the catalogue says of itself."""
    found = rdflib.Graph()
    found.parse(data=describe_catalogue(about, scored(), records.MOMENT), format="nt")
    for entry in scored():
        found.parse(data=describe_record(about, entry), format="nt")
    return found


def test_each_scored_record_has_its_measurements(graph: rdflib.Graph) -> None:
    """Elements, points in all and by dimension; nothing for a record without scores."""
    found = {}
    for node in graph.objects(RECORD, DQV.hasQualityMeasurement):
        metric = graph.value(node, DQV.isMeasurementOf)
        assert graph.value(node, DQV.computedOn) == RECORD
        found[str(metric).removeprefix(QUALITY)] = str(graph.value(node, DQV.value))
    assert found == {
        "elements-given": "23", "elements-applicable": "26", "mqa": "50", "mqa-reachable": "325",
        "mqa-findability": "30", "mqa-accessibility": "0", "mqa-interoperability": "0",
        "mqa-reusability": "20", "mqa-contextuality": "0",
    }  # fmt: skip
    means = {URIRef(f"{BASE}catalog"), URIRef(f"{BASE}holder/{scored()[0].holder}")}
    assert set(graph.subjects(DQV.hasQualityMeasurement)) == {RECORD} | means


def test_holders_and_the_catalogue_have_means(about: Site) -> None:
    """Each holder's over its own datasets that have scores, the catalogue's over all."""
    one, other = scored()
    more = replace(one, iri=f"{one.iri}-2", slug="autre", completeness=Completeness(26, 26, ()),
                   mqa=Mqa(("keyword",), UNCHECKED))  # fmt: skip
    away = replace(more, iri=f"{one.iri}-3", slug="loin", holder="registre-cancers")
    graph = rdflib.Graph()
    told = describe_catalogue(about, [one, other, more, away], records.MOMENT)
    graph.parse(data=told, format="nt")

    def means(subject: str) -> dict[str, str]:
        return {
            str(graph.value(node, DQV.isMeasurementOf)).removeprefix(QUALITY):
            str(graph.value(node, DQV.value))
            for node in graph.objects(URIRef(f"{BASE}{subject}"), DQV.hasQualityMeasurement)
        }  # fmt: skip

    assert means(f"holder/{one.holder}") == {"mean-elements": "0.9423", "mean-mqa": "40"}
    assert means("holder/registre-cancers") == {"mean-elements": "1", "mean-mqa": "30"}
    assert means("catalog") == {"mean-elements": "0.9615", "mean-mqa": "36.6667"}


def test_every_metric_and_dimension_is_named_in_both_languages(graph: rdflib.Graph) -> None:
    """Whoever reads a measurement can find out what it measures."""
    metrics = set(graph.subjects(RDF.type, DQV.Metric))
    assert set(graph.objects(None, DQV.isMeasurementOf)) == metrics
    dimensions = set(graph.subjects(RDF.type, DQV.Dimension))
    assert set(graph.objects(None, DQV.inDimension)) == dimensions
    assert len(dimensions) == 6
    for node in metrics | dimensions:
        names = [o for o in graph.objects(node, SKOS.prefLabel) if isinstance(o, rdflib.Literal)]
        assert sorted(str(name.language) for name in names) == ["en", "fr"]
    for node in metrics:
        assert len(list(graph.objects(node, SKOS.definition))) == 2


def test_the_dataset_itself_is_left_to_its_holder(graph: rdflib.Graph) -> None:
    """The catalogue says nothing about a dataset in its own graph, scores included."""
    dataset = URIRef(f"{records.CHU}sejours")
    assert list(graph.predicate_objects(dataset)) == []
    assert (URIRef(f"{BASE}catalog"), DCTERMS.title, None) in graph


def test_scores_are_in_both_dumps_and_always_the_same(about: Site) -> None:
    """Both files carry them."""
    entries = scored()
    keys = {entry.slug: entry.digest for entry in entries}
    names = [(entry.slug, entry.iri) for entry in entries[:1]]
    (part,) = dumps.parts(names, keys)
    written = dumps.pack(about, part, entries[:1])
    bare = dumps.pack(about, part, records.entries()[:1])
    for name, member in written.items():
        assert member.statements == bare[name].statements + 9 * 5


def test_new_scores_make_a_new_release(about: Site) -> None:
    """A dataset's files depend on its scores."""
    entry = scored()[0]
    assert forms.key(about, entry) != forms.key(about, replace(entry, mqa=Mqa()))
