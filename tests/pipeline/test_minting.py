"""Datasets that are named after the address of their source."""

import re
from collections.abc import Callable

from red_catalog.harvesters.description import begin
from red_catalog.model import Source
from red_catalog.pipeline.desk.diagnosing import diagnose
from tests.harvesters.protocols import codes, recorded
from tests.http.loopback import Site, answer
from tests.pipeline.conftest import Catalogue

Serve = Callable[[dict[str, object]], Site]


def test_the_doctor_tells_of_names_that_change_with_the_source(
    catalogue: Catalogue, serve: Serve
) -> None:
    """And how they are kept: after what it advises nothing is new, wherever the source moves."""
    body = answer(recorded("ddi/lifecycle.xml"), Content_Type="application/xml")
    site = serve({"/etude.xml": body, "/ailleurs.xml": body})
    catalogue.configure(("chu-lille", site, "/etude.xml"))
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8").replace('kind = "dcat"', 'kind = "ddi"')
    path.write_text(re.sub("namespaces = .*\n", "", text), "utf-8")
    catalogue.harvest()
    (iri,) = catalogue.entries()
    (told,) = [one for one in diagnose(path) if one.subject == "source chu-lille"]
    assert told.well
    assert "datasets named after this address: 1. Before it changes" in told.seen
    advised = re.search(r"namespaces = \[.*\]", told.seen)
    assert advised is not None
    assert iri.startswith(f"{site.url('/etude.xml')}#")
    moved = text.replace("/etude.xml", "/ailleurs.xml")
    path.write_text(re.sub("namespaces = .*", advised[0], moved), "utf-8")
    (run,) = catalogue.harvest()
    assert (run.unchanged, list(catalogue.entries())) == (1, [iri])
    (told,) = [one for one in diagnose(path) if one.subject == "source chu-lille"]
    assert "named after" not in told.seen


def test_a_record_without_identifier_is_told_what_its_name_depends_on() -> None:
    """The source's address, unless the holder has a namespace or the source lies in a folder."""
    for location, namespaces, code in (
        ("https://geo.ors.exemple.fr/csw", (), "map-minted-here"),
        ("https://geo.ors.exemple.fr/csw", ("https://geo.ors.exemple.fr/csw#",), "map-minted"),
        ("depot/ddi", (), "map-minted"),
    ):
        source = Source("ors", "ors", "csw", location, namespaces=namespaces)
        assert codes(begin(source, ["fr-ors-0001"], "").defects) == [code]
