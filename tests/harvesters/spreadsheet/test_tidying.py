"""What word processors and sentences leave in and around values."""

import pytest

from red_catalog.harvesters.spreadsheet.tidying import tidy
from tests.harvesters.spreadsheet.tables import one

LAW = "http://data.europa.eu/eli/reg/2025/327/oj"


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("code", f"{LAW}.", LAW),
        ("code", f"«\u00a0{LAW}\u00a0»,", LAW),
        ("code", f"<{LAW}>", LAW),
        ("code", "« Santé »", "« Santé »"),
        ("link", "https://ch\u2011tamaris.example/urgences", "https://ch-tamaris.example/urgences"),
        ("link", "“https://ch-tamaris.example/urgences”", "https://ch-tamaris.example/urgences"),
        ("link", "https://fr.wikipedia.org/wiki/S.A.", "https://fr.wikipedia.org/wiki/S.A."),
        ("iri", "https://ch\u2010tamaris.example/jeu/1", "https://ch-tamaris.example/jeu/1"),
        ("email", "<donnees@ch\u2011tamaris.example>.", "donnees@ch-tamaris.example"),
        ("whole", "«\u202f84 000\u202f»", "84 000"),
        ("phone", "“+33 1 99 00 00 00”", "+33 1 99 00 00 00"),
        ("date", "2026\u201111\u201128", "2026-11-28"),
        ("text", "« Urgences »", "« Urgences »"),
        ("plain", "TAM\u2011URG", "TAM\u2011URG"),
        ("link", "“”", "“”"),
    ],
)
def test_a_value_is_read_as_it_is_meant(kind: str, written: str, read: str) -> None:
    """Without quotation marks around it, Word's hyphens, or the full stop of a sentence."""
    assert tidy(kind, written) == read


@pytest.mark.parametrize("key", ["legislation", "page", "iri"])
def test_an_address_pasted_from_a_sentence_is_the_address(key: str) -> None:
    """Nothing is told of what stood around it."""
    content, codes = one(key, f"«\u00a0{LAW}\u00a0»")
    assert (f"<{LAW}>" in content, codes) == (True, [])
