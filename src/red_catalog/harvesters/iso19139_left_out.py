"""What an ISO 19139 record says that is not taken over: told, element by element."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.iso19139_record import Record, phrase, read_code
from red_catalog.harvesters.xmltree import find_all, line_of_text

# Of the resource.
_RESOURCE: Final = {
    "purpose": "purpose", "credit": "credit", "supplementalInformation": "supplementalInformation",
    "environmentDescription": "environmentDescription", "resourceSpecificUsage": "usage",
    "status": "status", "extent/EX_Extent/description": "EX_Extent/description",
    "extent/EX_Extent/geographicElement/EX_BoundingPolygon/polygon": "EX_BoundingPolygon",
    "extent/EX_Extent/verticalElement/*/minimumValue": "verticalElement/minimumValue",
    "extent/EX_Extent/verticalElement/*/maximumValue": "verticalElement/maximumValue",
    "spatialResolution/*/equivalentScale": "equivalentScale",
    "citation/*/otherCitationDetails": "otherCitationDetails",
    "citation/*/collectiveTitle": "collectiveTitle", "citation/*/series/*/name": "series",
    "aggregationInfo/*/aggregateDataSetName/*/title": "aggregationInfo",
    "aggregationInfo/*/aggregateDataSetIdentifier/*/code": "aggregationInfo",
    "resourceFormat/*/name": "resourceFormat",
    "resourceMaintenance/*/userDefinedMaintenanceFrequency": "userDefinedMaintenanceFrequency",
    "resourceMaintenance/*/dateOfNextUpdate": "dateOfNextUpdate",
    "resourceMaintenance/*/maintenanceNote": "maintenanceNote",
}  # fmt: skip
_ORDER: Final = "distributionInfo/*/distributor/*/distributionOrderProcess/*"
# Of the record as a whole.
_RECORD: Final = {
    "parentIdentifier": "parentIdentifier",
    "referenceSystemInfo/*/referenceSystemIdentifier/*/code": "referenceSystemInfo",
    f"{_ORDER}/fees": "fees", f"{_ORDER}/orderingInstructions": "orderingInstructions",
    "distributionInfo/*/transferOptions/*/offLine/*/name": "offLine",
    "dataQualityInfo/*/report/*/result/*/specification/*/title": "DQ_ConformanceResult",
}  # fmt: skip


def tell_left_out(description: Description, record: Record) -> None:
    """Each element that says something and that no property of the description takes."""
    for whole, table in ((record.named, _RESOURCE), (record.root, _RECORD)):
        for path, what in table.items():
            for words in filter(None, map(_read, find_all(whole, path))):
                description.tell("map-nowhere", what=what, value=words)


def _read(element: Element) -> str:
    return next(filter(None, _spellings(element)), "")


def _spellings(element: Element) -> Iterator[str]:
    yield phrase(element)
    yield line_of_text(element)
    yield from map(read_code, element)
