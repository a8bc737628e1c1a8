"""What to write where nobody can tell the right value: a code, or an example of ours."""

import re
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Suggestion, Text
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.rdf.terms import XSD_STRING, is_iri, is_literal, literal, make_iri, make_literal
from red_catalog.rdf.terms import iri as bare
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.converting import PAGES, email_in, link_in
from red_catalog.validation.advice.examples import ACCESS, OUTGROWN, example_of, example_of_datatype
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.pasting import Addition, shorten
from red_catalog.validation.advice.suggesting import example_code

_XSD: Final = PREFIXES["xsd"]
# Kinds of things that an address alone can be, once it is said.
_LISTED: Final = {*PAGES, PREFIXES["dct"] + "LicenseDocument"}
_DECLARED: Final = {
    *_LISTED,
    *(PREFIXES["dpv"] + k for k in ("PersonalData", "LegalBasis", "Purpose")),
}
_ALGORITHM: Final = f"<{PREFIXES['spdx']}checksumAlgorithm_"
_LANGUAGE_STRING: Final = PREFIXES["rdf"] + "langString"
_TYPE: Final = re.compile(r"\^\^xsd:(\w+)$")
_EMAIL: Final = re.compile(r"[a-z]+@organi[sz]ation\.example|[a-z]+@organisme\.example")
_NAMED: Final = re.compile(r'(?<=foaf:name )"[^"]*"@\w+')
_LABEL: Final = re.compile(r'(?<=rdfs:label )"[^"]*"@\w+')
_STATEMENTS: Final = {term("dct:rights"), term("dct:provenance")}
_DISTRIBUTION: Final = term("dcat:distribution")
_PAGE: Final = re.compile(r"((?:vcard:hasURL|cv:contactPage) )<[^>]*>")
_REACH: Final = re.compile(r"mailto:|https?://")
_CONTACTS: Final = {term("dcat:contactPoint"), term("cv:contactPoint")}


def is_sure(suggestions: tuple[Suggestion, ...]) -> bool:
    """Whether what is suggested is the one that is meant, or the only one that will do."""
    return len(suggestions) == 1 and suggestions[0].likely != "alike"


def offer(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Text | None:
    """The value to write, in Turtle: the one that is meant, or an example; None: none is known.

    What a wrong value says of a contact, an organisation or a file stays in the example. None is
    offered that is too long, too short, of another form or in another language.
    """
    found = _offer(group, asked, suggestions)
    return found if found is None or asked.limits.admit(found) else None


def _offer(group: Group, asked: Asked, suggestions: tuple[Suggestion, ...]) -> Text | None:
    path, value = group.path or "", group.value
    codes = [*suggestions, *(c for scheme in asked.lists if (c := example_code(scheme)))]
    if codes:
        return same(f"<{codes[0].iri}>")
    if OUTGROWN.intersection(group.shapes):
        return None
    found = example_of(path, group.shapes)
    if found is None or not _has_datatype(found["fr"], asked):
        literals = (e for datatype in asked.datatypes if (e := example_of_datatype(datatype)))
        found = next(literals, found)
    if found is None and asked.wants_link() and not asked.classes:
        return same("<https://www.organisme.example/page>")
    if found is None and asked.kinds == {"Literal"} and not asked.datatypes:
        return {"fr": '"Texte à adapter"@fr', "en": '"Text to adapt"@en'}
    return _keep_words(found, path, value) if found and value else found


def is_reach(path: str | None, value: str | None) -> bool:
    """Whether a value that should be a contact is an address by which to reach one."""
    reach = is_iri(value or "") and _REACH.match(bare(value or "<>"))
    return path in _CONTACTS and bool(reach)


def declare(value: str, asked: Asked, index: Index) -> list[Addition]:
    """What else to say of an address (in Turtle) that must be a page or a concept: that it is."""
    if value.startswith(_ALGORITHM):
        return declare_algorithm(value, index)
    kinds = [c for c in asked.classes if c in _DECLARED]
    if not kinds or asked.lists or not re.fullmatch(r"<[^<>]+>", value):
        return []
    # The laws, licences and pages of our lists are described there.
    listed = kinds[0] in _LISTED and vocabulary.labels(bare(value))
    if listed or make_iri(kinds[0]) in index.get(value, {}).get(RDF_TYPE, ()):
        return []
    return [(value, RDF_TYPE, same(shorten(make_iri(kinds[0]))))]


def declare_algorithm(value: str | None, index: Index) -> list[Addition]:
    """That an algorithm of SPDX is one, which is all that is wrong with it; else nothing."""
    kind = term("spdx:ChecksumAlgorithm")
    known = kind in index.get(value or "", {}).get(RDF_TYPE, ())
    if known or not (value or "").startswith(_ALGORITHM):
        return []
    return [(shorten(value or ""), RDF_TYPE, same(shorten(kind)))]


def same(turtle: str) -> Text:
    """A value that is written alike in both languages."""
    return {"fr": turtle, "en": turtle}


def _has_datatype(example: str, asked: Asked) -> bool:
    """Whether an example in Turtle has a datatype that is asked for."""
    if not asked.datatypes or not example.startswith(('"', "true")):
        return True
    typed = _TYPE.search(example)
    if typed or example == "true":
        return _XSD + (typed[1] if typed else "boolean") in asked.datatypes
    return (XSD_STRING if example.endswith('"') else _LANGUAGE_STRING) in asked.datatypes


def _keep_words(example: Text, path: str, value: str) -> Text:
    """The example with the holder's own address, name or statement in it."""
    if (link := link_in(value)) and path == _DISTRIBUTION:
        return {lang: text.replace(ACCESS, f"<{link}>") for lang, text in example.items()}
    if (email := email_in(value)) and path in _CONTACTS:
        return {lang: _EMAIL.sub(email, text) for lang, text in example.items()}
    if is_reach(path, value):
        return {
            lang: _PAGE.sub(lambda found: found[1] + value, text) for lang, text in example.items()
        }
    if is_literal(value) and literal(value)[0].strip() and not email:
        text, language, _ = literal(value)
        said = {lang: make_literal(" ".join(text.split()), language or lang) for lang in example}
        words = _LABEL if path in _STATEMENTS else _NAMED
        # A backslash in what takes a match's place would be read as an escape.
        return {
            lang: words.sub(said[lang].replace("\\", r"\\"), one) for lang, one in example.items()
        }
    return example
