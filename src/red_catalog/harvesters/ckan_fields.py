"""The fields of CKAN, as ckanext-dcat names them, and what they are in HealthDCAT-AP."""

from typing import Final

from red_catalog.harvesters.access import conclude
from red_catalog.harvesters.mapping.nodes import (
    Given,
    Table,
    agent,
    apply,
    contact,
    each,
    period,
    place,
    report_rest,
)
from red_catalog.harvesters.mapping.prose import prose
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import (
    address,
    booleans,
    codes,
    counts,
    dates,
    decimals,
    durations,
    iris,
    labelled,
    laws,
    plain,
    scalars,
    texts,
    things,
)
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.rdf.terms import iri

_ACCESS_RIGHTS: Final = EU_AUTHORITY + "access-right"
_LICENCES: Final = EU_AUTHORITY + "licence"
_DPV: Final = "https://w3id.org/dpv"
_GDPR: Final = f"{_DPV}/legal/eu/gdpr#"
_STATUSES: Final = {
    "http://purl.org/adms/status/Completed": "COMPLETED",
    "http://purl.org/adms/status/Deprecated": "DEPRECATED",
    "http://purl.org/adms/status/UnderDevelopment": "DEVELOP",
    "http://purl.org/adms/status/Withdrawn": "WITHDRAWN",
}
_STANDARDS: Final = HEALTH_AUTHORITY + "standard"


def _annotation(sheet: Sheet, where: str, given: Given) -> str | None:
    node = sheet.node("dqv:QualityCertificate")
    table: Table = {
        "body": ("oa:hasBody", labelled("oa:TextualBody")),
        "target": ("oa:hasTarget", iris),
        "motivated_by": ("oa:motivatedBy", iris),
    }
    report_rest(sheet, given, apply(sheet, node, given, table, where), where)
    return node


def _relationship(sheet: Sheet, where: str, given: Given) -> str | None:
    node = sheet.node("dcat:Relationship", address(given.get("uri")))
    table: Table = {"relation": ("dct:relation", iris), "role": ("dcat:hadRole", iris)}
    report_rest(sheet, given, {"uri"} | apply(sheet, node, given, table, where), where)
    return node


def _attribution(sheet: Sheet, where: str, given: Given) -> str | None:
    node = sheet.node("prov:Attribution")
    table: Table = {"agent": ("prov:agent", each(agent)), "role": ("dcat:hadRole", iris)}
    report_rest(sheet, given, apply(sheet, node, given, table, where), where)
    return node


def _activity(sheet: Sheet, where: str, given: Given) -> str | None:
    node = sheet.node("prov:Activity", address(given.get("uri")))
    table: Table = {
        "label": ("rdfs:label", texts),
        "seeAlso": ("rdfs:seeAlso", iris),
        "dct_type": ("dct:type", codes(HEALTH_AUTHORITY + "health-activity")),
        "startedAtTime": ("prov:startedAtTime", dates),
        "wasAssociatedWith": ("prov:wasAssociatedWith", each(agent)),
    }
    report_rest(sheet, given, {"uri"} | apply(sheet, node, given, table, where), where)
    return node


def _service(sheet: Sheet, where: str, given: Given) -> str | None:
    node = sheet.node("dcat:DataService", address(given.get("uri")))
    table: Table = {
        "title": ("dct:title", texts),
        "endpoint_url": ("dcat:endpointURL", iris),
        "endpoint_description": ("dcat:endpointDescription", labelled("foaf:Document")),
        "serves_dataset": ("dcat:servesDataset", iris),
        "access_rights": ("dct:accessRights", codes(_ACCESS_RIGHTS)),
    }
    report_rest(sheet, given, {"uri"} | apply(sheet, node, given, table, where), where)
    return node


def _access(sheet: Sheet, field: str, value: object) -> list[str]:
    """The access level; open access is doubted where what stands beside it may take it back."""
    stated = codes(_ACCESS_RIGHTS)
    said = list(scalars(value))
    levels = [stated(sheet, field, one) for one in said]
    words = [iri(level[0]) if level else str(one) for level, one in zip(levels, said, strict=True)]
    if f"{_ACCESS_RIGHTS}/PUBLIC" in words and conclude(words) is None:
        shown = " / ".join(map(str, said))[:200]
        sheet.note("access-doubtful", field=field, value=shown)
        return []
    return [one for level in levels for one in level]


