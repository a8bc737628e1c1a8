"""How to cite a dataset, for reference managers: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from red_catalog.model import Entry
from red_catalog.namespaces import term
from red_catalog.publish.lists.cards import literals
from red_catalog.publish.record.graph import Words
from red_catalog.publish.web.quantities import stated
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import choose, clean

# When data were published, what tells it best first.
_DATES: Final = ("dct:issued", "dct:modified")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """The day, month or year when data were published; their version, empty where none is told."""

    date: str
    version: str

    @property
    def year(self) -> str:
        """The year."""
        return self.date[:4]


def read(entry: Entry) -> Cited:
    """What a citation tells of a dataset: it does not change with the words of its description.

    As the holder states it; where no date is stated, when it was first published here.
    """
    texts = (_flat(one.text) for name in _DATES for one in literals(entry, term(name)))
    days = (day for text in texts if (day := stated(text)))
    versions = (_flat(one.text) for one in literals(entry, term("dcat:version")))
    return Cited(next(days, entry.first_seen.date().isoformat()), next(versions, ""))


def write(site: Site, entry: Entry, titles: tuple[Words, ...]) -> Iterator[tuple[str, bytes]]:
    """Suffix and content of each citation of a dataset."""
    chosen = choose(titles, "fr")
    title = _flat(chosen.text) if chosen else ""
    cited = read(entry)
    told = {
        "title": title or entry.iri,
        "author": _flat(site.holder(entry.holder).name["fr"]),
        "publisher": _flat(site.catalogue.title["fr"]),
        "year": cited.year,
        "version": cited.version,
        "url": f"{site.catalogue.base_iri}dataset/{entry.slug}",
    }
    for suffix, text in (
        ("bib", _bibtex(entry.slug, told)),
        ("ris", _ris(told)),
        ("csl.json", _csl(entry.slug, cited, told)),
    ):
        yield suffix, text.encode()


def _bibtex(slug: str, told: dict[str, str]) -> str:
    def tex(text: str) -> str:
        return "".join(_TEX.get(c, c) for c in text)

    names = ("title", "author", "publisher", "year", "version")
    fields = [(name, tex(told[name])) for name in names if told[name]]
    fields[1] = ("author", "{" + fields[1][1] + "}")
    lines = [f"  {name} = {{{value}}},\n" for name, value in (*fields, ("url", told["url"]))]
    return f"@misc{{{slug},\n{''.join(lines)}}}\n"


def _ris(told: dict[str, str]) -> str:
    edition = [("ET", told["version"])] if told["version"] else []
    names = (
        ("TY", "DATA"), ("TI", told["title"]), ("AU", told["author"]), ("PB", told["publisher"]),
        ("PY", told["year"]), *edition, ("UR", told["url"]), ("ER", ""),
    )  # fmt: skip
    return "".join(f"{name}  - {value}\r\n" for name, value in names)


def _csl(slug: str, cited: Cited, told: dict[str, str]) -> str:
    said = {
        "id": slug,
        "type": "dataset",
        "title": told["title"],
        "author": [{"literal": told["author"]}],
        "publisher": told["publisher"],
        "issued": {"date-parts": [[int(part) for part in cited.date.split("-")]]},
        "version": told["version"],
        "URL": told["url"],
    }
    said = {name: value for name, value in said.items() if value}
    return json.dumps([said], ensure_ascii=False, indent=1) + "\n"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text)).strip()
