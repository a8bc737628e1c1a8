"""Texts say something, in a language that is told."""

import re
from collections.abc import Iterator
from typing import Final

from red_catalog.namespaces import term
from red_catalog.rdf.terms import XSD_STRING, is_literal, literal, make_literal
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

_KEYWORD: Final = term("dcat:keyword")
_TITLE: Final = term("dct:title")
_DESCRIPTION: Final = term("dct:description")
_CODE_LABEL: Final = term("skos:prefLabel")
# Empty ones of these are found by the shapes of the profile.
_BY_SHAPES: Final = frozenset({_TITLE, _DESCRIPTION})
_TEXTS: Final = frozenset(
    term(name)
    for name in (
        "dct:title", "dct:description", "dct:alternative", "dcat:keyword", "dct:identifier",
        "foaf:name", "vcard:fn", "vcard:organization-name", "rdfs:label", "adms:versionNotes",
        "healthdcatap:populationCoverage", "healthdcatap:publisherNote", "skos:prefLabel",
    )
)  # fmt: skip
_LOCALISED: Final = frozenset({_TITLE, _DESCRIPTION, _KEYWORD})
_COLUMNS: Final = ("csvw:Column", "csvw:Table", "csvw:TableGroup")

# What forms and templates leave behind, without case, spaces and punctuation at either end.
_UNFINISHED: Final = frozenset(
    {
        "todo", "fixme", "tbd", "tba", "tbc", "to be defined", "to be completed",
        "to be determined", "to do", "à compléter", "a completer", "à renseigner",
        "a renseigner", "à définir", "a definir", "à remplir", "à préciser",
    }
)  # fmt: skip
# The same, but honest labels of codes.
_SAYING_NOTHING: Final = frozenset(
    {
        "non renseigné", "non renseignée", "non défini", "n/a", "none", "null", "nil",
        "undefined", "nan", "unknown", "inconnu", "inconnue", "titre", "title", "description",
        "nom", "name", "mot-clé", "mots-clés", "keyword", "exemple", "example", "foo", "bar",
        "abc", "azerty", "qwerty", "asdf", "aucun", "aucune", "vide", "empty", "string",
        "texte", "text",
    }
)  # fmt: skip
# Honest keywords, if poor ones: a test can be a diagnostic test, and Na is sodium.
_HONEST_KEYWORDS: Final = frozenset({"test", "tests", "essai", "test test", "na"})
_FILLING: Final = re.compile(r"[xX]{3,}|[.…?_\-–—*]+|(?i:lorem ipsum.*)", re.DOTALL)
# TODO means “all” in Spanish, and an insert is a piece of DNA.
_MARKED: Final = re.compile(
    r"^\W*TODO\b(?!\s+[A-ZÁÉÍÓÚÑ]{2,})|\bTODO\s?:|[\[<{(]\s*TODO\s*[\]>})]"
    r"|\b(?:FIXME|TBD|XXXX+)\b|(?i:lorem ipsum)|[\[<{(]\s*(?i:(?:à compléter|a completer|"
    r"à renseigner|to be completed)\b|(?:insérer|insert)\s+(?:ici|here|texte?|le texte|"
    r"the text|votre|your)\b)"
)
_AROUND: Final = " \t\r\n\u00a0.…:;,!?[](){}<>«»\"'“”*_-"
# A language with its variants, its extensions and what is agreed on in private (BCP 47).
_LANGUAGE_TAG: Final = re.compile(
    r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
# Three-letter codes of languages that have a shorter one, which language tags want.
_SHORT_TAGS: Final = {
    "bul": "bg", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "ger": "de", "ell": "el",
    "gre": "el", "eng": "en", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "gle": "ga",
    "hrv": "hr", "hun": "hu", "ita": "it", "lav": "lv", "lit": "lt", "mlt": "mt", "nld": "nl",
    "dut": "nl", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "slk": "sk", "slo": "sk",
    "slv": "sl", "spa": "es", "swe": "sv",
}  # fmt: skip
_NAMES: Final = {
    "francais": "fr", "français": "fr", "french": "fr", "anglais": "en", "english": "en",
}  # fmt: skip


def find_texts(description: Description) -> Iterator[Result]:
    """Texts that are empty, or that only hold a place."""
    columns = {s for kind in _COLUMNS for s in description.subjects(kind)}
    for subject, predicate, value in description.triples:
        if predicate not in _TEXTS or not is_literal(value):
            continue
        text = literal(value)[0]
        if not text.strip():
            if predicate not in _BY_SHAPES:
                yield make("empty-text", subject, predicate, value)
        elif subject not in columns and _is_placeholder(text, predicate):
            yield make("placeholder", subject, predicate, value)


def find_languages(description: Description) -> Iterator[Result]:
    """Titles, descriptions and keywords without a language, and any tag that is none."""
    for subject, predicate, value in description.triples:
        if not is_literal(value) or value.endswith(">"):  # a typed one has no language
            continue
        text, language, datatype = literal(value)
        if language and mended_tag(language) != language:
            yield make("language-tag", subject, predicate, value)
        elif predicate in _LOCALISED and datatype == XSD_STRING and not language and text.strip():
            yield make("language-missing", subject, predicate, value)


def mended_tag(language: str) -> str | None:
    """The tag that is meant, the tag itself where it is right, None where nobody can tell."""
    tag = language.lower().replace("_", "-")
    if tag in _NAMES:
        return _NAMES[tag]
    first, _, rest = tag.partition("-")
    if first in _SHORT_TAGS:
        return _SHORT_TAGS[first] + (f"-{rest}" if rest else "")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else None


def retag(value: str) -> str | None:
    """The same text with the language tag that is meant."""
    text, language, _ = literal(value)
    tag = mended_tag(language) if language else None
    return make_literal(text, tag) if tag else None


def _is_placeholder(text: str, predicate: str) -> bool:
    bare = " ".join(text.split()).strip(_AROUND).casefold()
    if bare in _UNFINISHED or _FILLING.fullmatch(text.strip()) or _MARKED.search(text):
        return True
    if bare in _SAYING_NOTHING:
        return predicate != _CODE_LABEL
    return bare in _HONEST_KEYWORDS and predicate not in {_KEYWORD, _CODE_LABEL}
