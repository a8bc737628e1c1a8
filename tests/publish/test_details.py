"""What is searched of a description beside what lists show."""

from red_catalog.namespaces import HEALTH_AUTHORITY
from red_catalog.publish.lists.details import MOST, read
from red_catalog.rdf.writing import triples

ME = "<https://chu-a.example.fr/id/eds>"
FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
SAID = f"""
{ME} <http://purl.org/dc/terms/identifier> "EDS-2020" .
{ME} <http://purl.org/dc/terms/publisher> <https://chu-a.example.fr/id/dim> .
<https://chu-a.example.fr/id/dim> <http://xmlns.com/foaf/0.1/name> "DIM du CHU"@fr .
{ME} <http://www.w3.org/ns/dcat#contactPoint> <https://chu-a.example.fr/id/contact> .
<https://chu-a.example.fr/id/contact> <http://www.w3.org/2006/vcard/ns#fn> "Bureau 12"@fr .
<https://chu-a.example.fr/id/t> <http://www.w3.org/ns/csvw#column> <https://chu-a.example.fr/id/l> .
<https://chu-a.example.fr/id/l> {FIRST} <https://chu-a.example.fr/id/c> .
<https://chu-a.example.fr/id/c> <http://purl.org/dc/terms/title> "Hémoglobine glyquée"@fr .
<https://chu-a.example.fr/id/c> <http://www.w3.org/ns/csvw#name> "hba1c" .
"""


def test_identifier_publisher_and_variables_are_read() -> None:
    """What names the dataset comes first, then its publisher, then its variables."""
    assert read(ME, triples(SAID.strip().encode())) == (
        "https://chu-a.example.fr/id/eds", "EDS-2020", "DIM du CHU", "hba1c", "Hémoglobine glyquée",
    )  # fmt: skip


def test_a_coding_system_has_the_names_that_people_call_it_by() -> None:
    """French researchers say CIM-10, and many leave the hyphen out; others' systems are theirs."""
    about = f"{ME} <http://healthdataportal.eu/ns/health#hasCodingSystem>"
    listed = "http://example.org/coding-system/"
    said = f"{about} <{HEALTH_AUTHORITY}coding-system/ICD-10> .\n{about} <{listed}ICD-11> .\n"
    assert read(ME, triples(said.encode()))[1:] == ("ICD10 CIM-10 CIM10",)


def test_a_place_has_the_name_that_people_call_it_by() -> None:
    """Of a département lists tell the region alone; who looks for the département finds it, too."""
    about = f"{ME} <http://purl.org/dc/terms/spatial>"
    said = f"{about} <http://id.insee.fr/geo/departement/29> .\n{about} <urn:x:ailleurs> .\n"
    assert read(ME, triples(said.encode()))[1:] == ("Finistère",)


def test_a_table_of_thousands_of_columns_is_cut() -> None:
    """Names come before meanings, and what is beyond the measure is left out."""
    lines = []
    for number in range(2000):
        column = f"<https://chu-a.example.fr/id/c{number}>"
        lines += [
            f"<https://chu-a.example.fr/id/t> <http://www.w3.org/ns/csvw#column> {column} .",
            f'{column} <http://www.w3.org/ns/csvw#name> "v{number}" .',
            f'{column} <http://purl.org/dc/terms/description> "Mesure {number}, à l’entrée"@fr .',
        ]
    found = read(ME, triples("\n".join(lines).encode()))
    assert {f"v{number}" for number in range(2000)} < set(found)
    assert MOST - 100 < sum(map(len, found)) <= MOST
