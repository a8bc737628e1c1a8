"""What counts as a mark that keeps something back."""

import pytest

from red_catalog.ehds.privacy import PREDICATE, find_private, is_private

ME = "https://chu-lille.exemple.fr/jeu/sejours"
BOOLEAN = "<http://www.w3.org/2001/XMLSchema#boolean>"


def mark(value: str) -> bytes:
    """A dataset with this mark."""
    return f"<{ME}> {PREDICATE} {value} .\n".encode()


@pytest.mark.parametrize(
    "value",
    [f'"true"^^{BOOLEAN}', f'"1"^^{BOOLEAN}', '"yes"', '"oui"@fr', '"vrai"', '"x"', '""', "_:b",
     "<https://chu-lille.exemple.fr/motif/secret-des-affaires>", "<urn:false>"],
)  # fmt: skip
def test_whatever_a_mark_says_but_false_it_keeps_back(value: str) -> None:
    """A holder who marks something in other words than ours is not published by mistake."""
    assert is_private(mark(value), ME)


@pytest.mark.parametrize(
    "value", [f'"false"^^{BOOLEAN}', f'"0"^^{BOOLEAN}', '"False"', '" non "@fr', '"NON"']
)
def test_a_mark_that_says_false_keeps_nothing_back(value: str) -> None:
    """A mark that was taken back by its value is none."""
    assert not is_private(mark(value), ME)


def test_a_mark_is_known_by_the_term_of_any_catalogue() -> None:
    """The mark of another catalogue's namespace is the same one; other properties are none."""
    foreign = PREDICATE.replace("https://red-catalog.invalid", "https://red.exemple.fr")
    assert foreign != PREDICATE
    assert find_private([("_:a", foreign, '"oui"'), ("_:b", "<urn:mot>", '"oui"')]) == {"_:a"}
