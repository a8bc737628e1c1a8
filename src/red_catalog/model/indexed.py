"""What the index of a release holds of a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from red_catalog.model.words import Text


@dataclass(frozen=True, slots=True)
class Indexed:
    """A dataset as searches find it and the read interface tells it; a withdrawn one, too.

    `mark` tells this state from any other; `kind`: created, updated or withdrawn. `texts`: what
    is searched, by field; `codes`: of each facet; `ranks`: keys to sort by; `told`: JSON.
    """

    slug: str
    iri: str
    holder: str
    mark: str
    kind: str
    changed: datetime
    texts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranks: Mapping[str, str | int] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexFacet:
    """A facet of the index: its name, and that of each code."""

    id: str
    name: Text
    values: Mapping[str, Text]
