"""What the address of a dataset begins with where the form that describes it gives none."""

import re
from typing import Final

from red_catalog.config import Config, declared_folder
from red_catalog.model import Text
from red_catalog.serve.holders.counter import Counter

_PROVISIONAL: Final[Text] = {
    "fr": "L'adresse {space}... est provisoire : le catalogue n'en accepte pas de dépôt.\n"
    "Remplacez-la par une adresse à vous, ou enregistrez ce fichier avec votre clé.",
    "en": "The address {space}... is provisional: the catalogue takes nothing in under it.\n"
    "Replace it by one of your own, or keep this file with your key.",
}


class Spaces:
    """The namespaces of holders, and the folders of this catalogue for those that have none."""

    def __init__(self, config: Config, counter: Counter) -> None:
        self._config, self._counter = config, counter

    async def of(self, owner: str | None, name: str | None) -> tuple[str, ...]:
        """What it begins with for a holder (id), of a dataset that it calls so.

        Nobody's without an owner: what is handed in under such a one is refused.
        """
        known = next((h for h in self._config.holders if h.id == owner), None)
        base = self._config.catalogue.base_iri
        if known is None:
            return (declared_folder(base),)
        former = tuple(declared_folder(base, one) for one in known.former)
        if former and name is not None:
            # What was handed in under a former id keeps its address.
            holders = (known.id, *known.former)
            found = await self._counter.work(lambda desk: desk.named(holders, name))
            if kept := tuple(one for one in former if found and found.iri.startswith(one)):
                return kept
        return known.namespaces or (declared_folder(base, known.id),)


def tell_provisional(base: str, turtle: str, code: str) -> str:
    """What stands at the head of a file whose dataset has an address of nobody's."""
    space = declared_folder(base)
    if not re.search(f"<{re.escape(space)}[^/>]*>", turtle):
        return ""
    told = _PROVISIONAL[code].format(space=space)
    return "".join(f"# {line}\n" for line in told.splitlines())
