"""The literals that the triple store rewrites, kept so that graphs can be given back exactly.

Oxigraph stores values, not their spelling: `"5"^^xsd:nonNegativeInteger` comes back as
`xsd:integer` and `"P12M"` as `"P1Y"`, and such an answer no longer conforms to HealthDCAT-AP.
A small store beside the main one therefore maps (subject, property) to a plain string of two
lines: the literal as the store gives it, and as its holder wrote it, both in N-Triples. It
stands in the graph of the record, so that it goes when the record goes.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

_SAFE = {
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}


def may_be_rewritten(line: bytes) -> bool:
    """Whether a line of N-Quads may hold a literal which the store would change."""
    return b'"^^<' in line


def find_rewritten(quads: Iterable[Quad]) -> list[Quad]:
    """The entries to keep for those of these quads whose literal the store would change."""
    typed = [q for q in quads if isinstance(q.object, Literal) and _may_change(q.object)]
    trial = Store()
    number = {literal: i for i, literal in enumerate(dict.fromkeys(q.object for q in typed))}
    subject = NamedNode("urn:x:literal")
    trial.extend(Quad(subject, NamedNode(f"urn:x:{i}"), o) for o, i in number.items())
    stored = {int(q.predicate.value[6:]): q.object for q in trial}
    return [
        Quad(
            q.subject,
            q.predicate,
            Literal(f"{stored[number[q.object]]}\n{q.object}"),
            q.graph_name,
        )
        for q in typed
        if stored[number[q.object]] != q.object
    ]


def restore(triple: Triple, originals: Store) -> Triple:
    """The triple with its literal as it was before the store rewrote it.

    A literal that the query itself computed, or moved to another subject or property, has no
    original and stays as it is.
    """
    value = triple.object
    if not isinstance(value, Literal) or not _may_change(value):
        return triple
    found = originals.quads_for_pattern(triple.subject, triple.predicate, None, None)
    spellings = (q.object.value.split("\n", 1) for q in found if isinstance(q.object, Literal))
    candidates = sorted(original for stored, original in spellings if stored == str(value))
    if not candidates:
        return triple
    quad = next(iter(parse(f"<urn:x:s> <urn:x:p> {candidates[0]} .", RdfFormat.N_TRIPLES)))
    return Triple(triple.subject, triple.predicate, quad.object)


def _may_change(literal: Literal) -> bool:
    # Languages are in lower case already: so the parser gives them.
    return literal.datatype.value not in _SAFE
