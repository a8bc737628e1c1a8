"""ISO 19139: the formats and sizes of distributions, or why none is taken over."""

import pytest

from red_catalog.model import Document
from tests.harvesters.protocols import values
from tests.harvesters.test_iso19139 import RECORD, dataset

START = RECORD.index("<gmd:distributionInfo>")
END = RECORD.index("</gmd:distributionInfo>")
FILES = "https://ors.exemple.fr/fichiers/particules"
TYPES = "http://publications.europa.eu/resource/authority/file-type/"


def said(name: str) -> str:
    """A format by name."""
    text = f"<gco:CharacterString>{name}</gco:CharacterString>"
    return f"<gmd:MD_Format><gmd:name>{text}</gmd:name></gmd:MD_Format>"


def formats(*names: str, element: str = "distributionFormat") -> str:
    """Formats of the whole, or of a distributor."""
    return "".join(f"<gmd:{element}>{said(name)}</gmd:{element}>" for name in names)


def transfer(size: str, *urls: str, element: str = "transferOptions") -> str:
    """A way of transfer."""
    online = "".join(
        "<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage>"
        f"<gmd:URL>{url}</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onLine>"
        for url in urls
    )
    real = f"<gmd:transferSize><gco:Real>{size}</gco:Real></gmd:transferSize>" if size else ""
    inside = f"<gmd:MD_DigitalTransferOptions>{real}{online}</gmd:MD_DigitalTransferOptions>"
    return f"<gmd:{element}>{inside}</gmd:{element}>"


def distributor(name: str, size: str, url: str) -> str:
    """Who gives out one form."""
    form = formats(name, element="distributorFormat")
    form += transfer(size, url, element="distributorTransferOptions")
    return f"<gmd:distributor><gmd:MD_Distributor>{form}</gmd:MD_Distributor></gmd:distributor>"


def record(inside: str) -> Document:
    """The record with this about its distribution."""
    made = f"<gmd:distributionInfo><gmd:MD_Distribution>{inside}</gmd:MD_Distribution>"
    return dataset(RECORD[:START] + made + RECORD[END:])


def losses(document: Document) -> list[str]:
    """What is told of formats and sizes."""
    return sorted(
        f"{d.code} {d.message['fr'].split('« ')[1].split(' »')[0]}"
        for d in document.defects
        if "(format)" in d.message["fr"] or "(transferSize)" in d.message["fr"]
    )


