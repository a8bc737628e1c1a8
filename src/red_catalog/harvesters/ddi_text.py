"""What elements of DDI say, apart from the codes and links that lie inside them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.markup import strip_tags
from red_catalog.harvesters.xmltree import line_of_text, local, tidy

CODE: Final = "concept"
"""A term of a controlled vocabulary beside words of the study's own."""
LINK: Final = "ExtLink"
"""A link, in a text or beside a name."""
COVERED: Final = {"fr": "{}", "en": "{}"}
UNIT: Final = {"fr": "Unité d'analyse : {}", "en": "Unit of analysis: {}"}
EXCLUDED: Final = {"fr": "Population exclue : {}", "en": "Excluded population: {}"}
SAMPLING: Final = {"fr": "Échantillonnage : {}", "en": "Sampling: {}"}
MODE: Final = {"fr": "Mode de collecte : {}", "en": "Mode of collection: {}"}
TIMES: Final = {"fr": "Méthode temporelle : {}", "en": "Time method: {}"}
COLLECTOR: Final = {"fr": "Collecte : {}", "en": "Collected by: {}"}
ORIGIN: Final = {"fr": "Source : {}", "en": "Source: {}"}
RHYTHM: Final = {"fr": "Fréquence de collecte : {}", "en": "Frequency of collection: {}"}
_LINES: Final = {
    "IDNo", "biblCit", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "head", "itm",
    "li", "list", "ol", "p", "row", "titl", "tr", "txt", "ul",
}  # fmt: skip


def read_text(element: Element) -> str:
    """The words of an element, paragraphs on lines of their own; codes where it has no others."""
    return strip_tags(tidy("".join(_spell(element, {CODE})) or "".join(_spell(element))))


def word(sentences: Mapping[str, str], words: str, tag: str | None) -> str:
    """Words about a population in the sentence that says what they are, in their language."""
    return sentences["fr" if (tag or "").startswith("fr") else "en"].format(words)


def name_words(sentences: Mapping[str, str], words: str, tag: str | None) -> str:
    """Words about how data came to be, with what they tell; alone in a language unknown here."""
    return sentences.get((tag or "")[:2], "{}").format(words)


def read_line(element: Element) -> str:
    """The words of an element on one line."""
    return " ".join(read_text(element).split())


def read_name(element: Element) -> str:
    """The name of an organisation or author, without the links beside it."""
    name = " ".join(strip_tags("".join(_spell(element, {CODE, LINK}))).split())
    return name or line_of_text(element)


def find_codes(study: Element) -> Iterator[str]:
    """The controlled terms that stand beside words."""
    for element in study.iter():
        codes = [line_of_text(one) for one in element if local(one) == CODE]
        if codes and tidy("".join(_spell(element, {CODE}))):
            yield from filter(None, codes)


def _spell(element: Element, left_out: Collection[str] = ()) -> Iterator[str]:
    before = element.text or ""
    yield before
    for child in element:
        kind = local(child)
        if kind not in left_out:
            opening, closing = _surround(kind, before)
            yield opening
            yield from _spell(child, left_out)
            yield closing
        before = child.tail or ""
        yield before


def _surround(kind: str, before: str) -> tuple[str, str]:
    """What parts a text from what lies in it, and tells a power as HTML does."""
    if kind in _LINES:
        return "\n", "\n"
    if kind in {"sup", "sub"}:
        return f"<{kind}>", f"</{kind}>"
    # A link or a code may follow a word directly.
    return " " if kind in {CODE, LINK} and before[-1:].isalnum() else "", ""
