"""What people call codes and laws, besides the labels of the lists.

The reader of spreadsheets takes these words, and the advice on RDF proposes what they name.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from red_catalog import vocabulary
from red_catalog.model.likeness import fold
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY

LICENCES: Final = f"{EU_AUTHORITY}licence"
LAWS: Final = "local:legislation"
"""The laws of the Union, which are in no list."""
ETALAB: Final = "https://spdx.org/licenses/etalab-2.0"
"""The French licence, which the European list lacks."""
ETALAB_LABELS: Final = {"fr": "Licence Ouverte 2.0", "en": "Open Licence 2.0 (Etalab)"}
# Without `be`, `se` and `uk`: where a language is asked for, they are countries rather.
LANGUAGES: Final = {
    "bg": "BUL", "br": "BRE", "bs": "BOS", "ca": "CAT", "co": "COS", "cs": "CES", "da": "DAN",
    "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST", "eu": "EUS", "fi": "FIN",
    "fr": "FRA", "ga": "GLE", "gl": "GLG", "hr": "HRV", "hu": "HUN", "is": "ISL", "it": "ITA",
    "lb": "LTZ", "lt": "LIT", "lv": "LAV", "mk": "MKD", "mt": "MLT", "nl": "NLD", "no": "NOR",
    "oc": "OCI", "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sq": "SQI",
    "sr": "SRP", "sv": "SWE", "tr": "TUR",
}  # fmt: skip
"""What the European list calls the languages of Europe that others write in two letters."""
LAW_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    EHDS_LEGISLATION: ("2025/327", "EHDS", "EEDS", "espace européen des données de santé",
                       "European Health Data Space"),
    "http://data.europa.eu/eli/reg/2016/679/oj": ("2016/679", "RGPD", "GDPR"),
    "http://data.europa.eu/eli/reg/2022/868/oj": ("2022/868", "DGA"),
}  # fmt: skip
"""The laws that are offered, by address."""
_BEFORE_LAWS: Final = tuple(
    f"{said}{union}"
    for said in ("", "règlement ", "le règlement ", "regulation ", "the regulation ")
    for union in ("", "(UE) ", "UE ", "(EU) ", "EU ", "n° ", "(UE) n° ")
)
_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    f"{EU_AUTHORITY}country": {"REU": ("la réunion",)},
    f"{EU_AUTHORITY}frequency": {
        "ANNUAL": ("annuelle", "annuellement", "tous les ans", "chaque année", "1 fois par an",
                   "une fois par an", "yearly", "once a year", "every year"),
        "ANNUAL_2": ("semestrielle", "deux fois par an", "2 fois par an", "tous les six mois",
                     "tous les 6 mois", "chaque semestre", "tous les semestres", "biannuel",
                     "biannuelle", "twice a year"),
        "ANNUAL_3": ("3 fois par an", "tous les quatre mois", "tous les 4 mois"),
        "BIENNIAL": ("biennale", "bisannuel", "bisannuelle", "tous les deux ans",
                     "tous les 2 ans", "every two years"),
        "BIMONTHLY": ("bimestrielle", "tous les deux mois", "tous les 2 mois",
                      "every two months"),
        "BIWEEKLY": ("toutes les deux semaines", "toutes les 2 semaines", "tous les 15 jours",
                     "every two weeks"),
        "CONT": ("continu", "continue", "continuelle", "en continu", "continuous"),
        "DAILY": ("quotidien", "quotidienne", "quotidiennement", "journalier", "journalière",
                  "tous les jours", "chaque jour", "1 fois par jour", "une fois par jour",
                  "every day"),
        "DAILY_2": ("2 fois par jour",),
        "IRREG": ("irrégulière",),
        "MONTHLY": ("mensuelle", "mensuellement", "tous les mois", "chaque mois",
                    "1 fois par mois", "une fois par mois", "once a month", "every month"),
        "MONTHLY_2": ("bimensuelle", "deux fois par mois", "2 fois par mois", "twice a month"),
        "MONTHLY_3": ("3 fois par mois",),
        "QUARTERLY": ("trimestrielle", "tous les trimestres", "chaque trimestre",
                      "4 fois par an", "quatre fois par an", "tous les trois mois",
                      "tous les 3 mois", "every three months"),
        "TRIENNIAL": ("triennale", "tous les trois ans", "tous les 3 ans", "every three years"),
        "WEEKLY": ("hebdomadaire", "toutes les semaines", "chaque semaine",
                   "1 fois par semaine", "une fois par semaine", "once a week", "every week"),
        "WEEKLY_2": ("deux fois par semaine", "2 fois par semaine", "twice a week"),
        "WEEKLY_3": ("3 fois par semaine",),
    },
    LICENCES: {
        "CC0": ("cc-zero", "cc0 1.0"), "CC_BYSA": ("cc-by-sa",), "ODC_BL": ("odbl", "odbl-1.0"),
        ETALAB: ("licence ouverte", "licence ouverte 2.0", "licence ouverte v2.0",
                 "licence ouverte etalab", "licence ouverte / open licence",
                 "licence ouverte / open licence 2.0", "licence ouverte version 2.0",
                 "licence ouverte / open licence version 2.0", "licence ouverte 2.0 (etalab)",
                 "etalab", "etalab-2.0", "fr-lo", "lov2"),
    },
    f"{HEALTH_AUTHORITY}coding-system": {
        "ICD-10": ("cim-10", "cim 10", "cim10", "icd10", "icd 10"),
        "ICD-11": ("cim-11", "cim 11", "cim11"), "ICD-O": ("cim-o", "cim-o-3", "icd-o-3"),
        "ICPC-2": ("cisp-2",), "ICF": ("cif",), "SNOMED-CT": ("snomed", "snomed ct"),
    },
    f"{HEALTH_AUTHORITY}publisher-type": {"inpatient-institute": ("hôpital", "hospital")},
    f"{HEALTH_AUTHORITY}standard": {"FHIR": ("hl7 fhir",), "OMOP-CDM": ("omop",)},
}  # fmt: skip
EXAMPLE_CODES: Final = {
    EU_AUTHORITY + "access-right": "NON_PUBLIC",
    EU_AUTHORITY + "continent": "EUROPE",
    EU_AUTHORITY + "country": "FRA",
    EU_AUTHORITY + "data-theme": "HEAL",
    EU_AUTHORITY + "dataset-type": "STATISTICAL",
    EU_AUTHORITY + "distribution-status": "COMPLETED",
    EU_AUTHORITY + "file-type": "CSV",
    EU_AUTHORITY + "frequency": "ANNUAL",
    EU_AUTHORITY + "language": "FRA",
    EU_AUTHORITY + "licence": "CC_BY_4_0",
    EU_AUTHORITY + "planned-availability": "AVAILABLE",
    HEALTH_AUTHORITY + "coding-system": "ICD-10",
    HEALTH_AUTHORITY + "health-activity": "ROUTINE_RECORDS",
    HEALTH_AUTHORITY + "health-theme": "HEALTH_SYSTEMS",
    HEALTH_AUTHORITY + "healthcategories": "EHRS",
    HEALTH_AUTHORITY + "publisher-type": "gov-public-sector-org",
    HEALTH_AUTHORITY + "standard": "FHIR",
}
"""A common code of each list, to show how one is written."""
_CREATIVE_COMMONS: Final = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/([a-z-]{2,8})|publicdomain/zero)"
    r"/(\d\.\d)(?:/.*)?", re.IGNORECASE,
)  # fmt: skip
_DATA_COMMONS: Final = re.compile(
    r"https?://(?:www\.)?opendatacommons\.org/licenses/(odbl|by|pddl)(?:/.*)?", re.IGNORECASE,
)  # fmt: skip
_DATA_CODES: Final = {"odbl": "ODC_BL", "by": "ODC_BY", "pddl": "ODC_PDDL"}
_ETALAB_PAGES: Final = re.compile(
    r"https?://(?:www\.)?(?:etalab\.gouv\.fr/(?:licence-ouverte|wp-content/.*licence-ouverte)"
    r"|github\.com/etalab/licence-ouverte|spdx\.org/licenses/etalab-2\.0).*", re.IGNORECASE,
)  # fmt: skip


@cache
def of(scheme: str) -> Mapping[str, str]:
    """The codes (IRIs) of a list by the words for them that are none of its labels."""
    if scheme == LAWS:
        return {
            f"{before}{word}": law
            for law, words in LAW_NAMES.items() for word in words for before in _BEFORE_LAWS
        }  # fmt: skip
    return {
        word: code if ":" in code else f"{scheme}/{code}"
        for code, words in _WORDS.get(scheme, {}).items() for word in words
    }  # fmt: skip


def named(scheme: str, written: str) -> str | None:
    """The code (an IRI) of a list that is called so, whatever stands between the letters.

    `scheme`: the IRI of a list, or LAWS. A licence may be given by its page.
    """
    return _index(scheme).get(fold(written)) or (_at(written) if scheme == LICENCES else None)


@cache
def _index(scheme: str) -> dict[str, str]:
    """Codes, labels and other words of a list, folded; what may be two codes is none."""
    found: dict[str, str] = {}
    twice = set()
    for concept in vocabulary.concepts(scheme):
        for name in {fold(concept.code), *map(fold, concept.labels.values())}:
            twice |= {name} if found.setdefault(name, concept.iri) != concept.iri else set()
    alone = {name: code for name, code in found.items() if name and name not in twice}
    return alone | {fold(word): code for word, code in of(scheme).items()}


def _at(address: str) -> str | None:
    """The licence whose page this is."""
    if _ETALAB_PAGES.fullmatch(address):
        return ETALAB
    if match := _DATA_COMMONS.fullmatch(address):
        return f"{LICENCES}/{_DATA_CODES[match[1].lower()]}"
    if match := _CREATIVE_COMMONS.fullmatch(address):
        kind = (match[1] or "").replace("-", "").upper()
        code = f"CC_{kind}_{match[2].replace('.', '_')}" if kind else "CC0"
        found = f"{LICENCES}/{code}"
        return found if vocabulary.labels(found) else None
    return None
