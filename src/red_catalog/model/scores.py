"""How complete and how good descriptions are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from red_catalog.model.words import Text


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the minimum elements of Regulation (EU) 2026/2098 a description gives.

    `missing`: names of the applicable elements that it lacks; `inapplicable`: name of each
    element that does not apply, and why.
    """

    given: int
    applicable: int
    missing: tuple[Text, ...] = ()
    inapplicable: tuple[tuple[Text, Text], ...] = ()


MQA_POINTS: Final[Mapping[str, Mapping[str, int]]] = {
    "findability": {"keyword": 30, "theme": 30, "spatial": 20, "temporal": 20},
    "accessibility": {
        "access-url-answers": 50, "download-url": 20, "download-url-answers": 30,
    },
    "interoperability": {
        "format": 20, "media-type": 10, "format-vocabulary": 10, "non-proprietary": 20,
        "machine-readable": 20, "dcat-ap": 30,
    },
    "reusability": {
        "licence": 20, "licence-vocabulary": 10, "access-rights": 10,
        "access-rights-vocabulary": 5, "contact-point": 20, "publisher": 10,
    },
    "contextuality": {"rights": 5, "byte-size": 5, "issued": 5, "modified": 5},
}  # fmt: skip
"""What each indicator of data.europa.eu's metadata quality assessment is worth, by dimension."""


_BANDS: Final = ((351, "excellent"), (221, "good"), (121, "sufficient"), (0, "bad"))


def mqa_band(points: int) -> str:
    """What data.europa.eu calls so many points: excellent, good, sufficient or bad."""
    return next(name for least, name in _BANDS if points >= least)


@dataclass(frozen=True, slots=True)
class Mqa:
    """data.europa.eu's metadata quality assessment of a description: the indicators it meets.

    `unchecked`: indicators that ask whether an address answers, when nobody asked it; they
    give no points.
    """

    met: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Points earned, of 405."""
        return _points(self.met)

    @property
    def reachable(self) -> int:
        """The most points that what was checked could have given."""
        return sum(
            worth
            for indicators in MQA_POINTS.values()
            for name, worth in indicators.items()
            if name not in self.unchecked
        )

    @property
    def band(self) -> str:
        """excellent, good, sufficient or bad."""
        return mqa_band(self.points)

    def dimensions(self) -> dict[str, int]:
        """Points earned in each of the five dimensions."""
        return {
            dimension: sum(worth for name, worth in indicators.items() if name in self.met)
            for dimension, indicators in MQA_POINTS.items()
        }


@lru_cache(10_000)
def _points(met: tuple[str, ...]) -> int:
    """Points of these indicators; datasets meet the same ones in few combinations."""
    return sum(Mqa(met).dimensions().values())


@dataclass(frozen=True, slots=True)
class Standing:
    """The scores of a dataset, or of all datasets of a holder or of the catalogue, added up.

    `moment`: since when; `datasets`: how many have scores; `conformant`: how many of them
    are; `given` and `applicable`: minimum elements; `points`: of the quality assessment.
    """

    moment: datetime
    datasets: int
    conformant: int
    given: int
    applicable: int
    points: int

    @property
    def completeness(self) -> float:
        """Share of the applicable minimum elements that are given."""
        return self.given / self.applicable if self.applicable else 0.0

    @property
    def mean_points(self) -> float:
        """Points of the average dataset."""
        return self.points / self.datasets if self.datasets else 0.0

    @property
    def band(self) -> str:
        """What the average dataset's points are called."""
        return mqa_band(round(self.mean_points))
