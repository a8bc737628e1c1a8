"""A dataset in Dublin Core, from its N-Triples."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from red_catalog import vocabulary
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal, make_iri
from red_catalog.rdf.writing import triples

# Element, property of the dataset, and property of what it leads to where it is a node.
_TABLE: Final = (
    ("title", "dct:title", ""),
    ("creator", "dct:creator", "foaf:name"),
    ("subject", "dcat:keyword", ""),
    ("subject", "healthdcatap:healthTheme", ""),
    ("subject", "dcat:theme", ""),
    ("subject", "healthdcatap:healthCategory", ""),
    ("description", "dct:description", ""),
    ("publisher", "dct:publisher", "foaf:name"),
    ("date", "dct:issued", ""),
    ("date", "dct:modified", ""),
    ("identifier", "dct:identifier", ""),
    ("language", "dct:language", ""),
    ("relation", "dcat:landingPage", ""),
    ("coverage", "dct:spatial", ""),
    ("rights", "dct:accessRights", ""),
)
_OPEN: Final = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/'
    ' http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
)
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Said = Mapping[str, Mapping[str, Sequence[str]]]


def write(path: Path, dataset: str) -> str:
    """The dataset's description as an `oai_dc:dc` element."""
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples(path.read_bytes()):
        said.setdefault(subject, {}).setdefault(predicate, []).append(value)
    elements: list[tuple[str, str, str | None]] = [
        ("identifier", dataset, None),
        ("type", "Dataset", None),
    ]
    for element, name, inner in _TABLE:
        for value in said.get(make_iri(dataset), {}).get(term(name), ()):
            texts = _texts(said, value, inner)
            elements += ((element, text, lang) for text, lang in texts if text.strip())
    return f"{_OPEN}{''.join(_element(*e) for e in dict.fromkeys(elements))}</oai_dc:dc>"


def printable(text: str) -> str:
    """The text without characters that XML has not."""
    return _FORBIDDEN.sub("\ufffd", text)


def clean(text: str) -> str:
    """A text as XML can hold it."""
    return escape(printable(text))


def _texts(said: Said, value: str, inner: str) -> Iterator[tuple[str, str | None]]:
    if is_literal(value):
        text, language, _ = literal(value)
        yield text, language
        return
    named = said.get(value, {}).get(term(inner), ()) if inner else ()
    for one in named:
        if is_literal(one):
            text, language, _ = literal(one)
            yield text, language
    if not named and is_iri(value) and "/.well-known/genid/" not in value:
        labels = vocabulary.labels(iri(value))
        yield from (
            ((labels[lang], lang) for lang in ("fr", "en")) if labels else [(iri(value), None)]
        )


def _element(name: str, text: str, language: str | None) -> str:
    said = f" xml:lang={quoteattr(language)}" if language else ""
    return f"<dc:{name}{said}>{clean(text)}</dc:{name}>"