def _analytics(sheet: Sheet, field: str, value: object) -> list[str]:
    found = []
    for url in iris(sheet, field, value):
        node = sheet.node("dcat:Distribution")
        sheet.say(node, "dcat:accessURL", [url])
        found.append(node)
    return found


def _status(sheet: Sheet, field: str, value: object) -> list[str]:
    """A status; the words of ADMS, which ckanext-dcat offers, are codes of the European list."""
    said = [one.strip() if isinstance(one, str) else one for one in scalars(value)]
    known = [_STATUSES.get(one, one) if isinstance(one, str) else one for one in said]
    return codes(EU_AUTHORITY + "distribution-status")(sheet, field, known)


def _identifiers(sheet: Sheet, field: str, value: object) -> list[str]:
    found = []
    for notation in plain(sheet, field, value):
        node = sheet.node("adms:Identifier")
        sheet.say(node, "skos:notation", [notation])
        found.append(node)
    return found


DATASET: Final[Table] = {
    "title": ("dct:title", texts),
    "notes": ("dct:description", prose),
    "identifier": ("dct:identifier", plain),
    "alternate_identifier": ("adms:identifier", _identifiers),
    "url": ("dcat:landingPage", things("foaf:Document")),
    "homepage": ("foaf:homepage", things("foaf:Document")),
    "documentation": ("foaf:page", things("foaf:Document")),
    "version": ("dcat:version", plain),
    "version_notes": ("adms:versionNotes", texts),
    "issued": ("dct:issued", dates),
    "modified": ("dct:modified", dates),
    "frequency": ("dct:accrualPeriodicity", codes(EU_AUTHORITY + "frequency")),
    "provenance": ("dct:provenance", labelled("dct:ProvenanceStatement")),
    "provenance_activity": ("prov:wasGeneratedBy", each(_activity)),
    "dcat_type": ("dct:type", codes(EU_AUTHORITY + "dataset-type")),
    "temporal_coverage": ("dct:temporal", each(period, "start", "end")),
    "temporal_resolution": ("dcat:temporalResolution", durations),
    "spatial_coverage": ("dct:spatial", each(place, "uri", "text", "geom", "bbox", "centroid")),
    "spatial_resolution_in_meters": ("dcat:spatialResolutionInMeters", decimals),
    "access_rights": ("dct:accessRights", _access),
    "theme": ("dcat:theme", codes(EU_AUTHORITY + "data-theme")),
    "language": ("dct:language", codes(EU_AUTHORITY + "language")),
    "conforms_to": ("dct:conformsTo", labelled("dct:Standard", _STANDARDS)),
    "is_referenced_by": ("dct:isReferencedBy", iris),
    "has_version": ("dct:hasVersion", iris),
    "is_version_of": ("dct:isVersionOf", iris),
    "source": ("dct:source", iris),
    "related_resource": ("dct:relation", iris),
    "in_series": ("dcat:inSeries", iris),
    "sample": ("adms:sample", iris),
    "analytics": ("healthdcatap:analytics", _analytics),
    "applicable_legislation": ("dcatap:applicableLegislation", laws),
    "code_values": ("healthdcatap:hasCodeValues", texts),
    "coding_system": (
        "healthdcatap:hasCodingSystem",
        codes(HEALTH_AUTHORITY + "coding-system"),
    ),
    "purpose": ("dpv:hasPurpose", labelled("dpv:Purpose", f"{_DPV}#Purpose")),
    "legal_basis": ("dpv:hasLegalBasis", codes(f"{_DPV}#LegalBasis", _GDPR, kind="dpv:LegalBasis")),
    "personal_data": ("dpv:hasPersonalData", codes(f"{_DPV}/pd#", kind="dpv:PersonalData")),
    "health_category": (
        "healthdcatap:healthCategory",
        codes(HEALTH_AUTHORITY + "healthcategories"),
    ),
    "health_theme": ("healthdcatap:healthTheme", codes(HEALTH_AUTHORITY + "health-theme")),
    "min_typical_age": ("healthdcatap:minTypicalAge", counts),
    "max_typical_age": ("healthdcatap:maxTypicalAge", counts),
    "number_of_records": ("healthdcatap:numberOfRecords", counts),
    "number_of_unique_individuals": ("healthdcatap:numberOfUniqueIndividuals", counts),
    "population_coverage": ("healthdcatap:populationCoverage", texts),
    "has_structured_data": ("healthdcatap:hasStructuredData", booleans),
    "retention_period": ("healthdcatap:retentionPeriod", each(period, "start", "end")),
    "hdab": ("healthdcatap:hdab", each(agent)),
    "custodian": ("geodcatap:custodian", each(agent)),
    "creator": ("dct:creator", each(agent)),
    "contact": ("dcat:contactPoint", each(contact)),
    "qualified_relation": ("dcat:qualifiedRelation", each(_relationship)),
    "qualified_attribution": ("prov:qualifiedAttribution", each(_attribution)),
    "quality_annotation": ("dqv:hasQualityAnnotation", each(_annotation)),
}

