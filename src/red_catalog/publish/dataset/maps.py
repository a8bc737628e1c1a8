"""Known territories as a small map of tiles, one a region of France or a country of Europe.

A tile stands roughly where its territory lies and all have one size, so that small ones can be
seen; no border is drawn. What the map shows is said in words beside it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from red_catalog.model import Text
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.publish.dataset.view import View
from red_catalog.publish.record.graph import Thing, Value
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
# Name and two or three letters of each region of France, the same in both languages.
REGIONS: Final[Mapping[str, tuple[str, str]]] = {
    "01": ("Guadeloupe", "GP"), "02": ("Martinique", "MQ"), "03": ("Guyane", "GF"),
    "04": ("La Réunion", "RE"), "06": ("Mayotte", "YT"), "11": ("Île-de-France", "IDF"),
    "24": ("Centre-Val de Loire", "CVL"), "27": ("Bourgogne-Franche-Comté", "BFC"),
    "28": ("Normandie", "NOR"), "32": ("Hauts-de-France", "HDF"), "44": ("Grand Est", "GES"),
    "52": ("Pays de la Loire", "PDL"), "53": ("Bretagne", "BRE"),
    "75": ("Nouvelle-Aquitaine", "NAQ"), "76": ("Occitanie", "OCC"),
    "84": ("Auvergne-Rhône-Alpes", "ARA"), "93": ("Provence-Alpes-Côte d’Azur", "PAC"),
    "94": ("Corse", "COR"),
}  # fmt: skip
# The départements of each region.
_DEPARTEMENTS: Final[Mapping[str, str]] = {
    "01": "971", "02": "972", "03": "973", "04": "974", "06": "976",
    "11": "75 77 78 91 92 93 94 95", "24": "18 28 36 37 41 45", "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76", "32": "02 59 60 62 80", "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85", "53": "22 29 35 56", "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82", "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84", "94": "2A 2B",
}  # fmt: skip
_REGION_OF: Final = {d: region for region, all_ in _DEPARTEMENTS.items() for d in all_.split()}
# Statistical regions (NUTS) of France and the INSEE region that each lies in.
_NUTS: Final[Mapping[str, str]] = {
    "FR1": "11", "FRB": "24", "FRC": "27", "FRD": "28", "FRE": "32", "FRF": "44", "FRG": "52",
    "FRH": "53", "FRI": "75", "FRJ": "76", "FRK": "84", "FRL": "93", "FRM": "94", "FRY1": "01",
    "FRY2": "02", "FRY3": "03", "FRY4": "04", "FRY5": "06",
}  # fmt: skip
_INSEE: Final = re.compile(r"https?://id\.insee\.fr/geo/(region|departement)/(\d[\dAB]\d?)")
_NUTS_CODE: Final = re.compile(r"https?://data\.europa\.eu/nuts/code/(FR[A-Z0-9]{0,3})")
_COUNTRY: Final = f"{EU_AUTHORITY}country/"
_TILE, _GAP = 40, 4


@dataclass(frozen=True, slots=True)
class Covered:
    """The tiles of one map that a dataset covers, and whether it is of France."""

    tiles: frozenset[str]
    france: bool


def find(addresses: Iterable[str]) -> Covered | None:
    """The map that shows the most of these territories; None where none is known."""
    regions, countries = set[str](), set[str]()
    for address in addresses:
        if address.startswith(_COUNTRY):
            countries |= {address.removeprefix(_COUNTRY)} & EUROPE.keys()
        regions |= _regions(address)
    if countries - {"FRA"}:
        return Covered(frozenset(countries | ({"FRA"} if regions else set())), france=False)
    if regions:  # also where the country is named besides, as holders do
        return Covered(frozenset(regions), france=True)
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
    names = ", ".join(sorted(_name(one, france=covered.france)[code] for one in covered.tiles))
    if covered.france:
        return spoken.gettext("Regions of France covered: %(names)s.", names=names)
    return spoken.gettext("Countries covered: %(names)s.", names=names)


def _tile(place: tuple[int, int], short: str, *, on: bool) -> Markup:
    x, y = (axis * (_TILE + _GAP) for axis in place)
    return Markup(
        '<g%s><rect x="%s" y="%s" width="40" height="40" rx="6"/><text x="%s" y="%s">%s</text></g>'
    ) % (Markup(' class="on"') if on else "", x, y, x + _TILE // 2, y + 25, short)


def _short(one: str, *, france: bool) -> str:
    return REGIONS[one][1] if france else one


def _name(one: str, *, france: bool) -> Text:
    if france:
        return {"fr": REGIONS[one][0], "en": REGIONS[one][0]}
    return labels(f"{_COUNTRY}{one}") or {"fr": one, "en": one}


def _address(value: Value) -> str | None:
    return value.iri if isinstance(value, Thing) else None


def _regions(address: str) -> set[str]:
    """The regions of France that an address stands for."""
    if found := _INSEE.fullmatch(address):
        kind, number = found.groups()
        region = number if kind == "region" else _REGION_OF.get(number, "")
        return {region} & REGIONS.keys()
    if found := _NUTS_CODE.fullmatch(address):
        wanted = found[1]
        return {r for nuts, r in _NUTS.items() if wanted.startswith(nuts) or nuts == wanted}
    return set()
