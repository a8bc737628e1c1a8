"""The kinds of sources: what each lies at, and its name in words."""

from collections.abc import Mapping
from typing import Final

from red_catalog.model import Text

ADDRESS: Final = "an address"
PATH: Final = "a path"
EITHER: Final = "an address or a path"

HARVESTED: Final[Mapping[str, str]] = {
    "ckan": ADDRESS,
    "csw": ADDRESS,
    "dcat": ADDRESS,
    "ddi": EITHER,
    "fdp": ADDRESS,
    "file": PATH,
    "ldes": ADDRESS,
    "oaipmh": ADDRESS,
    "sparql": ADDRESS,
    "spreadsheet": EITHER,
    "webpage": ADDRESS,
}
"""The kinds that are fetched: `location` is an http(s) address, a path, or may be either."""

SOURCE_KINDS: Final[Mapping[str, Text]] = {
    "ckan": {"fr": "catalogue CKAN", "en": "CKAN catalogue"},
    "csw": {"fr": "catalogue géographique CSW", "en": "CSW geographic catalogue"},
    "dcat": {"fr": "catalogue DCAT sur le web", "en": "DCAT catalogue on the web"},
    "ddi": {"fr": "fichiers DDI", "en": "DDI files"},
    "fdp": {"fr": "FAIR Data Point", "en": "FAIR Data Point"},
    "file": {"fr": "fichiers RDF", "en": "RDF files"},
    "ingest": {"fr": "dépôt avec une clé", "en": "handed in with a key"},
    "ldes": {"fr": "flux LDES", "en": "LDES feed"},
    "oaipmh": {"fr": "entrepôt OAI-PMH", "en": "OAI-PMH repository"},
    "sparql": {"fr": "point d’accès SPARQL", "en": "SPARQL endpoint"},
    "spreadsheet": {"fr": "classeur ou CSV", "en": "workbook or CSV"},
    "webpage": {"fr": "pages web", "en": "web pages"},
}
"""The kinds of sources as holders read them."""
