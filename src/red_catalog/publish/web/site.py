"""The site as templates see it: who publishes, where pages lie, how one is written."""

import hashlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment
from markupsafe import Markup, escape

from red_catalog.config import Catalogue, Config, Publication, Serve, Sparql, Validation
from red_catalog.config.mailboxes import addresses
from red_catalog.ehds.mailboxes import is_personal
from red_catalog.model import OWN_PROFILE, Holder, Source, Text
from red_catalog.publish.web import frames, links, rules
from red_catalog.publish.web.environment import environment
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.markup import writer
from red_catalog.publish.web.mistakes import telling
from red_catalog.publish.web.texts import clean
from red_catalog.publish.web.themes import (
    find_theme,
    fingerprint,
    static_names,
    template_names,
    version,
)
from red_catalog.rdf.syntax import from_name

_STYLES: Final = ("site.css", "tokens.css", "editor.css", "yasgui.css")


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What every page needs of the configuration.

    `declared_none`: holder and category, where the holder said that it has none of it.
    `theme`: a folder whose `templates` and `static` stand in for ours, file by file.
    `index_limit`: beyond so many datasets the search asks the read interface.
    `profiles`: those whose rules have pages, and what people call them. `ruled`: there are some.
    `gating`: those that decide the verdict. `reminds`: holders with a mailbox are mailed.
    `compiled`: where compiled templates are kept from one publication to the next.
    Known by identity, so that what was worked out for it is found again quickly.
    """

    catalogue: Catalogue
    holders: Mapping[str, Holder]
    sources: Mapping[str, Source]
    sparql: Sparql
    gate: str
    search: bool = False
    index_limit: int = Publication().search_index_up_to
    declared_none: frozenset[tuple[str, str]] = frozenset()
    theme: Path | None = None
    profiles: Mapping[str, Text] = field(default_factory=dict)
    ruled: bool = True
    serve: Serve = field(default_factory=Serve)
    compiled: Path | None = None
    own_checks: bool = True
    gating: tuple[str, ...] = Validation().gating
    reminds: bool = False

    def holder(self, holder_id: str) -> Holder:
        """The holder of this id; one that left the configuration is named by its id."""
        found = self.holders.get(holder_id)
        return found or Holder(holder_id, {"fr": holder_id, "en": holder_id})

    def source(self, source_id: str) -> Source:
        """The source of this id; one that left the configuration keeps its id alone."""
        return self.sources.get(source_id) or Source(source_id, "", "", "")

    def profile(self, name: str, release: str) -> Text:
        """What people call a profile; one without pages is named by its id and release."""
        return self.profiles.get(name) or dict.fromkeys(CODES, f"{name} ({release})")

    def rule(self, code: str, path: str | None) -> str | None:
        """The address within the host of a rule's page, None where it has none."""
        known = path is not None and path.split("/")[1:2] and path.split("/")[1] in self.profiles
        return self.url(code, path) if path and known and rules.checked(path) else None

    def finder(self, count: int) -> str | None:
        """What answers a search among so many datasets: `pagefind`, `api`, or nothing."""
        if count > self.index_limit:
            return "api"
        return "pagefind" if self.search else None

    def url(self, code: str, path: str) -> str:
        """The address of a page within the host."""
        return links.url(self.catalogue.base_path, code, path)

    def absolute(self, code: str, path: str) -> str:
        """The whole address of a page."""
        return links.url(self.catalogue.base_iri, code, path)


def site(config: Config, profiles: Mapping[str, Text] | None = None) -> Site:
    """The site of a configuration; `profiles`: those whose rules have pages, None where unknown."""
    return Site(
        catalogue=config.catalogue,
        holders={h.id: _public(h) for h in config.holders},
        declared_none=frozenset((h.id, one) for h in config.holders for one in h.holds_none),
        sources={s.id: s for s in config.sources},
        sparql=config.sparql,
        gate=config.publication.gate,
        theme=find_theme(config.root),
        search=can_index(),
        index_limit=config.publication.search_index_up_to,
        profiles=profiles or {},
        ruled=profiles is None or bool(profiles),
        serve=config.serve,
        compiled=config.var / "templates",
        own_checks=OWN_PROFILE in config.validation.profiles,
        gating=config.validation.gating,
        reminds=bool(config.notify.smtp or config.notify.folder),
    )


