"""Lexical forms: XSD's, and the listed few that pySHACL reads otherwise."""

import logging
import warnings
from typing import Final

import pytest
import rdflib

from red_catalog.namespaces import PREFIXES
from red_catalog.validation.compiled.datatypes import XML_LITERAL, XSD, form_of
from red_catalog.validation.compiled.plan import compile_shapes
from tests.validation.compiled.page import keep_table

INTEGERS: Final = (
    "integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "unsignedLong",
    "unsignedInt", "unsignedShort",
)  # fmt: skip
DIGITS: Final = ("1_000", " 1 ", "١٢")
DAY: Final = "2020-01-01"

# What pySHACL takes for a form of the datatype, and XSD does not.
ACCEPTED_WRONGLY: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(INTEGERS, DIGITS),
    "long": (*DIGITS, "9223372036854775808", "-9223372036854775809"),
    "unsignedLong": (*DIGITS, "18446744073709551616"),
    "byte": (" 1 ", "١٢"),
    "unsignedByte": (" 1 ", "١٢"),
    "decimal": (*DIGITS, "1e5", "NaN", "INF", "-INF", "Infinity"),
    "double": (*DIGITS, "inf", "nan", "Infinity"),
    "float": (*DIGITS, "inf", "nan", "Infinity"),
    "date": ("2020-W01-1", f"{DAY}T10:00:00", f"{DAY}+15:00"),
    "dateTime": (DAY, "20200101", "2020-W01-1", f"{DAY} 10:00:00", f"{DAY}T10:00", f"{DAY}T10",
                 f"{DAY}T10:00:00+15:00"),
    "time": ("10:00", "T10:00", "1000"),
    "duration": ("PT", "P1W", "+P1D", "P1.5D", "P1YT"),
    "dayTimeDuration": ("P1Y", "P1M", "PT", "P1W", "+P1D"),
    "yearMonthDuration": ("P1D", "PT1H", "PT", "P1W"),
    "base64Binary": ("1_000", "@@@@"),
}  # fmt: skip
# What XSD takes for a form of the datatype, and pySHACL does not.
REFUSED_WRONGLY: Final[dict[str, tuple[str, ...]]] = {
    "date": ("-0044-03-15", "12020-01-01", "0000-01-01"),
    "dateTime": ("-0044-03-15T12:00:00", "12020-01-01T10:00:00", f"{DAY}T24:00:00"),
    "time": ("24:00:00",),
}
RIGHT: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(INTEGERS, ("1", "+1", "007")),
    "integer": ("0", "-0", "-1", "+1", "007", "9" * 100),
    "nonNegativeInteger": ("0", "1", "9" * 100),
    "nonPositiveInteger": ("0", "-1", "-" + "9" * 100),
    "negativeInteger": ("-1", "-007"),
    "byte": ("-128", "127"),
    "unsignedByte": ("0", "255"),
    "decimal": ("1", "-1.5", ".5", "1."),
    "double": ("1", "1e5", "-1.5E-3", "INF", "-INF", "NaN"),
    "float": ("1", "1e5", "INF", "NaN"),
    "boolean": ("true", "false", "1", "0"),
    "date": (DAY, f"{DAY}Z", f"{DAY}+02:00", f"{DAY}-05:00", "2024-02-29"),
    "dateTime": (f"{DAY}T10:00:00", f"{DAY}T10:00:00Z", f"{DAY}T10:00:00.123456789+14:00"),
    "time": ("10:00:00", "10:00:00Z", "10:00:00.5+02:00"),
    "duration": ("P1Y", "-P1D", "PT1H", "P1Y2M3DT4H5M6.7S"),
    "dayTimeDuration": ("P1D", "-PT1.5S"),
    "yearMonthDuration": ("P1Y", "P1Y2M", "-P13M"),
    "hexBinary": ("", "0aFF"),
    "base64Binary": ("", "YQ==", "YWI=", "YWJj"),
}
WRONG: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(INTEGERS, ("", "1.5", "un", "1 000", "--1")),
    "nonNegativeInteger": ("-1", "1.0"),
    "positiveInteger": ("0", "-1"),
    "nonPositiveInteger": ("1",),
    "negativeInteger": ("0", "1"),
    "byte": ("128", "-129", "300", "c"),
    "unsignedByte": ("-1", "256"),
    "decimal": ("", "1,5", "."),
    "double": ("", "1e", "e5"),
    "boolean": ("", "TRUE", "oui"),
    "date": ("", "hier", "2020-13-01", "2023-02-29", "2020-04-31", "01/02/2020", "2020"),
    "dateTime": ("", "hier", f"{DAY}T25:00:00", f"{DAY}T10:61:00"),
    "time": ("", "25:00:00", "midi"),
    "duration": ("", "P", "1Y", "P1S", "P-1Y"),
    "hexBinary": ("0", "GG"),
    "base64Binary": ("Y", "é"),
}  # fmt: skip


