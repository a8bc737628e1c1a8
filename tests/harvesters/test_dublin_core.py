"""Dublin Core: which date is taken for that of publication."""

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
