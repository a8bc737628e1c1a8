"""The queries that harvest an endpoint."""

from collections.abc import Sequence
from typing import Final

from red_catalog.namespaces import DATASET, PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import make_iri

_PREFIXES: Final = (
    f"PREFIX d: <{PREFIXES['dcat']}> PREFIX k: <{PREFIXES['skos']}> "  # short: all goes in a URL
)
# Descriptions of other things, which a dataset only points at.
_STOPS: Final = "d:Dataset,d:Catalog,d:CatalogRecord,k:Concept,k:ConceptScheme"
# What else a concept is said to be, a legal basis say: profiles ask it of whoever points at it.
# Engines that infer say of everything that it is a thing: no type of RDFS or OWL.
_TYPES: Final = (
    "?s a k:Concept,?o FILTER(?o NOT IN(k:Concept,d:Dataset)&&"
    f'!REGEX(STR(?o),"w3.org/.+/(owl|rdf-schema)#"))BIND({RDF_TYPE} AS ?p)'
)
_TYPED_STEPS: Final = 2  # what datasets and distributions point at: URLs must not be too long


def count_datasets(graph: str, where: str) -> str:
    """How many datasets have an IRI, and how many have none."""
    named = f"{{ {_typed('?named', where)} FILTER(isIRI(?named)) }}"
    unnamed = f"{{ {_typed('?unnamed', where)} FILTER(!isIRI(?unnamed)) }}"
    pattern = _inside(graph, f"{named} UNION {unnamed}")
    return (
        "SELECT (COUNT(DISTINCT ?named) AS ?iris) (COUNT(DISTINCT ?unnamed) AS ?others) "
        f"WHERE {{ {pattern} }}"
    )


def list_datasets(graph: str, where: str, limit: int, offset: int) -> str:
    """One page of the datasets' IRIs, in order."""
    pattern = _inside(graph, f"{_typed('?dataset', where)} FILTER(isIRI(?dataset))")
    return (
        f"SELECT DISTINCT ?dataset WHERE {{ {pattern} }} "
        f"ORDER BY ?dataset LIMIT {limit} OFFSET {offset}"
    )


def describe_datasets(graph: str, depth: int, datasets: Sequence[str]) -> str:
    """What is said of these datasets and of what they lead to, `depth` steps away.

    Steps are spelt out: a property path would go through catalogues to every other dataset.
    Groups nest, so that engines filter each step before they take the next.
    """
    reached = f"VALUES ?dataset {{ {_list(datasets)} }}"
    branches = [f"{{ {reached} ?dataset ?p ?o . BIND(?dataset AS ?s) }}"]
    near = "?dataset"
    for step in range(1, depth + 1):
        far = f"?n{step}"
        if step <= _TYPED_STEPS:
            branches.append(f"{{{reached} {near} ?l{step} ?s . {_TYPES}}}")
        reached = f"{{{reached} {near} ?l{step} {far} . {_stop(far, step)}}}"
        branches.append(f"{{{reached.replace(far, '?s')} ?s ?p ?o}}")
        near = far
    pattern = _inside(graph, " UNION ".join(branches))
    return f"{_PREFIXES}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"


def apply_query(query: str, datasets: Sequence[str]) -> str:
    """The operator's own CONSTRUCT, for these datasets."""
    return f"{query.strip()}\nVALUES ?dataset {{ {_list(datasets)} }}"


def _typed(name: str, where: str) -> str:
    restricted = f" {where.replace('?dataset', name)}" if where else ""
    return f"{name} a {DATASET} .{restricted}"


def _stop(node: str, step: int) -> str:
    return f"FILTER NOT EXISTS{{{node} a ?k{step} FILTER(?k{step} IN({_STOPS}))}}"


def _inside(graph: str, pattern: str) -> str:
    return f"GRAPH {make_iri(graph)} {{ {pattern} }}" if graph else pattern


def _list(datasets: Sequence[str]) -> str:
    return " ".join(make_iri(dataset) for dataset in datasets)
