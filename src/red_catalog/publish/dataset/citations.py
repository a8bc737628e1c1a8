"""How to cite a dataset, for reference managers: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterator
from typing import Final

from red_catalog.model import Entry
from red_catalog.publish.record.graph import Words
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import choose, clean

_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write(site: Site, entry: Entry, titles: tuple[Words, ...]) -> Iterator[tuple[str, bytes]]:
    """Suffix and content of each citation of a dataset."""
    chosen = choose(titles, "fr")
    title = _flat(chosen.text) if chosen else ""
    told = {
        "title": title or entry.iri,
        "author": _flat(site.holder(entry.holder).name["fr"]),
        "publisher": _flat(site.catalogue.title["fr"]),
        "year": str(entry.changed.year),
        "url": f"{site.catalogue.base_iri}dataset/{entry.slug}",
    }
    for suffix, text in (
        ("bib", _bibtex(entry.slug, told)),
        ("ris", _ris(told)),
        ("csl.json", _csl(entry, told)),
    ):
        yield suffix, text.encode()


def _bibtex(slug: str, told: dict[str, str]) -> str:
    def tex(text: str) -> str:
        return "".join(_TEX.get(c, c) for c in text)

    fields = [(name, tex(told[name])) for name in ("title", "author", "publisher", "year")]
    fields[1] = ("author", "{" + fields[1][1] + "}")
    lines = [f"  {name} = {{{value}}},\n" for name, value in (*fields, ("url", told["url"]))]
    return f"@misc{{{slug},\n{''.join(lines)}}}\n"


def _ris(told: dict[str, str]) -> str:
    names = (
        ("TY", "DATA"), ("TI", told["title"]), ("AU", told["author"]), ("PB", told["publisher"]),
        ("PY", told["year"]), ("UR", told["url"]), ("ER", ""),
    )  # fmt: skip
    return "".join(f"{name}  - {value}\r\n" for name, value in names)


def _csl(entry: Entry, told: dict[str, str]) -> str:
    date = entry.changed
    said = {
        "id": entry.slug,
        "type": "dataset",
        "title": told["title"],
        "author": [{"literal": told["author"]}],
        "publisher": told["publisher"],
        "issued": {"date-parts": [[date.year, date.month, date.day]]},
        "URL": told["url"],
    }
    return json.dumps([said], ensure_ascii=False, indent=1) + "\n"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text)).strip()
