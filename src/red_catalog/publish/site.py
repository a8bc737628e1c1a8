"""The site as templates see it: who publishes, where pages lie, how one is written."""

import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from red_catalog.config import Catalogue, Config, Sparql
from red_catalog.model import Holder, Source
from red_catalog.publish import links, properties
from red_catalog.publish.languages import language
from red_catalog.publish.markup import choose, clean, shorten, writer

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs of the configuration.

    `declared_none`: holder and category, where the holder said that it has none of it.
    """

    catalogue: Catalogue
    holders: Mapping[str, Holder]
    sources: Mapping[str, Source]
    sparql: Sparql
    gate: str
    search: bool = False
    declared_none: frozenset[tuple[str, str]] = frozenset()

    def holder(self, holder_id: str) -> Holder:
        """The holder of this id; one that left the configuration is named by its id."""
        found = self.holders.get(holder_id)
        return found or Holder(holder_id, {"fr": holder_id, "en": holder_id})

    def source(self, source_id: str) -> Source:
        """The source of this id; one that left the configuration keeps its id alone."""
        return self.sources.get(source_id) or Source(source_id, "", "", "")

    def url(self, code: str, path: str) -> str:
        """The address of a page within the host."""
        return links.url(self.catalogue.base_path, code, path)

    def absolute(self, code: str, path: str) -> str:
        """The whole address of a page."""
        return links.url(self.catalogue.base_iri, code, path)


def site(config: Config) -> Site:
    """The site of a configuration."""
    return Site(
        catalogue=config.catalogue,
        holders={h.id: h for h in config.holders},
        sources={s.id: s for s in config.sources},
        sparql=config.sparql,
        gate=config.publication.gate,
        search=importlib.util.find_spec("pagefind_bin") is not None,
    )


def page(
    site: Site,
    code: str,
    template: str,
    path: str,
    crumbs: Sequence[tuple[str, str]] = (),
    **values: object,
) -> bytes:
    """One page in one language. `crumbs`: name and path of the pages above it.

    A value `mirror` is the path of the page in the other language, where it is not the same.
    """
    spoken = language(code)
    text = (
        _environment(code)
        .get_template(template)
        .render(
            site=site,
            catalogue=site.catalogue,
            lang=spoken,
            w=writer(code),
            path=path,
            crumbs=crumbs,
            stylesheet=_version("static/site.css", "static/tokens.css"),
            scripts=_version("static/search.js"),
            **{"mirror": path, **values},
        )
    )
    return text.encode()


@cache
def fingerprint() -> str:
    """SHA-256 of all that pages are made with: templates, styles, words, code lists, this code."""
    digest = hashlib.sha256()
    paths = [*HERE.rglob("*"), *(HERE.parent / "vocab").glob("*.ttl")]
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def _environment(code: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("red_catalog.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    spoken = language(code)
    environment.globals.update(
        _=spoken.gettext,
        ngettext=spoken.ngettext,
        safe=links.safe,
        web=links.web,
        shown=links.shown,
        hide=links.hide,
        choose=lambda names: choose(names, code),
        property_name=lambda iri: properties.name(iri, code),
    )
    environment.filters.update(
        number=spoken.number, day=spoken.date, moment=spoken.moment, size=spoken.size, clean=clean,
        percent=spoken.percent,
        shorten=shorten,
    )
    return environment


@cache
def _version(*names: str) -> str:
    together = b"".join((HERE / name).read_bytes() for name in names)
    return hashlib.sha256(together).hexdigest()[:8]
