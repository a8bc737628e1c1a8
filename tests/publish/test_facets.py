"""What the values of facets are read from."""

from red_catalog.publish.lists.cards import card
from tests.publish import records

IRI = f"{records.CHU}echantillon"


def test_the_format_is_that_of_the_data() -> None:
    """A sample in JSON and a report in PDF do not have a dataset found by these formats."""
    forms = (
        ("dcat:distribution", "CSV"),
        ("dcat:distribution", "XLSX"),
        ("adms:sample", "JSON"),
        ("healthdcatap:analytics", "PDF"),
    )
    said = [
        statement
        for name, code in forms
        for statement in (
            (f"<{IRI}>", name, f"<{IRI}/{code}>"),
            (f"<{IRI}/{code}>", "dct:format", records.eu(f"file-type/{code}")),
        )
    ]
    content = records.poor(IRI, "Séjours") + records.canonical(said)
    found = card(records.entry(IRI, "echantillon-1", content)).codes["format"]
    assert [one.rpartition("/")[2] for one in found] == ["CSV", "XLSX"]
