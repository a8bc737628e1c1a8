"""Regions by their official addresses: those of France by name, those elsewhere by country."""

import re
from collections.abc import Mapping
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.namespaces import EU_AUTHORITY

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
# The name of each département, the same in both languages.
_NAMES: Final[Mapping[str, str]] = {
    "01": "Ain", "02": "Aisne", "03": "Allier", "04": "Alpes-de-Haute-Provence",
    "05": "Hautes-Alpes", "06": "Alpes-Maritimes", "07": "Ardèche", "08": "Ardennes",
    "09": "Ariège", "10": "Aube", "11": "Aude", "12": "Aveyron", "13": "Bouches-du-Rhône",
    "14": "Calvados", "15": "Cantal", "16": "Charente", "17": "Charente-Maritime", "18": "Cher",
    "19": "Corrèze", "2A": "Corse-du-Sud", "2B": "Haute-Corse", "21": "Côte-d’Or",
    "22": "Côtes-d’Armor", "23": "Creuse", "24": "Dordogne", "25": "Doubs", "26": "Drôme",
    "27": "Eure", "28": "Eure-et-Loir", "29": "Finistère", "30": "Gard", "31": "Haute-Garonne",
    "32": "Gers", "33": "Gironde", "34": "Hérault", "35": "Ille-et-Vilaine", "36": "Indre",
    "37": "Indre-et-Loire", "38": "Isère", "39": "Jura", "40": "Landes", "41": "Loir-et-Cher",
    "42": "Loire", "43": "Haute-Loire", "44": "Loire-Atlantique", "45": "Loiret", "46": "Lot",
    "47": "Lot-et-Garonne", "48": "Lozère", "49": "Maine-et-Loire", "50": "Manche", "51": "Marne",
    "52": "Haute-Marne", "53": "Mayenne", "54": "Meurthe-et-Moselle", "55": "Meuse",
    "56": "Morbihan", "57": "Moselle", "58": "Nièvre", "59": "Nord", "60": "Oise", "61": "Orne",
    "62": "Pas-de-Calais", "63": "Puy-de-Dôme", "64": "Pyrénées-Atlantiques",
    "65": "Hautes-Pyrénées", "66": "Pyrénées-Orientales", "67": "Bas-Rhin", "68": "Haut-Rhin",
    "69": "Rhône", "70": "Haute-Saône", "71": "Saône-et-Loire", "72": "Sarthe", "73": "Savoie",
    "74": "Haute-Savoie", "75": "Paris", "76": "Seine-Maritime", "77": "Seine-et-Marne",
    "78": "Yvelines", "79": "Deux-Sèvres", "80": "Somme", "81": "Tarn", "82": "Tarn-et-Garonne",
    "83": "Var", "84": "Vaucluse", "85": "Vendée", "86": "Vienne", "87": "Haute-Vienne",
    "88": "Vosges", "89": "Yonne", "90": "Territoire de Belfort", "91": "Essonne",
    "92": "Hauts-de-Seine", "93": "Seine-Saint-Denis", "94": "Val-de-Marne", "95": "Val-d’Oise",
    "971": "Guadeloupe", "972": "Martinique", "973": "Guyane", "974": "La Réunion",
    "976": "Mayotte",
}  # fmt: skip
# Statistical regions (NUTS) of France and the INSEE region that each lies in.
_NUTS: Final[Mapping[str, str]] = {
    "FR1": "11", "FRB": "24", "FRC": "27", "FRD": "28", "FRE": "32", "FRF": "44", "FRG": "52",
    "FRH": "53", "FRI": "75", "FRJ": "76", "FRK": "84", "FRL": "93", "FRM": "94", "FRY1": "01",
    "FRY2": "02", "FRY3": "03", "FRY4": "04", "FRY5": "06",
}  # fmt: skip
# Those that are countries, too, in the EU's list.
_COUNTRIES: Final[Mapping[str, str]] = {
    f"{EU_AUTHORITY}country/{code}": region
    for code, region in {"GLP": "01", "MTQ": "02", "GUF": "03", "REU": "04", "MYT": "06"}.items()
}
# What the EU's list calls the countries whose NUTS codes begin so.
_ELSEWHERE: Final[Mapping[str, str]] = {
    "AL": "ALB", "AT": "AUT", "BE": "BEL", "BG": "BGR", "CH": "CHE", "CY": "CYP", "CZ": "CZE",
    "DE": "DEU", "DK": "DNK", "EE": "EST", "EL": "GRC", "ES": "ESP", "FI": "FIN", "HR": "HRV",
    "HU": "HUN", "IE": "IRL", "IS": "ISL", "IT": "ITA", "LI": "LIE", "LT": "LTU", "LU": "LUX",
    "LV": "LVA", "ME": "MNE", "MK": "MKD", "MT": "MLT", "NL": "NLD", "NO": "NOR", "PL": "POL",
    "PT": "PRT", "RO": "ROU", "RS": "SRB", "SE": "SWE", "SI": "SVN", "SK": "SVK", "TR": "TUR",
    "UK": "GBR",
}  # fmt: skip
_FRANCE: Final = f"{EU_AUTHORITY}country/FRA"
_INSEE: Final = re.compile(r"https?://id\.insee\.fr/geo/(region|departement)/(\d[\dAB]\d?)")
_NUTS_CODE: Final = re.compile(r"https?://data\.europa\.eu/nuts/code/([A-Z]{2}[A-Z0-9]{0,3})")
_REGION: Final = "http://id.insee.fr/geo/region/"


