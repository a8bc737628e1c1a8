"""What the quality page counts."""

from dataclasses import replace

from red_catalog.model import Entry, Finding, Severity
from red_catalog.namespaces import EHDS_LEGISLATION, term
from red_catalog.pipeline.explaining import explain
from red_catalog.publish.dataset.problems import Explain, deciding
from red_catalog.publish.lists.cards import Card, card
from red_catalog.publish.pages import quality
from red_catalog.publish.pages.effects import effects
from red_catalog.publish.record import properties
from red_catalog.validation.checking import validate
from tests.publish import records

LANGUAGE = "<http://purl.org/dc/terms/language>"
LAW = term("dcatap:applicableLegislation")
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
    return told(replace(entry, report=replace(entry.report, findings=findings)))


def told(entry: Entry, explain: Explain = lambda *_: None) -> Card:
    """The card of a dataset with its problems."""
    return card(entry, deciding(entry, explain))


def test_what_several_rules_say_alike_is_one_problem() -> None:
    """A reader sees a sentence once, with the datasets that any of its rules found."""
    cards = [
        lacking("sh:ClassConstraintComponent", "sh:InConstraintComponent"),
        lacking("sh:InConstraintComponent"),
        lacking("sh:NodeKindConstraintComponent"),
        lacking(),
    ]
    (one,) = quality.problems(cards)
    assert (one.property, one.datasets) == ("http://purl.org/dc/terms/language", 3)


def checked(number: int, lost: str = "") -> Entry:
    """A dataset whose distribution and sample give the law, with its report; `lost`: one line."""
    iri = f"{records.CHU}{number}"
    sample = f"<{iri}/echantillon> {LAW} <{EHDS_LEGISLATION}> .\n"
    written = records.full(iri, "Passages aux urgences").decode() + sample
    gone = f"<{iri}{lost} .\n"
    assert not lost or gone in written
    lines = sorted(written.replace(gone, "").split("\n"))
    content = "".join(f"{one}\n" for one in lines if one).encode()
    return records.entry(iri, f"jeu-{number}", content, report=validate(iri, content))


def test_a_row_counts_the_datasets_whose_pages_tell_it() -> None:
    """The law of a dataset is not that of its distribution, nor a fault in one its absence."""
    law, held = f"{LAW} <{EHDS_LEGISLATION}>", term("dcat:distribution")
    entries = [
        checked(1, f"> {law}"),
        checked(2, f"/csv> {law}"),
        checked(3, f"> {held} <{records.CHU}3/csv>"),
    ]
    cards = [told(entry, explain) for entry in entries]
    found = {one.kind.en: one.datasets for one in quality.problems(cards)}
    beginnings = (
        "Give at least one law that applies to the dataset",
        "Give the applicable legislation of the distribution",
        "Give at least one distribution",
    )
    assert [n for b in beginnings for en, n in found.items() if en.startswith(b)] == [1, 1, 1]
    assert [len(card.kinds) for card in cards] == [len(deciding(e, explain)) for e in entries]


def test_of_an_absent_level_only_its_absence_is_counted() -> None:
    """Nobody is told that a level which is not given should be another one."""
    absent, fixed = "sh:MinCountConstraintComponent", "sh:HasValueConstraintComponent"
    cards = [
        lacking(fixed, absent, path=ACCESS, value=None),
        lacking(fixed, path=ACCESS, value=None),
    ]
    assert [len(one.kinds) for one in cards] == [1, 1]
    silent = checked(4, f"> {ACCESS} {records.eu('access-right/NON_PUBLIC')}")
    said = [one.kind.en for one in quality.problems([told(silent, explain)])]
    assert any(one.startswith("Give the access level of the dataset") for one in said)
    assert not any("must be “non-public”" in one for one in said)
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
    (effect,) = effects([cards[0].entry], lambda *_: None)
    assert effect.to_plain()["name"] == dict(zip(("fr", "en"), named, strict=True))
