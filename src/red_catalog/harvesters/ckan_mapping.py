"""One dataset of CKAN as RDF: a pure function, driven by the tables of `ckan_fields`."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from red_catalog.harvesters.ckan_fields import (
    DATASET,
    INTERNAL,
    RESOURCE,
    RESOURCE_INTERNAL,
)
from red_catalog.harvesters.ckan_flat import flatten
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.mapping.nodes import agent, apply, contact, report_rest, scalars_of
from red_catalog.harvesters.mapping.problems import unreadable
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import (
    address,
    booleans,
    codes,
    dates,
    iris,
    labelled,
    scalars,
    texts,
)
from red_catalog.model import Document, Unreadable
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.rdf.terms import make_iri, make_literal

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_ALGORITHMS: Final = {
    "md5": ("md5", 32),
    "sha1": ("sha1", 40),
    "sha256": ("sha256", 64),
    "sha512": ("sha512", 128),
}
_LICENCES: Final = EU_AUTHORITY + "licence"
# How CKAN and its portals say that nobody chose a licence.
_UNSAID: Final = re.compile(
    r"\s*(?:not[ -]?specified|licen[cs]e not specified|no licen[cs]e(?: provided)?"
    r"|(?:licence )?non sp[ée]cifi[ée]e?)\s*",
    re.IGNORECASE,
)
_NAMING: Final = {"name", "name_translated", "uri"}
_XSD_HEX: Final = "http://www.w3.org/2001/XMLSchema#hexBinary"


def map_package(package: object, site: str, number: int, language: str) -> Document | Unreadable:
    """The description of one dataset, the `number`-th of its portal; Unreadable without a name."""
    where = f"{site}/api/3/action/package_search"
    given = flatten(package) if isinstance(package, dict) else {}
    name = _name(given)
    if name is None:
        title = given.get("title")
        shown = str(title)[:60] if title else "?"
        return unreadable(where, "ckan-unnamed", None, number=number, title=shown)
    default = f"{site}/dataset/{quote(name, safe='')}"
    iri = address(given.get("uri")) or default
    sheet = Sheet(iri, language)
    sheet.node("dcat:Dataset", iri)
    if given.get("uri") and iri == default:
        sheet.refuse("uri", given["uri"], ("une adresse http(s)", "an http(s) address"))
    known = apply(sheet, sheet.root, given, DATASET)
    for node in sheet.values("healthdcatap:analytics"):
        laws = "dcatap:applicableLegislation"
        sheet.say(node, laws, sheet.values(laws))
    _fall_back(sheet, given, name)
    _say_publisher(sheet, given)
    _say_tags(sheet, given)
    _say_resources(sheet, given, iri)
    if not sheet.has("dcat:distribution"):
        _say_licence(sheet, sheet.root, given)
    report_rest(sheet, given, known | INTERNAL)
    slug = given.get("name")
    shown = f"{site}/dataset/{slug if isinstance(slug, str) else name}"
    return sheet.document(shown)


def _name(given: Mapping[str, object]) -> str | None:
    """What the portal calls the dataset: its id, or its name."""
    for key in ("id", "name"):
        value = given.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip().encode("utf-8", "replace").decode()
    return None


def _fall_back(sheet: Sheet, given: Mapping[str, object], name: str) -> None:
    """What CKAN itself knows, where the holder's own fields say nothing."""
    if not sheet.has("dct:identifier"):
        sheet.say(sheet.root, "dct:identifier", [make_literal(name)])
    for field, own in (("metadata_created", "dct:issued"), ("metadata_modified", "dct:modified")):
        if not sheet.has(own):
            sheet.say(sheet.root, own, dates(sheet, field, given.get(field)))
    author = given.get("author")
    if not sheet.has("dct:creator") and isinstance(author, str) and author.strip():
        # The mailbox of an author is often that of a person, who may be no contact.
        made = agent(sheet, "author_", {"name": author})
        sheet.say(sheet.root, "dct:creator", [made] if made else [])
    if not sheet.has("dcat:contactPoint"):
        for role in ("maintainer", "author"):
            person = {"name": given.get(role), "email": given.get(f"{role}_email")}
            if any(isinstance(value, str) and value.strip() for value in person.values()):
                node = contact(sheet, f"{role}_", person)
                sheet.say(sheet.root, "dcat:contactPoint", [node] if node else [])
            if sheet.has("dcat:contactPoint"):
                break


