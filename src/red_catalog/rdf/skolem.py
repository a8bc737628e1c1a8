"""Blank nodes as IRIs, so that what is published can be cited, linked and merged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from red_catalog.model import Triple
from red_catalog.rdf.canonical import BlankNodes
from red_catalog.rdf.writing import triples

# Where a blank node can stand in a line of N-Triples: at its start, or as its object. Two fixed
# characters come first, for which the engine searches fast.
_BLANK: Final = re.compile(rb'_:(?:(?<=^_:)(\S+)|(?<=> _:)([^\s"]+)(?= \.$))', re.MULTILINE)
_ROOT: Final = re.compile(rb"^(<\S+) \S+ _:[^\s\"]+ \.$", re.MULTILINE)


def skolemise(dataset: str, canonical: bytes, base_iri: str) -> bytes:
    """Each blank node of a dataset's canonical description as an IRI under `base_iri`.

    What is said of another named thing alone, an organisation's contact point for instance, has
    the same IRI in all datasets that say it: merged, the organisation still has one of them.
    """
    prefix = f"<{base_iri}.well-known/genid/".encode()
    names: dict[bytes, bytes] = {}
    if set(_ROOT.findall(canonical)) - {dataset.encode()}:
        names = {old[2:].encode(): new[2:].encode() for old, new in _rename(dataset, canonical)}

    def name(match: re.Match[bytes]) -> bytes:
        label = match[1] or match[2]
        return prefix + names.get(label, label) + b">"

    return _BLANK.sub(name, canonical)


def _rename(dataset: str, canonical: bytes) -> Iterator[tuple[str, str]]:
    """The blank nodes that one other named thing leads to, by a label that it shares."""
    by_subject: dict[str, list[Triple]] = {}
    for one in triples(canonical):
        by_subject.setdefault(one[0], []).append(one)
    groups: dict[str, set[str]] = {}
    for node, roots in _lead(by_subject).items():
        if len(roots) == 1 and (root := next(iter(roots))) != dataset and root[0] == "<":
            groups.setdefault(root, set()).add(node)
    for root, group in groups.items():
        leading = (one for one in by_subject[root] if one[2] in group)
        about = [*leading, *(one for node in group for one in by_subject.get(node, ()))]
        # A node that others lead to as well counts by the label that it has here.
        told = [(s, p, f"<{o}>" if o[0] == "_" and o not in group else o) for s, p, o in about]
        yield from (BlankNodes(told).label(root) or {}).items()


def _lead(by_subject: Mapping[str, Sequence[Triple]]) -> dict[str, set[str]]:
    """For each blank node the named things, or nodes that nothing leads to, it hangs on.

    Two of many are enough to know that it is not one thing's alone.
    """
    children = {
        subject: [value for _, _, value in said if value[0] == "_"]
        for subject, said in by_subject.items()
    }
    led = {value for values in children.values() for value in values}
    found: dict[str, set[str]] = {}
    todo = [(s, value) for s in children if s not in led for value in children[s]]
    while todo:
        root, node = todo.pop()
        roots = found.setdefault(node, set())
        if root not in roots and len(roots) < 2:
            roots.add(root)
            todo.extend((root, child) for child in children.get(node, ()))
    return found
