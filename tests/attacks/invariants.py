"""What must hold after every attack, whatever its outcome."""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from tests import catalogue
from tests.attacks import manifest
from tests.attacks.place import Place

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset", "background"}
_LOADS = {"script", "img", "iframe", "embed", "object", "audio", "video", "source", "track"}
_FORBIDDEN = {"iframe", "object", "embed", "base", "applet", "frame"}
_HARMLESS = {"", "http", "https", "mailto", "tel", "ftp", "urn"}
_BLOCKS = {"application/ld+json", "application/json"}  # data, which no browser runs
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Page(HTMLParser):
    """Collects what a page would load, run or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.wrongs: list[str] = []
        self.data: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at every element and attribute."""
        given = {name: value or "" for name, value in attrs}
        self.wrongs += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.wrongs += [tag for _ in range(tag in _FORBIDDEN)]
        for name in _ADDRESSES & set(given):
            self._look(tag, name, given[name])
        if tag == "script":
            self._script = given.get("type", "")
            if "src" not in given and self._script not in _BLOCKS:
                self.wrongs.append("inline script")

    def handle_data(self, data: str) -> None:
        """Keeps the texts; JSON-LD must be JSON."""
        if self._script in _BLOCKS:
            json.loads(data)
        self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Notes where a script ends."""
        if tag == "script":
            self._script = None

    def _look(self, tag: str, name: str, address: str) -> None:
        scheme = urlsplit(re.sub(r"[\x00-\x20]", "", address)).scheme.lower()
        if scheme not in _HARMLESS:
            self.wrongs.append(f"{tag} {name} {address[:40]}")
        elsewhere = address.startswith("//") or urlsplit(address).netloc not in {"", "red.example"}
        if elsewhere and (tag in _LOADS or name in {"action", "formaction"}):
            self.wrongs.append(f"{tag} loads {address[:40]}")


def check(place: Place) -> None:
    """Pages are safe, files are whole and where they belong, nothing leaks."""
    assert list(_wrong_pages(place.site)) == []
    assert list(_wrong_files(place.site)) == []
    names = [str(path.relative_to(place.site)).lower() for path in place.site.rglob("*")]
    assert len(names) == len(set(names))
    secret = manifest.invariants().secret
    place.show()
    for text in place.printed:
        assert "Traceback" not in text, text
        assert not _CONTROL.search(text)
        assert secret.decode() not in text


def digests(site: Path) -> dict[str, str]:
    """The SHA-256 of every published file whose bytes can be the same again."""
    every = catalogue.digests(site).items()
    return {path: digest for path, digest in every if not path.startswith("pagefind/")}


def check_again(place: Place, *arguments: str) -> None:
    """A second run, and publishing anew from the register, write the same bytes."""
    before = digests(place.site)
    second = place.harvest(*arguments)
    assert second.plain["publish"]["fresh"] is False
    assert digests(place.site) == before
    (place.root / "public").rename(place.root / "public-before")
    assert place.run("publish", "--json").code == 0
    assert digests(place.site) == before


def texts(site: Path) -> str:
    """The text of every page."""
    pages = []
    for path in sorted(site.rglob("*.html")):
        page = Page()
        page.feed(path.read_text("utf-8"))
        pages.append("".join(page.data))
    return "\n".join(pages)


def _wrong_pages(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        text = path.read_text("utf-8")
        page = Page()
        page.feed(text)
        yield from (f"{path.name}: {wrong}" for wrong in page.wrongs)
        isolated = re.sub(
            r"<bdi[^>]*>.*?</bdi>|<(\w+)[^>]* dir=\"auto\".*?</\1>", "", text, flags=re.S
        )
        body = isolated.partition("<body")[2]
        if re.search("[\u202a-\u202e\u2066-\u2069]", body):
            yield f"{path.name}: a bidirectional control outside <bdi>"


def _wrong_files(site: Path) -> Iterator[str]:
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if not path.resolve().is_relative_to(site.resolve()):
            yield f"{path} lies outside"
        # A refusal may name the address that it refused; a description may not.
        described = path.parent.name in {"dataset", "dumps"}
        if manifest.invariants().secret in content or (described and b"file:///" in content):
            yield f"{path.name} leaks"
        if path.suffix in {".rdf", ".atom", ".xml"}:
            ET.fromstring(content)
        elif path.suffix in {".json", ".jsonld"}:
            json.loads(content)
        elif path.suffix == ".csv":
            rows = csv.reader(content.decode("utf-8-sig").splitlines())
            if any(cell.startswith(_FORMULA) for row in rows for cell in row):
                yield f"{path.name} holds a formula"
