"""One dataset that comes over several paths under several IRIs. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from red_catalog.model import Entry
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal
from red_catalog.rdf.writing import triples

_IDENTIFIERS: Final = (term("dct:identifier"), term("adms:identifier"))


@dataclass(frozen=True, slots=True)
class Shared:
    """Datasets with one identifier of their first publisher: `paths` are (source, IRI)."""

    identifier: str
    paths: tuple[tuple[str, str], ...]


def find_shared(entries: Iterable[Entry]) -> list[Shared]:
    """The groups of live datasets that give the same global identifier, all paths kept.

    Only an identifier that is an IRI is anyone's beyond its publisher: `17` is everybody's.
    """
    groups: dict[str, dict[tuple[str, str], None]] = {}
    for entry in entries:
        if entry.withdrawn_at is None:
            for identifier in {entry.iri, *_identifiers(entry)}:
                groups.setdefault(identifier, {})[entry.source, entry.iri] = None
    return [Shared(i, tuple(sorted(g))) for i, g in sorted(groups.items()) if len(g) > 1]


def _identifiers(entry: Entry) -> set[str]:
    """The identifiers of a description that are IRIs, its own words for them included."""
    found = {
        o for s, p, o in triples(entry.canonical) if s == f"<{entry.iri}>" and p in _IDENTIFIERS
    }
    texts = {literal(o)[0].strip() for o in found if is_literal(o)}
    texts |= {iri(o) for o in found if is_iri(o)}
    return {text for text in texts if text.startswith(("http://", "https://", "urn:", "doi:"))}
