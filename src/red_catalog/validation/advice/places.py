"""Territories by addresses that the EU lists do not have: finer than a country, they are kept."""

import re
from typing import Final

from red_catalog.model import Severity, Text
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_iri
from red_catalog.validation.advice.fixing import Fix
from red_catalog.validation.advice.grouping import Group
from red_catalog.validation.advice.offering import same
from red_catalog.validation.advice.pasting import paste

# Regions and below: of NUTS a country alone is no more than the EU list has.
_FINER: Final = re.compile(
    r"https?://(data\.europa\.eu/nuts/code/[A-Z]{2}[A-Z0-9]{1,3}|id\.insee\.fr/geo/(?!pays/)\w+/.+)"
)
_GEONAMES: Final = re.compile(r"https?://(sws|www)\.geonames\.org/\d+/?.*")
# As some profiles want its addresses; of others, to say where they come from is not enough.
_AS_ASKED: Final = "https://sws.geonames.org/"


def is_kept(group: Group) -> bool:
    """Whether a value is advised against that tells a territory better than what is advised."""
    if group.path != term("dct:spatial") or group.severity is Severity.VIOLATION:
        return False
    value = group.value or ""
    known = is_iri(value) and (_FINER.fullmatch(bare(value)) or _GEONAMES.fullmatch(bare(value)))
    return group.kind == "value" and bool(known)


def fix(group: Group) -> Fix:
    """To say that a place is one of Geonames, which is what the rule asks; of others, nothing."""
    if not _is_of_geonames(group):
        return Fix()
    listed = same("<http://sws.geonames.org>")
    return Fix(paste((), [(group.value or "", term("skos:inScheme"), listed)]))


def advise(group: Group) -> Text:
    """To keep the value, and of a place of Geonames to say that it is one."""
    if _is_of_geonames(group):
        return {
            "fr": "Gardez cette valeur et précisez dans le document qu'elle vient de Geonames.",
            "en": "Keep this value, and say in the document that it comes from Geonames.",
        }
    return {
        "fr": "Vous pouvez garder cette valeur : elle est plus précise qu'un pays, et rien n'est "
        "bloqué.",
        "en": "You can keep this value: it is more precise than a country, and nothing is blocked.",
    }


def _is_of_geonames(group: Group) -> bool:
    return bare(group.value or "").startswith(_AS_ASKED)