RESOURCE: Final[Table] = {
    "name": ("dct:title", texts),
    "description": ("dct:description", prose),
    "download_url": ("dcat:downloadURL", iris),
    "format": ("dct:format", labelled("dct:MediaTypeOrExtent", EU_AUTHORITY + "file-type")),
    "compress_format": ("dcat:compressFormat", labelled("dct:MediaType")),
    "package_format": ("dcat:packageFormat", labelled("dct:MediaType")),
    "size": ("dcat:byteSize", counts),
    "rights": ("dct:rights", labelled("dct:RightsStatement")),
    "availability": ("dcatap:availability", codes(EU_AUTHORITY + "planned-availability")),
    "status": ("adms:status", _status),
    "license": ("dct:license", labelled("dct:LicenseDocument", _LICENCES)),
    "issued": ("dct:issued", dates),
    "modified": ("dct:modified", dates),
    "temporal_resolution": ("dcat:temporalResolution", durations),
    "spatial_resolution_in_meters": ("dcat:spatialResolutionInMeters", decimals),
    "language": ("dct:language", codes(EU_AUTHORITY + "language")),
    "documentation": ("foaf:page", things("foaf:Document")),
    "conforms_to": ("dct:conformsTo", labelled("dct:Standard", _STANDARDS)),
    "applicable_legislation": ("dcatap:applicableLegislation", laws),
    "access_services": ("dcat:accessService", each(_service)),
    "retention_period": ("healthdcatap:retentionPeriod", each(period, "start", "end")),
}

# Read beside the tables.
BESIDE: Final = {
    "tags": "dcat:keyword", "publisher": "dct:publisher", "resources": "dcat:distribution",
    "license_id": "dct:license",
}  # fmt: skip
RESOURCE_BESIDE: Final = {
    "url": "dcat:accessURL", "mimetype": "dcat:mediaType", "hash": "spdx:checksum",
}  # fmt: skip
# What CKAN keeps for itself, or says again elsewhere: nothing is lost with it.
INTERNAL: Final = frozenset(
    {
        *BESIDE, "id", "name", "uri", "guid", "state", "type", "private", "isopen", "extras",
        "num_resources", "num_tags", "metadata_created", "metadata_modified", "owner_org",
        "creator_user_id", "organization", "relationships_as_object",
        "relationships_as_subject", "revision_id", "revision_timestamp", "license_title",
        "license_url", "tag_string", "tracking_summary", "plugin_data",
        "harvest_object_id", "harvest_source_id", "harvest_source_title", "num_followers",
        "domain", "author", "author_email", "maintainer", "maintainer_email", "title_translated",
        "notes_translated", "tags_translated", "provenance_translated",
        "publisher_type", "publisher_note", "trusted_data_holder", "score", "isPartOf",
        "graph", "display_name", "dataset_type",
    }
)  # fmt: skip
RESOURCE_INTERNAL: Final = frozenset(
    {
        *RESOURCE_BESIDE, "id", "uri", "access_url", "package_id", "position", "state",
        "resource_type", "url_type", "datastore_active",
        "datastore_contains_all_records_of_source_file",
        "cache_url", "cache_last_updated", "created", "last_modified", "metadata_modified",
        "mimetype_inner", "hash_algorithm", "revision_id", "on_same_domain",
        "ckan_url", "tracking_summary", "webstore_url", "webstore_last_updated",
        "name_translated", "description_translated", "original_url", "has_views",
        "datastore_fields", "preview_rows_limit", "no_real_name",
    }
)  # fmt: skip
