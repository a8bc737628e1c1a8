"""In which element of a record of DDI, ISO 19139 or Dublin Core a property is written."""

import re
from collections.abc import Mapping
from typing import Final

from red_catalog.model import Source
from red_catalog.namespaces import term

_Elements = Mapping[str, tuple[str, ...]]
"""The elements by property: the usual ones, where there are many."""

_EMAIL: Final = "gmd:electronicMailAddress"
_PARTY: Final = "gmd:pointOfContact"
_RELATED: Final = (
    "conformsTo", "hasPart", "isPartOf", "isReferencedBy", "isReplacedBy", "isRequiredBy",
    "isVersionOf", "replaces", "requires",
)  # fmt: skip
_TABLES: Final[dict[str, dict[str, _Elements]]] = {
    "DDI Codebook": {
        "dcat:Dataset": {
            "dct:title": ("stdyDscr/citation/titlStmt/titl",),
            "dct:alternative": ("stdyDscr/citation/titlStmt/altTitl",),
            "dct:identifier": ("stdyDscr/citation/titlStmt/IDNo",),
            "dct:description": ("stdyDscr/stdyInfo/abstract",),
            "dcat:keyword": ("stdyDscr/stdyInfo/subject/keyword",),
            "dct:publisher": ("stdyDscr/citation/distStmt/distrbtr",),
            "dct:creator": ("stdyDscr/citation/rspStmt/AuthEnty",),
            "geodcatap:distributor": ("stdyDscr/citation/distStmt/distrbtr",),
            "dcat:contactPoint": ("stdyDscr/citation/distStmt/contact",),
            "dct:issued": ("stdyDscr/citation/distStmt/distDate",),
            "dct:created": ("stdyDscr/citation/prodStmt/prodDate",),
            "dct:modified": ("stdyDscr/citation/verStmt/version/@date",),
            "dcat:version": ("stdyDscr/citation/verStmt/version",),
            "dcat:landingPage": ("stdyDscr/citation/holdings/@URI",),
            "dct:temporal": ("stdyDscr/stdyInfo/sumDscr/timePrd",),
            "dct:spatial": (
                "stdyDscr/stdyInfo/sumDscr/nation", "stdyDscr/stdyInfo/sumDscr/geogCover",
            ),
            "healthdcatap:populationCoverage": ("stdyDscr/stdyInfo/sumDscr/universe",),
            "dct:provenance": (
                "stdyDscr/method/dataColl/sampProc", "stdyDscr/method/dataColl/collMode",
            ),
            "dct:accessRights": ("stdyDscr/dataAccs/useStmt/restrctn",),
            "dct:rights": ("stdyDscr/dataAccs/useStmt/conditions",),
            "dct:license": ("stdyDscr/dataAccs/useStmt/conditions",),
            "dct:isReferencedBy": ("stdyDscr/othrStdyMat/relPubl",),
            "dcat:distribution": ("fileDscr/@URI",),
            "foaf:page": ("otherMat/@URI",),
            "healthdcatap:numberOfRecords": ("fileDscr/fileTxt/dimensns/caseQnty",),
            "healthdcatap:hasStructuredData": ("dataDscr/var",),
            "healthdcatap:hasVariables": ("dataDscr/var",),
        },
        "dcat:Distribution": {
            "dct:title": ("fileDscr/fileTxt/fileName",),
            "dct:description": ("fileDscr/fileTxt/fileCont",),
            "dcat:accessURL": ("fileDscr/@URI",),
            "dct:format": ("fileDscr/fileTxt/fileType",),
            "dct:license": ("stdyDscr/dataAccs/useStmt/conditions",),
        },
        "foaf:Agent": {
            "foaf:name": ("stdyDscr/citation/distStmt/distrbtr",),
            "foaf:homepage": ("stdyDscr/citation/distStmt/distrbtr/@URI",),
            "cv:contactPoint": ("stdyDscr/citation/distStmt/contact/@email",),
        },
        "vcard:Kind": {
            "vcard:fn": ("stdyDscr/citation/distStmt/contact",),
            "vcard:hasEmail": ("stdyDscr/citation/distStmt/contact/@email",),
            "vcard:hasURL": ("stdyDscr/citation/distStmt/contact/@URI",),
        },
        "csvw:Column": {
            "csvw:name": ("dataDscr/var/@name",),
            "csvw:title": ("dataDscr/var/labl",),
            "dct:description": ("dataDscr/var/txt", "dataDscr/var/qstn/qstnLit"),
            "csvw:datatype": ("dataDscr/var/varFormat",),
        },
    },
    "DDI Lifecycle": {
        "dcat:Dataset": {
            "dct:title": ("StudyUnit/Citation/Title",),
            "dct:alternative": ("StudyUnit/Citation/AlternateTitle",),
            "dct:identifier": ("StudyUnit/UserID",),
            "dct:description": ("StudyUnit/Abstract",),
            "dcat:keyword": ("StudyUnit/Coverage/TopicalCoverage/Keyword",),
            "dct:publisher": ("StudyUnit/Citation/Publisher",),
            "dct:creator": ("StudyUnit/Citation/Creator",),
            "dct:contributor": ("StudyUnit/Citation/Contributor",),
            "dcat:contactPoint": ("ContactOrganizationReference",),
            "dct:issued": ("StudyUnit/Citation/PublicationDate",),
            "dct:language": ("StudyUnit/Citation/Language",),
            "dct:temporal": ("StudyUnit/Coverage/TemporalCoverage/ReferenceDate",),
            "dct:spatial": ("StudyUnit/Coverage/SpatialCoverage",),
            "healthdcatap:populationCoverage": ("Universe",),
            "dct:provenance": ("SamplingProcedure", "ModeOfCollection"),
            "dct:accessRights": ("AccessConditions",),
            "dct:rights": ("AccessConditions",),
            "dcat:distribution": ("PhysicalInstance/DataFileIdentification/DataFileURI",),
            "foaf:page": ("OtherMaterial/ExternalURLReference",),
            "healthdcatap:numberOfRecords": ("PhysicalInstance/GrossFileStructure/CaseQuantity",),
            "healthdcatap:hasStructuredData": ("Variable",),
            "healthdcatap:hasVariables": ("Variable",),
        },
        "dcat:Distribution": {
            "dct:title": ("PhysicalInstance/Citation/Title",),
            "dcat:accessURL": ("PhysicalInstance/DataFileIdentification/DataFileURI",),
        },
        "foaf:Agent": {
            "foaf:name": ("Organization//OrganizationName",),
            "cv:contactPoint": ("Organization//Email",),
        },
        "vcard:Kind": {
            "vcard:fn": ("Organization//OrganizationName",),
            "vcard:hasEmail": ("Organization//Email",),
        },
        "csvw:Column": {
            "csvw:name": ("Variable/VariableName",),
            "csvw:title": ("Variable/Label",),
            "dct:description": ("Variable/Description",),
            "csvw:datatype": ("Variable/VariableRepresentation",),
        },
    },
    "ISO 19139": {
        "dcat:Dataset": {
            "dct:title": ("gmd:citation//gmd:title",),
            "dct:alternative": ("gmd:citation//gmd:alternateTitle",),
            "dct:identifier": ("gmd:citation//gmd:identifier", "gmd:fileIdentifier"),
            "dct:description": ("gmd:abstract",),
            "dcat:keyword": ("gmd:descriptiveKeywords//gmd:keyword",),
            "dct:subject": ("gmd:descriptiveKeywords//gmd:keyword/gmx:Anchor",),
            "dcat:theme": ("gmd:topicCategory",),
            "dct:publisher": (f"{_PARTY} (publisher)",),
            "dct:creator": (f"{_PARTY} (author)",),
            "dct:contributor": (f"{_PARTY} (processor)",),
            "dct:rightsHolder": (f"{_PARTY} (owner)",),
            "geodcatap:custodian": (f"{_PARTY} (custodian)",),
            "geodcatap:distributor": (f"{_PARTY} (distributor)",),
            "dcat:contactPoint": (f"{_PARTY} (pointOfContact)",),
            "dct:issued": ("gmd:citation//gmd:CI_Date (publication)",),
            "dct:modified": ("gmd:citation//gmd:CI_Date (revision)",),
            "dct:created": ("gmd:citation//gmd:CI_Date (creation)",),
            "dcat:version": ("gmd:citation//gmd:edition",),
            "dct:accrualPeriodicity": ("gmd:maintenanceAndUpdateFrequency",),
            "dct:language": ("gmd:MD_DataIdentification/gmd:language",),
            "dct:temporal": ("gmd:EX_TemporalExtent",),
            "dct:spatial": ("gmd:EX_GeographicBoundingBox", "gmd:EX_GeographicDescription"),
            "dcat:spatialResolutionInMeters": ("gmd:spatialResolution//gmd:distance",),
            "dct:provenance": ("gmd:lineage//gmd:statement",),
            "dct:accessRights": (
                "gmd:resourceConstraints//gmd:accessConstraints",
                "gmd:resourceConstraints//gmd:otherConstraints",
            ),
            "dct:rights": (
                "gmd:resourceConstraints//gmd:useLimitation",
                "gmd:resourceConstraints//gmd:otherConstraints",
            ),
            "dct:license": (
                "gmd:resourceConstraints//gmd:useConstraints",
                "gmd:resourceConstraints//gmd:otherConstraints",
            ),
            "dcat:distribution": ("gmd:distributionInfo//gmd:onLine",),
            "foaf:page": ("gmd:distributionInfo//gmd:onLine (information)",),
        },
        "dcat:Distribution": {
            "dct:title": ("gmd:onLine//gmd:name",),
            "dct:description": ("gmd:onLine//gmd:description",),
            "dcat:accessURL": ("gmd:onLine//gmd:linkage",),
            "dcat:downloadURL": ("gmd:onLine (download)",),
            "dct:format": ("gmd:distributionFormat//gmd:name",),
            "dcat:byteSize": ("gmd:transferOptions//gmd:transferSize",),
            "dct:license": (
                "gmd:resourceConstraints//gmd:useConstraints",
                "gmd:resourceConstraints//gmd:otherConstraints",
            ),
        },
        "foaf:Agent": {
            "foaf:name": ("gmd:organisationName",),
            "cv:contactPoint": (_EMAIL,),
        },
        "vcard:Kind": {
            "vcard:fn": (f"{_PARTY}//gmd:organisationName",),
            "vcard:hasEmail": (f"{_PARTY}//{_EMAIL}",),
            "vcard:hasURL": (f"{_PARTY}//gmd:onlineResource//gmd:URL",),
            "vcard:tel": (f"{_PARTY}//gmd:voice",),
        },
        "csvw:Column": {},
    },
    "Dublin Core": {
        "dcat:Dataset": {
            "dct:title": ("dc:title",),
            "dct:alternative": ("dcterms:alternative",),
            "dct:identifier": ("dc:identifier",),
            "dcat:landingPage": ("dc:identifier",),
            "dct:description": ("dc:description",),
            "dcat:keyword": ("dc:subject",),
            "dct:publisher": ("dc:publisher",),
            "dct:creator": ("dc:creator",),
            "dct:contributor": ("dc:contributor",),
            "dct:rightsHolder": ("dcterms:rightsHolder",),
            "dct:issued": ("dc:date", "dcterms:issued"),
            "dct:created": ("dcterms:created",),
            "dct:available": ("dcterms:available",),
            "dct:modified": ("dcterms:modified",),
            "dct:language": ("dc:language",),
            "dct:spatial": ("dc:coverage", "dcterms:spatial"),
            "dct:temporal": ("dc:coverage", "dcterms:temporal"),
            "dct:relation": ("dc:relation",),
            "dct:source": ("dc:source",),
            **{f"dct:{name}": (f"dcterms:{name}",) for name in _RELATED},
            "dct:rights": ("dc:rights",),
            "dct:accessRights": ("dc:rights", "dcterms:accessRights"),
            "dct:license": ("dc:rights", "dcterms:license"),
            "dct:provenance": ("dcterms:provenance",),
            "dct:accrualPeriodicity": ("dcterms:accrualPeriodicity",),
        },
        "dcat:Distribution": {},
        "foaf:Agent": {"foaf:name": ("dc:publisher", "dc:creator")},
        "vcard:Kind": {},
        "csvw:Column": {},
    },
}  # fmt: skip
ELEMENTS: Final[dict[str, dict[str, _Elements]]] = {
    form: {
        term(kind): {term(name): elements for name, elements in table.items()}
        for kind, table in tables.items()
    }
    for form, tables in _TABLES.items()
}
"""The elements of each format, by the class of what they speak of and the property (terms).

Whatever the mappings make of these classes is there, so that other properties have no place.
"""
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "ddi": ("DDI Codebook", "DDI Lifecycle"),
    "iso19139": ("ISO 19139",),
    "dublin-core": ("Dublin Core",),
    "oaipmh": ("Dublin Core", "DDI Codebook", "DDI Lifecycle", "ISO 19139"),
}
"""What the records of a source may be written in, by its form."""
# What a source may ask a service for, and the form that its records have then.
_ASKED: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (r".*(?:dcat|rdf).*", ""),
        (r"(?:oai_)?ddi.*", "ddi"),
        (r"iso|iso19139.*|gmd|.*isotc211\.org.*", "iso19139"),
        (r"dublin-core|(?:oai_)?q?dc(?:terms)?|.*/cat/csw/.*", "dublin-core"),
    )
)
_USUAL: Final = {"csw": "iso19139", "ddi": "ddi", "oaipmh": "oaipmh"}


def form_of(source: Source) -> str | None:
    """The form of a source's records; "" where they are RDF, None for a kind without records."""
    if source.kind not in _USUAL:
        return None
    asked = source.options.get("metadata_prefix") or source.options.get("output_schema") or ""
    return next((form for one, form in _ASKED if one.fullmatch(asked)), _USUAL[source.kind])


def name_elements(form: str, subject: str, path: str) -> dict[str, tuple[str, ...]] | None:
    """The elements that say a property of a thing of this class, by format; none: no place.

    None where the class is not known. `path`: one property, or several of which one is asked for.
    """
    tables = {name: ELEMENTS[name].get(subject) for name in FORMATS[form]}
    if None in tables.values():
        return None
    found = {
        name: tuple(e for one in path.split("|") for e in (table or {}).get(one, ()))
        for name, table in tables.items()
    }
    return {name: elements for name, elements in found.items() if elements}
