"""Which formats, media types and licences the quality assessment of data.europa.eu knows.

The two lists of file types are the portal's own (its vocabularies of non-proprietary and of
machine-readable formats, named in docs/scores.md): a code that is new in the EU list counts
as neither until the portal says so.
"""

import re
from typing import Final

from red_catalog import vocabulary
from red_catalog.namespaces import EU_AUTHORITY

_FILE_TYPE: Final = f"{EU_AUTHORITY}file-type"
_ACCESS_RIGHT: Final = f"{EU_AUTHORITY}access-right"
_LICENCE: Final = f"<{EU_AUTHORITY}licence/"
_MEDIA_TYPE: Final = re.compile(
    r"<https?://www\.iana\.org/assignments/media-types/"
    r"(?:application|audio|font|haptics|image|message|model|multipart|text|video)"
    r"/[A-Za-z0-9][\w!#$&^.+-]*>",
    re.ASCII,
)
_BOTH: Final = (
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG "
    "RDF_TURTLE RDF_XML RSS XML"
)
_NON_PROPRIETARY: Final = (
    "BMP DBF GZIP HTML JPEG2000 PNG RTF TAR TIFF TSV TXT WMS_SRVC ZIP " + _BOTH
)
_MACHINE_READABLE: Final = "RDFA SHP XLS XLSX " + _BOTH


def _terms(codes: str) -> frozenset[str]:
    return frozenset(f"<{_FILE_TYPE}/{code}>" for code in codes.split())


NON_PROPRIETARY: Final = _terms(_NON_PROPRIETARY)
"""Terms of the file types that anybody may read and write without a licence."""

MACHINE_READABLE: Final = _terms(_MACHINE_READABLE)
"""Terms of the file types whose content a program can take to pieces."""


def is_file_type(term: str) -> bool:
    """Whether the term is in the EU list of file types."""
    return vocabulary.is_member(term, _FILE_TYPE)


def is_access_right(term: str) -> bool:
    """Whether the term is in the EU list of access rights."""
    return vocabulary.is_member(term, _ACCESS_RIGHT)


def is_licence(term: str) -> bool:
    """Whether the term is in the EU list of licences.

    Told by its namespace: our copy of the list is an extract, and the list grows.
    """
    return term.startswith(_LICENCE)


def is_media_type(term: str) -> bool:
    """Whether the term is one of IANA's media types, as far as its form tells."""
    return _MEDIA_TYPE.fullmatch(term) is not None
