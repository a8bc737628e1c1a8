"""What surrounds every page: the menu and the footer, written once a language."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from red_catalog.publish.web.site import Site

# Where the folded menu of a narrow screen tells the current entry, and how that is marked.
_HERE: Final = '<b class="menu-here"></b>'
_CURRENT: Final = re.compile(r' aria-current="[a-z]+">([^<]+)</a>')
_written: dict[str, tuple["Site", Markup, Markup]] = {}


def around(
    site: "Site",
    code: str,
    path: str,
    crumbs: Sequence[tuple[str, str]],
    render: Callable[[str], Markup],
) -> tuple[Markup, Markup]:
    """Menu and footer with the page's own link, or that of the page above it, marked.

    `render` writes a template. Writing sixty links anew took a tenth of a page's time.
    """
    kept = _written.get(code)
    if kept is None or kept[0] is not site:
        kept = _written[code] = (site, render("menu.html"), render("footer.html"))
    menu, footer = kept[1:]
    here = site.url(code, path)
    marked = _mark(menu, here, "page")
    if marked is menu and crumbs:
        marked = _mark(menu, site.url(code, crumbs[0][1]), "true")
    return _tell(marked), _mark(footer, here, "page")


def _tell(menu: Markup) -> Markup:
    """The menu, which tells where one is while it is folded."""
    current = _CURRENT.search(menu)
    if current is None:
        return menu
    told = str(menu).replace(_HERE, _HERE.replace("></", f">{current[1]}</"))
    return Markup(told)  # noqa: S704 - what was safe already


def _mark(links: Markup, address: str, kind: str) -> Markup:
    """The links, the one to this address marked as current; the same object where none is."""
    opening = f'<a href="{address}">'
    if opening not in links:
        return links
    marked = str(links).replace(opening, f'<a href="{address}" aria-current="{kind}">')
    return Markup(marked)  # noqa: S704 - what was safe and a word of ours
