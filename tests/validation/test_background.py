"""What a description is checked beside."""

from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.validation import background

ANNUAL = f"<{EU_AUTHORITY}frequency/ANNUAL>"
COHORT = "<https://chu-valmont.example.fr/donnees/cohorte>"


def test_only_what_is_mentioned_comes_along() -> None:
    """The code and its list, and no other code."""
    found = background.gather([(COHORT, term("dct:accrualPeriodicity"), ANNUAL)])
    codes = {s for s, _, _ in found if s.startswith(f"<{EU_AUTHORITY}")}
    assert codes == {ANNUAL, f"<{EU_AUTHORITY}frequency>"}


def test_texts_mention_nothing() -> None:
    """A text that looks like the address of a code is no code."""
    assert background.gather([(COHORT, term("dct:title"), f'"{ANNUAL}"')]) == background.gather([])


def test_axioms_of_a_description_are_dropped() -> None:
    """Every other statement stays."""
    kept = (COHORT, term("dct:title"), '"Cohorte"@fr')
    axiom = (term("dcat:Catalog"), term("rdfs:subClassOf"), term("dcat:Dataset"))
    assert background.drop_axioms([kept, axiom]) == [kept]
