"""Regions of France: their names, and the addresses that stand for one or for a part of one."""

import re
from collections.abc import Mapping
from typing import Final

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
_REGION: Final = "http://id.insee.fr/geo/region/"


def of(address: str) -> set[str]:
    """The regions of France that an address stands for."""
    if found := _INSEE.fullmatch(address):
        kind, number = found.groups()
        region = number if kind == "region" else _REGION_OF.get(number, "")
        return {region} & REGIONS.keys()
    if found := _NUTS_CODE.fullmatch(address):
        wanted = found[1]
        if len(wanted) == 3:  # FRY is all regions overseas
            return {r for nuts, r in _NUTS.items() if nuts.startswith(wanted)}
        return {r for nuts, r in _NUTS.items() if wanted.startswith(nuts)}
    return set()


def filed(address: str) -> tuple[str, ...]:
    """The addresses, one a region, that an address is filed under."""
    return tuple(f"{_REGION}{code}" for code in of(address))


def name(address: str) -> str | None:
    """The name of the region whose address this is, the same in both languages."""
    told = REGIONS.get(address.removeprefix(_REGION))
    return told[0] if told else None
