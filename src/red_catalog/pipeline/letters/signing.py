"""The last lines of a letter: who writes, and whom to answer."""

from collections.abc import Iterator
from typing import Final

from red_catalog.config import Catalogue

_ASK: Final = {
    "fr": "Pour toute question : {}",
    "en": "For any question: {}",
}


def sign(catalogue: Catalogue, lang: str) -> Iterator[str]:
    """The lines: the catalogue, its operator, and where to write."""
    yield ""
    yield f"{catalogue.title[lang]} ({catalogue.publisher[lang]})"
    yield catalogue.base_iri if lang == "fr" else f"{catalogue.base_iri}en/"
    yield _ASK[lang].format(catalogue.contact.removeprefix("mailto:"))
