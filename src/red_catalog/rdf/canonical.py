"""The canonical form of a description: sorted lines, blank nodes named by their content.

RDFC-1.0 decides between blank nodes that look alike. Its own labels are counters, which shift
when any other blank node changes, so each label here is a hash of what the node says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:  # the child process must not wait for dataclasses
    from red_catalog.model import Triple

Relabel = Callable[[bytes], bytes]


def canonicalise(
    dataset: str, statements: Iterable[Triple], relabel: Relabel | None = None
) -> bytes:
    """Sorted N-Triples lines of a dataset's statements, the same for any writing of them.

    `relabel` applies RDFC-1.0, where ties need it; it may take for ever on hostile graphs.
    """
    every = list(statements)
    nodes = BlankNodes(every)
    if nodes.outgoing:
        labels = nodes.label(dataset)
        if labels is None:
            every = _parse((relabel or apply_rdfc)(_join(every)))
            labels = BlankNodes(every).label(dataset, ordered=True)
            assert labels is not None
        every = [(labels.get(s, s), p, labels.get(o, o)) for s, p, o in every]
    return b"".join(sorted({f"{s} {p} {o} .\n".encode() for s, p, o in every}))


def apply_rdfc(ntriples: bytes) -> bytes:
    """N-Triples with the labels of RDFC-1.0."""
    graph = ox.Dataset(ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize((quad.triple for quad in graph), format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return written


def _join(statements: Iterable[Triple]) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in statements).encode()


def _parse(ntriples: bytes) -> list[Triple]:
    lines = ntriples.decode().split("\n")
    return [(*line[:-2].split(" ", 2),) for line in lines if line]  # type: ignore[misc]


class BlankNodes:
    """The blank nodes of a description, their statements and who points at them."""

    def __init__(self, statements: list[Triple]) -> None:
        self.outgoing: dict[str, list[tuple[str, str]]] = {}
        self.incoming: dict[str, set[tuple[str, str]]] = {}
        for subject, predicate, value in statements:
            if subject[0] == "_":
                self.outgoing.setdefault(subject, []).append((predicate, value))
            if value[0] == "_":
                self.outgoing.setdefault(value, [])
                self.incoming.setdefault(value, set()).add((subject, predicate))

    def label(self, dataset: str, *, ordered: bool = False) -> dict[str, str] | None:
        """A label for each node, or None where only RDFC-1.0 can tell some of them apart.

        `ordered`: the nodes' present labels come from RDFC-1.0 and decide.
        """
        hashes, cyclic = self._hash()
        groups: dict[str, list[str]] = {}
        for node in self.outgoing:
            groups.setdefault(hashes[node], []).append(node)
        ties = [group for group in groups.values() if len(group) > 1]
        if ties and not ordered and not self._are_trees(ties, cyclic):
            return None
        labels = {
            group[0]: _name(dataset, content)
            for content, group in groups.items()
            if len(group) == 1
        }
        # Parents first: twins are told apart by who points at them. Twins of one parent are
        # interchangeable, so any order between them gives the same lines.
        for group in sorted(ties, key=lambda one: self._height[one[0]], reverse=True):
            ranked = (
                sorted(group, key=_number)
                if ordered
                else sorted(group, key=lambda node: self._parent(node, labels))
            )
            for rank, node in enumerate(ranked):
                labels[node] = _name(dataset, hashes[node], rank)
        return labels

    def _parent(self, node: str, labels: dict[str, str]) -> tuple[str, str]:
        subject, predicate = next(iter(self.incoming[node]))
        return labels.get(subject, subject), predicate

    def _are_trees(self, ties: list[list[str]], cyclic: set[str]) -> bool:
        return all(
            len(self.incoming.get(node, ())) == 1 and node not in cyclic
            for group in ties
            for node in group
        )

    def _hash(self) -> tuple[dict[str, str], set[str]]:
        """What each node says, hashed from the leaves up; and the nodes that lead to a cycle."""
        waiting = {n: {o for _, o in says if o[0] == "_"} for n, says in self.outgoing.items()}
        ready = [node for node, children in waiting.items() if not children]
        hashes: dict[str, str] = {}
        self._height = dict.fromkeys(waiting, 0)
        while ready:
            node = ready.pop()
            hashes[node] = self._hash_one(node, hashes)
            for parent in {s for s, _ in self.incoming.get(node, ()) if s[0] == "_"}:
                self._height[parent] = max(self._height[parent], self._height[node] + 1)
                waiting[parent].discard(node)
                if not waiting[parent]:
                    ready.append(parent)
        cyclic = set(waiting) - set(hashes)
        for _ in range(3 if cyclic else 0):
            hashes |= {node: self._hash_one(node, hashes) for node in cyclic}
        return hashes, cyclic

    def _hash_one(self, node: str, hashes: dict[str, str]) -> str:
        said = sorted(
            f"{p} {hashes.get(o, '*') if o[0] == '_' else o}" for p, o in set(self.outgoing[node])
        )
        return sha256("\n".join(said).encode()).hexdigest()


def _name(dataset: str, content: str, rank: int = 0) -> str:
    told = f"{dataset}\n{content}\n{rank}" if rank else f"{dataset}\n{content}"
    return f"_:b{sha256(told.encode()).hexdigest()[:16]}"


def _number(label: str) -> int:
    """The counter in a label of RDFC-1.0, `_:c14n12`."""
    return int(label.removeprefix("_:c14n"))
