"""Codes of languages and countries, whatever kind of source writes them."""

import pytest

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.namespaces import EU_AUTHORITY
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
