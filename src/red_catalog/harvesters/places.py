"""In which field of a source that is no RDF a property is written, by the tables that read it."""

from collections.abc import Iterable, Mapping
from typing import Final

from red_catalog.harvesters import ckan_fields, webpage_mapping
from red_catalog.harvesters.ckan_flat import FLAT
from red_catalog.namespaces import PREFIXES, term

_Fields = Mapping[str, tuple[str, ...]]
"""The fields by property (a term)."""

_DATASET: Final = term("dcat:Dataset")
_DISTRIBUTION: Final = term("dcat:Distribution")
_AGENT: Final = term("foaf:Agent")
# The parts of a structure that are worth naming, and what those of an organisation say of it.
_PARTS: Final = ("name", "email", "start", "end", "text")
_REACHED: Final = {"name": "foaf:name", "email": "cv:contactPoint"}
# What only the profile and the vocabularies that it takes up for health can say.
_OWN: Final = tuple(f"<{PREFIXES[one]}" for one in ("dcatap", "healthdcatap", "dpv"))
OF_DDI: Final = frozenset(map(term, (
    "healthdcatap:hasStructuredData", "healthdcatap:hasVariables", "healthdcatap:numberOfRecords",
    "healthdcatap:populationCoverage",
)))  # fmt: skip
"""What DDI says of that all the same."""


def _invert(pairs: Iterable[tuple[str, str]]) -> _Fields:
    found: dict[str, tuple[str, ...]] = {}
    for field, name in pairs:
        found[term(name)] = (*found.get(term(name), ()), field)
    return found


def _flatten(field: str) -> tuple[str, ...]:
    """A field of CKAN as portals without a schema write it: in one field for each part."""
    flats = tuple(flat for flat, whole, part in FLAT if whole == field and part in _PARTS)
    return flats or (field,)


def _of_ckan() -> dict[str, _Fields]:
    named = {field: name for field, (name, _) in ckan_fields.DATASET.items()} | ckan_fields.BESIDE
    resource = {field: name for field, (name, _) in ckan_fields.RESOURCE.items()}
    return {
        _DATASET: _invert(
            (flat, name) for field, name in named.items() for flat in _flatten(field)
        ),
        _DISTRIBUTION: _invert((resource | ckan_fields.RESOURCE_BESIDE).items()),
        _AGENT: _invert(
            (flat, _REACHED[part]) for flat, whole, part in FLAT
            if whole != "contact" and part in _REACHED
        ),
    }  # fmt: skip


def _of_pages() -> dict[str, _Fields]:
    page = webpage_mapping
    tables = (
        (_DATASET, page.DATASET, page.BESIDE),
        (_DISTRIBUTION, page.DISTRIBUTION, page.DISTRIBUTION_BESIDE),
    )
    return {
        kind: _invert([
            *((field, name) for field, (name, _) in table.items()),
            *((field, name) for field, names in beside.items() for name in names),
        ])
        for kind, table, beside in tables
    } | {_AGENT: _invert(_REACHED.items())}  # fmt: skip


_FIELDS: Final[dict[str, dict[str, _Fields]]] = {"ckan": _of_ckan(), "webpage": _of_pages()}


def name_fields(kind: str, subject: str, path: str) -> tuple[str, ...] | None:
    """The fields of this kind of source that say a property of a thing of this class.

    None where its tables do not tell; none where it has no place for the property.
    """
    if kind in _FIELDS:
        fields = _FIELDS[kind].get(subject)
        # Of an organisation more is read than is named here.
        return fields.get(path, None if subject == _AGENT else ()) if fields else None
    lacks = kind in {"csw", "ddi", "oaipmh"} and path.startswith(_OWN) and path not in OF_DDI
    return () if lacks else None


def subjects() -> tuple[str, ...]:
    """The classes of things of which fields are known."""
    return _DATASET, _DISTRIBUTION, _AGENT
