"""What crawlers read first: the list of pages and the rules for robots."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from red_catalog.model import Entry
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.site import Site

FILE: Final = "sitemap.xml"
# Crawlers read 50,000 addresses of a file.
MOST: Final = 50_000
_NOT_LISTED: Final = ("404.html", "410.html")
_OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)
_INDEX: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def sitemap(
    site: Site, files: Sequence[str], entries: Sequence[Entry]
) -> Iterator[tuple[str, bytes]]:
    """Every page of the site; those of datasets with the day of their last change.

    One file, or an index of several where it would hold more than crawlers read.
    """
    base = site.catalogue.base_iri
    lines = [
        f"<url><loc>{escape(base + name.removesuffix('index.html'))}</loc></url>\n"
        for name in sorted(files)
        if name.endswith(".html") and not name.endswith(_NOT_LISTED)
    ]
    for code in CODES:
        for entry in entries:
            address = escape(site.absolute(code, f"dataset/{entry.slug}.html"))
            day = entry.changed.date().isoformat()
            lines.append(f"<url><loc>{address}</loc><lastmod>{day}</lastmod></url>\n")
    if len(lines) <= MOST:
        yield FILE, (_OPENING + "".join(lines) + "</urlset>\n").encode()
        return
    names = []
    for start in range(0, len(lines), MOST):
        name = f"sitemap/{start // MOST + 1}.xml"
        names.append(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n")
        yield name, (_OPENING + "".join(lines[start : start + MOST]) + "</urlset>\n").encode()
    yield FILE, (_INDEX + "".join(names) + "</sitemapindex>\n").encode()


def robots(site: Site) -> bytes:
    """Everything may be read, but the query endpoint only by other catalogues of our kind."""
    path = site.catalogue.base_path
    return (
        f"User-agent: red-catalog\nAllow: {path}\n\n"
        f"User-agent: *\nDisallow: {path}sparql?\n\nSitemap: {site.catalogue.base_iri}sitemap.xml\n"
    ).encode()
