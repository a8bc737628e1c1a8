"""What is forgotten of earlier harvests."""

import pytest

from red_catalog.model import Reading, Source
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.resuming import find_outdated


@pytest.mark.parametrize(
    ("kind", "status", "partial", "outdated"),
    [
        ("oaipmh", "ok", True, {"oai:chu:1", "oai:chu:2"}),
        ("oaipmh", "incomplete", True, {"oai:chu:1"}),
        ("oaipmh", "incomplete", False, {"oai:chu:1"}),
        ("oaipmh", "ok", False, None),
        ("ldes", "ok", True, None),
        ("dcat", "incomplete", False, None),
    ],
)
def test_what_ended_is_forgotten_by_whole_harvests_alone(
    kind: str, status: str, partial: bool, outdated: set[str] | None
) -> None:
    """A record that came again counts at once; one that is deleted will be told again."""
    source = Source("chu-oai", "chu", kind, "https://chu.exemple.fr/oai")
    gathered = Gathered((Reading("oai:chu:1", ()),), gone=frozenset({"oai:chu:2"}), partial=partial)
    assert find_outdated(source, gathered, status) == outdated
