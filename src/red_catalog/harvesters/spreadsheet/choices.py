"""Code lists as people meet them: a label to choose, and whatever they write understood."""

import re
from functools import cache
from typing import Final, NamedTuple

from red_catalog import vocabulary
from red_catalog.ehds import categories, terms
from red_catalog.harvesters.access import recognise
from red_catalog.harvesters.mapping import codes
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY


class Choice(NamedTuple):
    """A code with its French and English name; `value` is its IRI, or itself where it has none."""

    value: str
    code: str
    labels: tuple[str, str]


_LAWS: Final = {
    EHDS_LEGISLATION: ("2025/327", "EHDS", "EEDS", "espace européen des données de santé",
                       "European Health Data Space"),
    "http://data.europa.eu/eli/reg/2016/679/oj": ("2016/679", "RGPD", "GDPR"),
    "http://data.europa.eu/eli/reg/2022/868/oj": ("2022/868", "DGA"),
}  # fmt: skip
_BEFORE_LAWS: Final = tuple(
    f"{said}{union}"
    for said in ("", "règlement ", "le règlement ", "regulation ", "the regulation ")
    for union in ("", "(UE) ", "UE ", "(EU) ", "EU ", "n° ", "(UE) n° ")
)
_CATEGORIES: Final = f"{HEALTH_AUTHORITY}healthcategories"
_LOCAL: Final = {
    "local:role": (
        ("dcat:distribution", "distribution", ("distribution", "distribution")),
        ("adms:sample", "sample", ("échantillon", "sample")),
        ("healthdcatap:analytics", "analytics", ("analyse", "analytics")),
    ),
    "local:boolean": (
        ("true", "true", ("oui", "yes")),
        ("false", "false", ("non", "no")),
    ),
    "local:licence": (
        ("https://spdx.org/licenses/etalab-2.0", "etalab-2.0",
         ("Licence Ouverte 2.0", "Open Licence 2.0 (Etalab)")),
    ),
    "local:datatype": (
        ("string", "string", ("texte", "text")),
        ("integer", "integer", ("entier", "integer")),
        ("decimal", "decimal", ("décimal", "decimal")),
        ("boolean", "boolean", ("booléen", "boolean")),
        ("date", "date", ("date", "date")),
        ("dateTime", "dateTime", ("date et heure", "date and time")),
        ("time", "time", ("heure", "time")),
        ("gYear", "gYear", ("année", "year")),
        ("duration", "duration", ("durée", "duration")),
        ("anyURI", "anyURI", ("adresse web", "web address")),
    ),
}  # fmt: skip
_HOW_OFTEN: Final = {
    "ANNUAL": ("annuelle", "annuellement", "tous les ans", "chaque année", "1 fois par an",
               "une fois par an", "yearly", "once a year", "every year"),
    "ANNUAL_2": ("semestrielle", "deux fois par an", "2 fois par an", "tous les six mois",
                 "tous les 6 mois", "chaque semestre", "tous les semestres", "biannuel",
                 "biannuelle", "twice a year"),
    "ANNUAL_3": ("3 fois par an", "tous les quatre mois", "tous les 4 mois"),
    "BIENNIAL": ("biennale", "bisannuel", "bisannuelle", "tous les deux ans", "tous les 2 ans",
                 "every two years"),
    "BIMONTHLY": ("bimestrielle", "tous les deux mois", "tous les 2 mois", "every two months"),
    "BIWEEKLY": ("toutes les deux semaines", "toutes les 2 semaines", "tous les 15 jours",
                 "every two weeks"),
    "CONT": ("continu", "continue", "continuelle", "en continu"),
    "DAILY": ("quotidienne", "quotidiennement", "journalier", "journalière", "tous les jours",
              "chaque jour", "1 fois par jour", "une fois par jour", "every day"),
    "DAILY_2": ("2 fois par jour",),
    "IRREG": ("irrégulière",),
    "MONTHLY": ("mensuelle", "mensuellement", "tous les mois", "chaque mois", "1 fois par mois",
                "une fois par mois", "once a month", "every month"),
    "MONTHLY_2": ("bimensuelle", "deux fois par mois", "2 fois par mois", "twice a month"),
    "MONTHLY_3": ("3 fois par mois",),
    "QUARTERLY": ("trimestrielle", "tous les trimestres", "chaque trimestre", "4 fois par an",
                  "quatre fois par an", "tous les trois mois", "tous les 3 mois",
                  "every three months"),
    "TRIENNIAL": ("triennale", "tous les trois ans", "tous les 3 ans", "every three years"),
    "WEEKLY": ("toutes les semaines", "chaque semaine", "1 fois par semaine",
               "une fois par semaine", "once a week", "every week"),
    "WEEKLY_2": ("deux fois par semaine", "2 fois par semaine", "twice a week"),
    "WEEKLY_3": ("3 fois par semaine",),
}  # fmt: skip
_WORDS: Final = {
    "local:legislation": {
        f"{before}{word}": law
        for law, words in _LAWS.items() for word in words for before in _BEFORE_LAWS
    },
    _CATEGORIES: {
        word: code
        for code, letter in categories.LETTERS.items()
        for word in (letter, f"{letter})", f"({letter})")
    },
    f"{EU_AUTHORITY}access-right": {
        "publique": "PUBLIC", "restreinte": "RESTRICTED", "non publique": "NON_PUBLIC",
        "non-publique": "NON_PUBLIC",
    },
    f"{EU_AUTHORITY}country": {"la réunion": "REU"},
    f"{EU_AUTHORITY}frequency": {
        word: code for code, words in _HOW_OFTEN.items() for word in words
    },
    f"{HEALTH_AUTHORITY}coding-system": {
        "cim-10": "ICD-10", "cim 10": "ICD-10", "cim10": "ICD-10", "icd10": "ICD-10",
        "icd 10": "ICD-10", "cim-11": "ICD-11", "cim 11": "ICD-11", "cim11": "ICD-11",
        "cim-o": "ICD-O", "cim-o-3": "ICD-O", "cisp-2": "ICPC-2", "cif": "ICF",
        "snomed": "SNOMED-CT", "snomed ct": "SNOMED-CT",
    },
    "local:boolean": {"vrai": "true", "faux": "false", "1": "true", "0": "false", "x": "true"},
    "local:datatype": {
        "chaine": "string", "chaine de caracteres": "string", "nombre": "decimal",
        "numerique": "decimal", "reel": "decimal", "float": "decimal", "double": "decimal",
        "int": "integer", "nombre entier": "integer", "varchar": "string", "char": "string",
        "bool": "boolean", "datetime": "dateTime", "horodatage": "dateTime",
        "timestamp": "dateTime", "year": "gYear", "uri": "anyURI", "url": "anyURI",
        "categorie": "string", "code": "string",
    },
}  # fmt: skip
_RIGHTS: Final = f"{EU_AUTHORITY}access-right"
_LEVELS: Final = frozenset({"PUBLIC", "RESTRICTED", "NON_PUBLIC"})
# What the European lists hold for their own upkeep.
_PROVISIONAL: Final = "OP_DATPRO"
_BRACKETED: Final = re.compile(r".*\[([^\[\]]+)\]")
_ADDRESSED: Final = re.compile(r".*\((https?://[^\s()]+)\)")
# By the template that is “non public”, by other catalogues “restricted”.
_UNSURE: Final = frozenset({"acces sur autorisation", "acces soumis a autorisation"})


