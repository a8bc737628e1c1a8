"""ISO 19139: whatever is not taken over is told, in its words."""

import pytest

from tests.harvesters.test_iso19139 import RECORD, dataset

BEFORE = {
    "citation": "</gmd:CI_Citation></gmd:citation>",
    "resource": "<gmd:descriptiveKeywords>",
    "extent": "</gmd:EX_Extent>",
    "maintenance": "</gmd:MD_MaintenanceInformation>",
    "record": "<gmd:identificationInfo>",
    "distribution": "<gmd:transferOptions>",
    "transfer": "</gmd:MD_DigitalTransferOptions>",
    "lineage": "</gmd:LI_Lineage>",
    "quality": "<gmd:lineage>",
}


def nested(path: str) -> str:
    """Elements inside each other, of which the last one is the text `dit`."""
    text = "<gco:CharacterString>dit</gco:CharacterString>"
    for name in reversed(path.split("/")):
        text = f"<gmd:{name}>{text}</gmd:{name}>"
    return text


@pytest.mark.parametrize(
    ("where", "path", "what"),
    [
        ("citation", "otherCitationDetails", "otherCitationDetails"),
        ("citation", "collectiveTitle", "collectiveTitle"),
        ("citation", "series/CI_Series/name", "series"),
        ("resource", "resourceFormat/MD_Format/name", "resourceFormat"),
        ("resource", "aggregationInfo/MD_AggregateInformation/aggregateDataSetIdentifier"
         "/MD_Identifier/code", "aggregationInfo"),
        ("resource", "aggregationInfo/MD_AggregateInformation/aggregateDataSetName/CI_Citation"
         "/title", "aggregationInfo"),
        ("extent", "geographicElement/EX_BoundingPolygon/polygon/Polygon", "EX_BoundingPolygon"),
        ("extent", "verticalElement/EX_VerticalExtent/maximumValue", "verticalElement"),
        ("maintenance", "userDefinedMaintenanceFrequency", "userDefinedMaintenanceFrequency"),
        ("maintenance", "dateOfNextUpdate", "dateOfNextUpdate"),
        ("maintenance", "maintenanceNote", "maintenanceNote"),
        ("record", "parentIdentifier", "parentIdentifier"),
        ("distribution", "distributor/MD_Distributor/distributionOrderProcess"
         "/MD_StandardOrderProcess/fees", "fees"),
        ("distribution", "distributor/MD_Distributor/distributionOrderProcess"
         "/MD_StandardOrderProcess/orderingInstructions", "orderingInstructions"),
        ("transfer", "offLine/MD_Medium/name", "offLine"),
        ("quality", "report/DQ_DomainConsistency/result/DQ_ConformanceResult/specification"
         "/CI_Citation/title", "DQ_ConformanceResult"),
    ],
)  # fmt: skip
def test_what_is_not_taken_over_is_told(where: str, path: str, what: str) -> None:
    """Under the name that the element has in the record."""
    place = BEFORE[where]
    document = dataset(RECORD.replace(place, nested(path) + place, 1))
    (told,) = (d for d in document.defects if "“dit”" in d.message["en"])
    assert told.code == "map-nowhere"
    assert told.message["fr"].lower().startswith(what.lower())


def test_a_code_is_told_and_a_translation_is_not_glued() -> None:
    """The words in the record's own language, or the code where there are none."""
    status = '<gmd:status><gmd:MD_ProgressCode codeListValue="onGoing"/></gmd:status>'
    english = (
        '<gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale="#ANG">In thanks'
        "</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText>"
    )
    credit = nested("credit").replace("</gmd:credit>", f"{english}</gmd:credit>")
    place = BEFORE["resource"]
    document = dataset(RECORD.replace(place, f"{credit}{status}{place}", 1))
    messages = [d.message["en"] for d in document.defects]
    assert any("“dit”" in one for one in messages)
    assert any("“onGoing”" in one for one in messages)
    assert not any("In thanks" in one for one in messages)
