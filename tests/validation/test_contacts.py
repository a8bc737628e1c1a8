"""Contacts that cannot be reached as they are described, and things of no known kind."""

import pytest

from red_catalog.model import Problem
from red_catalog.validation.advice.syntaxes import suit_problems
from tests.test_samples import SAMPLES
from tests.validation.explained import change, problems

CONTACT = "dcat:contactPoint ici:contact"
PUBLISHER = "dct:publisher <https://donnees.chu-valmorin.example/organisation/chu-valmorin>"
EMAIL = "eds@chu-valmorin.example"
PAGE = "https://www.chu-valmorin.example/recherche/contact"
AGENT = (
    'dct:publisher [ a foaf:Agent ; foaf:name "CHU de Valmorin"@fr ; dct:type '
    "<https://hdeu-dcat.data.health.europa.eu/resource/authority/publisher-type/"
    "gov-public-sector-org> ; foaf:homepage <https://www.chu-valmorin.example/> ; "
    "foaf:mbox <mailto:contact@chu-valmorin.example> ; cv:contactPoint {} ]"
)


def blocking(*changes: tuple[str, str], more: str = "") -> list[Problem]:
    """What blocks the sample with these changes."""
    return [p for p in problems(change(*changes) + more) if p.severity == "violation"]


def paste(text: str, problem: Problem) -> str:
    """The document once the correction has been made, outside of brackets."""
    assert problem.turtle
    turtle = problem.turtle["fr"]
    removed = [line for line in turtle.splitlines() if line.startswith("# - ")]
    assert len(removed) == 1
    predicate = removed[0].split()[3]
    assert predicate in {"dcat:contactPoint", "vcard:email", "foaf:mbox"}
    value = removed[0].rsplit(predicate, 1)[1].removesuffix(" .").strip()
    return change((f"    {predicate} {value} ;\n", ""), text=text) + turtle


@pytest.mark.parametrize(("address", "name"), [(f"mailto:{EMAIL}", "hasEmail"), (PAGE, "hasURL")])
def test_the_address_of_a_contact_stays_in_its_description(address: str, name: str) -> None:
    """Said to be a contact, a mere address would be one without an address."""
    text = change((CONTACT, f"dcat:contactPoint <{address}>"))
    (problem,) = [p for p in problems(text) if p.severity == "violation"]
    assert problem.fix == {
        "fr": "Décrivez plutôt un contact, avec cette adresse.",
        "en": "Describe a contact instead, with this address.",
    }
    after = paste(text, problem)
    assert f"vcard:{name} <{address}>" in after
    assert [p for p in problems(after) if p.severity == "violation"] == []


def test_the_address_of_a_contact_point_stays_in_a_block() -> None:
    """That of an organisation which has no address of its own."""
    (problem,) = blocking((PUBLISHER, AGENT.format(f"<{PAGE}>")))
    assert problem.turtle
    assert f"#       cv:contactPage <{PAGE}> ] ;" in problem.turtle["fr"]
    assert problem.fix["fr"] == "Décrivez plutôt un point de contact, avec cette adresse."


def test_a_page_that_nobody_describes_is_still_only_to_be_declared() -> None:
    """The address of a page is the page."""
    page = "<https://www.chu-valmorin.example/recherche/jeux/eds-sejours>"
    (problem,) = blocking((f"{page}\n    a foaf:Document .", ""))
    assert problem.turtle
    assert problem.turtle["fr"].endswith(f"\n{page} a foaf:Document .\n")
    assert "avec le type « foaf:Document »," in problem.fix["fr"]


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        (f"vcard:email <mailto:{EMAIL}>", "email", "hasEmail"),
        (f'foaf:mbox "{EMAIL}"', "foaf:mbox", "vcard:hasEmail"),
    ],
)
def test_an_address_under_another_name_is_moved(said: str, old: str, new: str) -> None:
    """What is missing of a contact is there, as other vocabularies call it."""
    more = f'\nici:guichet a vcard:Organization ;\n    {said} ;\n    vcard:fn "Guichet"@fr .\n'
    text = change((CONTACT, "dcat:contactPoint ici:guichet")) + more
    (problem,) = [p for p in problems(text) if p.severity == "violation"]
    assert f"sous le nom « {old} » au lieu de « {new} »" in problem.fix["fr"]
    assert f"under the name “{old}” in place of “{new}”" in problem.fix["en"]
    after = paste(text, problem)
    assert f"vcard:hasEmail <mailto:{EMAIL}>" in after
    assert [p for p in problems(after) if p.severity == "violation"] == []