def _say_publisher(sheet: Sheet, given: Mapping[str, object]) -> None:
    found: list[dict[object, object]] = []
    for one in scalars(given.get("publisher")):
        if isinstance(one, str | dict):
            found.append(one if isinstance(one, dict) else {"name": one})
        else:
            sheet.refuse("publisher", one, ("une organisation", "an organisation"))
    if name := _name_organization(given):
        # A mailbox or a page alone is that of the organisation.
        found = [one if _NAMING & _fill(one) else {**one, "name": name} for one in found or [{}]]
    for one in found:
        node = agent(sheet, "publisher.", {str(key): value for key, value in one.items()})
        if node is None:
            continue
        kinds = codes(HEALTH_AUTHORITY + "publisher-type", "http://purl.org/adms/publishertype/1.0")
        sheet.say(node, "dct:type", kinds(sheet, "publisher_type", given.get("publisher_type")))
        notes = texts(sheet, "publisher_note", given.get("publisher_note"))
        sheet.say(node, "healthdcatap:publisherNote", notes)
        trusted = booleans(sheet, "trusted_data_holder", given.get("trusted_data_holder"))
        sheet.say(node, "healthdcatap:trustedDataHolder", trusted)
        sheet.say(sheet.root, "dct:publisher", [node])


def _name_organization(given: Mapping[str, object]) -> object:
    """What CKAN calls the organisation of the dataset, in its languages where it has several."""
    known = given.get("organization")
    names = ("title_translated", "title", "name")
    return next(filter(None, map(known.get, names)), None) if isinstance(known, dict) else None


def _fill(one: Mapping[object, object]) -> set[object]:
    """The fields of a structure that hold something."""
    return {field for field, value in one.items() if any(scalars_of(value))}


def _say_tags(sheet: Sheet, given: Mapping[str, object]) -> None:
    translated = given.get("tags_translated")
    tags = given.get("tags")
    if isinstance(translated, dict) and any(translated.values()):
        sheet.say(sheet.root, "dcat:keyword", texts(sheet, "tags_translated", translated))
        return
    if isinstance(tags, str):
        sheet.refuse("tags", tags, ("une liste d'étiquettes", "a list of tags"))
    names: list[object] = [
        (one.get("display_name") or one.get("name")) if isinstance(one, dict) else one
        for one in (tags if isinstance(tags, list) else [])
    ]
    if not names and isinstance(given.get("tag_string"), str):
        names = [one for one in str(given["tag_string"]).split(",") if one.strip()]
    sheet.say(sheet.root, "dcat:keyword", texts(sheet, "tags", names))


def _say_resources(sheet: Sheet, given: Mapping[str, object], dataset: str) -> None:
    resources = given.get("resources")
    if resources and not isinstance(resources, list):
        sheet.refuse("resources", resources, ("une liste de ressources", "a list of resources"))
        return
    for number, one in enumerate(resources or []):  # type: ignore[var-annotated, arg-type]
        if not isinstance(one, dict):
            sheet.refuse(f"resources.{number}", one, ("une ressource", "a resource"))
            continue
        resource = {str(key): value for key, value in one.items()}
        _say_resource(sheet, resource, f"resources.{number}.", dataset, given)


