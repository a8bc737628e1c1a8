"""Sitemaps, as sitemaps.org describes them: the pages of a site, or further sitemaps."""

from typing import Final, NamedTuple
from xml.parsers import expat

_LOCATION: Final = "loc"


class Sitemap(NamedTuple):
    """The addresses that one file names."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


class BadSitemap(Exception):  # noqa: N818  # becomes a value where it is caught
    """The file is no sitemap that may be read; `told` says why, in French and in English."""

    def __init__(self, fr: str, en: str = "") -> None:
        super().__init__(en or fr)
        self.told = fr, en or fr


def parse_sitemap(content: bytes) -> Sitemap:
    """The pages and sitemaps that a file names. Raises BadSitemap.

    A plain text with one address a line is a sitemap too.
    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start != b"<":
        lines = content.decode("utf-8-sig", "replace").split()
        if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
            raise BadSitemap("XML ?")
        return Sitemap(tuple(lines), ())
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003
    except expat.ExpatError as error:
        line = error.lineno
        raise BadSitemap(f"XML, ligne {line}", f"XML, line {line}") from None
    if reader.root not in {"urlset", "sitemapindex"}:
        raise BadSitemap(f"<{reader.root}>")
    return Sitemap(tuple(dict.fromkeys(reader.pages)), tuple(dict.fromkeys(reader.sitemaps)))


class _Reader:
    """Gathers `loc` by what holds it; whatever else a sitemap says is passed over."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.sitemaps: list[str] = []
        self.root = ""
        self._open: list[str] = []
        self._text = ""
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        self.root = self.root or local
        self._open.append(local)
        self._text = ""
        if len(self._open) > 50:
            raise BadSitemap("profondeur > 50", "depth > 50")

    def _end(self, _name: str) -> None:
        closed = self._open.pop()
        within = self._open[-1] if self._open else ""
        if closed == _LOCATION and self._text.strip():
            if within == "url":
                self.pages.append(self._text.strip())
            elif within == "sitemap":
                self.sitemaps.append(self._text.strip())

    def _characters(self, text: str) -> None:
        if self._open and self._open[-1] == _LOCATION and len(self._text) < 4_000:
            self._text += text

    def _doctype(self, *_: object) -> None:
        raise BadSitemap("DOCTYPE")
