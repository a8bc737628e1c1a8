"""What the DCAT-AP 3 profile sees otherwise than HealthDCAT-AP."""

from red_catalog.model import Level
from red_catalog.validation import shapes_graph
from tests.validation.test_same_as_official import results


def test_a_place_of_geonames_is_known_by_its_address() -> None:
    """HealthDCAT-AP asks for the place's list."""
    place = "<https://sws.geonames.org/3017382/>"
    iri = "<https://chu-valmont.example.fr/donnees/catalogue>"
    spatial = "<http://purl.org/dc/terms/spatial>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    triples = [(iri, kind, "<http://www.w3.org/ns/dcat#Catalog>"), (iri, spatial, place)]

    def told(profile: str) -> bool:
        found = results(shapes_graph.shapes(profile, Level.PUBLIC), triples, ())
        return (iri, spatial, place, "sh:NodeConstraintComponent", "sh:Warning") in found

    assert (told("dcat-ap-3"), told("healthdcat-ap-8")) == (False, True)