def _say_resource(
    sheet: Sheet,
    resource: dict[str, object],
    where: str,
    dataset: str,
    package: Mapping[str, object],
) -> None:
    for field in ("name", "description"):
        translated = resource.get(f"{field}_translated")
        if isinstance(translated, dict) and any(translated.values()):
            resource[field] = translated
    own = resource.get("id")
    iri = address(resource.get("uri"))
    if iri is None and isinstance(own, str) and own.strip() and not dataset.startswith("urn:"):
        clean = own.strip().encode("utf-8", "replace").decode()
        iri = f"{dataset.partition('#')[0]}/resource/{quote(clean, safe='')}"
    node = sheet.node("dcat:Distribution", iri)
    known = apply(sheet, node, resource, RESOURCE, where)
    access = resource.get("access_url") or resource.get("url") or resource.get("download_url")
    sheet.say(node, "dcat:accessURL", iris(sheet, where + "url", access))
    for field, own_field, name in (
        ("created", "issued", "dct:issued"),
        ("last_modified", "modified", "dct:modified"),
    ):
        if not resource.get(own_field):
            sheet.say(node, name, dates(sheet, where + field, resource.get(field)))
    _say_media_type(sheet, node, resource.get("mimetype"), where)
    _say_checksum(sheet, node, resource, where)
    if not resource.get("license"):
        _say_licence(sheet, node, package)
    report_rest(sheet, resource, known | RESOURCE_INTERNAL, where)
    sheet.say(sheet.root, "dcat:distribution", [node])


def _say_licence(sheet: Sheet, node: str, package: Mapping[str, object]) -> None:
    """The licence of the whole package, which CKAN gives once."""
    page = address(package.get("license_url"))
    title = package.get("license_title")
    written = package.get("license_id") or page or title
    if not written or any(isinstance(x, str) and _UNSAID.fullmatch(x) for x in (written, title)):
        return
    if isinstance(written, str) and not (address(written) or find_code((_LICENCES,), written)):
        written = title or written
    terms = labelled("dct:LicenseDocument", _LICENCES)(sheet, "license_id", written)
    for term in terms:
        if term.startswith("_") and page:
            sheet.say(term, "foaf:page", [make_iri(page)])
    sheet.say(node, "dct:license", terms)


def _say_media_type(sheet: Sheet, node: str, value: object, where: str) -> None:
    for one in scalars(value):
        written = one.strip() if isinstance(one, str) else ""
        iri = address(written) if "://" in written else address(_MEDIA_TYPES + written)
        if iri and "/" in written and not set(written) & set(" ;,"):
            sheet.say(node, "dcat:mediaType", [sheet.node("dct:MediaType", iri)])
        else:
            sheet.refuse(where + "mimetype", one, ("un type de média", "a media type"))


def _say_checksum(sheet: Sheet, node: str, resource: Mapping[str, object], where: str) -> None:
    value = resource.get("hash")
    if not isinstance(value, str) or not value.strip():
        return
    prefix, _, rest = value.strip().rpartition(":")
    given = str(resource.get("hash_algorithm") or prefix)
    plain_name = (
        given.rpartition("#")[2].casefold().replace("-", "").removeprefix("checksumalgorithm_")
    )
    known = {length: name for name, length in _ALGORITHMS.values()}
    algorithm = plain_name if plain_name in _ALGORITHMS else known.get(len(rest), "")
    if not algorithm or not all(c in "0123456789abcdefABCDEF" for c in rest) or len(rest) % 2:
        sheet.refuse(where + "hash", value, ("une empreinte connue", "a known checksum"))
        return
    checksum = sheet.node("spdx:Checksum")
    iri = f"http://spdx.org/rdf/terms#checksumAlgorithm_{algorithm}"
    sheet.say(checksum, "spdx:algorithm", [sheet.node("spdx:ChecksumAlgorithm", iri)])
    sheet.say(checksum, "spdx:checksumValue", [make_literal(rest.lower(), None, _XSD_HEX)])
    sheet.say(node, "spdx:checksum", [checksum])
