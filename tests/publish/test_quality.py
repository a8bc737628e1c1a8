"""What the quality page counts."""

from dataclasses import replace

from red_catalog.model import Finding, Severity
from red_catalog.publish.lists.cards import Card, card
from red_catalog.publish.pages import quality
from tests.publish import records

LANGUAGE = "<http://purl.org/dc/terms/language>"


def lacking(*components: str) -> Card:
    """The card of a dataset whose language several rules find wrong, in the same words."""
    entry = records.entries()[0]
    findings = tuple(
        Finding(Severity.VIOLATION, f"<{entry.iri}>", LANGUAGE, '"fr"', component, None,
                {"fr": "La langue n’est pas de la liste.", "en": "No language of the list."})
        for component in components
    )  # fmt: skip
    return card(replace(entry, report=replace(entry.report, findings=findings)))


def test_what_several_rules_say_alike_is_one_problem() -> None:
    """A reader sees a sentence once, with the datasets that any of its rules found."""
    cards = [
        lacking("sh:ClassConstraintComponent", "sh:InConstraintComponent"),
        lacking("sh:InConstraintComponent"),
        lacking("sh:NodeKindConstraintComponent"),
        lacking(),
    ]
    (one,) = quality.problems(cards, alike=True)
    assert (one.property, one.datasets) == ("http://purl.org/dc/terms/language", 3)
    by_rule = quality.problems(cards)
    assert [(p.finding.component, p.datasets) for p in by_rule] == [
        ("sh:InConstraintComponent", 2),
        ("sh:ClassConstraintComponent", 1),
        ("sh:NodeKindConstraintComponent", 1),
    ]
