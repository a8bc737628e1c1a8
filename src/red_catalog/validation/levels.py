"""The access level of a dataset, which chooses its shapes."""

from typing import Final

from red_catalog.model import Level, Text
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.validation.rules.description import Description

_ACCESS_RIGHTS: Final = term("dct:accessRights")
_LEVELS: Final = {f"<{EU_AUTHORITY}access-right/{level}>": level for level in Level}
_ABSENT: Final = {
    "fr": "Sans niveau d'accès : contrôlé comme un jeu de données non public.",
    "en": "Without an access level: checked as a non-public dataset.",
}
_SEVERAL: Final = {
    "fr": "Plusieurs niveaux d'accès : contrôlé comme un jeu de données non public.",
    "en": "Several access levels: checked as a non-public dataset.",
}
_UNKNOWN: Final = {
    "fr": "Niveau d'accès inconnu : contrôlé comme un jeu de données non public.",
    "en": "Unknown access level: checked as a non-public dataset.",
}


def level(description: Description) -> tuple[Level, Text | None]:
    """The level of a dataset; and why it is NON_PUBLIC, where the dataset does not say so."""
    rights = set(description.objects(description.iri, _ACCESS_RIGHTS))
    if len(rights) > 1:
        return Level.NON_PUBLIC, _SEVERAL
    if not rights:
        return Level.NON_PUBLIC, _ABSENT
    known = _LEVELS.get(rights.pop())
    return (known, None) if known else (Level.NON_PUBLIC, _UNKNOWN)
