"""Reading files of our own: without a disposable process, limits or repairs."""

from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox


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
