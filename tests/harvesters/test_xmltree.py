"""XML that nobody vouches for, and mappings that never raise whatever they get."""

import gzip
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from red_catalog.harvesters.access import recognise
from red_catalog.harvesters.dates import date_literal
from red_catalog.harvesters.description import Description, mint, web_identifier
from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import (
    LANG,
    find_all,
    language,
    language_tag,
    parse_xml,
    text,
)
from red_catalog.model import Defect, Document, Source
from red_catalog.rdf.terms import literal
from red_catalog.rdf.writing import triples
from tests.harvesters.protocols import recorded
from tests.shared import attack

SOURCE = Source("chu", "chu", "ddi", "https://chu.exemple.fr/ddi.xml")
RECORDS = ("ddi/codebook.xml", "ddi/lifecycle.xml", "oaipmh/oai_dc.xml", "csw/qualite-air.xml")
ODD = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", " ", "javascript:alert(1)", "http://[", "2028-13-45", "9" * 400, "10.1/", "urn:ddi:::",
         "\ud800", "\x00", "http://x/ y", "<b>", "POLYGON", "1e999", "nan", "-", "fr_FR", "@",
         "a@b.fr", "２０２８", "10.5281/zenodo.1", "2028-02-30", "https://doi.org/"]
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-xxe-file.rdf", "xml-dtd"),
        ("02-xxe-http.rdf", "xml-dtd"),
        ("03-billion-laughs.rdf", "xml-dtd"),
        ("05-deep-xml.rdf.gz", "xml-too-deep"),
    ],
)
def test_hostile_xml_is_refused(name: str, expected: str) -> None:
    """The XML attacks, as any XML kind would meet them."""
    content = attack(f"rdf/{name}").read_bytes()
    found = parse_xml(gzip.decompress(content) if name.endswith(".gz") else content)
    assert isinstance(found, Defect)
    assert found.code == expected


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"", 1), (b"<a>\n<b></a>", 2), (b"<a>&b;</a>", 1), (b"<a xmlns:x=''/>", 1), (b"\xff\xfe<", 1),
     (b'<?xml version="1.0" encoding="inconnu"?><a/>', 1)],
)  # fmt: skip
def test_broken_xml_is_told_with_its_line(content: bytes, line: int) -> None:
    """Broken XML is one sentence, and says where."""
    found = parse_xml(content)
    assert isinstance(found, Defect)
    assert (found.code, found.line) == ("xml-broken", line)


def test_language_is_inherited() -> None:
    """An inner language wins over an outer one."""
    root = parse_xml(b'<a xml:lang="fre"><b>x</b><b xml:lang="en">y</b></a>')
    assert not isinstance(root, Defect)
    assert [language(one) for one in find_all(root, "b")] == ["fr", "en"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("fre", "fr"), ("FRA", "fr"), ("fr_FR", "fr-fr"), ("und", None), ("", None), ("é", None)],
)
def test_language_is_recognised(written: str, expected: str | None) -> None:
    """Codes of libraries, of systems, and none at all."""
    assert language_tag(written) == expected


def test_text_keeps_its_paragraphs() -> None:
    """Runs of blanks become one, lines stay lines."""
    root = parse_xml(b"<a>  un   <b>deux</b>\n\n   trois </a>")
    assert not isinstance(root, Defect)
    assert text(root) == "un deux\ntrois"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("name", RECORDS)
def test_mapping_never_raises(name: str, data: st.DataObject) -> None:
    """Records of ours with texts, attributes and elements changed at random."""
    root = parse_xml(recorded(name))
    assert not isinstance(root, Defect)
    every = list(root.iter())
    for _ in range(data.draw(st.integers(1, 12))):
        _change(data, data.draw(st.sampled_from(every)), every)
    found = describe(root, SOURCE, data.draw(ODD), "x")
    if isinstance(found, Document) and found.content != b"# -\n":
        assert all(len(triple) == 3 for triple in triples(found.content))
        found.content.decode("utf-8")


def _change(data: st.DataObject, element: Element, every: list[Element]) -> None:
    match data.draw(st.integers(0, 4)):
        case 0:
            element.text = data.draw(ODD)
        case 1:
            for key in element.attrib:
                element.set(key, data.draw(ODD))
        case 2:
            element[:] = []
        case 3:
            element.append(deepcopy(data.draw(st.sampled_from([o for o in every if not len(o)]))))
        case _:
            element.set(LANG, data.draw(ODD))
            SubElement(element, data.draw(st.sampled_from(every)).tag).text = data.draw(ODD)


