"""Values of the graph as HTML in one language; every text is escaped here or by Jinja."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape as escape_plain
from typing import Final

from markupsafe import Markup, escape

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.namespaces import PREFIXES
from red_catalog.publish.record import properties
from red_catalog.publish.record.graph import Row, Span, Thing, Value, Words, borrowed
from red_catalog.publish.record.ordering import natural
from red_catalog.publish.web import links, quantities
from red_catalog.publish.web.languages import Language, language
from red_catalog.publish.web.texts import choose, clean, readable, shorten_address

XSD: Final = PREFIXES["xsd"]
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_NUMBERS: Final = frozenset(
    f"{XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger",
                                "short", "unsignedInt", "unsignedLong", "decimal", "double",
                                "float")
)  # fmt: skip
_DATES: Final = frozenset(f"{XSD}{n}" for n in ("date", "dateTime", "gYear", "gYearMonth"))
_LENGTHS: Final = frozenset(
    f"{XSD}{name}" for name in ("duration", "dayTimeDuration", "yearMonthDuration")
)
_BRIEF: Final = 240  # characters of a value in a table of changes
_SIZE: Final = f"{PREFIXES['dcat']}byteSize"


class Writer:
    """Writes values in one language."""

    def __init__(self, spoken: Language) -> None:
        self.spoken = spoken

    def missing(self) -> Markup:
        """What stands for a value that was not given."""
        return Markup('<span class="missing">%s</span>') % self.spoken.gettext("Not given")

    def elsewhere(self) -> Markup:
        """What stands for a resource without a name that is told in another place."""
        said = self.spoken.gettext("Details elsewhere on this page")
        return Markup('<span class="missing">%s</span>') % said

    def text(self, words: Words) -> Markup:
        """A literal with its language, kept apart from the direction of its surroundings."""
        text = clean(words.text)
        if words.language is None:
            return _html(f'<bdi lang="">{_quoted(text)}</bdi>')
        tag = words.language if _TAG.fullmatch(words.language) else ""
        return _html(f'<bdi lang="{tag}">{_quoted(text)}</bdi>{self._tongue(tag)}')

    def paragraphs(self, words: Words) -> Markup:
        """A long literal, its blank lines kept as paragraphs."""
        tag = words.language if words.language and _TAG.fullmatch(words.language) else ""
        parts = (p.strip() for p in re.split(r"\n\s*\n", clean(words.text)))
        body = "".join(f"<p>{_quoted(p).replace(chr(10), '<br>')}</p>" for p in parts if p)
        return _html(f'<div class="prose" lang="{tag}" dir="auto">{body}{self._tongue(tag)}</div>')

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
        shown = quantities.day(words.text.strip(), self.spoken.code)
        if shown is None:
            return self.text(words)
        lexical = _quoted(words.text.strip())
        return _html(f'<time datetime="{lexical}">{_quoted(shown)}</time>')

    def span(self, span: Span) -> Markup:
        """A period: from one day to another, or one day."""
        if span.start and span.start == span.end:
            return self.day(span.start)
        start, end = (self.day(one) if one else None for one in (span.start, span.end))
        if start and end:
            sentence = self.spoken.gettext("%(start)s – %(end)s", start="{start}", end="{end}")
            return _fill(sentence, start=start, end=end)
        return self._open(span, start or end or Markup(""))

    def _open(self, span: Span, shown: Markup) -> Markup:
        """A period of which one end is known: French has an article before a day alone."""
        _ = self.spoken.gettext
        one = span.start or span.end
        told = quantities.stated(one.text.strip()) if one else None
        if told is None:
            return shown
        if len(told) < len("2026-11-28"):
            month = "{month}"
            sentence = (
                _("since %(month)s", month=month)
                if span.start
                else _("until %(month)s", month=month)
            )
            return _fill(sentence, month=shown)
        day = "{day}"
        sentence = _("since %(day)s", day=day) if span.start else _("until %(day)s", day=day)
        return _fill(sentence, day=shown)

    def link(self, iri: str, shown: str | Markup | None = None) -> Markup:
        """A link where the address is safe, else the bare text of it."""
        address = links.safe(iri)
        # Print writes addresses behind links, but for those whose text is one.
        bare = ' class="bare"' if shown is None else ""
        if shown is None:
            shown = _bare(iri)
        if address is None:
            return _html(f"<span>{escape(shown)}</span>")
        return _html(f'<a{bare} href="{_quoted(address)}" rel="nofollow">{escape(shown)}</a>')

    def name(self, thing: Thing) -> Markup | None:
        """What a resource is called, None where it has no name."""
        if thing.label:
            return escape(self.label(thing.iri or "", thing.label))
        chosen = choose(thing.names, self.spoken.code)
        return None if chosen is None else self.text(chosen)

    def thing(self, thing: Thing) -> Markup:
        """A resource: its name, linked where it may be, and what is said of it below."""
        called = self.name(thing)
        if thing.label and thing.iri:
            head = self.code(thing)
        elif thing.iri and thing.page:
            shown = called or _bare(thing.iri)
            head = _html(f'<a href="{_quoted(thing.page[self.spoken.code])}">{shown}</a>')
        elif thing.iri:
            head = self.link(thing.iri, called)
        else:
            head = called or Markup("")
        if not thing.rows:
            return head or (self.elsewhere() if thing.elsewhere else self.missing())
        named = f'<p class="thing-name">{escape(head)}</p>' if head else ""
        return _html(f'<div class="thing">{named}{self.rows(thing.rows, inside=True)}</div>')

    def known(self, iri: str) -> Markup:
        """A link to a term of a code list by its label, or to any address by itself."""
        label = vocabulary.labels(iri)
        return self.link(iri, self.spoken.pick(label) if label else None)

    def code(self, thing: Thing) -> Markup:
        """A term of a code list: its label, its IRI as title and link."""
        assert thing.label is not None
        iri = thing.iri or ""
        label = self.label(iri, thing.label)
        return self.link(iri, label) if isinstance(label, Markup) else _code(iri, label)

    def label(self, iri: str, names: Text) -> str | Markup:
        """The name of a term, with its language where it lacks that of the page."""
        label = clean(self.spoken.pick(names))
        if not borrowed(iri, self.spoken.code):
            return label
        other = "en" if self.spoken.code == "fr" else "fr"
        return self.text(Words(label, other, ""))

    def value(self, value: Value, about: str = "") -> Markup:
        """Any value. `about` is the IRI of the property it belongs to."""
        if isinstance(value, Words):
            return self.literal(value, about)
        return self.span(value) if isinstance(value, Span) else self.thing(value)

    def brief(self, value: Value, about: str = "") -> Markup:
        """A value in one line, the longest texts cut short, for a table of changes."""
        if isinstance(value, Words) and len(value.text) > _BRIEF:
            return self.text(Words(f"{value.text[:_BRIEF]}…", value.language, value.datatype))
        return self.value(value, about)

    def values(self, row: Row) -> Markup:
        """All values of a row, several as a list."""
        shown = self.ordered(readable(row.values, self.spoken.code))
        if not shown:
            return self.missing()
        if len(shown) == 1:
            only = shown[0]
            if isinstance(only, Words) and len(only.text) > 200 and only.language:
                return self.paragraphs(only)
            return self.value(only, row.property)
        items = "".join(f"<li>{self.value(one, row.property)}</li>" for one in shown)
        return _html(f'<ul class="values">{items}</ul>')

    def ordered(self, values: Iterable[Value]) -> list[Value]:
        """The values as people look for them, by name; those without come last, by address."""
        values = list(values)
        return sorted(values, key=self._place) if len(values) > 1 else values

    def _place(self, value: Value) -> tuple[bool, str]:
        if isinstance(value, Span):
            end = value.start or value.end
            return False, natural(end.text) if end else ""
        if isinstance(value, Thing):
            chosen = None if value.label else choose(value.names, self.spoken.code)
            called = self.spoken.pick(value.label) if value.label else chosen and chosen.text
            return not called, natural(called or value.iri or "~")
        return False, natural(value.text)

    def several(self, values: Sequence[Value]) -> Markup:
        """Short values side by side, for the cell of a table."""
        return _html(", ".join([self.value(one) for one in self.readable(values)]))

    def every(self, row: Row) -> Markup:
        """All values of a row, whatever their language."""
        return _html("<br>".join([self.value(one, row.property) for one in row.values]))

    def readable(self, values: Iterable[Value]) -> list[Value]:
        """The values without the translations that the other language's page shows."""
        return readable(values, self.spoken.code)

    def rows(self, rows: Iterable[Row], *, inside: bool = False) -> Markup:
        """Rows of properties and values as a description list; `inside`: not of the dataset."""
        code = self.spoken.code
        body = "".join(
            f"<div>{_term(row.property, code, inside=inside)}<dd>{self.values(row)}</dd></div>"
            for row in rows
        )
        return _html(f'<dl class="fields">{body}</dl>' if body else "")

    def _tongue(self, tag: str) -> Markup:
        if not tag or tag.startswith(self.spoken.code):
            return Markup()
        said = _quoted(self.spoken.gettext("Language of this text"))
        return _html(f' <span class="tongue" title="{said}">{tag}</span>')

    def _duration(self, words: Words, lexical: str) -> Markup | None:
        if words.datatype not in _LENGTHS:
            return None
        told = quantities.length(lexical, self.spoken.code)
        return None if told is None else escape(told)

    def _address(self, words: Words, lexical: str) -> Markup | None:
        if words.datatype == f"{XSD}anyURI":
            return self.link(lexical)
        if words.language is None and _EMAIL.fullmatch(lexical):
            return self.link(f"mailto:{lexical}")
        return None

    def _number(self, words: Words, lexical: str, about: str) -> Markup:
        number = quantities.number(lexical)
        if number is None:
            return self.text(words)
        if about == _SIZE and isinstance(number, int):
            return escape(self.spoken.size(number))
        plain = number if isinstance(number, int) else f"{number:f}"
        return _html(f'<data value="{plain}">{_quoted(self.spoken.number(number))}</data>')


@cache
def writer(code: str) -> Writer:
    """The writer of a language."""
    return Writer(language(code))


@lru_cache(20_000)
def _code(iri: str, label: str) -> Markup:
    address = links.safe(iri)
    if address is None:
        return escape(label)
    shown = f'href="{_quoted(address)}" title="{_quoted(iri)}" rel="nofollow">{_quoted(label)}'
    return _html(f'<a class="code" {shown}</a>')


@cache
def _term(iri: str, code: str, *, inside: bool) -> str:
    name = _quoted(clean(properties.name(iri, code, inside=inside)))
    return f'<dt title="{_quoted(properties.compact(iri))}">{name}</dt>'


def _quoted(text: str) -> str:
    """The text as templates escape it, a plain string still."""
    return escape_plain(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _html(text: str) -> Markup:
    """Text that this module composed: each of its parts is escaped already."""
    return Markup(text)  # noqa: S704


def _fill(sentence: str, **parts: Markup) -> Markup:
    filled = str(escape(sentence))
    for name, part in parts.items():
        filled = filled.replace("{" + name + "}", str(part))
    return _html(filled)


def _bare(iri: str) -> Markup:
    return _html(f'<bdi class="iri">{_quoted(clean(shorten_address(iri)))}</bdi>')
