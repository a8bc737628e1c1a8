"""Bugs that one dataset meets: told once the others are published, and tried again the next time.

A bug is no trouble of the operator's, nor a fault of the holder's. Where many datasets meet one, it
is no matter of theirs: nothing is published.
"""

import traceback
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from red_catalog.errors import DamagedTextError, RedError

_Given = TypeVar("_Given")

_MOST: Final = 10
_SHARE: Final = 10


class MishapError(Exception):
    """Bugs that datasets met, raised once all else is done; told by their own tracebacks."""


def attempt(work: Callable[[], _Given], traces: list[str]) -> _Given | None:
    """What this gives, or None where it meets a bug, whose trace is added, or damage.

    Operator trouble of any other kind goes on.
    """
    try:
        return work()
    except DamagedTextError as error:
        traces.append(str(error))
        return None
    except (RedError, OSError, MemoryError, MishapError):
        raise
    except Exception:  # noqa: BLE001  whatever it is, it is of this dataset
        traces.append(traceback.format_exc())
        return None


def expect_few(found: Mapping[str, str], datasets: int) -> None:
    """Raises what `tell` gives where bugs are of too many of so many datasets to publish."""
    if len(found) > max(1, min(_MOST, datasets // _SHARE)):
        raise tell(found, "nothing was published")


def is_bug(trace: str) -> bool:
    """Whether this is the trace of a bug, not a sentence on what is damaged."""
    return not trace.startswith(DamagedTextError.START)


def tell(found: Mapping[str, str], outcome: str) -> MishapError | DamagedTextError:
    """The bugs, by the IRI of the dataset that met each, as one to raise; else the damage."""
    bugs = {iri: trace for iri, trace in found.items() if is_bug(trace)}
    if not bugs:
        return DamagedTextError(next(iter(found)), len(found) - 1, outcome)
    iri, trace = next(iter(bugs.items()))
    count = f"{len(bugs)} datasets, the first of which is" if len(bugs) > 1 else "the dataset"
    error = MishapError(f"A bug in red-catalog at {count} {iri}: {outcome}.")
    for one in (trace, *(told for told in found.values() if not is_bug(told))):
        error.add_note(one)
    return error


def tell_of_all(trace: str) -> MishapError:
    """A bug that no dataset meets alone, as one to raise."""
    error = MishapError("A bug in red-catalog: everything was made anew, and is published.")
    error.add_note(trace)
    return error
