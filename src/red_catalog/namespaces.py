"""The namespaces of HealthDCAT-AP, as prefixes and as term makers."""

from functools import cache
from typing import Final

PREFIXES: Final[dict[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geodcatap": "http://data.europa.eu/930/",
    "healthdcatap": "http://healthdataportal.eu/ns/health#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "ldes": "https://w3id.org/ldes#",
    "locn": "http://www.w3.org/ns/locn#",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "red": "https://red-catalog.invalid/ns/red#",  # ours: see ehds.terms
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "tree": "https://w3id.org/tree#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(name: str) -> str:
    """The N-Triples term of a prefixed name: `dcat:Dataset` → `<http://…#Dataset>`.

    Raises KeyError for a prefix that is not in PREFIXES.
    """
    prefix, local = name.split(":", 1)
    return f"<{PREFIXES[prefix]}{local}>"


RDF_TYPE: Final = term("rdf:type")
DATASET: Final = term("dcat:Dataset")
EU_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
HEALTH_AUTHORITY: Final = "https://hdeu-dcat.data.health.europa.eu/resource/authority/"
SHAPES: Final = "https://red-catalog.org/shapes/"
"""What the IRIs of our shapes begin with, the profile and `#` after it."""
RED_SHAPES: Final = f"{SHAPES}red#"
EHDS_LEGISLATION: Final = "http://data.europa.eu/eli/reg/2025/327/oj"
