"""A record of ISO 19139, and how it writes texts, codes and languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from red_catalog.harvesters.xmltree import (
    attribute,
    descend,
    find,
    find_all,
    language_tag,
    local,
    text,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A record, what it says of its resource, and the languages of its texts."""

    root: Element
    named: Element
    locales: Mapping[str, str]
    language: str | None

    def texts(self, element: Element) -> Iterator[tuple[str, str | None]]:
        """A text in the record's language, then its translations."""
        own = phrase(element)
        translated = {
            self.locales.get(attribute(one, "locale").lstrip("#")): text(one)
            for one in descend(element, "LocalisedCharacterString")
        }
        # A name may be spelt alike in both.
        untold = self.language and self.language not in translated
        if own and (untold or own not in translated.values()):
            yield own, self.language
        yield from ((words, tag) for tag, words in translated.items() if words)


def make_record(root: Element, named: Element) -> Record:
    """The record of this root, whose resource is `named`."""
    locales = {}
    for locale in find_all(root, "locale/PT_Locale"):
        if tag := _language(find(locale, "languageCode/*")):
            locales[attribute(locale, "id")] = tag
    return Record(root, named, locales, _language(find(root, "language/*")))


def phrase(element: Element | None) -> str:
    """The text of a CharacterString or an Anchor, without its translations."""
    if element is None:
        return ""
    parts = [text(one) for one in element if local(one) != "PT_FreeText"]
    return next(filter(None, parts), text(element) if len(element) == 0 else "")


def read_code(element: Element) -> str:
    """The value of an element that has one of a code list."""
    return attribute(element, "codeListValue") or text(element)


def _language(element: Element | None) -> str | None:
    return language_tag(read_code(element)) if element is not None else None
