"""One package of CKAN with its extras beside its fields, and flat fields in structures."""

import re
from collections.abc import Mapping
from typing import Final

from red_catalog.harvesters.mapping.nodes import is_geometry
from red_catalog.harvesters.mapping.values import address, scalars

_PARTIES: Final = ("contact", "publisher", "creator", "hdab")
# Flat fields of the portals without ckanext-scheming: (flat field, structured field, its key).
FLAT: Final = (
    *(
        (f"{field}_{key}", field, key)
        for field in _PARTIES
        for key in ("uri", "name", "email", "url", "identifier")
    ),
    ("creator_type", "creator", "type"),
    ("temporal_start", "temporal_coverage", "start"),
    ("temporal_end", "temporal_coverage", "end"),
    ("spatial_uri", "spatial_coverage", "uri"), ("spatial_text", "spatial_coverage", "text"),
    ("spatial", "spatial_coverage", "geom"), ("spatial_bbox", "spatial_coverage", "bbox"),
    ("spatial_centroid", "spatial_coverage", "centroid"),
)  # fmt: skip
# Geometries in other words than those of WKT, too large or empty: none of them names a place.
_SHAPELESS: Final = re.compile(
    r"\s*(?:SRID\s*=|(?:ENVELOPE|BOX[23]?D?|(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE)"
    r"|GEOMETRYCOLLECTION|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|POLYHEDRALSURFACE|TIN|TRIANGLE)"
    r"\s*(?:ZM?|M)?\s*(?:\(\s*[-+(\d]|EMPTY\b))",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 500
_TRANSLATED: Final = ("title", "notes", "provenance")


def flatten(package: Mapping[object, object]) -> dict[str, object]:
    """The package with its extras beside its fields, and its flat fields put in structures.

    A field of the package itself wins over an extra of that name.
    """
    given = {str(key): value for key, value in package.items()}
    for key, value in _extras(given):
        name = key.removeprefix("dcat_") if key != "dcat_type" else key
        if not given.get(name):
            given[name] = value
        elif given[name] != value:
            given.setdefault(f"extras.{key}", []).append(value)  # type: ignore[attr-defined]
    for field in _TRANSLATED:
        translated = given.get(f"{field}_translated")
        if isinstance(translated, dict) and any(translated.values()):
            given[field] = translated
    gathered: dict[str, dict[str, str]] = {}
    for flat, field, key in FLAT:
        if given.get(flat):
            gathered.setdefault(field, {})[key] = flat
    for field, flats in gathered.items():
        _gather(given, field, flats)
    return given


def _extras(given: Mapping[str, object]) -> list[tuple[str, object]]:
    """The key and value of each extra; what is not of that form is left to the report."""
    found = given.get("extras")
    if isinstance(found, dict):
        return [(str(key), value) for key, value in found.items()]
    if not isinstance(found, list):
        return []
    pairs = [(e.get("key"), e.get("value")) for e in found if isinstance(e, dict)]
    return [(key, value) for key, value in pairs if isinstance(key, str) and value]


def _gather(given: dict[str, object], field: str, flats: Mapping[str, str]) -> None:
    """Puts flat fields in the structure that they belong to; what cannot be stays, to be told."""
    own = {key: given[flat] for key, flat in flats.items()}
    if field == "spatial_coverage":
        own = _locate(own)
    listed = [*scalars(given.get(field))]
    held = [{"name": one} if field in _PARTIES and isinstance(one, str) else one for one in listed]
    if not held or (field == "spatial_coverage" and not _is_in(own, held)):
        given[field] = [*held, own]
    elif len(held) == 1 and isinstance(held[0], dict) and _agree(held[0], own):
        given[field] = [{**held[0], **own}]
    elif not _is_in(own, held):
        return
    for flat in flats.values():
        del given[flat]


def _agree(held: Mapping[object, object], own: Mapping[str, object]) -> bool:
    """Whether both may be said of one thing: an address beside another name is another's."""
    return all(held.get(key) in (None, "", value) for key, value in own.items())


def _is_in(own: Mapping[str, object], held: list[object]) -> bool:
    """Whether one of these says all this already."""
    said = [one for one in held if isinstance(one, dict)]
    return any(all(one.get(key) == value for key, value in own.items()) for one in said)


def _locate(own: dict[str, object]) -> dict[str, object]:
    """A place whose `spatial` holds an address or a name in the stead of a geometry."""
    written = own.get("geom")
    if not isinstance(written, str) or is_geometry(written):
        return own
    key = "uri" if address(written) else "text" if _is_name(written) else "geom"
    if key in own:
        return own
    return {key: written} | {other: value for other, value in own.items() if other != "geom"}


def _is_name(written: str) -> bool:
    """Whether a text that is no geometry may be the name of a place."""
    short = written.strip()[:1].isalpha() and len(written) <= _LONGEST_NAME
    return short and not _SHAPELESS.match(written)
