"""Prefixes that everybody knows, for documents that forgot to declare them."""

from typing import Final

from red_catalog.namespaces import PREFIXES

WELL_KNOWN: Final = PREFIXES | {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dc11": "http://purl.org/dc/elements/1.1/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctype": "http://purl.org/dc/dcmitype/",
    "dpv-pd": "https://w3id.org/dpv/dpv-pd#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "schema": "http://schema.org/",
    "sdo": "https://schema.org/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
