"""Scores in the W3C's Data Quality Vocabulary, in the catalogue's own graph.

They measure a description, so they belong to its catalogue record, not to the dataset:
whoever asks for the dataset gets the holder's words alone. Means belong to the holder in this
catalogue, and to the catalogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from red_catalog.model import Entry, Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.web.site import Site
from red_catalog.rdf.terms import make_iri, make_literal

_INTEGER: Final = f"{PREFIXES['xsd']}integer"
_DECIMAL: Final = f"{PREFIXES['xsd']}decimal"

_DIMENSIONS: Final[dict[str, Text]] = {
    "completeness": {"fr": "Complétude", "en": "Completeness"},
    "findability": {"fr": "Facilité de découverte", "en": "Findability"},
    "accessibility": {"fr": "Accessibilité", "en": "Accessibility"},
    "interoperability": {"fr": "Interopérabilité", "en": "Interoperability"},
    "reusability": {"fr": "Réutilisabilité", "en": "Reusability"},
    "contextuality": {"fr": "Contexte", "en": "Contextuality"},
}
_OF_MQA: Final = tuple(name for name in _DIMENSIONS if name != "completeness")
_ELEMENTS: Final = {
    "fr": "éléments minimaux du règlement d’exécution (UE) 2026/2098",
    "en": "minimum elements of Implementing Regulation (EU) 2026/2098",
}
_MQA: Final = {
    "fr": "évaluation de la qualité des métadonnées de data.europa.eu",
    "en": "metadata quality assessment of data.europa.eu",
}
_DEFINITIONS: Final[dict[str, tuple[Text, Text]]] = {
    "elements-given": (
        {"fr": "Éléments minimaux renseignés", "en": "Minimum elements given"},
        {"fr": f"Combien des {_ELEMENTS['fr']} la description renseigne.",
         "en": f"How many of the {_ELEMENTS['en']} the description gives."},
    ),
    "elements-applicable": (
        {"fr": "Éléments minimaux applicables", "en": "Minimum elements that apply"},
        {"fr": f"Combien des {_ELEMENTS['fr']} s’appliquent à ce jeu de données.",
         "en": f"How many of the {_ELEMENTS['en']} apply to this dataset."},
    ),
    "mqa": (
        {"fr": "Points de qualité des métadonnées", "en": "Metadata quality points"},
        {"fr": f"Total de l’{_MQA['fr']}, sur 405.",
         "en": f"Total of the {_MQA['en']}, of 405."},
    ),
    "mqa-reachable": (
        {"fr": "Points possibles", "en": "Reachable points"},
        {"fr": "Les points que pouvaient donner les contrôles effectués : 405 si les adresses "
               "ont été essayées.",
         "en": "The points that the checks made could have given: 405 where the addresses "
               "were tried."},
    ),
    "mean-elements": (
        {"fr": "Part des éléments minimaux renseignés", "en": "Share of minimum elements given"},
        {"fr": f"Part, de 0 à 1, des {_ELEMENTS['fr']} que les descriptions renseignent, parmi "
               "ceux qui s’appliquent à elles.",
         "en": f"Share, from 0 to 1, of the {_ELEMENTS['en']} that the descriptions give, of "
               "those that apply to them."},
    ),
    "mean-mqa": (
        {"fr": "Moyenne des points de qualité", "en": "Mean of the quality points"},
        {"fr": f"Moyenne, sur les descriptions, du total de l’{_MQA['fr']}, sur 405.",
         "en": f"Mean, over the descriptions, of the total of the {_MQA['en']}, of 405."},
    ),
}  # fmt: skip


def describe_metrics(site: Site) -> Iterator[Triple]:
    """What is measured, once for the whole catalogue."""
    category = make_iri(_iri(site, "mqa-category"))
    yield category, RDF_TYPE, term("dqv:Category")
    yield from _text(category, "skos:prefLabel", {k: v.capitalize() for k, v in _MQA.items()})
    for name, label in _DIMENSIONS.items():
        dimension = make_iri(_iri(site, name))
        yield dimension, RDF_TYPE, term("dqv:Dimension")
        yield from _text(dimension, "skos:prefLabel", label)
        if name in _OF_MQA:
            yield dimension, term("dqv:inCategory"), category
    for name, (label, definition, dimensions) in _metrics().items():
        metric = make_iri(_iri(site, name))
        yield metric, RDF_TYPE, term("dqv:Metric")
        yield from _text(metric, "skos:prefLabel", label)
        yield from _text(metric, "skos:definition", definition)
        kind = _DECIMAL if name.startswith("mean") else _INTEGER
        yield metric, term("dqv:expectedDataType"), make_iri(kind)
        for dimension_name in dimensions:
            yield metric, term("dqv:inDimension"), make_iri(_iri(site, dimension_name))


def measure(site: Site, entry: Entry, record_iri: str) -> Iterator[Triple]:
    """The measurements of one description; none before its first scores."""
    for name, value in _values(entry).items():
        yield from _measure(site, record_iri, name, make_literal(str(value), datatype=_INTEGER))


def measure_mean(site: Site, about: str, entries: Iterable[Entry]) -> Iterator[Triple]:
    """The means over these descriptions, about a holder or the catalogue; none without scores."""
    scored = [(e.completeness, e.mqa.points) for e in entries if e.completeness and e.mqa]
    applicable = sum(given.applicable for given, _ in scored)
    if applicable:
        share = sum(given.given for given, _ in scored) / applicable
        yield from _measure(site, about, "mean-elements", _decimal(share))
        mean = sum(points for _, points in scored) / len(scored)
        yield from _measure(site, about, "mean-mqa", _decimal(mean))


def _measure(site: Site, about: str, name: str, value: str) -> Iterator[Triple]:
    node = make_iri(f"{about}#{name}")
    yield make_iri(about), term("dqv:hasQualityMeasurement"), node
    yield node, RDF_TYPE, term("dqv:QualityMeasurement")
    yield node, term("dqv:computedOn"), make_iri(about)
    yield node, term("dqv:isMeasurementOf"), make_iri(_iri(site, name))
    yield node, term("dqv:value"), value


def _decimal(number: float) -> str:
    """The number to four digits after its point, none of them for nothing."""
    return make_literal(f"{number:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def _values(entry: Entry) -> dict[str, int]:
    if entry.completeness is None or entry.mqa is None:
        return {}
    return {
        "elements-given": entry.completeness.given,
        "elements-applicable": entry.completeness.applicable,
        "mqa": entry.mqa.points,
        "mqa-reachable": entry.mqa.reachable,
        **{f"mqa-{name}": points for name, points in entry.mqa.dimensions().items()},
    }


def _metrics() -> dict[str, tuple[Text, Text, Sequence[str]]]:
    """Name, definition and dimensions of every metric."""
    found: dict[str, tuple[Text, Text, Sequence[str]]] = {
        name: (*texts, ("completeness",) if "elements" in name else _OF_MQA)
        for name, texts in _DEFINITIONS.items()
    }
    for name in _OF_MQA:
        label = _DIMENSIONS[name]
        definition = {
            "fr": f"Points de la dimension « {label['fr']} » de l’{_MQA['fr']}.",
            "en": f"Points of the dimension “{label['en']}” of the {_MQA['en']}.",
        }
        found[f"mqa-{name}"] = (label, definition, (name,))
    return found


def _iri(site: Site, name: str) -> str:
    return f"{site.catalogue.base_iri}quality#{name}"


def _text(subject: str, name: str, text: Text) -> Iterator[Triple]:
    for code in ("fr", "en"):
        yield subject, term(name), make_literal(text[code], code)
