"""Bugs that one dataset meets: told once the others are published, and tried again the next time.

A bug is no trouble of the operator's, nor a fault of the holder's. Where many datasets meet one, it
is no matter of theirs: nothing is published.
"""

import traceback
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from red_catalog.errors import RedError

_Given = TypeVar("_Given")

_MOST: Final = 10
_SHARE: Final = 10


class MishapError(Exception):
    """Bugs that datasets met, raised once all else is done; told by their own tracebacks."""


def attempt(work: Callable[[], _Given], traces: list[str]) -> _Given | None:
    """What this gives, or None where it meets a bug, whose trace is added.

    Operator trouble goes on.
    """
    try:
        return work()
    except (RedError, OSError, MemoryError, MishapError):
        raise
    except Exception:  # noqa: BLE001  whatever it is, it is of this dataset
        traces.append(traceback.format_exc())
        return None


def expect_few(found: Mapping[str, str], datasets: int) -> None:
    """Raises MishapError where bugs, by IRI, are of too many of so many datasets to publish."""
    if len(found) > max(1, min(_MOST, datasets // _SHARE)):
        raise tell(found, "nothing was published")


def tell(found: Mapping[str, str], outcome: str) -> MishapError:
    """The bugs, by the IRI of the dataset that met each, as one to raise."""
    iri, trace = next(iter(found.items()))
    count = f"{len(found)} datasets, the first of which is" if len(found) > 1 else "the dataset"
    error = MishapError(f"A bug in red-catalog at {count} {iri}: {outcome}.")
    error.add_note(trace)
    return error
