"""From what people write to the IRI of a code: its code, its name, or the IRI itself."""

import re
from functools import cache
from typing import Final

from red_catalog import vocabulary
from red_catalog.ehds.categories import LETTERS
from red_catalog.model.likeness import fold
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.vocabulary.words import ETALAB, LANGUAGES, named

_LANGUAGE: Final = EU_AUTHORITY + "language"
_CATEGORIES: Final = HEALTH_AUTHORITY + "healthcategories"
# Their codes are three letters, which with signs say something else (`n.s.p.`, `div.`).
_CODE: Final = 3
_WITH_CODES: Final = frozenset(
    f"{EU_AUTHORITY}{name}" for name in ("language", "country", "continent")
)
# As the law and the form write a category: "a) …".
_LETTERED: Final = re.compile(r"\(?([a-q])\)\s*(.*)")
COUNTRIES: Final = {
    "at": "AUT", "be": "BEL", "bg": "BGR", "ch": "CHE", "cy": "CYP", "cz": "CZE", "de": "DEU",
    "dk": "DNK", "ee": "EST", "es": "ESP", "fi": "FIN", "fr": "FRA", "gb": "GBR", "gf": "GUF",
    "gp": "GLP", "gr": "GRC", "hr": "HRV", "hu": "HUN", "ie": "IRL", "it": "ITA", "lt": "LTU",
    "lu": "LUX", "lv": "LVA", "mc": "MCO", "mq": "MTQ", "mt": "MLT", "nc": "NCL", "nl": "NLD",
    "no": "NOR", "pf": "PYF", "pl": "POL", "pt": "PRT", "re": "REU", "ro": "ROU", "se": "SWE",
    "si": "SVN", "sk": "SVK", "uk": "GBR", "us": "USA", "yt": "MYT",
}  # fmt: skip
"""What the European list calls the countries that others write in two letters."""
# In a text, NC may as well say that the holder told nothing (non communiqué); the others answer.
_SAY_OTHERWISE: Final = frozenset({"nc", "no", "si"})
_IN_TEXTS: Final = {two: code for two, code in COUNTRIES.items() if two not in _SAY_OTHERWISE}
_ALIASES: Final = {
    _LANGUAGE: LANGUAGES,
    # The names of licences in CKAN and on the web.
    EU_AUTHORITY + "licence": {
        "fr-lo": ETALAB, "lov2": ETALAB, "etalab-2.0": ETALAB, "licence-ouverte": ETALAB,
        "odc-odbl": "ODC_BL", "odbl-1.0": "ODC_BL",
        "cc-by": "CC_BY", "cc-by-4.0": "CC_BY_4_0", "cc-by-sa": "CC_BYSA", "cc-zero": "CC0",
        "cc0": "CC0", "cc0-1.0": "CC0", "odc-by": "ODC_BY", "odc-pddl": "ODC_PDDL",
    },
    EU_AUTHORITY + "file-type": {
        "text/csv": "CSV", "application/json": "JSON", "application/xml": "XML",
        "text/xml": "XML", "application/pdf": "PDF", "text/turtle": "RDF_TURTLE",
        "application/zip": "ZIP", "text/html": "HTML", "application/parquet": "PARQUET",
        "application/vnd.ms-excel": "XLS", "turtle": "RDF_TURTLE", "ttl": "RDF_TURTLE",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
        "application/vnd.oasis.opendocument.spreadsheet": "ODS", "text/plain": "TXT",
        "text/tab-separated-values": "TSV", "application/geo+json": "GEOJSON",
        "application/geopackage+sqlite3": "GPKG", "application/gzip": "GZIP",
        "application/ld+json": "JSON_LD", "application/rdf+xml": "RDF_XML",
        "esri shapefile": "SHP", "shapefile": "SHP",
    },
    EU_AUTHORITY + "country": _IN_TEXTS,
    _CATEGORIES: {letter: code for code, letter in LETTERS.items()},
}  # fmt: skip
_DPV: Final = {
    "dpv:": "https://w3id.org/dpv#",
    "dpv-pd:": "https://w3id.org/dpv/dpv-pd#",
    "pd:": "https://w3id.org/dpv/dpv-pd#",
}


def find_code(schemes: tuple[str, ...], written: str) -> str | None:
    """The IRI of the concept of these lists that is written so, in any case; None for no such.

    Usual words for a code are taken as well.
    """
    key = written.strip().casefold()
    if _CATEGORIES in schemes and (lettered := _LETTERED.fullmatch(key)):
        key = lettered[2] or lettered[1]
    for scheme in schemes:
        found = _index(scheme).get(key) or _name(scheme, key)
        if found is None and scheme == _LANGUAGE:
            # fr-FR, fr_FR
            found = _index(scheme).get(re.split("[-_]", key)[0])
        if found:
            # Release 8 takes personal data under this namespace only.
            return found.replace("/dpv/pd#", "/dpv/dpv-pd#")
    return None


def _name(scheme: str, key: str) -> str | None:
    """The code that a text names, whatever stands between the letters."""
    if scheme in _WITH_CODES and len(fold(key)) <= _CODE:
        return None
    return named(scheme, key)


def expand(written: str) -> str | None:
    """The IRI of a term of the Data Privacy Vocabulary written with its usual prefix."""
    for prefix, namespace in _DPV.items():
        local = written.removeprefix(prefix)
        if local != written and local.isidentifier():
            return namespace + local
    return None


@cache
def _index(scheme: str) -> dict[str, str]:
    concepts = vocabulary.concepts(scheme)
    by_code = {concept.code: concept.iri for concept in concepts}
    named = {n.casefold(): c.iri for c in concepts for n in reversed(list(c.labels.values()))}
    named |= {code.casefold(): iri for code, iri in by_code.items()}
    aliases = _ALIASES.get(scheme, {})
    by_alias = {a: by_code.get(c, c) for a, c in aliases.items()}
    return named | {alias: iri for alias, iri in by_alias.items() if ":" in iri}
