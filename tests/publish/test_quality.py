"""What the quality page counts."""

from dataclasses import replace

from red_catalog.model import Finding, Severity
from red_catalog.publish.lists.cards import Card, card
from red_catalog.publish.pages import quality
from red_catalog.publish.pages.effects import effects
from red_catalog.publish.record import properties
from tests.publish import records

LANGUAGE = "<http://purl.org/dc/terms/language>"
ACCESS = "<http://purl.org/dc/terms/accessRights>"
VCARD = "http://www.w3.org/2006/vcard/ns#"
REACHED = f"<{VCARD}hasURL>|<{VCARD}hasEmail>"


def lacking(*components: str, path: str = LANGUAGE, value: str | None = '"fr"') -> Card:
    """The card of a dataset whose language several rules find wrong, in the same words."""
    entry = records.entries()[0]
    findings = tuple(
        Finding(Severity.VIOLATION, f"<{entry.iri}>", path, value, component, None,
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


def test_of_an_absent_level_only_its_absence_is_counted() -> None:
    """Nobody is told that a level which is not given should be another one."""
    absent, fixed = "sh:MinCountConstraintComponent", "sh:HasValueConstraintComponent"
    cards = [
        lacking(fixed, absent, path=ACCESS, value=None),
        lacking(fixed, path=ACCESS, value=None),
    ]
    found = [(one.finding.component, one.datasets) for one in quality.problems(cards)]
    assert found == [(fixed, 1), (absent, 1)]
    entries = [replace(one.entry, slug=f"jeu-{n}") for n, one in enumerate(cards)]
    assert [one.freed for one in effects(entries, lambda *_: None)] == [2]


def test_a_choice_of_properties_has_a_name() -> None:
    """Where either of two properties will do, the page and its table name both as people do."""
    cards = [lacking("sh:MinCountConstraintComponent", path=REACHED, value=None)]
    (one,) = found = quality.problems(cards)
    assert one.property == REACHED
    named = [properties.name(REACHED, code) for code in ("fr", "en")]
    assert named == [
        "Page de contact ou adresse électronique",
        "Contact page or e-mail address",
    ]
    assert properties.name(f"{ACCESS}/{LANGUAGE}", "fr") == "Niveau d’accès › langue"
    assert b"vcard:hasURL|vcard:hasEmail" in quality.csv_problems(found, "fr")
    (told,) = effects([cards[0].entry], lambda *_: None)
    assert told.to_plain()["name"] == dict(zip(("fr", "en"), named, strict=True))