# Those that are more than one region.
_WIDER: Final[Mapping[str, Text]] = {
    "FR": {"fr": "France", "en": "France"},
    "FRY": {"fr": "Régions d’outre-mer", "en": "French overseas regions"},
}


def of(address: str) -> set[str]:
    """The regions of France that an address stands for."""
    if address in _COUNTRIES:
        return {_COUNTRIES[address]}
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


def label(address: str) -> Text | None:
    """What people call a region or a part of one; what is around it and its code for small ones."""
    if found := _INSEE.fullmatch(address):
        kind, number = found.groups()
        known = REGIONS.get(number, ("",))[0] if kind == "region" else _NAMES.get(number)
        return _same(known)
    code = _nuts(address)
    if code in _WIDER:
        return _WIDER[code]
    around = next((r for nuts, r in _NUTS.items() if code.startswith(nuts)), None)
    if around is None:
        return _label_elsewhere(code)
    return _same(REGIONS[around][0] if code in _NUTS else f"{REGIONS[around][0]} ({code})")


def _label_elsewhere(code: str) -> Text | None:
    """The country of a region elsewhere, with its NUTS code where it is less than all."""
    names = vocabulary.labels(country) if (country := _country(code)) else None
    part = f" ({code})" if len(code) > len("PT") else ""
    return {lang: f"{name}{part}" for lang, name in names.items()} if names else None


def _country(code: str) -> str | None:
    """The country elsewhere that a NUTS code is of."""
    found = _ELSEWHERE.get(code[:2])
    return f"{EU_AUTHORITY}country/{found}" if found else None


def _nuts(address: str) -> str:
    """The NUTS code of an address, empty for none; one with a nought is all of its parent."""
    found = _NUTS_CODE.fullmatch(address)
    return found[1].rstrip("0") if found else ""


def _same(name: str | None) -> Text | None:
    return {"fr": name, "en": name} if name else None


def filed(address: str) -> tuple[str, ...]:
    """The addresses, one a region of France or a country, that an address is filed under."""
    code = _nuts(address)
    country = _FRANCE if code == "FR" else _country(code)
    if country:
        return (country,)
    return tuple(f"{_REGION}{region}" for region in of(address))


def name(address: str) -> str | None:
    """The name of the region whose address this is, the same in both languages."""
    told = REGIONS.get(address.removeprefix(_REGION))
    return told[0] if told else None
