"""Which classes are subclasses of which, by the axioms of the shapes and of the background.

Axioms inside a record are not followed: a submission cannot change what its rules mean.
"""

from collections.abc import Iterable


class Classes:
    """The subclass axioms, closed."""

    __slots__ = ("_below",)

    def __init__(self, axioms: Iterable[tuple[str, str]]) -> None:
        self._below: dict[str, list[str]] = {}
        for narrower, broader in axioms:
            self._below.setdefault(broader, []).append(narrower)

    def under(self, cls: str) -> frozenset[str]:
        """The class and all classes below it; axioms may run in circles."""
        found = {cls}
        waiting = [cls]
        while waiting:
            for narrower in self._below.get(waiting.pop(), ()):
                if narrower not in found:
                    found.add(narrower)
                    waiting.append(narrower)
        return frozenset(found)
