"""What a column of the template is: everything else is derived from these."""

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("fr", "en")
LEVELS: Final = ("PUBLIC", "RESTRICTED", "NON_PUBLIC")
OTHER: Final = {"fr": "en", "en": "fr"}
# What a heading has behind it where its texts are in the other language.
SUFFIXES: Final = {"fr": {"en": "(anglais)"}, "en": {"fr": "(French)"}}
_NEEDS: Final = {"M": "mandatory", "R": "recommended", "-": "optional"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: pairs of texts are French and English.

    `kind` is what its cells hold (see `values`), `property` what they say, and `node` the
    class of what they name. `needs` has a letter for each access level, from public to
    non-public: M mandatory, R recommended, - optional. `lists` are the code lists whose
    labels and codes are understood; `many`: a cell may hold several values; `translated`: a
    second column takes the text in the other language. `counted`: of what it is a number, with
    how another measure is told in it.
    """

    key: str
    headings: tuple[str, str]
    kind: str
    property: str
    needs: str
    help: tuple[str, str]
    examples: tuple[str, str]
    node: str = ""
    lists: tuple[str, ...] = ()
    many: bool = False
    translated: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 24
    counted: tuple[str, str] = ("", "")

    def heading(self, language: str) -> str:
        """What the template calls it."""
        return self.headings[LANGUAGES.index(language)]

    def other_heading(self, language: str) -> str:
        """What the template calls the column of its translations."""
        suffix = SUFFIXES[language][OTHER[language]]
        return f"{self.heading(language)} {suffix}"

    def explain(self, language: str) -> str:
        """What to write in it."""
        return self.help[LANGUAGES.index(language)]

    def example(self, language: str) -> str:
        """What somebody might write in it."""
        return self.examples[LANGUAGES.index(language)]

    def need(self, level: str) -> str:
        """mandatory, recommended or optional at an access level."""
        return _NEEDS[self.needs[LEVELS.index(level)]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the template; `key` names it in files of CSV as well."""

    key: str
    names: tuple[str, str]
    about: tuple[str, str]
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """What the template calls it."""
        return self.names[LANGUAGES.index(language)]

    def column(self, key: str) -> Column:
        """One of its columns. Raises KeyError for an unknown key."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)
