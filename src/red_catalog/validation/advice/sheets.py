"""What is advised of a description and no sheet can give: it is not asked of who fills one in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from red_catalog.model import Checked, Problem
from red_catalog.namespaces import term

# The profile wants a dataset that the same document describes.
_NOT_IN_TEMPLATE: Final = frozenset({term("dct:source")})


def is_asked(kind: str, path: str | None) -> bool:
    """Whether a spreadsheet or the form can mend a problem of this kind and property."""
    return kind != "missing" or path not in _NOT_IN_TEMPLATE


def fit(checked: Checked) -> Checked:
    """The check of a spreadsheet, into which no Turtle can be pasted: what it can mend."""
    return replace(
        checked,
        datasets=tuple(
            replace(one, problems=tuple(_fit_problems(one.problems))) for one in checked.datasets
        ),
        beside=checked.beside and fit(checked.beside),
    )


def _fit_problems(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(p, turtle=None) for p in problems if is_asked(p.kind, p.path))
