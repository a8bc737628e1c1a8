"""Cautions: what a human should look at in a description that is otherwise in order."""

from datetime import UTC, datetime

import pytest

from red_catalog.pipeline.harvest.cautioning import find_cautions
from red_catalog.pipeline.harvest.wording import say
from red_catalog.rdf.writing import triples
from red_catalog.validation.rules.description import describe
from red_catalog.validation.rules.privacy import find_social_security

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DATASET = "<https://donnees.chu-rivemont.example/jeu/urgences>"
CONTACT = "<https://donnees.chu-rivemont.example/contact>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DAY = "<http://www.w3.org/2001/XMLSchema#date>"
FULL_NAME = "<http://www.w3.org/2006/vcard/ns#fn>"


def lines(*statements: str) -> bytes:
    """Canonical N-Triples of these statements."""
    return "".join(f"{one} .\n" for one in sorted(statements)).encode()


@pytest.mark.parametrize("kind", ["http://www.w3.org/2006/vcard/ns#Individual",
                                  "http://xmlns.com/foaf/0.1/Person"])  # fmt: skip
def test_a_named_person_is_told_without_the_name(kind: str) -> None:
    """A person with a name is told, and the name stands nowhere in what is told."""
    found = find_cautions(
        lines(f"{CONTACT} {TYPE} <{kind}>", f'{CONTACT} {FULL_NAME} "Référente Données"@fr'), NOW
    )
    assert found == [say("caution-person")]
    assert "Référente" not in str(found)


@pytest.mark.parametrize(
    ("mailbox", "told"),
    [("<mailto:jeanne.perrin@chu.example>", True), ("<MAILTO:Jeanne.Perrin@chu.example>", True),
     ('"jeanne.perrin@chu.example"', True), ("<mailto:entrepot.donnees@chu.example>", False),
     ("<https://chu.example/jeanne.perrin@dim>", False), ("<mailto:dim@chu.example>", False)],
)  # fmt: skip
def test_the_mailbox_of_a_person_is_told_whatever_has_it(mailbox: str, told: bool) -> None:
    """Of an organisation, too, and without the address; that of a department is in order."""
    kind = f"{CONTACT} {TYPE} <http://www.w3.org/2006/vcard/ns#Organization>"
    said = f"{CONTACT} <http://www.w3.org/2006/vcard/ns#hasEmail> {mailbox}"
    found = find_cautions(lines(kind, said), NOW)
    assert found == ([say("caution-person")] if told else [])
    assert "perrin" not in str(found)


def test_a_person_who_is_marked_private_is_no_matter() -> None:
    """Nothing of it is published, so there is nothing to warn of."""
    kind = f"{CONTACT} {TYPE} <http://www.w3.org/2006/vcard/ns#Individual>"
    name = f'{CONTACT} {FULL_NAME} "Jeanne Perrin"'
    private = f'{CONTACT} <https://red.example.fr/ns/red#private> "true"'
    assert find_cautions(lines(kind, name), NOW)
    assert not find_cautions(lines(kind, name, private), NOW)


def test_an_organisation_with_a_name_is_no_person() -> None:
    """A contact that is an organisation is in order."""
    kind = "<http://www.w3.org/2006/vcard/ns#Organization>"
    assert not find_cautions(
        lines(f"{CONTACT} {TYPE} {kind}", f'{CONTACT} {FULL_NAME} "Guichet des données"@fr'), NOW
    )


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("1 85 05 78 006 084 91", True), ("185057800608491", True), ("2 85 05 2A 006 084", True),
     ("2.69.05.49.588.157.80", True), ("7 69 05 49 588 157 80", True), ("123051234567890", False),
     ("FINESS 010000001, SIREN 123456782", False), ("9185057800608491", False),
     ("285052A00608482", True), ("285052b00608412", True), ("285052A00608412", False),
     ("185057800608492", False), ("1 85 30 78 006 084", True), ("1 85 50 78 006 084", True),
     ("1 85 00 78 006 084", False), ("1 85 13 78 006 084", False), ("1 85 43 78 006 084", False)],
)  # fmt: skip
def test_a_number_of_social_security_is_told(text: str, is_number: bool) -> None:
    """A social-security number anywhere in a text is told, by a harvest and by `check` alike.

    Plain digits are one where their key is right, Corsica's with a letter; months go to 12, or are
    those that the civil register writes for unknown ones.
    """
    about = f'{DATASET} <http://purl.org/dc/terms/description> "Dossier {text}, urgences."@fr'
    assert find_cautions(lines(about), NOW) == ([say("caution-nir")] if is_number else [])
    told = find_social_security(describe(triples(lines(about)), DATASET[1:-1]))
    assert bool(list(told)) == is_number


@pytest.mark.parametrize(
    ("day", "told"), [("2026-11-26", False), ("2026-11-27", False), ("2026-12-24", True)]
)
@pytest.mark.parametrize("name", ["issued", "modified"])
def test_a_date_to_come_is_told(name: str, day: str, told: bool) -> None:
    """A date of issue or change after tomorrow is told with that date."""
    said = f'{DATASET} <http://purl.org/dc/terms/{name}> "{day}"^^{DAY}'
    assert find_cautions(lines(said), NOW) == ([say("caution-date", date=day)] if told else [])