@pytest.mark.parametrize(
    ("inside", "types", "told"),
    [
        (formats("CSV") + transfer("", f"{FILES}.csv"), ["CSV"], []),
        (formats("csv") + transfer("", f"{FILES}.zip", f"{FILES}/2"), ["CSV"] * 2, []),
        (formats("text/csv", "CSV") + transfer("", FILES), ["CSV"], []),
        (formats("CSV", "GeoJSON") + transfer("", f"{FILES}.csv?an=2026", f"{FILES}/carte"),
         ["CSV"], ["map-whose GeoJSON"]),
        (formats("CSV", "EDIGEO") + transfer("", FILES), [], ["map-code EDIGEO", "map-whose CSV"]),
        (formats("EDIGEO") + transfer("", FILES), [], ["map-code EDIGEO"]),
        (formats("CSV"), [], ["map-whose CSV"]),
        (formats("GML") + transfer("", "https://ors.exemple.fr/geoserver/wms/kml?layers=pm",
                                   "https://ors.exemple.fr/ows?SERVICE=WMS&amp;",
                                   "https://ors.exemple.fr/wfs?", f"{FILES}.html"),
         ["GML"], []),
        (formats("CSV") + transfer("", f"{FILES}.pdf"), ["CSV"], []),
        (formats("CSV") + transfer("", f"{FILES}.pdf", f"{FILES}.html"), [], ["map-whose CSV"]),
        (distributor("CSV", "", f"{FILES}/1") + distributor("GML", "", f"{FILES}/2"),
         ["CSV", "GML"], []),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_format_is_that_of_a_distribution_or_told(
    inside: str, types: list[str], told: list[str]
) -> None:
    """The only one, its distributor's, or that of the address; no other is guessed."""
    document = record(inside)
    found = [one for one in values(document, "dct:format") if one.startswith(TYPES)]
    assert found == [TYPES + name for name in types]
    assert losses(document) == told


@pytest.mark.parametrize(
    ("protocol", "name", "taken"),
    [
        ("OGC:WMS-1.3.0", "Carte", False), ("OGC:WFS", "Entités", True),
        ("WWW:LINK-1.0-http--link", "Visionneuse", False), ("", "Carte en KML", False),
        ("WWW:LINK-1.0-http--link", "Table en CSV", True), ("", "Table en CSV et PDF", True),
        ("", "Fichier de la DREES", True), ("WWW:DOWNLOAD-1.0-http--download", "", True),
    ],
)  # fmt: skip
def test_the_only_format_is_not_that_of_an_address_which_says_another(
    protocol: str, name: str, *, taken: bool
) -> None:
    """By its protocol or its name; the other address of the record has it."""
    text = "<gmd:{0}><gco:CharacterString>{1}</gco:CharacterString></gmd:{0}>"
    more = text.format("protocol", protocol) + text.format("name", name)
    options = transfer("", f"{FILES}/1", f"{FILES}/2")
    options = options.replace("</gmd:linkage>", f"</gmd:linkage>{more}", 1)
    found = values(record(formats("CSV") + options), "dct:format")
    assert found.count(f"{TYPES}CSV") == (2 if taken else 1)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        (f"{FILES}/pdf/1", True),
        (f"{FILES}/1.pdf", False),
        (f"{FILES}/exports/pdf", False),
        (f"{FILES}/1?outputFormat=application/pdf", False),
    ],
)
def test_what_lies_above_a_file_says_nothing_of_its_format(url: str, *, taken: bool) -> None:
    """Its own name and what is asked for do."""
    document = record(formats("CSV") + transfer("", url, f"{FILES}/2"))
    assert values(document, "dct:format") == [f"{TYPES}CSV"] * (2 if taken else 1)


@pytest.mark.parametrize(
    ("protocol", "name", "expected"),
    [
        ("OGC:WMS-1.3.0-http-get-map", "", ["WMS_SRVC"]),
        ("OGC:WFS", "", ["WFS_SRVC"]),
        ("OGC:WFS", "CSV", ["CSV"]),
        ("WWW:LINK", "", []),
    ],
)
def test_a_service_without_a_format_is_in_its_own(
    protocol: str, name: str, expected: list[str]
) -> None:
    """As its protocol says."""
    said_so = f"<gmd:protocol><gco:CharacterString>{protocol}</gco:CharacterString></gmd:protocol>"
    options = transfer("", f"{FILES}/ows").replace("</gmd:linkage>", f"</gmd:linkage>{said_so}")
    document = record((formats(name) if name else "") + options)
    assert values(document, "dct:format") == [TYPES + one for one in expected]


@pytest.mark.parametrize(
    ("inside", "sizes", "told"),
    [
        (transfer("48.2", FILES), ["48200000"], []),
        (transfer("0,05", FILES), ["50000"], []),
        (transfer("12", FILES, f"{FILES}/2"), [], ["map-whose 12"]),
        (transfer("12"), [], ["map-whose 12"]),
        (transfer("12 Mo", FILES), [], ["map-size 12 Mo"]),
        (transfer("0", FILES), [], ["map-size 0"]),
        (distributor("CSV", "1", f"{FILES}/1") + distributor("CSV", "2", f"{FILES}/2"),
         ["1000000", "2000000"], []),
    ],
    ids=range(7),
)  # fmt: skip
def test_a_size_is_that_of_one_address_or_told(
    inside: str, sizes: list[str], told: list[str]
) -> None:
    """ISO 19139 counts in megabytes, DCAT in bytes."""
    document = record(inside)
    assert values(document, "dcat:byteSize") == sizes
    assert losses(document) == told
