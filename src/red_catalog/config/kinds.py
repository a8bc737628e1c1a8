"""The kinds of sources, and what each lies at."""

from collections.abc import Mapping
from typing import Final

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
