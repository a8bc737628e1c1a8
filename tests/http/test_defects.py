"""What is said of each trouble."""

import string

import pytest

from red_catalog.http.defects import printable, unreadable
from red_catalog.http.sentences import SENTENCES


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same(code: str) -> None:
    """The same facts in French and English, each sentence ended."""
    facts = [
        {name for _, name, _, _ in string.Formatter().parse(t)} - {None} for t in SENTENCES[code]
    ]
    fr, en, fix_fr, fix_en = facts
    assert (fr, fix_fr) == (en, fix_en)
    assert all(text.endswith(".") for text in SENTENCES[code])


@pytest.mark.parametrize(
    ("status", "said"),
    [(302, "without saying where"), (403, "[source.auth]"), (410, "Correct the address"),
     (500, "run again later"), (418, "with the error 418")],
)  # fmt: skip
def test_a_status_is_told_with_what_it_asks_for(status: int, said: str) -> None:
    """One code for programs, for people the words that help."""
    problem = unreadable("http://x/", "status", status=status).problem
    assert problem.code == "status"
    assert said in f"{problem.message['en']} {problem.fix['en']}"
    assert str(status) in problem.message["fr"]


def test_facts_are_made_fit_to_print() -> None:
    """Control characters and endless values reach neither log nor terminal."""
    found = unreadable("http://x/\n\x1b", "bad-url", url="\u202e" + "x" * 1_000)
    assert found.location == "http://x/\ufffd\ufffd"
    assert "\u202e" not in found.problem.message["fr"]
    assert len(found.problem.message["fr"]) < 400


def test_ordinary_text_is_left_alone() -> None:
    """Accents and spaces are no trouble."""
    assert printable("Données de santé") == "Données de santé"
