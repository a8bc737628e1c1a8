"""Where mandatory values of the parts of datasets are missing: the rows of each value."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.harvesters.spreadsheet.grids import SILENT
from red_catalog.harvesters.spreadsheet.mistakes import Place, where
from red_catalog.model import Absence, Text
from red_catalog.namespaces import term

_SHOWN: Final = 8
_RUN: Final = 3
_WORDS: Final = {"fr": ("ligne", "lignes", " à ", " et "), "en": ("row", "rows", " to ", " and ")}
_OTHERS: Final = {"fr": "{} autres", "en": "{} others"}


class Lacking:
    """Gathers the cells that are empty, by dataset, class of the part and column."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, Column], list[Place]] = {}

    def add(self, subject: str, kind: str, column: Column, place: Place) -> None:
        """A part of this dataset lacks the value of a column."""
        self._found.setdefault((subject, kind, column), []).append(place)

    def absences(self) -> tuple[Absence, ...]:
        """One for each value that is missing, in the order in which they were met."""
        return tuple(
            Absence(
                subject, term(kind), term(column.property), places[0].line,
                {lang: _all(places, lang) for lang in ("fr", "en")}, _fix(column),
            )
            for (subject, kind, column), places in self._found.items()
        )  # fmt: skip


def _all(places: Iterable[Place], lang: str) -> str:
    """Every place: the sheet or file and the column of each group, then its rows."""
    apart = groupby(places, lambda one: one._replace(row=None, line=None, part=None))
    return " ; ".join(f"{where(head)[lang]}, {_rows(list(some), lang)}" for head, some in apart)


def _rows(places: list[Place], lang: str) -> str:
    one, several, to, and_ = _WORDS[lang]
    runs = list(_runs(place.row or 0 for place in places))
    # One more is as short as to say that there is one.
    shown = _SHOWN + 1 if sum(map(len, runs[_SHOWN:])) == 1 else _SHOWN
    texts = [f"{run[0]}{to}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:shown]]
    if rest := sum(map(len, runs[shown:])):
        texts.append(_OTHERS[lang].format(rest))
    listed = and_.join(filter(None, (", ".join(texts[:-1]), texts[-1])))
    return f"{one if len(places) == 1 else several} {listed}"


def _runs(rows: Iterable[int]) -> Iterator[list[int]]:
    """Three rows or more that follow one another together, the others alone."""
    for _, some in groupby(enumerate(rows), lambda one: one[1] - one[0]):
        run = [row for _, row in some]
        yield from [run] if len(run) >= _RUN else ([row] for row in run)


def _fix(column: Column) -> Text | None:
    """What to write where the profile's own words are not those of the lists."""
    if not column.lists:
        return None
    return {
        "fr": f"Prenez une valeur de la feuille « {SILENT['lists'][0]} » du modèle, "
        f"« {column.example('fr')} » par exemple.",
        "en": f"Take a value of the sheet “{SILENT['lists'][1]}” of the template, "
        f"“{column.example('en')}” for instance.",
    }