@given(ODD)
def test_small_readers_never_raise(written: str) -> None:
    """Of any text: what they take for a date, an identifier or a language, they take again."""
    for read in (web_identifier, language_tag):
        found = read(written)
        assert found is None or read(found) == found
    day = date_literal(written)
    assert day is None or date_literal(literal(day)[0]) == day
    assert recognise(written) in {None, "PUBLIC", "RESTRICTED", "NON_PUBLIC"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
        ("doi:10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
        ("http://dx.doi.org/10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
        ("https://chu.exemple.fr/jeu/1", "https://chu.exemple.fr/jeu/1"),
        ("javascript:alert(1)", None),
        ("https://red.exemple.fr/.well-known/genid/x", None),
        ("inst-0042", None),
        ("urn:ddi:fr.exemple:1", "urn:ddi:fr.exemple:1"),
        ("https:///jeu/1", None),
        ("https://chu.exemple.fr:99999/jeu/1", None),
        ("https://[votre-serveur]/jeu/1", None),
        ("https://chu.exemple.fr:port/jeu/1", None),
    ],
)
def test_web_identifier_is_recognised(written: str, expected: str | None) -> None:
    """A DOI in each of its spellings, an address, nothing else."""
    assert web_identifier(written) == expected


@pytest.mark.parametrize("server", ["", "chu.exemple.fr:99999", "[votre-serveur]", "[::1"])
@pytest.mark.parametrize("scheme", ["https", "HTTP", "ftp"])
def test_link_that_names_no_server_is_told(scheme: str, server: str) -> None:
    """An example that was left as it is does not cost the rest of the record."""
    description = Description("https://chu.exemple.fr/jeu/1")
    assert not description.link("dcat:landingPage", f"{scheme}://{server}/jeu", "page")
    assert [one.code for one in description.defects] == ["map-url"]
    assert description.link("dcat:landingPage", f"{scheme}://chu.exemple.fr:80/jeu", "page")


def test_iri_is_made_the_same_each_time() -> None:
    """Under the holder's own namespace first, then under the source, then without a place."""
    mine = Source("a", "a", "ddi", "https://a.exemple.fr/x", namespaces=("https://a.exemple.fr/",))
    folder = Source("a", "a", "ddi", "/donnees")
    assert mint(mine, "é 1") == "https://a.exemple.fr/%C3%A9%201"
    assert mint(SOURCE, "é 1") == "https://chu.exemple.fr/ddi.xml#%C3%A9%201"
    assert mint(folder, "é 1") == mint(folder, "é 1")
    assert mint(folder, "é 1").startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2028", "gYear"), ("2028-02", "gYearMonth"), ("2028-02-29", "date"), ("2027-02-29", None),
     ("2028-02-01T10:00:00Z", "dateTime"), ("0000", None), ("hier", None),
     ("2028-02-01T25:00:00", None)],
)  # fmt: skip
def test_date_keeps_its_precision(written: str, expected: str | None) -> None:
    """A year stays a year; what is no date is none."""
    found = date_literal(written)
    assert (found and found.rpartition("#")[2].rstrip(">")) == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [("1997-07-16T19:20+01:00", "1997-07-16T19:20:00+01:00"),
     ("2024-05-01T10:00Z", "2024-05-01T10:00:00Z"),
     ("2024-05-01 10:00:00", "2024-05-01T10:00:00"),
     ("2024-05-01T10:00:00+0200", "2024-05-01T10:00:00+02:00"),
     ("2024-05-01T10:00:00.1234567Z", "2024-05-01T10:00:00.1234567Z"),
     ("2024-05-01T10:00.5Z", None), ("2024-05-01T10", None), ("2024-02-30T10:00Z", None),
     ("0000-05-01T10:00Z", None), ("2024-05-01T10:00Z+02:00", None), ("2024--01", None)],
)  # fmt: skip
def test_moment_is_read_as_protocols_and_databases_write_it(
    written: str, value: str | None
) -> None:
    """Without seconds, with a blank, without a colon in the zone: the same moment, well formed."""
    found = date_literal(written)
    assert (found and literal(found)[0]) == value


def test_recorded_answers_are_well_formed() -> None:
    """What the tests start from is XML that parses and writes again."""
    for name in RECORDS:
        root = parse_xml(recorded(name))
        assert not isinstance(root, Defect)
        assert tostring(root)


def test_elements_and_attributes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of a few kilobytes may hold millions, each of which takes memory."""
    monkeypatch.setattr("red_catalog.harvesters.xmltree._PARTS", 4)
    assert not isinstance(parse_xml(b"<a><b/><b/><b/></a>"), Defect)
    for content in (b"<a><b/><b/><b/>\n<b/></a>", b"<a b='' c='' d=''>\n<e/></a>"):
        found = parse_xml(content)
        assert isinstance(found, Defect)
        assert (found.code, found.line) == ("xml-too-many", 2)


def test_an_inherited_language_takes_no_memory_of_its_own() -> None:
    """However many elements there are below the one that names it."""
    root = parse_xml(b'<a xml:lang="fr"><b/><b/><c xml:lang="en"><b/></c><b d=""/></a>')
    assert not isinstance(root, Defect)
    first, second, other, last = root
    assert first.attrib is second.attrib
    assert [language(one) for one in (first, second, other, other[0], last)] == [
        "fr", "fr", "en", "en", "fr",
    ]  # fmt: skip
