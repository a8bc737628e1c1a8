"""Territories that the EU lists do not have: what tells more than a country is kept."""

import re
from typing import Final

from red_catalog.model import Severity, Text
from red_catalog.namespaces import EU_AUTHORITY, RDF_TYPE, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, make_literal
from red_catalog.validation.advice.fixing import Fix
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.offering import same
from red_catalog.validation.advice.pasting import Addition, paste, shorten
from red_catalog.validation.advice.subjects import name_of
from red_catalog.validation.advice.suggesting import suggest

# Regions and below: of NUTS a country alone is no more than the EU list has.
_FINER: Final = re.compile(
    r"https?://(data\.europa\.eu/nuts/code/[A-Z]{2}[A-Z0-9]{1,3}|id\.insee\.fr/geo/(?!pays/)\w+/.+"
    r"|publications\.europa\.eu/resource/authority/(atu|place)/\w+)"
)
_GEONAMES: Final = re.compile(r"https?://(sws|www)\.geonames\.org/\d+/?.*")
# As some profiles want its addresses; of others, to say where they come from is not enough.
_AS_ASKED: Final = "<https://sws.geonames.org/"
_PLACE: Final = term("dct:Location")
_LISTS: Final = (f"{EU_AUTHORITY}country", f"{EU_AUTHORITY}continent")


def is_kept(group: Group, index: Index) -> bool:
    """Whether a value is advised against that tells a territory better than what is advised."""
    if group.path != term("dct:spatial") or group.kind != "value":
        return False
    value = group.value or ""
    if is_blank(value):
        return group.severity is not Severity.VIOLATION and _tells_more(value, index)
    known = is_iri(value) and (_FINER.fullmatch(bare(value)) or _GEONAMES.fullmatch(bare(value)))
    return bool(known) and (group.severity is not Severity.VIOLATION or _is_undeclared(group))


def fix(group: Group) -> Fix:
    """To say that a place is one, and one of Geonames, where that is what is asked."""
    value = group.value or ""
    added: list[Addition] = []
    if _is_undeclared(group):
        added.append((value, RDF_TYPE, same(shorten(_PLACE))))
    if _is_of_geonames(group):
        added.append((value, term("skos:inScheme"), same("<http://sws.geonames.org>")))
    return Fix(paste((), added))


def advise(group: Group) -> Text:
    """To keep the value, and to say of it what the document does not say yet."""
    if _is_undeclared(group):
        of = (" de Geonames", " of Geonames") if _is_of_geonames(group) else ("", "")
        return {
            "fr": f"Gardez cette valeur et précisez dans le document que c'est un lieu{of[0]}.",
            "en": f"Keep this value, and say in the document that it is a place{of[1]}.",
        }
    if _is_of_geonames(group):
        return {
            "fr": "Gardez cette valeur et précisez dans le document qu'elle vient de Geonames.",
            "en": "Keep this value, and say in the document that it comes from Geonames.",
        }
    if is_blank(group.value or ""):
        return {
            "fr": "Vous pouvez garder cette valeur : elle décrit le lieu, et rien n'est bloqué.",
            "en": "You can keep this value: it describes the place, and nothing is blocked.",
        }
    return {
        "fr": "Vous pouvez garder cette valeur : elle est plus précise qu'un pays, et rien n'est "
        "bloqué.",
        "en": "You can keep this value: it is more precise than a country, and nothing is blocked.",
    }


def _tells_more(node: str, index: Index) -> bool:
    """Whether a place is described, and not by the name of a country alone."""
    name = name_of(index, node, "fr")
    if name is None:
        return bool(index.get(node, {}).keys() - {RDF_TYPE})
    return all(one.likely == "alike" for one in suggest(make_literal(name), _LISTS))


def _is_undeclared(group: Group) -> bool:
    """Whether what blocks is that nothing says of the value what it is."""
    blocks = group.severity is Severity.VIOLATION
    return blocks and "sh:ClassConstraintComponent" in group.components


def _is_of_geonames(group: Group) -> bool:
    return (group.value or "").startswith(_AS_ASKED)
