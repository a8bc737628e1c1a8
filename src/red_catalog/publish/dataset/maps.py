"""Known territories as a small map of tiles, one a region of France or a country of Europe.

A tile stands roughly where its territory lies and all have one size, so that small ones can be
seen; no border is drawn. What the map shows is said in words beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from markupsafe import Markup

from red_catalog.model import Text
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.publish.dataset.view import View
from red_catalog.publish.record import regions
from red_catalog.publish.record.graph import Thing, Value
from red_catalog.publish.record.ordering import natural
from red_catalog.publish.web.languages import language
from red_catalog.vocabulary import labels

Grid = Mapping[str, tuple[int, int]]

# Column and row of each tile. Regions by their INSEE code.
FRANCE: Final[Grid] = {
    "32": (3, 0), "28": (2, 1), "11": (3, 1), "44": (4, 1), "53": (0, 2), "52": (1, 2),
    "24": (2, 2), "27": (3, 2), "75": (1, 3), "84": (3, 3), "76": (2, 4), "93": (3, 4),
    "94": (4, 5), "01": (0, 6), "02": (1, 6), "03": (2, 6), "04": (3, 6), "06": (4, 6),
}  # fmt: skip
EUROPE: Final[Grid] = {
    "ISL": (0, 0), "NOR": (4, 0), "SWE": (5, 0), "FIN": (6, 0), "EST": (7, 1), "DNK": (4, 1),
    "LVA": (7, 2), "IRL": (0, 2), "GBR": (1, 2), "NLD": (3, 2), "DEU": (4, 2), "POL": (5, 2),
    "LTU": (6, 2), "BEL": (2, 3), "LUX": (3, 3), "CZE": (5, 3), "SVK": (6, 3), "UKR": (7, 3),
    "FRA": (2, 4), "CHE": (3, 4), "AUT": (4, 4), "HUN": (5, 4), "ROU": (6, 4), "MDA": (7, 4),
    "PRT": (0, 5), "ESP": (1, 5), "ITA": (3, 5), "SVN": (4, 5), "HRV": (5, 5), "SRB": (6, 5),
    "BGR": (7, 5), "MLT": (3, 6), "BIH": (4, 6), "MNE": (5, 6), "MKD": (6, 6), "TUR": (7, 6),
    "ALB": (5, 7), "GRC": (6, 7), "CYP": (7, 7),
}  # fmt: skip
_COUNTRY: Final = f"{EU_AUTHORITY}country/"
_TILE, _GAP = 40, 4


@dataclass(frozen=True, slots=True)
class Covered:
    """The tiles of one map that a dataset covers, and whether it is of France."""

    tiles: frozenset[str]
    france: bool


def find(addresses: Iterable[str]) -> Covered | None:
    """The map that shows the most of these territories; None where none is known."""
    parts, countries = set[str](), set[str]()
    filed = (regions.filed(one) or (one,) for one in addresses)
    for address in chain.from_iterable(filed):
        if address.startswith(_COUNTRY):
            countries |= {address.removeprefix(_COUNTRY)} & EUROPE.keys()
        parts |= regions.of(address)
    if countries - {"FRA"}:
        return Covered(frozenset(countries | ({"FRA"} if parts else set())), france=False)
    if parts:  # also where the country is named besides, as holders do
        return Covered(frozenset(parts), france=True)
    return Covered(frozenset(FRANCE), france=True) if countries else None


def draw(view: View, code: str) -> Markup:
    """The map of a dataset's territories with its legend; nothing where none is known."""
    covered = find(address for one in view.facts.territory if (address := _address(one)))
    return _draw(covered, code) if covered else Markup()


@cache
def _draw(covered: Covered, code: str) -> Markup:
    grid = FRANCE if covered.france else EUROPE
    tiles = Markup("").join(
        _tile(place, _short(one, france=covered.france), on=one in covered.tiles)
        for one, place in sorted(grid.items(), key=lambda item: (item[1][1], item[1][0]))
    )
    width, height = (
        max(place[axis] for place in grid.values()) * (_TILE + _GAP) + _TILE for axis in (0, 1)
    )
    return Markup(
        '<figure class="map"><svg viewBox="0 0 %s %s" width="%s" height="%s" aria-hidden="true" '
        'focusable="false">%s</svg><figcaption>%s</figcaption></figure>'
    ) % (width, height, width, height, tiles, _legend(covered, code))


def _legend(covered: Covered, code: str) -> str:
    spoken = language(code)
    if covered.france and covered.tiles == FRANCE.keys():
        return spoken.gettext("Territory covered: the whole of France.")
    called = (_name(one, france=covered.france)[code] for one in covered.tiles)
    names = ", ".join(sorted(called, key=natural))
    if covered.france:
        return spoken.gettext("Regions of France covered: %(names)s.", names=names)
    return spoken.gettext("Countries covered: %(names)s.", names=names)


def _tile(place: tuple[int, int], short: str, *, on: bool) -> Markup:
    x, y = (axis * (_TILE + _GAP) for axis in place)
    return Markup(
        '<g%s><rect x="%s" y="%s" width="40" height="40" rx="6"/><text x="%s" y="%s">%s</text></g>'
    ) % (Markup(' class="on"') if on else "", x, y, x + _TILE // 2, y + 25, short)


def _short(one: str, *, france: bool) -> str:
    return regions.REGIONS[one][1] if france else one


def _name(one: str, *, france: bool) -> Text:
    if france:
        return {"fr": regions.REGIONS[one][0], "en": regions.REGIONS[one][0]}
    return labels(f"{_COUNTRY}{one}") or {"fr": one, "en": one}


def _address(value: Value) -> str | None:
    return value.iri if isinstance(value, Thing) else None