def _public(holder: Holder) -> Holder:
    """The holder without what is never published: the note, names, and mailboxes of persons."""
    roles = [one for one in addresses(holder.email or "") if not is_personal(one.username)]
    return replace(holder, note="", email=",".join(one.addr_spec for one in roles) or None)


def can_index() -> bool:
    """Whether the package that makes the search index is here, with its program."""
    if importlib.util.find_spec("pagefind") is None:
        return False
    from pagefind.service import get_executable  # noqa: PLC0415 - an optional package

    return get_executable() is not None


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
    with telling(site.theme):
        menu, footer = frames.around(site, code, path, crumbs, partial(_render, site, code))
        text = (
            _templates(site, code)
            .get_template(template)
            .render(
                site=site,
                catalogue=site.catalogue,
                lang=spoken,
                w=writer(code),
                path=path,
                crumbs=crumbs,
                logo="logo.svg" in static_names(site.theme),
                menu=menu,
                footer=footer,
                **{"mirror": path, **values},
            )
        )
    return text.encode()


def macro(
    site: Site, code: str, template: str, name: str, **values: object
) -> Callable[..., Markup]:
    """A macro of a template, for what is written apart from pages."""
    with telling(site.theme):
        found = _templates(site, code).get_template(template)
        module = found.make_module({"site": site, "catalogue": site.catalogue, **values})
        write: Callable[..., Markup] = getattr(module, name)

    def told(*arguments: object) -> Markup:
        with telling(site.theme):
            return write(*arguments)

    return told


def check_theme(site: Site) -> int:
    """How many templates the theme has. Raises RedError for one that cannot be read."""
    names = template_names(site.theme) if site.theme else []
    unkept = replace(site, compiled=None)
    for code in CODES:
        for name in names:
            with telling(site.theme):
                _templates(unkept, code).get_template(name)
    return len(names)


def _render(site: Site, code: str, template: str) -> Markup:
    """A part that is the same on every page of a language."""
    found = _templates(site, code).get_template(template)
    return Markup(  # noqa: S704 - the template escapes
        found.render(site=site, catalogue=site.catalogue, w=writer(code))
    )


def site_key(site: Site) -> str:
    """A digest of what every page depends on."""
    # What is told to correct depends on the syntax, be its file no address that can be shown.
    sources = [
        (s.id, s.holder, s.kind, links.web(s.location), from_name(s.location), s.every_hours)
        for s in site.sources.values()
    ]
    # No page shows these; another machine has another number of workers.
    sparql = replace(site.sparql, workers=0)
    serve = replace(site.serve, access_log=True, metrics_from=())
    inputs = (
        fingerprint(site.theme), site.catalogue, sparql, site.gate, site.search,
        serve, site.own_checks, site.gating, site.reminds,
        sorted(site.declared_none), list(site.holders.values()), sources,
        sorted(site.profiles.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


@lru_cache(16)
def _templates(site: Site, code: str) -> Environment:
    return environment(code, site.theme, site.compiled, _fixed(site, code))


def _fixed(site: Site, code: str) -> tuple[tuple[str, Markup], ...]:
    """What templates name that is the same on every page of a language, and how it reads.

    `root` and `here`: what addresses within the host begin with, of files and of pages.
    """
    spoken, catalogue = language(code), site.catalogue
    pick = spoken.typeset
    scripts = sorted(n for n in static_names(site.theme) if n.endswith(".js"))
    return (
        ("root", escape(site.url("fr", ""))),
        ("here", escape(site.url(code, ""))),
        ("lang.code", escape(code)),
        ("stylesheet", escape(version(site.theme, *_STYLES))),
        ("scripts", escape(version(site.theme, *scripts))),
        ("not_given", writer(code).missing()),
        ("catalogue.title|tongue", spoken.tongue(catalogue.title)),
        ("catalogue.title|pick|clean", escape(clean(pick(catalogue.title)))),
        ("catalogue.publisher|pick|clean", escape(clean(pick(catalogue.publisher)))),
        ("catalogue.description|pick|clean", escape(clean(pick(catalogue.description)))),
    )
