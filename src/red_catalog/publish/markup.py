"""Values of the graph as HTML in one language; every text is escaped here or by Jinja."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from red_catalog.namespaces import PREFIXES
from red_catalog.publish import links, properties
from red_catalog.publish.graph import Row, Span, Thing, Value, Words
from red_catalog.publish.languages import Language, language

XSD: Final = PREFIXES["xsd"]
# Characters that reorder or hide the text around them, and those that HTML forbids.
_UNSAFE: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DURATION: Final = re.compile(r"P(\d+)([YMWD])")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_NUMBERS: Final = frozenset(
    f"{XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger",
                                "short", "unsignedInt", "unsignedLong", "decimal", "double")
)  # fmt: skip
_DATES: Final = frozenset(f"{XSD}{n}" for n in ("date", "dateTime", "gYear", "gYearMonth"))
_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_SIZE: Final = f"{PREFIXES['dcat']}byteSize"


def clean(text: str) -> str:
    """The text without the characters that could disturb what stands around it."""
    return _UNSAFE.sub("", text)


def choose(names: Sequence[Words], code: str) -> Words | None:
    """The name in this language, else in no language, else in the other one, else any."""
    wanted = (code, None, "en" if code == "fr" else "fr")
    for one in wanted:
        for name in names:
            if name.language is None and one is None:
                return name
            if name.language is not None and name.language.split("-")[0].lower() == one:
                return name
    return names[0] if names else None


def readable(values: Iterable[Value], code: str) -> list[Value]:
    """The values without the translations that the page in the other language shows."""
    values = list(values)
    spoken = {v.language[:2] for v in values if isinstance(v, Words) and v.language}
    if code not in spoken:
        return values
    other = "en" if code == "fr" else "fr"
    return [
        v for v in values if not (isinstance(v, Words) and v.language and v.language[:2] == other)
    ]


class Writer:
    """Writes values in one language."""

    def __init__(self, spoken: Language) -> None:
        self.spoken = spoken

    def missing(self) -> Markup:
        """What stands for a value that was not given."""
        return Markup('<span class="missing">%s</span>') % self.spoken.gettext("Not given")

    def text(self, words: Words) -> Markup:
        """A literal with its language, kept apart from the direction of its surroundings."""
        text = clean(words.text)
        if words.language is None:
            return Markup('<bdi lang="">%s</bdi>') % text
        tag = words.language if _TAG.fullmatch(words.language) else ""
        mark = ""
        if tag and not tag.startswith(self.spoken.code):
            mark = Markup(' <span class="tongue" title="%s">%s</span>') % (
                self.spoken.gettext("Language of this text"), tag,
            )  # fmt: skip
        return Markup('<bdi lang="%s">%s</bdi>%s') % (tag, text, mark)

    def paragraphs(self, words: Words) -> Markup:
        """A long literal, its blank lines kept as paragraphs."""
        tag = words.language if words.language and _TAG.fullmatch(words.language) else ""
        parts = (p.strip() for p in re.split(r"\n\s*\n", clean(words.text)))
        body = Markup("").join(
            Markup("<p>%s</p>") % Markup("<br>").join(p.split("\n")) for p in parts if p
        )
        return Markup('<div class="prose" lang="%s" dir="auto">%s</div>') % (tag, body)

    def literal(self, words: Words, about: str = "") -> Markup:
        """A literal as its datatype asks: numbers, days, lengths, yes or no, words."""
        lexical = words.text.strip()
        if words.datatype in _NUMBERS:
            return self._number(words, lexical, about)
        if words.datatype in _DATES:
            return self.day(words)
        if words.datatype == f"{XSD}boolean" and lexical in {"true", "1", "false", "0"}:
            said = lexical in {"true", "1"}
            return escape(self.spoken.gettext("Yes") if said else self.spoken.gettext("No"))
        return self._duration(words, lexical) or self._address(words, lexical) or self.text(words)

    def day(self, words: Words) -> Markup:
        """A date as people write it; its lexical form where it is no date."""
        shown = _day(words.text.strip(), self.spoken.code)
        if shown is None:
            return self.text(words)
        return Markup('<time datetime="%s">%s</time>') % (words.text.strip(), shown)

    def span(self, span: Span) -> Markup:
        """A period: from one day to another."""
        start, end = (self.day(one) if one else None for one in (span.start, span.end))
        if start and end:
            sentence = self.spoken.gettext("%(start)s – %(end)s", start="{start}", end="{end}")
            return _fill(sentence, start=start, end=end)
        if start:
            return _fill(self.spoken.gettext("since %(day)s", day="{day}"), day=start)
        return _fill(self.spoken.gettext("until %(day)s", day="{day}"), day=end or Markup(""))

    def link(self, iri: str, shown: str | Markup | None = None) -> Markup:
        """A link where the address is safe, else the bare text of it."""
        address = links.safe(iri)
        if shown is None:
            shown = Markup('<bdi class="iri">%s</bdi>') % clean(_short(iri))
        if address is None:
            return Markup("<span>%s</span>") % shown
        return Markup('<a href="%s" rel="nofollow">%s</a>') % (address, shown)

    def name(self, thing: Thing) -> Markup | None:
        """What a resource is called, None where it has no name."""
        if thing.label:
            return escape(clean(self.spoken.pick(thing.label)))
        chosen = choose(thing.names, self.spoken.code)
        return None if chosen is None else self.text(chosen)

    def thing(self, thing: Thing) -> Markup:
        """A resource: its name, linked where it may be, and what is said of it below."""
        called = self.name(thing)
        if thing.label and thing.iri:
            head = self.code(thing)
        elif thing.iri:
            head = self.link(thing.iri, called)
        else:
            head = called or Markup("")
        if not thing.rows:
            return head or self.missing()
        return Markup('<div class="thing">%s%s</div>') % (
            Markup('<p class="thing-name">%s</p>') % head if head else "",
            self.rows(thing.rows),
        )

    def code(self, thing: Thing) -> Markup:
        """A term of a code list: its label, its IRI as title and link."""
        assert thing.label is not None
        label = clean(self.spoken.pick(thing.label))
        address = links.safe(thing.iri or "")
        if address is None:
            return escape(label)
        return Markup('<a class="code" href="%s" title="%s" rel="nofollow">%s</a>') % (
            address, thing.iri, label,
        )  # fmt: skip

    def value(self, value: Value, about: str = "") -> Markup:
        """Any value. `about` is the IRI of the property it belongs to."""
        if isinstance(value, Words):
            return self.literal(value, about)
        return self.span(value) if isinstance(value, Span) else self.thing(value)

    def values(self, row: Row) -> Markup:
        """All values of a row, several as a list."""
        shown = readable(row.values, self.spoken.code)
        if not shown:
            return self.missing()
        if len(shown) == 1:
            only = shown[0]
            if isinstance(only, Words) and len(only.text) > 200 and only.language:
                return self.paragraphs(only)
            return self.value(only, row.property)
        items = (Markup("<li>%s</li>") % self.value(one, row.property) for one in shown)
        return Markup('<ul class="values">%s</ul>') % Markup("").join(items)

    def several(self, values: Sequence[Value]) -> Markup:
        """Short values side by side, for the cell of a table."""
        return Markup(", ").join(self.value(one) for one in self.readable(values))

    def every(self, row: Row) -> Markup:
        """All values of a row, whatever their language."""
        return Markup("<br>").join(self.value(one, row.property) for one in row.values)

    def readable(self, values: Iterable[Value]) -> list[Value]:
        """The values without the translations that the other language's page shows."""
        return readable(values, self.spoken.code)

    def rows(self, rows: Iterable[Row]) -> Markup:
        """Rows of properties and values as a description list."""
        body = Markup("").join(
            Markup('<div><dt title="%s">%s</dt><dd>%s</dd></div>')
            % (
                properties.compact(row.property),
                clean(properties.name(row.property, self.spoken.code)),
                self.values(row),
            )
            for row in rows
        )
        return Markup('<dl class="fields">%s</dl>') % body if body else Markup("")

    def _duration(self, words: Words, lexical: str) -> Markup | None:
        match = _DURATION.fullmatch(lexical) if words.datatype == f"{XSD}duration" else None
        if match is None or len(match[1]) > 9:
            return None
        return escape(self.spoken.duration(int(match[1]), _UNITS[match[2]]))

    def _address(self, words: Words, lexical: str) -> Markup | None:
        if words.datatype == f"{XSD}anyURI":
            return self.link(lexical)
        if words.language is None and _EMAIL.fullmatch(lexical):
            return self.link(f"mailto:{lexical}")
        return None

    def _number(self, words: Words, lexical: str, about: str) -> Markup:
        if not _WHOLE.fullmatch(lexical):
            return self.text(words)
        number = int(lexical)
        if about == _SIZE:
            return escape(self.spoken.size(number))
        return Markup('<data value="%s">%s</data>') % (number, self.spoken.number(number))


@cache
def writer(code: str) -> Writer:
    """The writer of a language."""
    return Writer(language(code))


@cache
def _day(lexical: str, code: str) -> str | None:
    spoken = language(code)
    try:
        if re.fullmatch(r"\d{4}", lexical):
            return lexical
        if re.fullmatch(r"\d{4}-\d\d", lexical):
            return spoken.month(date.fromisoformat(f"{lexical}-01"))
        if "T" in lexical:
            return spoken.date(datetime.fromisoformat(lexical).date())
        return spoken.date(date.fromisoformat(lexical[:10]))
    except ValueError:
        return None


def _fill(sentence: str, **parts: Markup) -> Markup:
    filled = str(escape(sentence))
    for name, part in parts.items():
        filled = filled.replace("{" + name + "}", str(part))
    return Markup(filled)  # noqa: S704 - the sentence is escaped and the parts are markup


def _short(iri: str) -> str:
    text = iri.removeprefix("mailto:").removeprefix("tel:")
    return text if len(text) <= 120 else f"{text[:80]}…{text[-30:]}"
