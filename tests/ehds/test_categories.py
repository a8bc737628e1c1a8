"""When the duty applies to a dataset, a row a rule; each row names its article."""

import csv
from datetime import date

import pytest

from red_catalog.ehds.categories import LETTERS, application, applies_from, by_name
from tests.shared import facts

GENERAL, DEFERRED = date(2029, 3, 26), date(2031, 3, 26)


@pytest.mark.parametrize(
    ("letter", "expected", "article"),
    [
        ("a", GENERAL, "51(1)(a), 105: records"),
        ("b", DEFERRED, "51(1)(b), 105: determinants"),
        ("c", GENERAL, "51(1)(c), 105: needs and resources"),
        ("d", GENERAL, "51(1)(d), 105: pathogens"),
        ("e", GENERAL, "51(1)(e), 105: administrative data"),
        ("f", DEFERRED, "51(1)(f), 105: genomic data"),
        ("g", DEFERRED, "51(1)(g), 105: other molecular data"),
        ("h", GENERAL, "51(1)(h), 105: devices, personal"),
        ("i", GENERAL, "51(1)(i), 105: wellness applications"),
        ("j", GENERAL, "51(1)(j), 105: professionals"),
        ("k", GENERAL, "51(1)(k), 105: public health registries are not deferred"),
        ("l", GENERAL, "51(1)(l), 105: medical and mortality registries are not deferred"),
        ("m", DEFERRED, "51(1)(m), 105: trials"),
        ("n", GENERAL, "51(1)(n), 105: devices, other"),
        ("o", GENERAL, "51(1)(o), 105: registries of products are not deferred"),
        ("p", DEFERRED, "51(1)(p), 105: cohorts and surveys"),
        ("q", GENERAL, "51(1)(q), 105: biobanks are not deferred"),
    ],
)
def test_category(letter: str, expected: date, article: str) -> None:
    """Five categories apply two years after the others."""
    assert expected == applies_from(letter), article


@pytest.mark.parametrize(
    ("letters", "kind", "first", "deferred", "conditional", "article"),
    [
        ("a", "2029", GENERAL, "", "", "105: one general category"),
        ("akq", "2029", GENERAL, "", "", "105: several general ones"),
        ("f", "2031", DEFERRED, "", "", "105: one deferred category is no mixture"),
        ("fg", "2031", DEFERRED, "", "", "105: several deferred ones"),
        ("af", "mixed", GENERAL, "f", "", "105: the earliest day, the rest deferred"),
        ("bfgmpa", "mixed", GENERAL, "bfgmp", "mp", "105: all five deferred beside one"),
        ("p", "2031", DEFERRED, "", "p", "51(1)(p): after the first publication of results"),
        ("m", "2031", DEFERRED, "", "m", "51(1)(m): subject to the regulations on trials"),
        ("lp", "mixed", GENERAL, "p", "p", "51(1)(l) and (p): a registry with a survey"),
    ],
)
def test_application(
    letters: str, kind: str, first: date, deferred: str, conditional: str, article: str
) -> None:
    """A dataset's duty is that of its categories, the earliest first."""
    codes = {letter: code for code, letter in LETTERS.items()}
    found = application(codes[letter] for letter in letters)
    assert found is not None
    assert (kind, first) == (found.kind, found.first), article
    assert deferred == "".join(sorted(one.letter for one in found.deferred)), article
    assert conditional == "".join(one.letter for one in found.conditional), article


def test_the_condition_of_surveys_is_their_first_publication() -> None:
    """Point (p) names the first publication of results, in both languages."""
    found = application(["RQSH"])
    assert found is not None
    assert found.parts[0].condition == {
        "fr": "après la première publication des résultats",
        "en": "after the first publication of the results",
    }


@pytest.mark.parametrize("codes", [[], ["NONE"], ["ehrs"]])
def test_without_a_known_category_nothing_is_told(codes: list[str]) -> None:
    """No date is made up for a dataset that names no category of the list."""
    assert application(codes) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("a", "EHRS"), ("(Q)", "EINS"), ("ehrs", "EHRS"), (" rqsh ", "RQSH"), ("z", None), ("", None)],
)
def test_a_category_can_be_written_by_letter_or_code(written: str, expected: str | None) -> None:
    """Operators write what the regulation or the code list says."""
    assert expected == by_name(written)


def test_the_table_is_that_of_the_facts() -> None:
    """Letters, codes and days are those noted from the Official Journal."""
    with facts("categories-article-51.csv").open(encoding="utf-8", newline="") as file:
        noted = {row["nal_code"]: row for row in csv.DictReader(file, delimiter=";")}
    assert {code: row["letter"] for code, row in noted.items()} == LETTERS
    days = {code: applies_from(letter).isoformat() for code, letter in LETTERS.items()}
    assert days == {code: row["applies_from"] for code, row in noted.items()}
