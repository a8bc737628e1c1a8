"""Declarations that contradict what is described."""

from collections.abc import Iterable

from red_catalog.ehds import categories
from red_catalog.model import Holder, Text


def clashes(holder: Holder, declared: Iterable[str]) -> list[Text]:
    """A sentence for each category of which it declared none, and describes some."""
    found: list[Text] = []
    for code in sorted(set(declared) & set(holder.holds_none), key=categories.LETTERS.__getitem__):
        letter, name = categories.LETTERS[code], categories.name(code)
        found.append(
            {
                "fr": f"{holder.name['fr']} déclare ne détenir aucune donnée de la catégorie "
                f"{letter}) {name['fr']}, et en décrit : corrigez la déclaration (holds_none) ou "
                "la description.",
                "en": f"{holder.name['en']} declares that it has no data of category ({letter}) "
                f"{name['en']}, and describes some: correct the declaration (holds_none) or the "
                "description.",
            }
        )
    return found
