"""How to mend a finding, in one sentence: a rule for each of the commonest components."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.namespace import SH, SKOS, XSD
from rdflib.term import Node

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.rdf.terms import iri, is_blank, is_iri, is_literal, literal
from red_catalog.validation.result import Result
from red_catalog.validation.rules.addresses import MAILBOXES

_SHOWN: Final = 80  # characters of a value
_WRITTEN: Final[dict[Node, tuple[str, str]]] = {
    XSD.boolean: ("vrai (true) ou faux (false)", "true or false"),
    XSD.nonNegativeInteger: (
        "un nombre entier, zéro ou plus, du type nonNegativeInteger",
        "a whole number, zero or more, of the type nonNegativeInteger",
    ),
    XSD.integer: ("un nombre entier", "a whole number"),
    XSD.decimal: ("un nombre décimal, avec un point", "a decimal number, with a point"),
    XSD.duration: ("une durée comme P1M ou P1Y", "a duration such as P1M or P1Y"),
    XSD.date: ("une date comme 2026-03-30", "a date such as 2026-03-30"),
    XSD.dateTime: (
        "une date et une heure comme 2026-03-30T08:00:00",
        "a date and time such as 2026-03-30T08:00:00",
    ),
    XSD.hexBinary: (
        "une suite de chiffres hexadécimaux (0-9, A-F)",
        "a string of hexadecimal digits (0-9, A-F)",
    ),
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One result with what its shape asks."""

    result: Result
    shapes: rdflib.Graph
    shape: Node | None
    name: Text

    def asked(self, parameter: Node) -> list[Node]:
        if self.shape is None:
            return []
        return sorted(self.shapes.objects(self.shape, parameter), key=str)


def mend(result: Result, shapes: rdflib.Graph, shape: Node | None, name: Text) -> Text | None:
    """What to do about a result, None where no rule knows."""
    rule = _RULES.get(result.component)
    return rule(_Case(result, shapes, shape, name)) if rule else None


def _add(case: _Case) -> Text:
    return {
        "fr": f"Ajoutez « {case.name['fr']} » à la description.",
        "en": f"Add “{case.name['en']}” to the description.",
    }


def _keep_one(case: _Case) -> Text:
    most = next((str(n) for n in case.asked(SH.maxCount)), "1")
    return {
        "fr": f"Pour « {case.name['fr']} », retirez des valeurs : {most} au plus.",
        "en": f"For “{case.name['en']}”, remove some values: {most} at most.",
    }


def _add_value(case: _Case) -> Text | None:
    values = case.asked(SH.hasValue)
    if not values:
        return None
    known = vocabulary.labels(str(values[0])) or {"fr": "", "en": ""}
    return {
        "fr": f"Ajoutez à « {case.name['fr']} » la valeur {_also(known['fr'], values[0])}.",
        "en": f"Add to “{case.name['en']}” the value {_also(known['en'], values[0])}.",
    }


def _rewrite(case: _Case) -> Text | None:
    kinds = case.asked(SH.datatype)
    written = _WRITTEN.get(kinds[0]) if kinds else None
    if written is None:
        return None
    return _replace(case, *written)


def _change_kind(case: _Case) -> Text | None:
    wanted = {str(n).removeprefix(str(SH)) for n in case.asked(SH.nodeKind)}
    if wanted == {"Literal"}:
        return _replace(case, "un texte", "a text")
    if wanted == {"IRI"} and case.result.path in MAILBOXES:
        return _replace(
            case,
            "une adresse électronique écrite comme un lien, mailto:nom@domaine",
            "an e-mail address written as a link, mailto:name@domain",
        )
    if wanted & {"IRI", "BlankNodeOrIRI"}:
        return _replace(
            case,
            "un lien (une adresse web complète, sans guillemets)",
            "a link (a full web address, without quotation marks)",
        )
    return None


def _choose(case: _Case) -> Text:
    names = _lists(case)
    if not names:
        return _describe(case)
    fr = " ou ".join(f"« {one['fr']} »" for one in names)
    en = " or ".join(f"“{one['en']}”" for one in names)
    return _replace(case, f"un code de la liste {fr}", f"a code from the list {en}")


def _complete(case: _Case) -> Text:
    value = case.result.value
    if _lists(case) or not value or is_literal(value):
        return _choose(case)
    found = _found(value)
    return {
        "fr": f"Complétez la description de {found['fr']} dans le document.",
        "en": f"Complete the description of {found['en']} in the document.",
    }


def _describe(case: _Case) -> Text:
    if case.result.value and is_literal(case.result.value):
        return _change_to_link(case)
    found = _found(case.result.value)
    return {
        "fr": f"Vérifiez {found['fr']} : la valeur doit venir d'une liste connue ou être décrite "
        "en entier dans le document.",
        "en": f"Check {found['en']}: the value must come from a known list or be described in "
        "full in the document.",
    }


def _change_to_link(case: _Case) -> Text:
    return _replace(
        case,
        "un lien vers une ressource d'une liste connue ou décrite dans le document",
        "a link to a resource of a known list or described in the document",
    )


def _lists(case: _Case) -> list[Text]:
    """The lists that the shape, or any choice within it, takes codes from."""
    found = []
    waiting = [*case.asked(SH.node)]
    for node in waiting:
        waiting += [n for o in case.shapes.objects(node, SH["or"]) for n in case.shapes.items(o)]
        for part in case.shapes.objects(node, SH.property):
            if case.shapes.value(part, SH.path) == SKOS.inScheme:
                found += [str(v) for v in case.shapes.objects(part, SH.hasValue)]
    return [name for scheme in found if (name := vocabulary.labels(scheme))]


def _replace(case: _Case, fr: str, en: str) -> Text:
    found = _found(case.result.value)
    return {"fr": f"Remplacez {found['fr']} par {fr}.", "en": f"Replace {found['en']} with {en}."}


def _found(term: str | None) -> Text:
    if term is None or is_blank(term):
        return {"fr": "la valeur donnée", "en": "the value given"}
    text = iri(term) if is_iri(term) else literal(term)[0]
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return {"fr": f"« {short} »", "en": f"“{short}”"}


def _also(label: str, node: Node) -> str:
    return f"{label} (<{node}>)" if label else str(node)


_RULES: Final[dict[str, Callable[[_Case], Text | None]]] = {
    "sh:MinCountConstraintComponent": _add,
    "sh:MaxCountConstraintComponent": _keep_one,
    "sh:HasValueConstraintComponent": _add_value,
    "sh:DatatypeConstraintComponent": _rewrite,
    "sh:NodeKindConstraintComponent": _change_kind,
    "sh:NodeConstraintComponent": _complete,
    "sh:ClassConstraintComponent": _choose,
}
