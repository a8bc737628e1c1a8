"""Completeness: what a description gives of the minimum elements that apply to it."""

from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.completeness import completeness
from red_catalog.validation.rules.description import describe
from tests.publish import records

IRI = f"{records.CHU}sejours"


def names(texts: tuple[object, ...]) -> list[str]:
    """The English names."""
    return [text["en"] for text in texts]  # type: ignore[index]


def test_every_element_is_given_missing_or_inapplicable() -> None:
    """The three add up to 27, and nothing given is missing."""
    found = completeness(describe(read_canonical(records.full(IRI, "Séjours hospitaliers")), IRI))
    assert found.applicable + len(found.inapplicable) == 27
    assert found.given + len(found.missing) == found.applicable
    assert found.given >= 20
    assert "Title" not in names(found.missing)


def test_an_empty_description_gives_nothing() -> None:
    """A bare dataset lacks every element that applies."""
    found = completeness(describe(read_canonical(records.poor(IRI)), IRI))
    assert found.given == 0
    assert len(found.missing) == found.applicable


def test_what_does_not_apply_is_told_with_its_reason() -> None:
    """Variables of unstructured data are not asked for, and the reason is in both languages."""
    unstructured = ("healthdcatap:hasStructuredData", records.typed("false", "boolean"))
    content = records.poor(IRI, "Images de lames", unstructured)
    found = completeness(describe(read_canonical(content), IRI))
    reasons = {name["en"]: reason for name, reason in found.inapplicable}
    assert reasons["Description of the variables"]["fr"]
    assert reasons["Description of the variables"]["en"]
    assert "Description of the variables" not in names(found.missing)


def test_one_more_element_counts_one_more() -> None:
    """Giving a title adds one to what is given and changes nothing else."""
    without = completeness(describe(read_canonical(records.poor(IRI)), IRI))
    with_title = completeness(describe(read_canonical(records.poor(IRI, "Séjours")), IRI))
    assert with_title.given == without.given + 1
    assert with_title.applicable == without.applicable
