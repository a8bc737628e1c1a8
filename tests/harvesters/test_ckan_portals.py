"""What portals of CKAN write beside the schema, and what becomes of it."""

from red_catalog.model import Severity
from red_catalog.namespaces import term
from red_catalog.validation.checking import validate
from tests.harvesters.test_ckan_mapping import COHORT, EU, RESOURCES, mapped, record_of

COMPLETE: dict[str, object] = {
    **COHORT,
    "legal_basis": ["https://w3id.org/dpv#Consent", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-j"],
    "analytics": ["https://donnees.chu-nantes.example/tableau-de-bord"],
    "resources": [{**RESOURCES[0], "status": "http://purl.org/adms/status/UnderDevelopment"}],
}


def test_codes_of_no_european_list_bring_their_class_along() -> None:
    """What nobody could correct in CKAN is no violation: bases, licences, statuses, checksums."""
    record = record_of(mapped(COMPLETE))
    paths = {
        finding.path
        for finding in validate(record.iri, record.canonical).findings
        if finding.severity is Severity.VIOLATION
    }
    cured = (
        "dpv:hasLegalBasis", "dpv:hasPurpose", "dpv:hasPersonalData", "dct:license",
        "adms:status", "dcatap:applicableLegislation", "healthdcatap:analytics", "spdx:algorithm",
    )  # fmt: skip
    assert [one for one in cured if term(one) in paths] == []
    assert f"{EU}distribution-status/DEVELOP" in record.canonical.decode()


def test_codes_of_european_lists_are_not_described() -> None:
    """An unknown code of such a list stays one that the checks tell."""
    licence = f"{EU}licence/INCONNUE"
    lines = mapped({**COHORT, "license_id": licence}).content.decode()
    assert f"<{licence}> .\n" in lines
    assert f"\n<{licence}> " not in lines
