"""Link headers by which programs find their way: FAIR Signposting, https://signposting.org."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

FORMS: Final = (
    (".html", "text/html"),
    (".ttl", "text/turtle"),
    (".jsonld", "application/ld+json"),
    (".rdf", "application/rdf+xml"),
    (".nt", "application/n-triples"),
)
CITATIONS: Final = (
    (".bib", "application/x-bibtex"),
    (".ris", "application/x-research-info-systems"),
    (".csl.json", "application/vnd.citationstyles.csl+json"),
)
_SUFFIXES: Final = (*(suffix for suffix, _ in (*FORMS, *CITATIONS)), ".variables.csv")
_PAGE: Final = ("https://schema.org/Dataset", "https://schema.org/AboutPage")


def on_page(base: str, site: Path, slug: str, forms: Mapping[str, str]) -> str:
    """The Link header of a dataset's page. `forms`: the address of each of its forms."""
    links = [_link(f"{base}dataset/{quote(slug)}", "cite-as")]
    links += [_link(one, "type") for one in _PAGE]
    links += [_link(a, "alternate", t) for t, a in forms.items()]
    links += [_link(a, "describedby", t) for t, a in forms.items() if t != "text/html"]
    links += [_link(a, "describedby", t) for a, t in _citations(base, site, slug)]
    return ", ".join(links)


def on_file(base: str, licence: str, site: Path, path: str) -> str | None:
    """The Link header of a description or citation of a dataset; None for another file."""
    for suffix, _ in (*FORMS[1:], *CITATIONS):
        slug = path.removeprefix("dataset/").removesuffix(suffix)
        if path == f"dataset/{slug}{suffix}" and (site / f"dataset/{slug}.html").is_file():
            about = _link(f"{base}dataset/{quote(slug)}", "describes", "text/html")
            return f"{about}, {_link(licence, 'license')}"
    return None


def without_form(name: str) -> str:
    """The page name in the name of any of a dataset's pages and files: `NAME.csl.json`, say."""
    name = name.partition("/")[0]
    return next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)


def is_data(path: str) -> bool:
    """Whether a dataset's file of this path is for programs."""
    return path.endswith(_SUFFIXES) and not path.endswith(".html")


def _citations(base: str, site: Path, slug: str) -> Iterator[tuple[str, str]]:
    for suffix, media_type in CITATIONS:
        if (site / "dataset" / (slug + suffix)).is_file():
            yield f"{base}dataset/{quote(slug)}{suffix}", media_type


def _link(address: str, relation: str, media_type: str | None = None) -> str:
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{address}>; rel="{relation}"{kind}'
