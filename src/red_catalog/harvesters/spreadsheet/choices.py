"""Code lists as people meet them: a label to choose, and whatever they write understood."""

import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from red_catalog import vocabulary
from red_catalog.ehds import categories, terms
from red_catalog.harvesters.access import recognise
from red_catalog.harvesters.mapping import codes
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.vocabulary import words


class Choice(NamedTuple):
    """A code with its French and English name; `value` is its IRI, or itself where it has none."""

    value: str
    code: str
    labels: tuple[str, str]


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
        (words.ETALAB, "etalab-2.0", (words.ETALAB_LABELS["fr"], words.ETALAB_LABELS["en"])),
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
_WORDS: Final = {
    _CATEGORIES: {
        word: code
        for code, letter in categories.LETTERS.items()
        for word in (letter, f"{letter})", f"({letter})")
    },
    f"{EU_AUTHORITY}access-right": {
        "publique": "PUBLIC", "restreinte": "RESTRICTED", "non publique": "NON_PUBLIC",
        "non-publique": "NON_PUBLIC",
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
        named = {law: vocabulary.labels(law) for law in words.LAW_NAMES}
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


@cache
def options(lists: tuple[str, ...], language: str) -> tuple[tuple[str, str], ...]:
    """What there is to choose: each value and its name, with its code where two share that."""
    at = 0 if language == "fr" else 1
    every = [_letter(choice) for name in lists for choice in offered(name)]
    names = Counter(plain(choice.labels[at]) for choice in every)
    return tuple(
        (one.value, name if names[plain(name)] == 1 else f"{name} [{one.code}]")
        for one in every
        for name in (one.labels[at],)
    )


def labels(lists: tuple[str, ...], language: str) -> list[str]:
    """What a drop-down shows, in order."""
    shown = [name for _, name in options(lists, language)]
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
    found |= {plain(word): coded[code] for word, code in _WORDS.get(name, {}).items()}
    return found | {plain(word): code for word, code in words.of(name).items()}