def ask_pyshacl(datatype: str, text: str) -> bool:
    """Whether rdflib, and so pySHACL, takes the text for a form of the datatype."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return not rdflib.Literal(text, datatype=XSD + datatype, normalize=False).ill_typed


def ask_us(datatype: str, text: str) -> bool:
    """Whether the compiled engine takes the text for a form of the datatype."""
    form = form_of(XSD + datatype)
    assert form is not None
    return bool(form(text))


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Datatype and text of each entry."""
    return [(datatype, text) for datatype, texts in table.items() for text in texts]


@pytest.mark.parametrize(("datatype", "text"), pairs(RIGHT))
def test_both_take_right_forms(datatype: str, text: str) -> None:
    """A form that XSD defines is taken, by both engines."""
    assert (ask_us(datatype, text), ask_pyshacl(datatype, text)) == (True, True)


@pytest.mark.parametrize(("datatype", "text"), pairs(WRONG))
def test_both_refuse_wrong_forms(datatype: str, text: str) -> None:
    """What is plainly no form of the datatype is refused, by both engines."""
    assert (ask_us(datatype, text), ask_pyshacl(datatype, text)) == (False, False)


@pytest.mark.parametrize(("datatype", "text"), pairs(ACCEPTED_WRONGLY))
def test_forms_that_only_pyshacl_takes(datatype: str, text: str) -> None:
    """A listed form that is not XSD's is refused although pySHACL takes it."""
    assert (ask_us(datatype, text), ask_pyshacl(datatype, text)) == (False, True)


@pytest.mark.parametrize(("datatype", "text"), pairs(REFUSED_WRONGLY))
def test_forms_that_only_xsd_takes(datatype: str, text: str) -> None:
    """A listed form that is XSD's is taken although pySHACL refuses it."""
    assert (ask_us(datatype, text), ask_pyshacl(datatype, text)) == (True, False)


def test_the_page_lists_the_differences() -> None:
    """docs/shacl-conformance.md lists exactly these differences."""
    rows = [
        f"| xsd:{datatype} | {_cell(ACCEPTED_WRONGLY, datatype)} | "
        f"{_cell(REFUSED_WRONGLY, datatype)} |"
        for datatype in sorted({*ACCEPTED_WRONGLY, *REFUSED_WRONGLY})
    ]
    head = [
        "| datatype | pySHACL takes, XSD does not | XSD takes, pySHACL does not |",
        "|---|---|---|",
    ]
    kept, table = keep_table("forms", "\n".join([*head, *rows]))
    assert kept == table


def _cell(table: dict[str, tuple[str, ...]], datatype: str) -> str:
    return ", ".join(f"`{text}`" for text in table.get(datatype, ()))


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("<b>gras</b>", True),
        ("a &amp; b", True),
        ("<b>", False),
        ("a & b", False),
        ("<p:b/>", False),
    ],
)
def test_xml_literals(text: str, taken: bool) -> None:
    """An XML literal holds balanced XML."""
    form = form_of(XML_LITERAL)
    assert form is not None
    assert bool(form(text)) == taken


def test_a_datatype_without_wrong_forms_takes_anything() -> None:
    """Nothing is asked of the text of a datatype that has no wrong form."""
    assert form_of(XSD + "gYear") is None
    assert form_of(PREFIXES["dct"] + "W3CDTF") is None


def test_a_number_of_a_million_digits_takes_no_time() -> None:
    """A decimal bomb is answered without computing the number."""
    assert ask_us("integer", "9" * 1_000_000)
    assert not ask_us("int", "9" * 1_000_000)


def test_a_date_that_only_pyshacl_takes_is_a_result() -> None:
    """The difference reaches the results: a day is no xsd:dateTime."""
    shapes = rdflib.Graph().parse(
        format="turtle",
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        [] sh:targetSubjectsOf dct:modified ;
           sh:property [ sh:path dct:modified ; sh:datatype xsd:dateTime ] .
        """,
    )
    value = f'"{DAY}"^^<{XSD}dateTime>'
    record = [("<https://chu.example.fr/d>", "<http://purl.org/dc/terms/modified>", value)]
    assert [r.value for r in compile_shapes(shapes).validate(record)] == [value]
