"""In which field of CKAN or a web page a property is written, by the tables that read it."""

from collections.abc import Iterable, Mapping
from typing import Final

from red_catalog.harvesters import ckan_fields, webpage_mapping
from red_catalog.harvesters.ckan_flat import FLAT
from red_catalog.namespaces import term

_Fields = Mapping[str, tuple[str, ...]]
"""The fields by property (a term)."""

_DATASET: Final = term("dcat:Dataset")
_DISTRIBUTION: Final = term("dcat:Distribution")
_AGENT: Final = term("foaf:Agent")
_CONTACT: Final = term("vcard:Kind")
_VARIABLE: Final = term("csvw:Column")
# The parts of a structure that are worth naming, and what those of an organisation say of it.
_PARTS: Final = ("name", "email", "start", "end", "text")
_REACHED: Final = {"name": "foaf:name", "email": "cv:contactPoint"}
_WRITTEN_TO: Final = {"name": "vcard:fn", "email": "vcard:hasEmail", "url": "vcard:hasURL"}


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
        _CONTACT: _invert(
            (flat, _WRITTEN_TO[part]) for flat, whole, part in FLAT
            if whole == "contact" and part in _WRITTEN_TO
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
    } | {_AGENT: _invert(_REACHED.items()), _CONTACT: _invert(_WRITTEN_TO.items())}  # fmt: skip


_FIELDS: Final[dict[str, dict[str, _Fields]]] = {"ckan": _of_ckan(), "webpage": _of_pages()}


def name_fields(kind: str, subject: str, path: str) -> tuple[str, ...] | None:
    """The fields of this kind of source that say a property of a thing of this class.

    None where its tables do not tell; none where it has no place for the property. `path`: one
    property, or several of which one is asked for.
    """
    known = _FIELDS[kind].get(subject, {})
    fields = tuple(field for one in path.split("|") for field in known.get(one, ()))
    # Of organisations and contacts more is read than is named here.
    return fields if fields or subject in {_DATASET, _DISTRIBUTION} else None


def subjects() -> tuple[str, ...]:
    """The classes of things of which fields or elements are known."""
    return _DATASET, _DISTRIBUTION, _AGENT, _CONTACT, _VARIABLE
