"""Bugs that one dataset's files meet: a page that says so stands in for its own.

Its other files are as ever.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from red_catalog.errors import DamagedTextError
from red_catalog.model import Entry
from red_catalog.publish.bugs import attempt
from red_catalog.publish.dataset import forms
from red_catalog.publish.web.site import Site
from red_catalog.rdf.writing import SYNTAXES

# The key of what a bug spoilt: no dataset's, so that it is never taken over.
SPOILT: Final = ""


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


def make(site: Site, entry: Entry, besides: Callable[[], forms.Besides]) -> Made:
    """Every file of a dataset, with what stands in for those that met a bug, or for a damaged one.

    `besides`: works out what its pages tell besides.
    """
    made = Made()
    if entry.damaged:
        made.traces.append(str(DamagedTextError(entry.iri)))
        made.files |= dict(forms.render_spoilt(site, entry, ()))
        return made
    if not entry.withdrawn_at and not made.add(partial(forms.render_data, site, entry)):
        for syntax in SYNTAXES:
            made.add(partial(forms.render_syntax, site, entry, syntax))
    if not made.add(lambda: forms.render_pages(site, entry, besides())):
        there = tuple(made.files)
        if not made.add(partial(forms.render_spoilt, site, entry, there)):
            made.add(partial(forms.render_spoilt, site, replace(entry, canonical=b""), there))
    return made