def plain(text: str) -> str:
    """The text as people compare it: no case, accents, kinds of apostrophes or runs of blanks."""
    return " ".join(unaccent(text.replace("’", "'")).casefold().split())


@cache
def choices(name: str) -> tuple[Choice, ...]:
    """What a list offers: one of the European and health lists, or one of our own."""
    if name == "local:legislation":
        named = {law: vocabulary.labels(law) for law in _LAWS}
        return tuple(
            Choice(law, law, (text["fr"], text["en"])) for law, text in named.items() if text
        )
    if ours := terms.codes(name):
        return tuple(
            Choice(f"{terms.NAMESPACE}{t.name}", t.code, (t.label["fr"], t.label["en"]))
            for t in ours
        )
    if name in _LOCAL:
        return tuple(Choice(*one) for one in _LOCAL[name])
    return tuple(
        Choice(c.iri.replace("/dpv/pd#", "/dpv/dpv-pd#"), c.code, (c.labels["fr"], c.labels["en"]))
        for c in vocabulary.concepts(name)
        if c.code != _PROVISIONAL and (name != _RIGHTS or c.code in _LEVELS)
    )


@cache
def offered(name: str) -> tuple[Choice, ...]:
    """What a list has to choose from: no mere groups, and categories in the order of the law."""
    found = (one for one in choices(name) if one.value not in vocabulary.groups(name))
    return tuple(sorted(found, key=lambda one: categories.letter(one.value) or ""))


def _letter(choice: Choice) -> Choice:
    """The same, named with the letter that it has in the law."""
    letter, (fr, en) = categories.letter(choice.value), choice.labels
    return choice._replace(labels=(f"{letter}) {fr}", f"({letter}) {en}")) if letter else choice


def labels(lists: tuple[str, ...], language: str) -> list[str]:
    """What a drop-down shows, in order; a name that two codes share is shown with its code."""
    at = 0 if language == "fr" else 1
    every = [_letter(choice) for name in lists for choice in offered(name)]
    names = [plain(choice.labels[at]) for choice in every]
    shown = [
        choice.labels[at] if names.count(name) == 1 else f"{choice.labels[at]} [{choice.code}]"
        for choice, name in zip(every, names, strict=True)
    ]
    if any(name.startswith("local:") for name in lists[:1]):
        return shown
    return sorted(shown, key=plain)


def understand(lists: tuple[str, ...], written: str) -> str | None:
    """The value that a text names: by label, code, usual word or address; None for no such."""
    for form in (_BRACKETED, _ADDRESSED):
        if match := form.fullmatch(written.strip()):
            written = match[1]
    for name in lists:
        if found := _index(name).get(plain(written)):
            return found
    if _RIGHTS in lists:
        level = None if plain(written).strip(" .;") in _UNSURE else recognise(written)
        return f"{_RIGHTS}/{level}" if level else None
    return codes.find_code(lists, written) or codes.expand(written.strip())


@cache
def names_of(lists: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Everything that these lists call the codes they offer, with the labels of each."""
    return {
        plain(text): choice.labels
        for name in lists
        for choice in offered(name)
        for text in (choice.code, *choice.labels)
    }


@cache
def _index(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in choices(name):
        for text in (choice.value, choice.code, *choice.labels):
            found.setdefault(plain(text), choice.value)
    for choice in choices(name):
        found[plain(choice.code)] = choice.value
    for choice in choices(name):
        for text in _letter(choice).labels:
            found.setdefault(plain(text), choice.value)
    coded = {choice.code: choice.value for choice in choices(name)}
    return found | {plain(word): coded[code] for word, code in _WORDS.get(name, {}).items()}
