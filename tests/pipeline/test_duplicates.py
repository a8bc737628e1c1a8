"""Datasets that come over several paths."""

from collections.abc import Callable

from red_catalog.pipeline.desk.duplicates import Shared, find_shared
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import Catalogue
from tests.pipeline.feeds import base, dataset, turtle

Serve = Callable[[dict[str, Route]], Site]


def test_paths_of_one_dataset_are_grouped_and_kept(catalogue: Catalogue, serve: Serve) -> None:
    """The first publisher's identifier groups what a portal copied under an IRI of its own."""
    copy = dataset("a", "portail").replace('"a"', f'"{base()}a"')
    site = serve({
        "/a.ttl": answer(turtle("ab")),
        "/p.ttl": answer(turtle("c", "portail") + copy.encode()),
    })  # fmt: skip
    catalogue.configure(("chu-lille", site, "/a.ttl"), ("portail", site, "/p.ttl"))
    catalogue.harvest()
    entries = catalogue.entries()
    paths = (("chu-lille", f"{base()}a"), ("portail", f"{base('portail')}a"))
    assert find_shared(entries.values()) == [Shared(f"{base()}a", paths)]
    assert len(entries) == 4
