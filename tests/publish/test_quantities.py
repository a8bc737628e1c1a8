"""Numbers and lengths of time in descriptions, as people write them."""

import pytest

from red_catalog.namespaces import PREFIXES
from red_catalog.publish.record.graph import Words
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.markup import writer

SIZE = f"{PREFIXES['dcat']}byteSize"


def written(lexical: str, datatype: str, code: str = "fr", about: str = "") -> str:
    """A literal of XML Schema on a page, its spaces plain."""
    words = Words(lexical, None, f"{PREFIXES['xsd']}{datatype}")
    shown = writer(code).value(words, about).striptags()
    return shown.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("lexical", "french", "english"),
    [
        ("P1D", "1 jour", "1 day"),
        ("PT1M", "1 minute", "1 minute"),
        ("PT5M", "5 minutes", "5 minutes"),
        ("P1Y6M", "1 an et 6 mois", "1 year, 6 months"),
        ("P1Y0M0DT12H", "1 an et 12 heures", "1 year, 12 hours"),
        ("PT0.004S", "0,004 seconde", "0.004 seconds"),
        ("P0D", "0 jour", "0 days"),
        ("PT", "PT", "PT"),
        ("P1S", "P1S", "P1S"),
        (f"P{'9' * 12}D", f"P{'9' * 12}D", f"P{'9' * 12}D"),
    ],
)
def test_a_length_of_time_is_told_in_words(lexical: str, french: str, english: str) -> None:
    """Each part of it that is not nought, whole or not; what is no length stays as it is."""
    told = [written(lexical, "duration", code) for code in ("fr", "en")]
    assert told == [french, english]


@pytest.mark.parametrize(
    ("lexical", "datatype", "expected"),
    [
        ("1250.5", "decimal", "1 250,5"),
        ("0.953122", "decimal", "0,953122"),
        ("412000.0", "decimal", "412 000"),
        ("1.2505E3", "double", "1 250,5"),
        ("123456789012345678", "integer", "123 456 789 012 345 678"),
        ("1234567890123456789012", "integer", "1234567890123456789012"),
        ("1E99", "double", "1E99"),
        ("NaN", "double", "NaN"),
    ],
)
def test_a_number_has_the_signs_of_the_language(lexical: str, datatype: str, expected: str) -> None:
    """Separators and a decimal sign, nothing rounded; what none can read stays as it is."""
    assert written(lexical, datatype) == expected


def test_machines_read_the_number_beside_it() -> None:
    """The value of a number has all its digits and no separator."""
    for lexical, plain in (("1250.50", "1250.5"), ("123456789012345678", "123456789012345678")):
        words = Words(lexical, None, f"{PREFIXES['xsd']}decimal")
        assert f'<data value="{plain}">' in writer("fr").value(words)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0%"), (1 / 250, "1%"), (0.424, "42%"), (249 / 250, "99%"), (1, "100%")],
)
def test_all_is_told_of_all_alone(share: float, expected: str) -> None:
    """One of many that differs is not rounded away."""
    assert language("en").percent(share) == expected


def test_a_size_given_with_a_decimal_point_is_a_size() -> None:
    """As other catalogues write it; one that would be a thousand has the next unit."""
    assert written("21400000000.0", "decimal", about=SIZE) == "21,4 Go"
    sizes = [language("en").size(n) for n in (999, 999_949, 999_960, 10**12, 123 * 10**15)]
    assert sizes == ["999 byte", "999.9 kB", "1 MB", "1 TB", "123 PB"]
