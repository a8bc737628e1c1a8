"""Codes of languages and countries, whatever kind of source writes them."""

import pytest

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.mapping.proposals import propose
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.rdf.terms import make_iri


def _said(description: Description) -> str:
    """The only value that was said of a dataset besides its type."""
    lines = description.document("notice").content.decode().splitlines()
    (line,) = (one for one in lines if "#type>" not in one)
    return line.split(" ")[2]


@pytest.mark.parametrize(
    ("written", "code"), [("fr", "FRA"), ("br", "BRE"), ("oc", "OCI"), ("ro", "RON"), ("el", "ELL")]
)
def test_all_kinds_of_sources_know_the_same_languages(written: str, code: str) -> None:
    """Two letters are the same language in CKAN, web pages and sheets as in OAI, CSW and DDI."""
    expected = f"{EU_AUTHORITY}language/{code}"
    assert find_code((f"{EU_AUTHORITY}language",), written) == expected
    description = Description("https://donnees.chu-rivemont.example/jeu/urgences")
    description.language(written, written)
    assert _said(description) == make_iri(expected)


@pytest.mark.parametrize(("written", "code"), [("FR", "FRA"), ("RE", "REU"), ("BE", "BEL")])
def test_all_kinds_of_sources_know_the_same_countries(written: str, code: str) -> None:
    """Two letters are the same country in CKAN, web pages and sheets as in OAI, CSW and DDI."""
    expected = f"{EU_AUTHORITY}country/{code}"
    assert find_code((f"{EU_AUTHORITY}country",), written) == expected
    description = Description("https://donnees.chu-rivemont.example/jeu/urgences")
    description.place(written, "fr", written)
    assert _said(description) == make_iri(expected)


@pytest.mark.parametrize(
    ("scheme", "written", "code"),
    [
        (f"{EU_AUTHORITY}frequency", "mensuelle", "MONTHLY"),
        (f"{EU_AUTHORITY}data-theme", "sante", "HEAL"),
        (f"{HEALTH_AUTHORITY}coding-system", "CIM-10", "ICD-10"),
        (f"{HEALTH_AUTHORITY}healthcategories", "a", "EHRS"),
        (f"{HEALTH_AUTHORITY}healthcategories", "(a) EHRS", "EHRS"),
        (f"{HEALTH_AUTHORITY}healthcategories", "p) RQSH", "RQSH"),
    ],
)
def test_usual_words_are_codes(scheme: str, written: str, code: str) -> None:
    """In any kind of source, what the spreadsheet takes; a category by its letter in the law."""
    assert find_code((scheme,), written) == f"{scheme}/{code}"


@pytest.mark.parametrize(
    ("scheme", "written"), [("language", "n.s.p."), ("country", "div."), ("country", "n-s-p")]
)
def test_letters_between_signs_are_no_code(scheme: str, written: str) -> None:
    """In any kind of source they say that something is not known."""
    assert find_code((f"{EU_AUTHORITY}{scheme}",), written) is None


@pytest.mark.parametrize(
    ("lists", "written", "meant"),
    [
        (("frequency",), "mensuell", "Vouliez-vous dire « mensuel » (MONTHLY) ?"),
        (("dataset-type",), "PERSONAL", "(PERSONAL_DATA) ?"),
        (("frequency",), "parfois", "Par exemple : « annuel » (ANNUAL)."),
        (("continent", "country"), "?", "(EUROPE)."),
    ],
)
def test_what_is_no_code_is_proposed_one(lists: tuple[str, ...], written: str, meant: str) -> None:
    """The likeliest of the list, or one that is common."""
    fr, _ = propose(tuple(f"{EU_AUTHORITY}{one}" for one in lists), written)
    assert fr.startswith("Écrivez à la source un nom ou un code de cette liste.")
    assert fr.endswith(meant)


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [("NC", "Nouvelle-Calédonie", "NCL"), ("no", "Norvège", "NOR"), ("si", "Slovénie", "SVN")],
)
def test_what_says_something_else_is_a_country_as_a_code_alone(
    written: str, name: str, code: str
) -> None:
    """In a text it may say no, yes or that nothing was communicated; as a code it is a country."""
    assert find_code((f"{EU_AUTHORITY}country",), written) is None
    description = Description("https://donnees.chu-rivemont.example/jeu/urgences")
    description.place(name, "fr", written)
    assert _said(description) == make_iri(f"{EU_AUTHORITY}country/{code}")
