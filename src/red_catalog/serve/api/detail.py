"""What one dataset's description says beyond its card, read from the release's N-Triples."""

from collections.abc import Mapping, Sequence
from typing import Any

from red_catalog import vocabulary
from red_catalog.ehds import terms
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal, make_iri
from red_catalog.rdf.writing import triples
from red_catalog.serve.releases import Release

Said = Mapping[str, Mapping[str, Sequence[str]]]


def describe(release: Release, slug: str, dataset: str, lang: str) -> dict[str, Any]:
    """The whole description, its distributions, publisher and contacts."""
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples(
        (release.site / "dataset" / f"{slug}.nt").read_bytes()
    ):
        said.setdefault(subject, {}).setdefault(terms.own_term(predicate), []).append(value)
    me = make_iri(dataset)
    return {
        "identifiers": [
            literal(o)[0] for o in _objects(said, me, "dct:identifier") if is_literal(o)
        ],
        "description": _text(said, me, "dct:description", lang),
        "landing_pages": _values(said, me, "dcat:landingPage"),
        "publishers": [_agent(said, o, lang) for o in _objects(said, me, "dct:publisher")],
        "contacts": [_contact(said, o, lang) for o in _objects(said, me, "dcat:contactPoint")],
        "access_conditions": _conditions(said, me, lang),
        "distributions": [
            _distribution(said, o, lang) for o in _objects(said, me, "dcat:distribution")
        ],
    }


def _conditions(said: Said, me: str, lang: str) -> dict[str, Any]:
    """What the holder declares of fees, delay, purposes and protected parts."""
    return {
        "fee_policies": _iris(said, me, "red:feePolicy"),
        "fees": _text(said, me, "red:feeNote", lang),
        "fee_estimate": _text(said, me, "red:feeEstimate", lang),
        "delivery_days": _text(said, me, "red:deliveryDays", lang),
        "purposes": _codes(said, me, "red:allowedPurpose", terms.PURPOSES, lang),
        "protections": _codes(said, me, "red:protection", terms.PROTECTIONS, lang),
        "protected_parts": _text(said, me, "red:protectedPart", lang),
        "protection_reason": _text(said, me, "red:protectionReason", lang),
        "others": _text(said, me, "red:accessCondition", lang),
    }


def _codes(said: Said, me: str, name: str, scheme: str, lang: str) -> list[dict[str, str]]:
    given = {terms.own(one).removeprefix(terms.NAMESPACE) for one in _iris(said, me, name)}
    return [{"code": t.code, "name": t.label[lang]} for t in terms.codes(scheme) if t.name in given]


def _distribution(said: Said, node: str, lang: str) -> dict[str, Any]:
    return {
        "title": _text(said, node, "dct:title", lang),
        "description": _text(said, node, "dct:description", lang),
        "formats": [_label(one, lang) for one in _values(said, node, "dct:format")],
        "access_urls": _values(said, node, "dcat:accessURL"),
        "download_urls": _values(said, node, "dcat:downloadURL"),
    }


def _agent(said: Said, node: str, lang: str) -> dict[str, Any]:
    return {
        "iri": None if "/.well-known/genid/" in node else iri(node) if is_iri(node) else None,
        "name": _text(said, node, "foaf:name", lang),
    }


def _contact(said: Said, node: str, lang: str) -> dict[str, Any]:
    return {
        "name": _text(said, node, "vcard:fn", lang)
        or _text(said, node, "vcard:organization-name", lang),
        "emails": [one.removeprefix("mailto:") for one in _values(said, node, "vcard:hasEmail")],
        "urls": _values(said, node, "vcard:hasURL"),
    }


def _objects(said: Said, node: str, name: str) -> Sequence[str]:
    return said.get(node, {}).get(term(name), ())


def _iris(said: Said, node: str, name: str) -> list[str]:
    return [iri(o) for o in _objects(said, node, name) if is_iri(o)]


def _values(said: Said, node: str, name: str) -> list[str]:
    """The addresses, and what is written as a text in their place."""
    found = _objects(said, node, name)
    return [literal(o)[0] if is_literal(o) else iri(o) for o in found if is_literal(o) or is_iri(o)]


def _label(one: str, lang: str) -> str:
    labels = vocabulary.labels(one)
    return labels[lang] if labels else one


def _text(said: Said, node: str, name: str, lang: str) -> str | None:
    """The text in this language, else in none, else the first."""
    found = [literal(o) for o in _objects(said, node, name) if is_literal(o)]
    for wanted in (lang, ""):
        for text, language, _ in found:
            if (language or "").split("-")[0].lower() == wanted:
                return text
    return found[0][0] if found else None
