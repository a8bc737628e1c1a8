"""Dublin Core: which date is taken for that of publication, and what is not told twice."""

import re

import pytest

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.dublin_core import map_dublin_core
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Source
from tests.harvesters.protocols import codes, recorded, values

SOURCE = Source("chu", "chu", "oaipmh", "https://chu.exemple.fr/oai")
RECORD = recorded("oaipmh/oai_dc.xml").decode()


@pytest.mark.parametrize(
    ("second", "issued"),
    [
        ("", ["2026-05-04"]),
        ("<dc:date/>", ["2026-05-04"]),
        ("<dc:date>2026-05-04</dc:date>", ["2026-05-04"]),
        ("<dc:date>2027</dc:date>", []),
    ],
)
def test_a_single_date_is_that_of_publication(second: str, issued: list[str]) -> None:
    """The same one given twice is one; of two others nobody knows which is which."""
    root = parse_xml(RECORD.replace("<dc:date>2027</dc:date>", second).encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    assert values(found.document("x"), "dct:issued") == issued
    expected = ["map-nowhere", "map-one"] if issued else ["map-dates", "map-nowhere", "map-one"]
    assert codes(found.defects) == expected


def test_what_is_merely_missing_is_for_the_checks_to_tell() -> None:
    """A record without title and level of access gets no word of its own on either."""
    kept = re.sub(r"<dc:(title|rights)\b.*?</dc:\1>", "", RECORD, flags=re.DOTALL)
    root = parse_xml(kept.encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    assert values(found.document("x"), "dct:title") == []
    assert set(codes(found.defects)) <= {"map-nowhere", "map-dates", "map-one"}
