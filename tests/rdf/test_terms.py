import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from red_catalog.rdf.terms import (
    LANG_STRING,
    iri,
    is_blank,
    is_iri,
    is_literal,
    literal,
    make_iri,
    make_literal,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_literals_are_escaped_as_pyoxigraph_does(text: str) -> None:
    """Our literals are byte for byte those of the parser, and give their text back."""
    assert make_literal(text) == str(ox.Literal(text))
    assert literal(make_literal(text))[0] == text


def test_literal_parts() -> None:
    """A literal gives its text, language and datatype."""
    assert literal('"Été"@fr') == ("Été", "fr", LANG_STRING)
    assert literal('"5"^^<http://www.w3.org/2001/XMLSchema#integer>') == (
        "5",
        None,
        "http://www.w3.org/2001/XMLSchema#integer",
    )
    assert make_literal("Été", "fr-FR") == '"Été"@fr-fr'


def test_kinds() -> None:
    """The first character tells the kind of a term."""
    kinds = [(is_iri(t), is_blank(t), is_literal(t)) for t in ("<a:b>", "_:b1", '"x"')]
    assert kinds == [(True, False, False), (False, True, False), (False, False, True)]


def test_iris_round_trip_and_refuse_literals() -> None:
    """An IRI comes back as it was; a literal is no IRI."""
    assert iri(make_iri("https://chu.exemple.fr/é?a=b c")) == "https://chu.exemple.fr/é?a=b c"
    with pytest.raises(ValueError, match="is not an IRI"):
        iri('"x"')
