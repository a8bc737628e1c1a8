"""Reading what we wrote ourselves: without a disposable process, limits or repairs."""

from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from red_catalog.model import Triple


def read_turtle(path: Path) -> bytes:
    """The N-Triples of a valid Turtle file; its blank nodes have new labels at each reading."""
    parser = ox.parse(
        path.read_bytes(),
        format=ox.RdfFormat.TURTLE,
        base_iri=path.resolve().as_uri(),
        lenient=True,  # IRIs stay as written, as with other readers of shapes
        rename_blank_nodes=True,
    )
    statements = map(attrgetter("triple"), parser)
    return ox.serialize(statements, format=ox.RdfFormat.N_TRIPLES) or b""


def parse_turtle(turtle: str) -> list[Triple]:
    """The statements of valid Turtle in their order; what stands in brackets has a new label."""
    found = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE, lenient=True)
    return [(str(q.subject), str(q.predicate), str(q.object)) for q in found]
