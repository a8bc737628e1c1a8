"""Of several rules that one value breaks, the one speaks that knows what it should be."""

import pytest

from tests.validation.explained import TEXT, change, problems

DISTRIBUTION = """
{0} a dcat:Distribution ;
    dct:title "Extrait des séjours"@fr ;
    dct:description "Extrait des séjours de l'entrepôt"@fr ;
    dcat:accessURL <https://www.chu-valmorin.example/acces> ;
    dcatap:applicableLegislation <http://data.europa.eu/eli/reg/2025/327/oj> ;
    {1} .
"""
LISTED = "dcat:distribution ici:dist-1, ici:dist-2"


@pytest.mark.parametrize(
    "name",
    [
        "<https://donnees.chu-valmorin.example/jeu/eds-sejours#extrait>",
        "<https://donnees.chu-valmorin.example/telechargement/2>",
        "_:extrait",
    ],
)
def test_advice_does_not_depend_on_the_alphabet(name: str) -> None:
    """What the distribution's own rule asks for, wherever its address or label sorts."""
    said = DISTRIBUTION.format(name, 'dct:rights "Réutilisation soumise à autorisation"@fr')
    text = change((LISTED, f"dcat:distribution {name}")) + said
    (problem,) = [p for p in problems(text, "rights") if p.severity == "violation"]
    assert "donnez une mention décrite dans le document" in problem.fix["fr"]
    assert problem.turtle
    statement = 'dct:rights [ a dct:RightsStatement ; rdfs:label "Réutilisation soumise à '
    assert f'{statement}autorisation"@fr ]' in problem.turtle["fr"]
    assert f'{statement}autorisation"@fr ]' in problem.turtle["en"]


def test_rights_as_they_are_written_can_be_pasted_back() -> None:
    """The statement that keeps the holder's words breaks no rule."""
    name = "<https://donnees.chu-valmorin.example/telechargement/2>"
    said = DISTRIBUTION.format(name, 'dct:rights "Sur autorisation"@fr')
    (problem,) = problems(change((LISTED, f"dcat:distribution {name}")) + said, "rights")
    assert problem.turtle
    kept = said.replace(';\n    dct:rights "Sur autorisation"@fr', "")
    text = change((LISTED, f"dcat:distribution {name}"), text=TEXT) + kept
    assert problems(text + problem.turtle["fr"], "rights") == []
