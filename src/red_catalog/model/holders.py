"""Who is responsible for data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from red_catalog.model.words import Text


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation responsible for data (EHDS *data holder*).

    `trusted`: on the access body's list (Article 72); `kind`: a key of HOLDER_KINDS; `funding`:
    public, private or mixed; `exempt`: why the duty to describe does not bind it (Article 50);
    `holds_none`: codes of the categories that it declares to have no data of; `note`: the
    operator's own, never published.
    `former`: ids that it had before, or of holders that it took over with their datasets.
    """

    id: str
    name: Text
    identifiers: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = False
    namespaces: tuple[str, ...] = ()
    homepage: str | None = None
    email: str | None = None
    kind: str = "other"
    funding: str | None = None
    exempt: Text | None = None
    holds_none: tuple[str, ...] = ()
    note: str = ""
    former: tuple[str, ...] = ()


HOLDER_KINDS: Final[Mapping[str, Text]] = {
    "hospital": {"fr": "établissement de santé", "en": "hospital or clinic"},
    "care": {"fr": "autre professionnel ou structure de soins", "en": "other care provider"},
    "insurer": {"fr": "assurance maladie", "en": "health insurer"},
    "agency": {"fr": "agence ou administration", "en": "agency or administration"},
    "registry": {"fr": "registre", "en": "registry"},
    "research": {"fr": "organisme de recherche", "en": "research organisation"},
    "biobank": {"fr": "biobanque", "en": "biobank"},
    "company": {"fr": "entreprise", "en": "company"},
    "association": {"fr": "association ou fondation", "en": "association or foundation"},
    "other": {"fr": "autre organisme", "en": "other organisation"},
}
"""The kinds of holders, and what people call them."""


FUNDINGS: Final = ("public", "private", "mixed")
