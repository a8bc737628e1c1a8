"""The site as templates see it: who publishes, where pages lie, how one is written."""

import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.ext import Extension
from markupsafe import Markup, escape

from red_catalog.config import Catalogue, Config, Serve, Sparql
from red_catalog.ehds.mailboxes import is_personal
from red_catalog.model import Holder, Source, Text
from red_catalog.publish import frames, links, properties, rules
from red_catalog.publish.languages import Language, language
from red_catalog.publish.markup import choose, clean, shorten, writer

HERE: Final = Path(__file__).parent
OURS: Final = HERE / "static"
# A sentence written out alone, or standing among other things in an expression.
_SENTENCE: Final = re.compile(r"""\{\{ _\((["'])([^"'\\{}]+)\1\) \}\}""")
_STYLES: Final = ("site.css", "tokens.css", "editor.css", "yasgui.css")
_WITHIN: Final = re.compile(r"""(?<![\w.])_\((["'])([^"'\\{}]+)\1\)""")


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What every page needs of the configuration.

    `declared_none`: holder and category, where the holder said that it has none of it.
    `theme`: a folder whose `templates` and `static` stand in for ours, file by file.
    `index_limit`: beyond so many datasets the search asks the read interface.
    `profiles`: those whose rules have pages, and what people call them.
    `compiled`: where compiled templates are kept from one publication to the next.
    Known by identity, so that what was worked out for it is found again quickly.
    """

    catalogue: Catalogue
    holders: Mapping[str, Holder]
    sources: Mapping[str, Source]
    sparql: Sparql
    gate: str
    search: bool = False
    index_limit: int = 20_000
    declared_none: frozenset[tuple[str, str]] = frozenset()
    theme: Path | None = None
    profiles: Mapping[str, Text] = field(default_factory=dict)
    serve: Serve = field(default_factory=Serve)
    compiled: Path | None = None

    def holder(self, holder_id: str) -> Holder:
        """The holder of this id; one that left the configuration is named by its id."""
        found = self.holders.get(holder_id)
        return found or Holder(holder_id, {"fr": holder_id, "en": holder_id})

    def source(self, source_id: str) -> Source:
        """The source of this id; one that left the configuration keeps its id alone."""
        return self.sources.get(source_id) or Source(source_id, "", "", "")

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
    """The site of a configuration; `profiles`: those whose rules have pages."""
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
        serve=config.serve,
        compiled=config.var / "templates",
    )


def _public(holder: Holder) -> Holder:
    """The holder without what is never published: the note, and a mailbox of a person."""
    local = (holder.email or "").removeprefix("mailto:").partition("@")[0]
    return replace(holder, note="", email=None if is_personal(local) else holder.email)


def can_index() -> bool:
    """Whether the package that makes the search index is here, with its program."""
    if importlib.util.find_spec("pagefind") is None:
        return False
    from pagefind.service import get_executable  # noqa: PLC0415 - an optional package

    return get_executable() is not None


def find_theme(root: Path) -> Path | None:
    """The folder `theme` beside the configuration, where there is one."""
    return root / "theme" if (root / "theme").is_dir() else None


def static_files(theme: Path | None) -> dict[str, Path]:
    """The files of `static` by name: ours, and the theme's in their place or besides."""
    folders = [OURS, *([theme / "static"] if theme else [])]
    return {
        path.name: path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


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


def macros(site: Site, code: str, template: str, **values: object) -> Any:
    """The macros of a template, for what is written apart from pages."""
    found = _templates(site, code).get_template(template)
    return found.make_module({"site": site, "catalogue": site.catalogue, **values})


def _render(site: Site, code: str, template: str) -> Markup:
    """A part that is the same on every page of a language."""
    found = _templates(site, code).get_template(template)
    return Markup(  # noqa: S704 - the template escapes
        found.render(site=site, catalogue=site.catalogue, w=writer(code))
    )


def site_key(site: Site) -> str:
    """A digest of what every page depends on."""
    sources = [(s.id, s.holder, s.kind, links.web(s.location)) for s in site.sources.values()]
    inputs = (
        fingerprint(site.theme), site.catalogue, site.sparql, site.gate, site.search,
        site.serve,
        sorted(site.declared_none), list(site.holders.values()), sources,
        sorted(site.profiles.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


@cache
def fingerprint(theme: Path | None = None) -> str:
    """SHA-256 of all that pages are made with: templates, styles, words, code lists, this code."""
    digest = hashlib.sha256()
    paths = sorted([*HERE.rglob("*"), *(HERE.parent / "vocab").glob("*.ttl")])
    for path in [*paths, *sorted(theme.rglob("*") if theme else ())]:
        if path.is_file() and "__pycache__" not in path.parts:
            root = HERE.parent if path.is_relative_to(HERE.parent) else theme
            assert root
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


class _Wording(Extension):
    """Writes what is the same on every page of a language into the templates: sentences, names.

    Asking for each at every page would take a third of the time.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template's source in the language of its environment."""
        spoken: Language = self.environment.globals["lang"]  # type: ignore[assignment]
        fixed: Mapping[str, Markup] = self.environment.globals["fixed"]  # type: ignore[assignment]
        for expression, written in fixed.items():
            # A brace of ours must not begin an expression.
            read = written.replace("{", "&#123;")
            source = source.replace(f"{{{{ {expression} }}}}", read)
        text = _SENTENCE.sub(lambda m: str(escape(spoken.gettext(m[2]))), source)
        return _WITHIN.sub(lambda m: json.dumps(spoken.gettext(m[2])), text)


@lru_cache(16)
def _templates(site: Site, code: str) -> Environment:
    return _environment(code, site.theme, site.compiled, _fixed(site, code))


def _fixed(site: Site, code: str) -> tuple[tuple[str, Markup], ...]:
    """What templates name that is the same on every page of a language, and how it reads.

    `root` and `here`: what addresses within the host begin with, of files and of pages.
    """
    pick, catalogue = language(code).pick, site.catalogue
    scripts = sorted(n for n in static_names(site.theme) if n.endswith(".js"))
    return (
        ("root", escape(site.url("fr", ""))),
        ("here", escape(site.url(code, ""))),
        ("lang.code", escape(code)),
        ("stylesheet", escape(_version(site.theme, *_STYLES))),
        ("scripts", escape(_version(site.theme, *scripts))),
        ("not_given", writer(code).missing()),
        ("catalogue.title|pick|clean", escape(clean(pick(catalogue.title)))),
        ("catalogue.publisher|pick|clean", escape(clean(pick(catalogue.publisher)))),
        ("catalogue.description|pick|clean", escape(clean(pick(catalogue.description)))),
    )


def _compiled(place: Path | None, code: str, inputs: object) -> BytecodeCache | None:
    """Templates as compiled before: compiling them takes a second.

    In the names, a digest of what they depend on besides their source.
    """
    if place is None:
        return None
    stem = f"{code}-{hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]}-"
    try:
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob(f"{code}-*"):
            if not old.name.startswith(stem):
                old.unlink(missing_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(place), f"{stem}%s")


@cache
def _environment(
    code: str,
    theme: Path | None,
    compiled: Path | None,
    fixed: tuple[tuple[str, Markup], ...],
) -> Environment:
    loaders: list[BaseLoader] = [PackageLoader("red_catalog.publish")]
    if theme:
        # A theme's template may extend ours of the same name as `red/NAME`.
        ours = PrefixLoader({"red": loaders[0]})
        loaders = [FileSystemLoader(theme / "templates"), loaders[0], ours]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled(compiled, code, (fingerprint(theme), fixed)),
    )
    spoken = language(code)
    environment.globals |= {"lang": spoken, "fixed": dict(fixed), **dict(fixed)}
    environment.add_extension(_Wording)
    # A filter costs a third of what a call costs, and pages have hundreds.
    written = writer(code)
    environment.globals.update(
        _=spoken.gettext,
        ngettext=spoken.ngettext,
        safe=links.safe,
        web=links.web,
        shown=links.shown,
        hide=links.hide,
        choose=lambda names: choose(names, code),
        property_name=lambda iri: properties.name(iri, code),
        compact=properties.compact,
    )
    environment.filters.update(
        number=spoken.number,
        day=spoken.date,
        moment=spoken.moment,
        size=spoken.size,
        clean=clean,
        percent=spoken.percent,
        shorten=shorten,
        pick=spoken.pick,
        choose=lambda names: choose(names, code),
        value=written.value,
        values=written.values,
        rows=written.rows,
        text=written.text,
        paragraphs=written.paragraphs,
    )
    return environment


@cache
def static_names(theme: Path | None) -> frozenset[str]:
    """The names of the files of `static`."""
    return frozenset(static_files(theme))


@cache
def _version(theme: Path | None, *names: str) -> str:
    files = static_files(theme)
    together = b"".join(files[name].read_bytes() for name in names)
    return hashlib.sha256(together).hexdigest()[:8]
