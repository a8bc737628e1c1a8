"""Comparing the datasets of the whole catalogue: findings that no single description shows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from red_catalog.model import OWN_PROFILE, Finding, Level, Text
from red_catalog.rdf.terms import iri
from red_catalog.validation import shapes_graph
from red_catalog.validation.advice.explaining import explain
from red_catalog.validation.rules import wording
from red_catalog.validation.rules.catalogue import twins

_NAMED: Final = 3


def find_shared_identifiers(index: Mapping[str, Sequence[str]]) -> dict[str, tuple[Finding, ...]]:
    """The findings of each dataset (IRI) with an identifier that another one has too.

    `index`: the values of `dct:identifier`, by dataset.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    shapes = shapes_graph.shapes(OWN_PROFILE, Level.NON_PUBLIC)
    for result, others in twins(index.items()):
        finding = explain(result, shapes)
        told = replace(finding, fix=_name(wording.mend(result) or finding.message, others))
        dataset = iri(result.focus)
        found[dataset] = (*found.get(dataset, ()), told)
    return found


def _name(fix: Text, others: Sequence[str]) -> Text:
    """The remedy, and which datasets it is about."""
    shown = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
    return {
        "fr": f"{fix['fr']} Celui-ci est aussi donné à {shown}.",
        "en": f"{fix['en']} This one is also given to {shown}.",
    }
