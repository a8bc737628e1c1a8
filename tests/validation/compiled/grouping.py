"""Records put together that pySHACL may read as one graph, and yet say of each what it is alone."""

from collections.abc import Iterable

from red_catalog.model import Triple
from red_catalog.rdf.terms import is_literal
from red_catalog.validation.compiled.data import index_triples

Said = dict[str, object]
"""What is said of each node."""


def group(records: Iterable[list[Triple]]) -> list[list[list[Triple]]]:
    """Groups in which no record says of a node what another one that has it does not say.

    A code that all of them mention keeps no two apart; a media type that one describes, and
    another leaves without its class, does.
    """
    groups: list[tuple[list[list[Triple]], Said]] = []
    for record in records:
        said = _what_is_said(record)
        for together, known in groups:
            if all(known.get(node, what) == what for node, what in said.items()):
                together.append(record)
                known.update(said)
                break
        else:
            groups.append(([record], said))
    return [together for together, _ in groups]


def _what_is_said(record: list[Triple]) -> Said:
    said: Said = dict(index_triples(sorted(record)))
    for _, _, value in record:
        if not is_literal(value):
            said.setdefault(value, None)
    return said
