"""Our own words, dates and numbers in the two languages of the site."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from markupsafe import Markup

from red_catalog.model import Text, tongue
from red_catalog.model.spelling import typeset

CODES: Final = ("fr", "en")
LOCALES: Final = Path(__file__).parent / "locale"

# Days come before months in both.
_REGIONS: Final = {"fr": "fr_FR", "en": "en_GB"}

_PARAGRAPH: Final = re.compile(r"\(([0-9]+)\)")
_POINT: Final = re.compile(r"\(([a-z])\)")

Message = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: `fr` or `en`."""

    code: str
    locale: Locale
    messages: Mapping[str, Message]

    def gettext(self, message: str, **values: object) -> str:
        """The sentence in this language, `%(name)s` filled from `values`."""
        found = self.messages[message]
        text = found if isinstance(found, str) else found[0]
        return text % values if values else text

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """The sentence for this number, which is also `%(n)s` in it, written by locale."""
        found = self.messages[one]
        forms = (one, many) if isinstance(found, str) else found
        plural = number > 1 if self.code == "fr" else number != 1
        return forms[plural] % {"n": self.number(number), **values}

    @property
    def colon(self) -> str:
        """The sign with the space before it that the language asks for."""
        return "\u00a0:" if self.code == "fr" else ":"

    @property
    def semicolon(self) -> str:
        """The same for the semicolon."""
        return "\u00a0;" if self.code == "fr" else ";"

    def letter(self, one: str) -> str:
        """A letter of the law as a sentence cites it: (a), in French a)."""
        return f"{one})" if self.code == "fr" else f"({one})"

    def article(self, cited: str) -> str:
        """An article as a sentence cites it: `60(3)`, in French 60, paragraphe 3."""
        if self.code != "fr":
            return cited
        return _POINT.sub(r", point \1)", _PARAGRAPH.sub(r", paragraphe \1", cited))

    def pick(self, text: Text) -> str:
        """The sentence in this language, of a text that has both."""
        return text[self.code]

    def tongue(self, text: Text) -> Markup:
        """The attribute of an element that shows a text in another language than the page's."""
        shown = tongue(text, self.code)
        return Markup() if shown == self.code else Markup(' lang="%s"') % shown

    def typeset(self, text: Text) -> str:
        """The same as pages print it: never for code, tables and what machines read."""
        return _typeset(text["fr"]) if self.code == "fr" else text[self.code]

    def number(self, value: object) -> str:
        """A number with the separators of the locale."""
        return _number(value, self.code)

    def date(self, value: dt.date) -> str:
        """A day: 23 novembre 2026."""
        return _date(value, self.code)

    def month(self, value: dt.date) -> str:
        """A month: novembre 2026."""
        return format_date(value, "MMMM y", locale=self.locale)

    def moment(self, value: dt.datetime) -> str:
        """A day and an hour, in universal time."""
        value = value.astimezone(dt.UTC)
        hour = format_time(value, "short", tzinfo=dt.UTC, locale=self.locale)
        return f"{self.date(value.date())}, {hour} UTC"

    def size(self, number: int) -> str:
        """A number of bytes in the unit people would use."""
        return _size(number, self.code)

    def percent(self, share: float) -> str:
        """A share of 1: 42 %; nothing and all are told of these alone."""
        part = min(max(share, 0.01), 0.99) if 0 < share < 1 else share
        return str(format_percent(part, locale=self.locale))

    def duration(self, number: int | Decimal, unit: str) -> str:
        """A length of time: `(3, "month")` → 3 mois."""
        name, form = f"duration-{unit}", "#,##0.#########"
        return str(format_unit(number, name, "long", format=form, locale=self.locale))

    def series(self, parts: list[str]) -> str:
        """The parts of one length of time together."""
        return str(format_list(parts, "unit", self.locale))


_typeset = lru_cache(10_000)(typeset)


@lru_cache(10_000)
def _date(value: dt.date, code: str) -> str:
    written = format_date(value, "long", locale=language(code).locale)
    # CLDR leaves out the ordinal that French wants on the first of the month.
    return f"1er{written[1:]}" if code == "fr" and value.day == 1 else written


@lru_cache(10_000)
def _size(number: int, code: str) -> str:
    unit, amount = "byte", float(number)
    for larger in ("kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"):
        if round(amount, 1) < 1000:
            break
        unit, amount = larger, amount / 1000
    shown = round(amount, 1) if unit != "byte" else number
    return str(format_unit(shown, f"digital-{unit}", "short", locale=language(code).locale))


@lru_cache(10_000)
def _number(value: object, code: str) -> str:
    rounded = not isinstance(value, Decimal)
    locale = language(code).locale
    return str(format_decimal(value, locale=locale, decimal_quantization=rounded))  # type: ignore[arg-type]


def tag(letters: str) -> str:
    """The tag of a language by its three letters: `FRA` → `fr`."""
    known: Mapping[str, str] = get_global("language_aliases")
    return known.get(letters.lower(), letters.lower()).replace("_", "-")


@cache
def language(code: str) -> Language:
    """The language of this code, read from its catalogue of messages."""
    with (LOCALES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    messages: dict[str, Message] = {}
    for message in catalogue:
        if message.id:
            one = message.id[0] if isinstance(message.id, tuple | list) else message.id
            said = message.string
            forms = tuple(said) if isinstance(said, tuple | list) else (said or "",)
            if code == "fr":
                forms = tuple(map(typeset, forms))
            messages[one] = forms if len(forms) > 1 else forms[0]
    return Language(code, Locale.parse(_REGIONS[code]), messages)
