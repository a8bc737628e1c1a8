"""Our words exist in both languages, and dates and numbers follow each."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from red_catalog import publish
from red_catalog.publish.web.languages import LOCALES, language

PUBLISH = Path(publish.__file__).parent
KEYWORDS = {"_": None, "_mark": None, "gettext": None, "ngettext": (1, 2)}


def written() -> set[str]:
    """Every message that templates and modules use."""
    found = extract_from_dir(
        PUBLISH, [("**.py", "python"), ("web/templates/**.html", "jinja2")], {}, KEYWORDS
    )
    return {one[2][0] if isinstance(one[2], tuple) else one[2] for one in found}


def catalogue(code: str) -> Catalog:
    """The catalogue of a language."""
    with (LOCALES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_message_is_translated_and_none_is_left_over(code: str) -> None:
    """The catalogue has exactly the messages in use, each with all its forms."""
    messages = {m.id[0] if isinstance(m.id, tuple) else m.id: m for m in catalogue(code) if m.id}
    assert written() == set(messages)
    for message in messages.values():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id


@pytest.mark.parametrize("code", ["fr", "en"])
def test_translations_keep_their_placeholders(code: str) -> None:
    """A translation fills in what its message does."""
    assert [m.id for m in catalogue(code) if m.id and m.check()] == []


def test_french_punctuation_stays_with_its_word() -> None:
    """No line begins with a colon or ends with an opening quotation mark; English has no space."""
    said = [
        one if isinstance(one, str) else " ".join(one) for one in language("fr").messages.values()
    ]
    assert [one for one in said if re.search(r"[ \u202f][:;?!»](?:\s|$)|«[ \u202f]", one)] == []
    assert sum("\xa0" in one for one in said) > 100
    both = {"fr": "Voir : « Accès »… (« x » ; « y » ?)", "en": "See: “Access”?"}
    expected = "Voir\xa0: «\xa0Accès\xa0»… («\xa0x\xa0»\xa0; «\xa0y\xa0»\xa0?)"
    assert language("fr").typeset(both) == expected
    assert language("en").typeset(both) == both["en"]


GUIDES = Path(__file__).parents[2] / "docs" / "guides"


@pytest.mark.parametrize("name", ["detenteurs", "operateur", "utilisateurs"])
def test_french_punctuation_stays_with_its_word_in_guides(name: str) -> None:
    """What is not code has no space that may end a line before its punctuation."""
    written = (GUIDES / f"{name}.md").read_text("utf-8")
    prose = re.sub(r"(?ms)^```.*?^```|^ {4}.*?$|`[^`\n]*`", "x", written)
    assert re.findall(r".{9} [:;?!»](?=\s)|« .{9}", prose) == []


# For which we say: norme, type, obligations, exempté, à caractère personnel, s'adresser à, règles,
# modification, opérateur, déposer.
OTHER_FRENCH = (
    r"\bstandards?\b|\bgenres?\b|\bdoi(?:t|vent), comment|dispensé|données personnelles"
    r"|\b[Ii]nterrogez l|[Ee]mpreinte des formes|[Pp]our quand|au catalogue (?:avec|en)"
    r"|[Cc]hangements?\b|omment l’envoyer|\bexploitant|\b(?:la|de) remettre\b"
)
OTHER_ENGLISH = r"\bowes?\b|\bis no (?:check|legal)|\bcounted apart|\bcan be had|\blies here"


@pytest.mark.parametrize(("code", "other"), [("fr", OTHER_FRENCH), ("en", OTHER_ENGLISH)])
def test_one_thing_has_one_name(code: str, other: str) -> None:
    """What a reader met under one name does not come again under another."""
    said = [
        one if isinstance(one, str) else " ".join(one) for one in language(code).messages.values()
    ]
    assert [one for one in said if re.search(other, one)] == []


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [("fr", 0, "0 jeu de données"), ("fr", 1, "1 jeu de données"), ("fr", 2, "2 jeux de données"),
     ("en", 0, "0 datasets"), ("en", 1, "1 dataset"), ("en", 1200, "1,200 datasets")],
)  # fmt: skip
def test_plurals_follow_the_language(code: str, number: int, expected: str) -> None:
    """Nought is singular in French and plural in English."""
    assert language(code).ngettext("%(n)s dataset", "%(n)s datasets", number) == expected


def test_dates_and_numbers_follow_the_language() -> None:
    """Days before months in both, separators of each."""
    french, english = language("fr"), language("en")
    assert french.date(date(2029, 3, 1)) == "1er mars 2029"
    assert english.date(date(2029, 3, 26)) == "26 March 2029"
    assert french.number(1850000) == "1\u202f850\u202f000"
    assert english.number(1850000) == "1,850,000"
    assert french.moment(datetime(2026, 11, 20, 14, 30, tzinfo=UTC)).endswith("14:30 UTC")
    assert english.size(245_000_000) == "245 MB"


def test_an_unknown_message_is_a_bug() -> None:
    """A message that no catalogue holds raises rather than show half a page."""
    with pytest.raises(KeyError):
        language("fr").gettext("Not a message of ours")


def test_french_sentences_are_set_as_in_print() -> None:
    """Punctuation stays with its word and apostrophes are curled, but for what others wrote."""
    said = {
        "fr": "L'accès d'aujourd'hui : « l'eau » ('fr', https://a.fr/l'eau).",
        "en": "Today's access: 'fr'.",
    }
    assert language("fr").typeset(said) == (
        "L’accès d’aujourd’hui\xa0: «\xa0l'eau\xa0» ('fr', https://a.fr/l'eau)."
    )
    assert language("en").typeset(said) == said["en"]
    assert language("fr").pick(said) == said["fr"]


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "«" * 200_000, ":" * 200_000], ids=["letters", "marks", "colons"]
)
def test_a_long_word_is_set_in_a_time_that_grows_with_its_length(text: str) -> None:
    """A word of somebody else may stand in a sentence."""
    began = process_time()
    assert language("fr").typeset({"fr": text, "en": text}) == text
    assert process_time() - began < 10
