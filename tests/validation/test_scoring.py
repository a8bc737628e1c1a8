"""Both scores of a record, from its canonical form."""

import pytest

from red_catalog.model import Document, Reading, Record, Source
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation import checking, profiles, scoring
from red_catalog.validation.checking import validate
from tests import shared


@pytest.fixture(scope="module")
def example() -> Record:
    """The official example that conforms."""
    folder = shared.real() / "mutants-r8"
    content = (folder / "valid-unchanged.ttl").read_bytes()
    found = read(Document("valid.ttl", content), Source("s", "h", "file", "valid.ttl"), Limits())
    assert isinstance(found, Reading)
    return found.records[0]


def test_a_conformant_description_earns_the_points_of_dcat_ap(example: Record) -> None:
    """Conformance is found out with the DCAT-AP profile."""
    report = validate(example.iri, example.canonical)
    counted, mqa = scoring.assess(checking.read(example.iri, example.canonical), report)
    assert "dcat-ap" in mqa.met
    assert counted.given > 20


def test_a_description_without_a_title_does_not(example: Record) -> None:
    """One violation of DCAT-AP costs thirty points."""
    kept = [
        line for line in example.canonical.split(b"\n")
        if not line.startswith(f"<{example.iri}> <http://purl.org/dc/terms/title>".encode())
    ]  # fmt: skip
    canonical = b"\n".join(kept)
    report = validate(example.iri, canonical)
    before = scoring.assess(checking.read(example.iri, example.canonical), report)[1].points
    _, mqa = scoring.assess(checking.read(example.iri, canonical), report)
    assert "dcat-ap" not in mqa.met
    assert mqa.points == before - 30


def test_scores_depend_on_the_profiles_they_name() -> None:
    """The fingerprint of a record covers the profiles of its scores."""
    assert profiles.scoring() == ("dcat-ap-3", "minimum-2026-2098")
