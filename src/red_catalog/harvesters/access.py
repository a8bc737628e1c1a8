"""Access levels as catalogues write them."""

from collections.abc import Iterable
from typing import Final

from red_catalog.harvesters.description import Description
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.terms import make_iri

_COAR: Final = "http://purl.org/coar/access_right/"
_INSPIRE: Final = "http://inspire.ec.europa.eu/metadata-codelist/limitationsonpublicaccess/"
_WORDS: Final = {
    "PUBLIC": (
        "public", "open", "open access", "openaccess", "open data", "acces libre", "libre acces",
        "acces ouvert", "acces public", "libre", "donnees ouvertes", "donnee ouverte",
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


def recognise(words: str) -> str | None:
    """The access level that these words are, as a code of the European list.

    Only whole expressions count: a sentence that holds the word “public” may deny it.
    """
    plain = unaccent(words.replace("’", "'"))
    return _LEVELS.get(" ".join(plain.split()).strip(" .;").lower())


def state_access(description: Description, said: Iterable[str]) -> None:
    """The access level where the source states one; else what is missing is told."""
    given = [words for words in said if words]
    levels = {level for level in map(recognise, given) if level}
    if len(levels) == 1:
        description.add("dct:accessRights", make_iri(_RIGHTS + levels.pop()))
    elif given:
        description.tell("map-access", value=" / ".join(given))
    else:
        description.tell("map-access-none")
