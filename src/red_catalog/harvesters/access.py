"""Access levels as catalogues write them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.markup import strip_tags
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.rdf.terms import make_iri
from red_catalog.vocabulary.words import LICENCES, named

_COAR: Final = "http://purl.org/coar/access_right/"
_INSPIRE: Final = "http://inspire.ec.europa.eu/metadata-codelist/limitationsonpublicaccess/"
_WORDS: Final = {
    "PUBLIC": (
        "public", "public access", "open", "open access", "openaccess", "open data",
        "acces libre", "libre acces", "acces ouvert", "acces public", "libre", "donnees ouvertes",
        "donnee ouverte",
        "info:eu-repo/semantics/openaccess", f"{_COAR}c_abf2", f"{_INSPIRE}nolimitations",
        "no limitations on public access", "pas de restriction d'acces public",
    ),
    "RESTRICTED": (
        "restricted", "restricted access", "controlled access", "acces restreint", "restreint",
        "acces controle", "acces sur demande", "sur demande", "acces sur autorisation",
        "acces soumis a autorisation", "acces securise", "available on request", "on request",
        "info:eu-repo/semantics/restrictedaccess", "info:eu-repo/semantics/embargoedaccess",
        f"{_COAR}c_16ec", f"{_COAR}c_f1cf", "embargoed access", "acces sous embargo",
    ),
    "NON_PUBLIC": (
        "non public", "non-public", "non_public", "closed", "closed access", "acces ferme", "ferme",
        "confidential", "confidentiel", "info:eu-repo/semantics/closedaccess",
        f"{_COAR}c_14cb", "not available", "non accessible",
    ),
}  # fmt: skip
_RIGHTS: Final = f"{EU_AUTHORITY}access-right/"
_LEVELS: Final = {word: level for level, words in _WORDS.items() for word in words} | {
    f"{_RIGHTS}{level}".lower(): level for level in _WORDS
}

# The reasons for which the directive lets access be limited, from 13.1 (a) to (h).
_LIMITED: Final = re.compile(rf"{re.escape(_INSPIRE)}inspire_directive_article13_1[a-h]")
_LICENCE_SITES: Final = (
    r"https?://(?:www\.)?(?:creativecommons\.org|etalab\.gouv\.fr|opendatacommons\.org"
    r"|(?:github|raw\.githubusercontent)\.com/etalab/licence-ouverte(?![\w-])"
    r"|opensource\.org|spdx\.org/licenses|publications\.europa\.eu/resource/authority/licence"
    r"|data\.gouv\.fr/[^\s]{0,200}?licen[cs]e)"
)
_LICENCE_ADDRESS: Final = re.compile(rf"{_LICENCE_SITES}[^\s\"'<>]*", re.IGNORECASE)
# Ported to a country it is another text than that of the European list.
_PORTED: Final = re.compile(
    r"creativecommons\.org/licenses/[a-z-]{2,8}/\d\.\d/(?!legalcode|deed)[a-z]", re.IGNORECASE
)
_LINK: Final = re.compile(r"<a\s[^<>]{0,1000}?\bhref\s*=\s*[\"']([^\"'<>]*)", re.IGNORECASE)
_TERMS: Final = (
    r"non[ -]?commercial|share[ -]?alike|no[ -]?deriv(?:ative|atif)s?"
    r"|pas d'utilisation commerciale|pas de modification|partage dans les memes conditions"
)
_LICENCE: Final = re.compile(
    rf"{_LICENCE_SITES}[^\s]*"
    rf"|\bcreative commons(?:[ -]+(?:zero|attribution|public domain dedication|{_TERMS}))*"
    # The title of a deed as repositories write it beside its address.
    rf"|\battribution(?:[ -]+(?:{_TERMS}))*[ -]+\d\.\d\b"
    r"|\bcc[ -]?(?:0|zero|by(?:[ -](?:nc|nd|sa))*)\b|\b(?:odc[ -]by|odbl|pddl|lov2|fr-lo|etalab)\b"
    r"|\b(?:open (?:data commons )?(?:open )?(?:database )?|odc )?licen[cs]e"
    r"(?: ouverte| publique generale| gnu)?\b|\bpublic domain dedication\b|\b(?:a?gpl|mit|apache)\b"
)
_AROUND: Final = re.compile(
    r"\b(?:sous|under|the|la|version|v(?=\d)|international|unported|universal|generic|france|fr"
    r"|igo|attribution)(?:\b|(?=\d))|[\W\d_]+"
)
# What may deny or limit the licence that a sentence links to.
_DENIAL: Final = re.compile(
    rf"\b(?!{_TERMS})(?:aucune?|except(?:e|ing)?|excluding|hormis|hors|ne|ni|non|not|only|pas|sans"
    r"|sauf|seul(?:e|s|es|ement)?|unless|without)\b|\bn'"
)
# Which say nothing against open access, and do not state it by themselves either.
_NOTHING: Final = re.compile(
    r"https?://inspire\.ec\.europa\.eu/metadata-codelist/conditionsapplyingtoaccessanduse"
    r"/noconditionsapply/?"
    r"|aucune condition ne s'applique(?: a l'acces et a l'utilisation)?"
    r"|no conditions apply(?: to access and use)?"
    r"|unrestricted|none|aucune|(?:no|aucune|pas de|sans) restrictions?|[-\u2010-\u2015/ ]*"
)


def recognise(words: str) -> str | None:
    """The access level that these words are, as a code of the European list.

    Only whole expressions count: a sentence that holds the word “public” may deny it.
    """
    plain = _spell_plainly(words)
    return _LEVELS.get(plain, "RESTRICTED" if _LIMITED.fullmatch(plain) else None)


def conclude(said: Iterable[str]) -> str | None:
    """The access level that all these expressions state together, as a code.

    Open access is believed where nothing else is said, a licence or “none” apart: a sentence beside
    it may be the condition that takes it back.
    """
    read = {words: recognise(words) for words in said if words}
    levels = {level for level in read.values() if level}
    doubted = any(level is None and not _is_harmless(words) for words, level in read.items())
    if len(levels) != 1 or (levels == {"PUBLIC"} and doubted):
        return None
    return levels.pop()


def find_licences(words: str) -> list[str]:
    """The addresses of licences that a text holds, also within its links."""
    return [one.rstrip(".,;:)") for one in _LICENCE_ADDRESS.findall(words)]


def whole_licence(words: str) -> str | None:
    """The licence that is all of a text: its address, also beside its name, or its name.

    A sentence may name a licence that does not apply.
    """
    found = find_licences(words)
    if found == [words] or (len(found) == 1 and _is_harmless(words)):
        return found[0]
    return find_code((LICENCES,), words) if words and not found else None


def linked_licences(words: str) -> list[str]:
    """The licences that are all of a text, or that its links lead to, if it takes nothing back."""
    links = [] if _DENIAL.search(_spell_plainly(words)) else _LINK.findall(words)
    return [*filter(None, map(whole_licence, map(str.strip, (words, *links))))]


def say_licences(description: Description, licences: Iterable[str], nodes: Sequence[str]) -> None:
    """The first licence of each distribution or of the dataset without one.

    By its code in the European list, where its page or name is that of one; else by its address.
    """
    known = {one: (not _PORTED.search(one) and named(LICENCES, one)) or one for one in licences}
    for position, licence in enumerate(dict.fromkeys(known.values())):
        if position:
            description.tell("map-one", what="dct:license", value=licence)
            continue
        if not licence.startswith(EU_AUTHORITY):
            description.add("rdf:type", term("dct:LicenseDocument"), make_iri(licence))
        for node in nodes or [description.subject]:
            description.add("dct:license", make_iri(licence), node)


def _spell_plainly(words: str) -> str:
    plain = strip_tags(unaccent(words.replace("’", "'")), links=False)
    return " ".join(plain.split()).strip(" .;").lower()


def _is_harmless(words: str) -> bool:
    """Whether these words limit no access: “none”, or but the name or address of a licence."""
    plain = _spell_plainly(words)
    rest, licences = _LICENCE.subn(" ", plain)
    return bool(_NOTHING.fullmatch(plain) or (licences and not _AROUND.sub("", rest)))


def state_access(description: Description, said: Iterable[str]) -> None:
    """The access level where the source states one; else what it says is told.

    Where it says nothing, the checks tell that the level is missing.
    """
    given = [words for words in said if words]
    if level := conclude(given):
        description.add("dct:accessRights", make_iri(_RIGHTS + level))
    elif given:
        description.tell("map-access", value=" / ".join(given))
