"""Telling people what a result means: what is expected, and how to mend it."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

import rdflib
from rdflib.namespace import DCAT, SH
from rdflib.term import Node

from red_catalog.ehds import terms
from red_catalog.model import Finding, Level, Severity, Text
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_blank, is_iri
from red_catalog.validation import shapes_graph
from red_catalog.validation.advice import mending
from red_catalog.validation.result import Result
from red_catalog.validation.rules import wording

_MAIN: Final = "healthdcat-ap-8"

_SEVERITIES: Final = {
    "sh:Violation": Severity.VIOLATION,
    "sh:Warning": Severity.WARNING,
}
# For shapes that say nothing in our two languages; {} is the name of the property.
_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "sh:MinCountConstraintComponent": ("Il manque : {}.", "Missing: {}."),
    "sh:MaxCountConstraintComponent": ("Trop de valeurs : {}.", "Too many values: {}."),
    "sh:ClassConstraintComponent": (
        "Valeur inconnue ou d'un autre type : {}.",
        "Value unknown or of another kind: {}.",
    ),
    "sh:NodeConstraintComponent": (
        "Valeur incomplète ou hors de la liste attendue : {}.",
        "Value incomplete or not in the expected list: {}.",
    ),
    "sh:DatatypeConstraintComponent": (
        "Valeur mal écrite : {}.",
        "Value not written as expected: {}.",
    ),
    "sh:NodeKindConstraintComponent": (
        "Lien donné à la place d'un texte, ou l'inverse : {}.",
        "Link given in place of a text, or the reverse: {}.",
    ),
    "sh:HasValueConstraintComponent": (
        "Il manque une valeur obligatoire : {}.",
        "A required value is missing: {}.",
    ),
    "sh:InConstraintComponent": ("Valeur non permise : {}.", "Value not allowed: {}."),
    "sh:PatternConstraintComponent": (
        "Valeur qui n'a pas la forme attendue : {}.",
        "Value without the expected form: {}.",
    ),
}
# What our own checks look at, and no shape of ours has a name for.
_FURTHER: Final[dict[str, Text]] = {
    term(name): {"fr": fr, "en": en}
    for name, fr, en in (
        ("rdfs:label", "Intitulé", "Label"),
        ("rdfs:comment", "Commentaire", "Comment"),
        ("vcard:fn", "Nom", "Name"),
        ("vcard:organization-name", "Nom de l'organisme", "Name of the organisation"),
        ("vcard:hasTelephone", "Téléphone", "Telephone"),
        ("foaf:mbox", "Adresse électronique", "E-mail address"),
        (
            "healthdcatap:publisherNote",
            "Présentation de l'éditeur",
            "Presentation of the publisher",
        ),
    )
}
_MESSAGE: Final = SH.message
_NAME: Final = SH.name
_CORRECT: Final = {"fr": "Corrigez cette valeur.", "en": "Correct this value."}
_ANY_SENTENCE: Final = ("Valeur à corriger : {}.", "Value to correct: {}.")


def explain(result: Result, shapes: rdflib.Graph) -> Finding:
    """The finding of a result, in words of the shape that gave it or in ours."""
    shape = _shape(result.shape)
    name = human_name(result, shapes)
    return Finding(
        severity=severity_of(result),
        focus=result.focus,
        path=result.path,
        value=result.value,
        component=result.component,
        shape=result.shape,
        message=wording.both(shapes, shape, _MESSAGE) or _sentence(result, name),
        fix=mending.mend(result, shapes, shape, name),
    )


def severity_of(result: Result) -> Severity:
    """How grave a result is."""
    return _SEVERITIES.get(result.severity, Severity.INFO)


def human_name(result: Result, shapes: rdflib.Graph) -> Text:
    """What people call the property that a result is about."""
    return wording.both(shapes, _shape(result.shape), _NAME) or _local_name(result)


def name_of_rule(one: Finding | Result, shapes: rdflib.Graph) -> Text:
    """What people call the property that a finding is about, whichever profile found it."""
    named = (
        wording.both(shapes, _shape(one.shape), _NAME) if wording.find(one.shape) is None else None
    )
    path = one.path
    if path is None and one.component == "sh:OrConstraintComponent":
        path = term("healthdcatap:hasVariables")
    known = None if named and one.path else _names().get(path or "")
    return known or named or _local_name(one)


def name_of_property(path: str) -> Text:
    """What people call a property (a term)."""
    return _names().get(path) or _otherwise(path)


def demand(one: Finding | Result, shapes: rdflib.Graph) -> Text:
    """What its rule asks of any description."""
    if isinstance(one, Finding):
        return one.message
    said = wording.both(shapes, _shape(one.shape), _MESSAGE)
    return said or _sentence(one, name_of_rule(one, shapes))


def told_by(one: Finding | Result, shapes: rdflib.Graph) -> Text:
    """What the rule itself tells people; of a rule without words of ours, what to do."""
    if isinstance(one, Finding) and not wording.both(shapes, _shape(one.shape), _MESSAGE):
        return one.fix or _CORRECT
    return demand(one, shapes)


def is_known(path: str) -> bool:
    """Whether our main profile has a rule about this property (a term)."""
    return path in _names()


def _local_name(one: Finding | Result) -> Text:
    return _names().get(one.path or "") or _otherwise(one.path or one.shape or "")


def _otherwise(address: str) -> Text:
    """What people call a term that no shape of ours names; the end of an address of others."""
    if known := _FURTHER.get(address) or terms.labels(address.strip("<>")):
        return known
    local = address.rstrip(">").replace("#", "/").rsplit("/", 1)[-1] or "?"
    return {"fr": local, "en": local}


@cache
def _names() -> Mapping[str, Text]:
    """Names of properties by the term of the property, from the shapes of our main profile."""
    shapes = shapes_graph.shapes(_MAIN, Level.NON_PUBLIC)
    wholes = shapes.subjects(SH.targetClass, DCAT.Dataset)
    of_datasets = {part for whole in wholes for part in shapes.objects(whole, SH.property)}
    found: dict[str, Text] = {}
    # The name that a dataset's rule gives it, where there are several; the layer of health's first.
    named = sorted(
        shapes.subject_objects(SH.path),
        key=lambda sp: (sp[0] not in of_datasets, "#dataset-" not in str(sp[0]), sp),
    )
    for shape, path in named:
        text = wording.both(shapes, shape, _NAME)
        if text and isinstance(path, rdflib.URIRef):
            found.setdefault(f"<{path}>", text)
    return found


@lru_cache(4096)
def _shape(shape: str | None) -> Node | None:
    if shape is None:
        return None
    if is_iri(shape):
        return rdflib.URIRef(iri(shape))
    return rdflib.BNode(shape[2:]) if is_blank(shape) else None


def _sentence(result: Result, name: Text) -> Text:
    fr, en = _SENTENCES.get(result.component, _ANY_SENTENCE)
    return {"fr": fr.format(f"« {name['fr']} »"), "en": en.format(f"“{name['en']}”")}