def test_an_address_under_another_name_is_moved_within_a_block() -> None:
    """A contact point of an organisation takes its address as text."""
    within = f"[ a cv:ContactPoint ; vcard:hasEmail <mailto:{EMAIL}> ]"
    (problem,) = blocking((PUBLISHER, AGENT.format(within)))
    assert problem.turtle
    assert problem.turtle["fr"].splitlines()[1::2] == [
        f"# - vcard:hasEmail <mailto:{EMAIL}> ;",
        f'#   cv:email "{EMAIL}" ;',
    ]
    assert "sous le nom « vcard:hasEmail » au lieu de « cv:email »" in problem.fix["fr"]


def test_a_contact_without_any_address_gets_an_example_of_one() -> None:
    """Named or in a block, it is shown how an address is written."""
    said = 'a vcard:Organization ; vcard:fn "Guichet"@fr'
    (named,) = blocking((CONTACT, "dcat:contactPoint ici:guichet"), more=f"\nici:guichet {said} .")
    (blank,) = blocking((CONTACT, f"dcat:contactPoint [ {said} ]"))
    for problem in (named, blank):
        assert problem.turtle
        assert "vcard:hasEmail <mailto:donnees@organisme.example>" in problem.turtle["fr"]
        assert "(exemple" in problem.turtle["fr"]


def test_an_address_described_in_place_is_no_link() -> None:
    """As vCard itself writes it: told for what it is, and the address in it is what is wanted."""
    said = f'"Guichet"@fr ; vcard:hasEmail [ a vcard:Work ; vcard:hasValue <mailto:{EMAIL}> ]'
    more = f"\nici:guichet a vcard:Organization ; vcard:fn {said} .\n"
    (named,) = blocking((CONTACT, "dcat:contactPoint ici:guichet"), more=more)
    (blank,) = blocking((CONTACT, f"dcat:contactPoint [ a vcard:Kind ; vcard:fn {said} ]"))
    for problem in (named, blank):
        assert problem.message["fr"].endswith("décrit sur place, là où il faut un lien.")
        assert problem.message["en"].endswith("is described in place, where a link is wanted.")
        assert problem.fix["fr"] == f"Écrivez plutôt « mailto:{EMAIL} »."
        assert problem.turtle
        assert f"vcard:hasEmail <mailto:{EMAIL}> " in problem.turtle["fr"]
    (lines,) = suit_problems([named], "nt")
    assert lines.turtle
    contact = "<https://donnees.chu-valmorin.example/jeu/eds-sejours#guichet>"
    assert f"# - {contact} <http://www.w3.org/2006/vcard/ns#hasEmail> _:… .\n" in lines.turtle["fr"]


def test_what_lacks_its_type_within_json_is_told_of_its_owner() -> None:
    """Whose contact point it is, which type to write, and where: one of two is not the other."""
    document = (SAMPLES / "essais-cedre/cedre-cardio-3.jsonld").read_text("utf-8")
    assert document.count('"type": "cv:ContactPoint",') == 2
    text = document.replace('"type": "cv:ContactPoint",', "")
    found = [p for p in problems(text, syntax="jsonld") if p.kind == "type"]
    assert len({p.message["fr"] for p in found}) == len({p.message["en"] for p in found}) == 2
    (centre,) = [p for p in found if "essais cliniques" in p.message["fr"]]
    assert centre.message["fr"] == (
        "« Point de contact de l'organisme » de l'organisme « Centre de méthodologie et d'essais "
        "cliniques Cèdre » : rien ne dit que la valeur donnée est un point de contact."
    )
    assert centre.fix == {
        "fr": "Précisez-le, avec le type « cv:ContactPoint », si c'est bien un point de contact, "
        "ou changez la valeur.",
        "en": "Say so, with the type “cv:ContactPoint”, if it is a contact point, or change the "
        "value.",
    }
    assert centre.turtle
    assert centre.turtle["fr"] == (
        "# En Turtle, à écrire dans l'objet JSON-LD (entre accolades) qui le décrit :\n"
        "#   a cv:ContactPoint ;\n"
    )
