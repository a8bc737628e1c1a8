"""Statements that follow a rule, to paste and adapt: invented, well formed, whole."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import rdflib
from rdflib.namespace import SH, SKOS
from rdflib.term import Node

from red_catalog.model import Text
from red_catalog.namespaces import (
    EHDS_LEGISLATION,
    EU_AUTHORITY,
    HEALTH_AUTHORITY,
    RDF_TYPE,
    RED_SHAPES,
    term,
)
from red_catalog.validation.advice.asking import Asked, ask, node_of
from red_catalog.validation.advice.examples import OUTGROWN, example_of, example_of_datatype
from red_catalog.validation.advice.offering import declare, declare_algorithm
from red_catalog.validation.advice.pasting import Addition, paste, shorten
from red_catalog.validation.advice.suggesting import example_code
from red_catalog.validation.compiled.declaration import term_of

_DATASET: Final = term("dcat:Dataset")
_ADDRESS: Final = re.compile(r"<[^<>\s]+>")
_MEDIA: Final = "<http://www.iana.org/assignments/media-types/"
_ALGORITHM: Final = re.compile(r"<\S+#checksumAlgorithm_\w+>")
_ELEMENT: Final = "<https://www.organisme.example/element>"
_ADDRESSES: Final = {
    _DATASET: "<https://www.organisme.example/jeu/1>",
    term("dcat:Distribution"): "<https://www.organisme.example/jeu/1/csv>",
    term("dcat:Catalog"): "<https://www.organisme.example/catalogue>",
    term("dcat:DataService"): "<https://www.organisme.example/service>",
    term("dcat:DatasetSeries"): "<https://www.organisme.example/serie/1>",
}
# Values of properties that the shapes alone do not show how to write.
_MORE: Final[Mapping[str, str]] = {
    "dct:isReferencedBy": "<https://doi.org/10.5555/12345678>",
    "dct:relation": "<https://www.organisme.example/documentation>",
    "dct:rights": "[ a dct:RightsStatement ;\n    rdfs:label \"Réutilisation soumise à "
                  "autorisation.\"@fr ]",
    "dct:source": "<https://www.organisme.example/jeu/source>",
    "dct:spatial": f"<{EU_AUTHORITY}country/FRA>",
    "dct:language": f"<{EU_AUTHORITY}language/FRA>",
    "dct:license": f"<{EU_AUTHORITY}licence/CC_BY_4_0>",
    "dct:conformsTo": f"<{HEALTH_AUTHORITY}standard/FHIR>",
    "dcat:dataset": "<https://www.organisme.example/jeu/1>",
    "dcat:compressFormat": "<http://www.iana.org/assignments/media-types/application/gzip>",
    "dcat:packageFormat": "<http://www.iana.org/assignments/media-types/application/zip>",
    "dcat:temporalResolution": "\"P1D\"^^xsd:duration",
    "foaf:page": "<https://www.organisme.example/documentation>",
    "healthdcatap:hasCodeValues": "\"U07.1\"",
    "healthdcatap:hasCodingSystem": f"<{HEALTH_AUTHORITY}coding-system/ICD-10>",
    "healthdcatap:healthCategory": f"<{HEALTH_AUTHORITY}healthcategories/EHRS>",
    "healthdcatap:healthTheme": f"<{HEALTH_AUTHORITY}health-theme/HEALTH_SYSTEMS>",
    "prov:wasGeneratedBy": "[ a prov:Activity ;\n    dct:type <" + HEALTH_AUTHORITY
                           + "health-activity/ROUTINE_RECORDS> ]",
}  # fmt: skip
_BY_PATH: Final = {term(name): value for name, value in _MORE.items()}
_ORGANISATION: Final = (
    '[ a foaf:Agent ;\n    foaf:name "Centre hospitalier"@fr ;\n    adms:identifier '
    '[ a adms:Identifier ;\n        skos:notation "123456782" ;\n'
    '        adms:schemaAgency "INSEE (SIREN)"@fr ] ]'
)
_CONTACT: Final = (
    '[ a vcard:Organization ;\n    vcard:fn "Bureau des données"@fr ;\n'
    "    vcard:hasEmail <mailto:donnees@organisme.example> ]"
)
_IN_ENGLISH: Final = {
    '"Centre hospitalier"@fr': '"Hospital"@en',
    '"INSEE (SIREN)"@fr': '"INSEE (SIREN)"@en',
    '"Bureau des données"@fr': '"Data office"@en',
    '"Séjours hospitaliers de 2020 à 2024"@fr': '"Hospital stays, 2020 to 2024"@en',
}
_LIKE: Final = {
    term(name): term(other)
    for name, other in (
        ("healthdcatap:analytics", "dcat:distribution"), ("adms:sample", "dcat:distribution"),
        ("healthdcatap:hdabCoordinator", "healthdcatap:hdab"),
        ("geodcatap:custodian", "dct:publisher"),
    )
}  # fmt: skip
# The properties that show how to follow rules that are about no single one.
_SHOWN_BY: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "not-a-date": (("dct:modified", '"2026-03-30"^^xsd:date'),),
    "date-without-type": (("dct:modified", '"2026-03-30"^^xsd:date'),),
    "date-in-the-future": (("dct:modified", '"2026-03-30"^^xsd:date'),),
    "start-after-end": (
        ("dct:temporal", '[ a dct:PeriodOfTime ;\n    dcat:startDate "2020-01-01"^^xsd:date ;\n'
                         '    dcat:endDate "2024-12-31"^^xsd:date ]'),
    ),
    "modified-before-issued": (
        ("dct:issued", '"2026-01-15"^^xsd:date'), ("dct:modified", '"2026-03-30"^^xsd:date'),
    ),
    "ages-out-of-order": (
        ("healthdcatap:minTypicalAge", '"18"^^xsd:nonNegativeInteger'),
        ("healthdcatap:maxTypicalAge", '"99"^^xsd:nonNegativeInteger'),
    ),
    "individuals-above-records": (
        ("healthdcatap:numberOfUniqueIndividuals", '"45000"^^xsd:nonNegativeInteger'),
        ("healthdcatap:numberOfRecords", '"1500000"^^xsd:nonNegativeInteger'),
    ),
    "ill-typed": (("healthdcatap:numberOfRecords", '"1500000"^^xsd:nonNegativeInteger'),),
    "empty-text": (("dct:title", '"Séjours hospitaliers de 2020 à 2024"@fr'),),
    "placeholder": (("dct:title", '"Séjours hospitaliers de 2020 à 2024"@fr'),),
    "language-missing": (("dct:title", '"Séjours hospitaliers de 2020 à 2024"@fr'),),
    "language-tag": (("dct:title", '"Séjours hospitaliers de 2020 à 2024"@fr'),),
    "legislation-address": (("dcatap:applicableLegislation", f"<{EHDS_LEGISLATION}>"),),
    "former-list": (
        ("healthdcatap:healthCategory",
         "<https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/EHRS>"),
    ),
    "renamed-code": (
        ("healthdcatap:hasCodingSystem",
         "<https://hdeu-dcat.data.health.europa.eu/resource/authority/coding-system/ICD-O>"),
    ),
    "personal-data-address": (
        ("dpv:hasPersonalData", "<https://w3id.org/dpv/dpv-pd#Age>"),
    ),
    "personal-mailbox": (("dcat:contactPoint", _CONTACT),),
    "not-a-mailbox": (("dcat:contactPoint", _CONTACT),),
    "no-server": (("dcat:landingPage", "<https://www.organisme.example/jeu/1>"),),
    "wrong-siren": (("dct:publisher", _ORGANISATION),),
    "wrong-siret": (("dct:publisher", _ORGANISATION),),
    "duplicate-identifier": (("dct:identifier", '"SEJOURS-2020-2024"'),),
}  # fmt: skip


def exemplify(graph: rdflib.Graph, rule: rdflib.URIRef, local: str) -> Text | None:
    """Statements that follow the rule; None where none of ours shows it."""
    told = _SHOWN_BY.get(local)
    if told:
        return _write(_DATASET, [(term(name), _in_both(value)) for name, value in told])
    path = graph.value(rule, SH.path) or graph.value(rule, _PROPERTY)
    if not isinstance(path, rdflib.URIRef) or f"<{rule}>" in OUTGROWN:
        return None
    if path == SKOS.inScheme:
        return _of_code(graph, rule)
    asked = ask(graph, (term_of(rule),))
    value = _value(graph, rule, path, asked)
    if value and not asked.limits.admit(value):
        return None
    more = _kind(value, asked) or _page(graph, path, value)
    return _within(graph, rule, f"<{path}>", value, more) if value else None


def _in_both(value: str) -> Text:
    """A value of ours with its words in each language."""
    english = value
    for words, others in _IN_ENGLISH.items():
        english = english.replace(words, others)
    return {"fr": value, "en": english}


_PROPERTY: Final = rdflib.URIRef(f"{RED_SHAPES}property")


def _of_code(graph: rdflib.Graph, rule: Node) -> Text | None:
    """A code of the list that the rule asks for, where a property takes one."""
    asked = ask(graph, (term_of(rule),))
    code = next((c for v in asked.values if (c := example_code(str(v)))), None)
    hosts = [u for o in graph.subjects(SH.property, rule) for u in graph.subjects(SH.node, o)]
    for host in sorted(hosts, key=str):
        path = graph.value(host, SH.path)
        if code and isinstance(path, rdflib.URIRef):
            return _within(graph, host, f"<{path}>", _same(f"<{code.iri}>"))
    return None


def _kind(value: Text | None, asked: Asked) -> Addition | None:
    """What a value with an address must be said to be."""
    address = value["fr"] if value else ""
    algorithm = _ALGORITHM.search(address)
    if algorithm and (typed := declare_algorithm(algorithm[0], {})):
        return typed[0]
    if not asked.classes or asked.lists or not _ADDRESS.fullmatch(address):
        return None
    return address, RDF_TYPE, _same(shorten(f"<{asked.classes[0]}>"))


def _page(graph: rdflib.Graph, path: rdflib.URIRef, value: Text | None) -> Addition | None:
    """What another rule on the property wants an address said to be: a page, a media type."""
    if value and value["fr"].startswith(_MEDIA):
        return value["fr"], RDF_TYPE, _same("dct:MediaType")
    return next(iter(declare(value["fr"], _asked_of(graph, path), {})), None) if value else None


def _within(
    graph: rdflib.Graph, rule: Node, path: str, value: Text, more: Addition | None = None
) -> Text | None:
    """The statement on a thing that the rule is about, within what leads to that thing."""
    owners = sorted(graph.subjects(SH.property, rule), key=str)
    kinds = [term_of(c) for o in owners for c in graph.objects(o, SH.targetClass)]
    if _DATASET in kinds or not owners:
        return _write(_DATASET, [(path, value)], more)
    if kinds:
        return _write(kinds[0], [(path, value)], more)
    for owner in owners:
        for host in sorted(graph.subjects(SH.node, owner), key=str):
            leading = graph.value(host, SH.path)
            if isinstance(leading, rdflib.URIRef):
                return _write(_DATASET, [(f"<{leading}>", _inside(path, value))], more)
    return None


def _inside(path: str, value: Text) -> Text:
    verb = shorten(path)
    return {lang: f"[\n    {verb} {text} ]" for lang, text in value.items()}


def _write(kind: str, said: list[tuple[str, Text]], more: Addition | None = None) -> Text | None:
    subject = _ADDRESSES.get(kind, _ELEMENT)
    added: list[Addition] = [(subject, RDF_TYPE, _same(shorten(kind)))]
    added += [(subject, verb, value) for verb, value in said]
    return paste((), [*added, *([more] if more else [])], "example")


def _value(
    graph: rdflib.Graph, rule: rdflib.URIRef, path: rdflib.URIRef, asked: Asked
) -> Text | None:
    """A value that follows the rule, in Turtle."""
    if asked.values:
        return _same(shorten(term_of(asked.values[0])))
    for scheme in asked.lists:
        if code := example_code(scheme):
            return _same(f"<{code.iri}>")
    known = _BY_PATH.get(f"<{path}>")
    written = (e for datatype in asked.datatypes if (e := example_of_datatype(datatype)))
    shown = example_of(_LIKE.get(f"<{path}>", f"<{path}>"), (term_of(rule),))
    found = next(written, None) or shown or (_same(known) if known else None)
    return found or _of_path(graph, path) or _of_kind(asked)


def _of_kind(asked: Asked) -> Text | None:
    if asked.wants_link():
        return _same("<https://www.organisme.example/page>")
    if asked.classes:
        return _described(asked)
    if asked.kinds == {"Literal"}:
        return {"fr": '"Texte à adapter"@fr', "en": '"Text to adapt"@en'}
    return None


def _described(asked: Asked) -> Text:
    """Something of the class asked for, with what it must have."""
    kind = f"a {shorten(f'<{asked.classes[0]}>')}"
    shown = [(shorten(part), example) for part in asked.parts if (example := example_of(part, ()))]
    return {
        lang: "[ " + " ;\n    ".join([kind, *(f"{verb} {one[lang]}" for verb, one in shown)]) + " ]"
        for lang in ("fr", "en")
    }


@cache
def _asked_of(graph: rdflib.Graph, path: rdflib.URIRef) -> Asked:
    """What all rules on a property together ask."""
    others = tuple(sorted(term_of(n) for n in graph.subjects(SH.path, path)))
    return ask(graph, tuple(o for o in others if node_of(o) is not None))


@cache
def _of_path(graph: rdflib.Graph, path: rdflib.URIRef) -> Text | None:
    """A value that all rules on a property together ask for."""
    asked = _asked_of(graph, path)
    code = next((c for scheme in asked.lists if (c := example_code(scheme))), None)
    if code:
        return _same(f"<{code.iri}>")
    written = (e for datatype in asked.datatypes if (e := example_of_datatype(datatype)))
    return next(written, None) or _of_kind(asked)


def _same(turtle: str) -> Text:
    return {"fr": turtle, "en": turtle}
