"""What is known of the Health Data Hub's platform beyond its shape."""

from red_catalog.model import Severity
from red_catalog.validation import profiles
from red_catalog.validation.checking import validate
from tests import shared
from tests.validation.test_checking import IRI, canonical


def test_the_official_example_fails_with_fifteen_violations() -> None:
    """What is known of the platform: Release 8 does not pass there."""
    example = shared.real() / "mutants-r8" / "valid-unchanged.ttl"
    report = validate(IRI, canonical(example.read_text("utf-8")), "hdh")
    assert report.count(Severity.VIOLATION) == 15


def test_it_asks_the_same_at_every_level() -> None:
    """The platform has one shape only."""
    files = profiles.load("hdh").files
    assert len(set(files.values())) == 1
