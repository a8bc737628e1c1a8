"""The same value as it should be written, where that takes no guess."""

import re
from typing import Final

from red_catalog.namespaces import PREFIXES, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_iri, is_literal, literal, make_iri, make_literal
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.grouping import Group
from red_catalog.validation.compiled.datatypes import form_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules.codes import legislation
from red_catalog.validation.rules.correcting import correct

_XSD: Final = PREFIXES["xsd"]
_LEGISLATION: Final = term("dcatap:applicableLegislation")
# What an address alone can be; of an agent or a period, more must be said.
PAGES: Final = (PREFIXES["foaf"] + "Document", PREFIXES["eli"] + "LegalResource")
# Texts that may well be an address.
_SIGNS: Final = {term("dct:identifier"), term("skos:notation")}
_DATATYPE: Final = term("csvw:datatype")
_ANYTHING: Final = PREFIXES["rdfs"] + "Resource"
# 45.000 is forty-five thousand to most of Europe: who knows?
_WHOLE_NUMBER: Final = re.compile(r"\+?\d+(?:\.0{1,2})?", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?\d+(?:[.,](?!\d{3}$)\d+)?", re.ASCII)
_EMAIL: Final = re.compile(r"(?:mailto:)?([^\s@<>\"]+@(?=[^\s@<>\"]+\.[^\s@<>\"])[^\s@<>\"]+)")
_LINK: Final = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_WWW: Final = re.compile(r"www\.[^\s<>\"{}|^`\\]+")
_BOOLEANS: Final = {
    "true": "true", "1": "true", "vrai": "true", "oui": "true", "yes": "true",
    "false": "false", "0": "false", "faux": "false", "non": "false", "no": "false",
}  # fmt: skip


def convert(group: Group, asked: Asked) -> str | None:
    """The term to write in place of a group's value, None where that takes a guess."""
    value, lead = group.value or "", group.lead
    if lead is not None:
        right = correct(
            Result(lead.focus, lead.path, value, lead.component, "sh:Violation", lead.shape)
        )
        if right:
            return right
    if group.path == _LEGISLATION:
        found = legislation(value)
        return found if found != value else None
    if is_literal(value):
        text = literal(value)[0].strip()
        return retype(text, asked) or (_link(text, asked) if not asked.lists else None)
    if asked.kinds == {"Literal"} and is_iri(value):
        return _unlink(group.path or "", bare(value))
    return None


def retype(text: str, asked: Asked) -> str | None:
    """A text as a literal of a datatype asked for, None where it cannot be but one."""
    is_duration = form_of(f"{_XSD}duration")
    for datatype in asked.datatypes:
        kind = datatype.removeprefix(_XSD)
        digits = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        if kind in {"nonNegativeInteger", "integer"} and _WHOLE_NUMBER.fullmatch(digits):
            return make_literal(digits.lstrip("+").split(".")[0], datatype=datatype)
        if kind == "decimal" and _DECIMAL.fullmatch(digits):
            return make_literal(digits.replace(",", "."), datatype=datatype)
        if kind == "anyURI" and _LINK.fullmatch(text):
            return make_literal(text, datatype=datatype)
        if kind == "boolean" and text.lower() in _BOOLEANS:
            return make_literal(_BOOLEANS[text.lower()], datatype=datatype)
        if kind == "duration" and is_duration and is_duration(text):
            return make_literal(text, datatype=datatype)
    return None


def link_in(value: str) -> str | None:
    """The web address that a value (a term) is, as it should be written."""
    text = literal(value)[0].strip() if is_literal(value) else bare(value) if is_iri(value) else ""
    if _WWW.fullmatch(text):
        return f"https://{text}"
    return text if _LINK.fullmatch(text) else None


def email_in(value: str) -> str | None:
    """The e-mail address that a value (a term) is."""
    text = literal(value)[0].strip() if is_literal(value) else bare(value) if is_iri(value) else ""
    match = _EMAIL.fullmatch(text)
    return match[1] if match else None


def _unlink(path: str, address: str) -> str | None:
    """The text that an address stands for: an address, a number or a sign, but no title or date.

    Of a variable's type, its name.
    """
    for scheme in ("mailto:", "tel:"):
        if address.startswith(scheme):
            return make_literal(address.removeprefix(scheme))
    if path == _DATATYPE and address.startswith(_XSD):
        return make_literal(address.removeprefix(_XSD))
    return make_literal(address) if path in _SIGNS else None


def _link(text: str, asked: Asked) -> str | None:
    if not asked.kinds & {"IRI", "BlankNodeOrIRI"}:
        return None
    if asked.classes and not {*PAGES, _ANYTHING}.intersection(asked.classes):
        return None
    if email := _EMAIL.fullmatch(text):
        return make_iri(f"mailto:{email[1]}")
    link = link_in(make_literal(text))
    return make_iri(link) if link else None
