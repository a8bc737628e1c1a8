"""What the endpoint says of itself (SPARQL 1.1 Service Description), as a query on itself."""

from red_catalog.config import Catalogue, Sparql
from red_catalog.model import spoken
from red_catalog.serve.sparql.formats import NAMES
from red_catalog.store.textsearch import SEARCH

_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def describe_service(catalogue: Catalogue, limits: Sparql) -> str:
    """A CONSTRUCT query whose answer is the description, in any format a graph can have."""
    endpoint = f"{catalogue.base_iri}sparql"
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{_FORMATS[n]}>" for n in NAMES)
    seconds = f"{limits.seconds:g}"
    fr = f"{seconds} s, {limits.rows} lignes, {limits.query_bytes} octets par requête"
    en = f"{seconds} s, {limits.rows} rows, {limits.query_bytes} bytes a query"
    titles = ", ".join(f"{_quote(words)}@{code}" for code, words in spoken(catalogue.title))
    extension, function = ("", "") if limits.remote else _search()
    return f"""
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX void: <http://rdfs.org/ns/void#>
CONSTRUCT {{
  <{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {formats} ;
    {extension}
    rdfs:comment {_quote(fr)}@fr, {_quote(en)}@en ;
    sd:defaultDataset <{endpoint}#dataset> .
  {function}
  <{endpoint}#dataset> a sd:Dataset, void:Dataset ;
    dct:title {titles} ;
    dct:license <{catalogue.licence}> ;
    void:sparqlEndpoint <{endpoint}> ;
    sd:defaultGraph <{endpoint}#default> .
  <{endpoint}#default> a sd:Graph ; void:triples ?triples .
}} WHERE {{ SELECT (COUNT(*) AS ?triples) {{ ?s ?p ?o }} }}
"""


def _search() -> tuple[str, str]:
    """That there is `red:search`, and what it is."""
    fr, en = 'red:search(?jeu, "mots")', 'red:search(?dataset, "words")'
    return (
        f"sd:extensionFunction <{SEARCH}> ;",
        f"<{SEARCH}> a sd:Function ; rdfs:comment {_quote(fr)}@fr, {_quote(en)}@en .",
    )


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
