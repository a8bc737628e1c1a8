"""Bugs that one dataset's files meet: the others are published all the same.

A bug is no trouble of the operator's, nor a fault of the holder's. Where few datasets meet one,
a page that says so stands in for theirs, their other files are as ever, and the next publication
tries again. Where many do, it is no matter of theirs: nothing is published.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from red_catalog.errors import RedError
from red_catalog.model import Entry
from red_catalog.publish.dataset import forms
from red_catalog.publish.web.site import Site
from red_catalog.rdf.writing import SYNTAXES

# The key of what a bug spoilt: no dataset's, so that it is never taken over.
SPOILT: Final = ""

_Given = TypeVar("_Given")

_MOST: Final = 10
_SHARE: Final = 10


class MishapError(Exception):
    """Bugs that datasets met, raised once all else is done; told by their own tracebacks."""


@dataclass(slots=True)
class Made:
    """The files of a dataset by name; `traces`: of the bugs that were met on the way."""

    files: dict[str, bytes] = field(default_factory=dict)
    traces: list[str] = field(default_factory=list)

    def add(self, make: Callable[[], Iterable[tuple[str, bytes]]]) -> bool:
        """Adds these files, or the bug that they met; tells which. Operator trouble goes on."""
        made = attempt(lambda: dict(make()), self.traces)
        self.files |= made or {}
        return made is not None


def attempt(work: Callable[[], _Given], traces: list[str]) -> _Given | None:
    """What this gives, or None where it meets a bug, whose trace is added.

    Operator trouble goes on.
    """
    try:
        return work()
    except (RedError, OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  whatever it is, it is of this dataset
        traces.append(traceback.format_exc())
        return None


def make(site: Site, entry: Entry, besides: Callable[[], forms.Besides]) -> Made:
    """Every file of a dataset, with what stands in for those that met a bug.

    `besides`: works out what its pages tell besides.
    """
    made = Made()
    if not entry.withdrawn_at and not made.add(partial(forms.render_data, site, entry)):
        for syntax in SYNTAXES:
            made.add(partial(forms.render_syntax, site, entry, syntax))
    if not made.add(lambda: forms.render_pages(site, entry, besides())):
        made.files |= dict(forms.render_spoilt(site, entry, tuple(made.files)))
    return made


def expect_few(found: Mapping[str, str], datasets: int) -> None:
    """Raises MishapError where bugs, by IRI, are of too many of so many datasets to publish."""
    if len(found) > min(_MOST, datasets // _SHARE):
        raise tell(found, "nothing was published")


def tell(found: Mapping[str, str], outcome: str) -> MishapError:
    """The bugs, by the IRI of the dataset that met each, as one to raise."""
    iri, trace = next(iter(found.items()))
    count = f"{len(found)} datasets, the first of which is" if len(found) > 1 else "the dataset"
    error = MishapError(f"A bug in red-catalog at {count} {iri}: {outcome}.")
    error.add_note(trace)
    return error
