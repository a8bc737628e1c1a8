"""The codes that a writer may have meant: by code, by label, by an old address, by likeness."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final
from urllib.parse import unquote

from red_catalog import vocabulary
from red_catalog.model import Suggestion
from red_catalog.model.likeness import fold, resembling
from red_catalog.namespaces import HEALTH_AUTHORITY
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, is_literal, literal
from red_catalog.vocabulary import Concept
from red_catalog.vocabulary.words import (
    ETALAB,
    ETALAB_LABELS,
    EXAMPLE_CODES,
    LICENCES,
    named,
    of,
)

_MOST: Final = 3
# Where the health lists lay before Release 8.
_OLD_BASES: Final = (
    "http://13.81.34.152:1101/resource/authority/",
    "https://hdeu-dcat.acceptance.data.health.europa.eu/resource/authority/",
    "http://healthdataportal.eu/resource/authority/",
)
_PERSONAL: Final = "https://w3id.org/dpv/pd#"
_PERSONAL_IN_USE: Final = "https://w3id.org/dpv/dpv-pd#"
# Other names of codes: renamed ones, two-letter codes, media types; and of levels, which no
# reader of spreadsheets takes for them.
_OTHER_NAMES: Final = {
    "coding-system": {"icdo3": "ICD-O"},
    "standard": {"hl7v2": "HL7", "hl7v3": "HL7"},
    "publisher-type": {"outpatientinstitute": "outpatient-institution"},
    "language": {
        "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA",
        "et": "EST", "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA",
        "lt": "LIT", "lv": "LAV", "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON",
        "sk": "SLK", "sl": "SLV", "sv": "SWE", "no": "NOR", "nb": "NOB", "fre": "FRA",
        "ger": "DEU", "dut": "NLD", "cze": "CES", "gre": "ELL", "rum": "RON", "slo": "SLK",
        "francais": "FRA", "anglais": "ENG", "frfr": "FRA", "engb": "ENG", "enus": "ENG",
    },
    "country": {
        "at": "AUT", "be": "BEL", "bg": "BGR", "ch": "CHE", "cy": "CYP", "cz": "CZE", "de": "DEU",
        "dk": "DNK", "ee": "EST", "es": "ESP", "fi": "FIN", "fr": "FRA", "gb": "GBR", "gr": "GRC",
        "hr": "HRV", "hu": "HUN", "ie": "IRL", "is": "ISL", "it": "ITA", "li": "LIE", "lt": "LTU",
        "lu": "LUX", "lv": "LVA", "mt": "MLT", "nl": "NLD", "no": "NOR", "pl": "POL", "pt": "PRT",
        "ro": "ROU", "se": "SWE", "si": "SVN", "sk": "SVK", "uk": "GBR",
    },
    "file-type": {
        "plain": "TXT", "vndopenxmlformatsofficedocumentspreadsheetmlsheet": "XLSX",
        "vndmsexcel": "XLS", "fhirjson": "JSON", "ldjson": "JSON_LD", "rdfxml": "RDF_XML",
        "turtle": "RDF_TURTLE",
        "tabseparatedvalues": "TSV", "msword": "DOC",
    },
    "access-right": {"open": "PUBLIC", "openaccess": "PUBLIC", "closed": "NON_PUBLIC",
                     "private": "NON_PUBLIC", "prive": "NON_PUBLIC", "limited": "RESTRICTED",
                     "restreint": "RESTRICTED", "accespublic": "PUBLIC",
                     "publicaccess": "PUBLIC", "accesouvert": "PUBLIC"},
    "data-theme": {"health": "HEAL", "sante": "HEAL"},
}  # fmt: skip


def suggest(value: str, schemes: Sequence[str]) -> tuple[Suggestion, ...]:
    """The codes of these lists closest to a term, best first; none where nothing is like it."""
    if is_blank(value):
        return ()
    moved = _moved(value)
    if moved:
        return (moved,)
    words = _words(value)
    if found := {c.iri: c for s in schemes for c in _same([*words, _text(value)], s)}:
        return tuple(Suggestion(c.iri, c.labels) for c in list(found.values())[:_MOST])
    found = {c.iri: c for s in schemes for c in _alike(words, s)}
    return tuple(Suggestion(c.iri, c.labels, "alike") for c in list(found.values())[:_MOST])


def suggest_licence(value: str) -> tuple[Suggestion, ...]:
    """The licence that a text names, or the code of the one that a page is; no likeness."""
    text = bare(value) if is_iri(value) else literal(value)[0] if is_literal(value) else ""
    found = named(LICENCES, text)
    labels = vocabulary.labels(found or "") or ETALAB_LABELS
    # The list has no better address for a page of Etalab's.
    known = found and not (found == ETALAB and is_iri(value))
    return (Suggestion(found, labels),) if found and known else ()


def _moved(value: str) -> Suggestion | None:
    """The same code at its present address."""
    if not is_iri(value):
        return None
    address = bare(value)
    for old in _OLD_BASES:
        if address.startswith(old):
            return _known(HEALTH_AUTHORITY + address.removeprefix(old))
    if address.startswith(_PERSONAL):
        labels = vocabulary.labels(address)
        code = address.removeprefix(_PERSONAL)
        return Suggestion(_PERSONAL_IN_USE + code, labels or {"fr": code, "en": code})
    if address.startswith("https://publications.europa.eu/resource/authority/"):
        return _known("http" + address.removeprefix("https"))
    return None


def _known(address: str) -> Suggestion | None:
    """The code at this address, or what it is called now."""
    labels = vocabulary.labels(address)
    scheme, _, code = address.rpartition("/")
    if labels:
        groups = vocabulary.groups(scheme)
        return None if address in groups else Suggestion(address, labels)
    renamed = _OTHER_NAMES.get(scheme.rpartition("/")[2], {}).get(fold(code))
    found = f"{scheme}/{renamed}" if renamed else of(scheme).get(code.lower())
    labels = vocabulary.labels(found) if found else None
    return Suggestion(found, labels) if found and labels else None


def _words(value: str) -> list[str]:
    """What the value may be a code or a label in: the whole, its end, its language-free form."""
    text = _text(value)
    parts = [re.split(r"[/#]", text.rstrip("/#"))[-1]] if is_iri(value) else [text]
    if not is_iri(value) and "/" in text:
        parts.append(text.rsplit("/", 1)[-1])
    return [part for part in parts if fold(part)]


def _text(value: str) -> str:
    return unquote(bare(value)) if is_iri(value) else literal(value)[0]


def _same(words: Iterable[str], scheme: str) -> list[Concept]:
    names = _OTHER_NAMES.get(scheme.rstrip("/").rpartition("/")[2], {})
    index = _index(scheme)
    folded = map(fold, words)
    found = [c for w in folded for c in index.get(fold(names.get(w, w)), ())]
    called = {named(scheme, word) for word in words}
    return found or [c for c in _offered(scheme) if c.iri in called]


def _alike(words: Iterable[str], scheme: str) -> list[Concept]:
    index, names = _index(scheme), _names(scheme)
    return [c for word in words for name in resembling(word, names) for c in index[name]]


@cache
def _index(scheme: str) -> dict[str, tuple[Concept, ...]]:
    """The codes of a list by their folded code and labels."""
    index: dict[str, tuple[Concept, ...]] = {}
    for concept in _offered(scheme):
        for name in {fold(concept.code), *map(fold, concept.labels.values())}:
            index[name] = (*index.get(name, ()), concept)
    return index


@cache
def _names(scheme: str) -> dict[str, str]:
    """The codes and labels of a list as they are written, by their folded form."""
    return {fold(n): n for c in _offered(scheme) for n in (c.code, *c.labels.values())}


def _offered(scheme: str) -> Iterator[Concept]:
    return (c for c in vocabulary.concepts(scheme) if c.iri not in vocabulary.groups(scheme))


def example_code(scheme: str) -> Suggestion | None:
    """A common code of a list, to show how one is written."""
    codes = {c.code: c for c in vocabulary.concepts(scheme)}
    code = codes.get(EXAMPLE_CODES.get(scheme, "")) or next(iter(codes.values()), None)
    return Suggestion(code.iri, code.labels) if code else None
