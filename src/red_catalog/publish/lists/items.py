"""Datasets in lists: each is written once a language, though it stands on many pages."""

from collections.abc import Callable

from markupsafe import Markup

from red_catalog.publish.lists.cards import Card
from red_catalog.publish.web import wording
from red_catalog.publish.web.site import Site, macro


def lister(site: Site, code: str) -> Callable[[Card], Markup]:
    """What writes a dataset as an item of a list; it remembers, so keep it no longer than needed.

    Writing each item anew for each of its nine lists took a quarter of a release.
    """
    write = macro(site, code, "items.html", "item", wording=wording)
    # As bytes: one character beyond Latin-1 makes a text twice as long in memory.
    kept: dict[str, bytes] = {}

    def listed(card: Card) -> Markup:
        key = card.face
        found = kept.get(key)
        if found is None:
            found = kept[key] = write(card).encode()
        return Markup(found.decode())  # noqa: S704 - the template escaped it

    return listed
