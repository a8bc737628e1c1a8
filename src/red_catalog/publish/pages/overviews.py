"""Every page but the datasets' own: path, template and what it shows, per language."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from types import ModuleType
from typing import Any, Final

from red_catalog.ehds import categories, clocks, terms
from red_catalog.model import Run
from red_catalog.publish.data.description import catalogue_iri, record_iri
from red_catalog.publish.lists import items, listings
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.pages import (
    browsing,
    calendars,
    editor,
    glossing,
    labels,
    news,
    scoping,
    standings,
)
from red_catalog.publish.pages.contents import Contents, Page
from red_catalog.publish.pages.examples import PLACEHOLDER, Query, queries
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.site import page, site_key
from red_catalog.publish.web.wording import ACCESS
from red_catalog.rdf.terms import make_iri

# What a description is checked against unless its sender wants otherwise.
CHECKED: Final = "healthdcat-ap-8"
# Pages that say the same whatever the catalogue holds.
_FIXED: Final = (
    "about", "accessibility", "legal", "glossary", "users", "uses", "opt-out",
    "help-holders", "404", "410",
)  # fmt: skip
# Most holders have data that only a permit opens.
_LEVELS: Final = [(one, ACCESS[one]) for one in ("NON_PUBLIC", "RESTRICTED", "PUBLIC")]
Look = Callable[[Card], str]
Keyed = tuple[str, str, Callable[[], bytes]]
# What the keys of lists begin with, after which comes the language.
_LIST: Final = "list {}"


def overview(contents: Contents, code: str) -> Iterator[Keyed]:
    """Every page and file of a language but those of datasets: name, key, what writes it.

    Two pages with the same key are the same.
    """
    yield from _keyed(contents, code, _pages(contents, code), "")
    mark = _LIST.format(code)
    if contents.lists is None:
        yield from _keyed(contents, code, browsing.lists(contents, code), mark)
    else:
        for name, key in contents.lists.items():
            if key.startswith(mark):
                yield name, key, partial(_write_list, contents, code, name)
    yield from calendars.calendars(contents, code)
    yield from news.news(contents, code)
    yield from standings.trends(contents, code)


def is_list(key: str) -> bool:
    """Whether a page with this key is a list of datasets, or leads to such lists."""
    return key.startswith(_LIST.format(""))


def _keyed(contents: Contents, code: str, found: Iterable[Page], mark: str) -> Iterator[Keyed]:
    """These pages with their keys, which begin with a mark."""
    listed = items.lister(contents.site, code)
    shared, runs = site_key(contents.site), contents.run_marks()
    # A theme's list may show more of a dataset than ours.
    look = attrgetter("mark" if contents.site.theme else "face")
    for path, template, values in found:
        crumbs = values.pop("crumbs", ())
        inputs = (shared, code, template, path, crumbs, _told(values, runs, look))
        key = mark + hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]
        write = partial(page, contents.site, code, template, path, crumbs, listed=listed, **values)
        yield links.file(code, path), key, write


def _write_list(contents: Contents, code: str, name: str) -> bytes:
    """A list that is as it was, but whose file was lost."""
    found = _keyed(contents, code, browsing.lists(contents, code), "")
    return next(write for one, _, write in found if one == name)()


def _told(value: Any, runs: Mapping[str, str], look: Look) -> Any:
    """What a value says, in few words where these tell it apart as well.

    `runs`: a mark for the run of each source; `look`: one for how a list shows a dataset.
    """
    if isinstance(value, Card):
        return value.mark
    if isinstance(value, Run):
        return runs[value.source]
    if isinstance(value, listings.Part):
        return value.path, value.number, value.total, _members(value.members, runs, look)
    if isinstance(value, Mapping):
        return [(name, _told(one, runs, look)) for name, one in value.items()]
    if isinstance(value, list | tuple):
        return [_told(one, runs, look) for one in value]
    return None if isinstance(value, ModuleType) else value


def _members(members: Sequence[Any], runs: Mapping[str, str], look: Look) -> Any:
    """What the members of a list say: most are cards, for which there is a quick way."""
    if members and isinstance(members[0], Card):
        return " ".join(map(look, members))
    return _told(members, runs, look)


def _pages(contents: Contents, code: str) -> Iterator[Page]:
    yield "", "home.html", browsing.home(contents, code)
    yield from standings.standing(contents, code)
    yield "data.html", "data.html", _data(contents)
    yield "sparql.html", "sparql.html", {
        "queries": _queries(contents, code), "editor": editor.words(code),
    }  # fmt: skip
    yield "declare.html", "declare.html", {"levels": _LEVELS}
    yield "check.html", "check.html", _check(contents)
    yield "privacy.html", "privacy.html", {"finder": contents.site.finder(len(contents.cards))}
    yield "clock.html", "clock.html", _clock()
    yield "label.html", "label.html", labels.overview(contents, code)
    yield "scope.html", "scope.html", scoping.view()
    yield f"{terms.PATH}.html", "vocabulary.html", glossing.vocabulary(contents.site)
    for name in _FIXED:
        yield f"{name}.html", f"{name}.html", {}
    if contents.site.profiles:
        yield "rules.html", "rules.html", {}


def _data(contents: Contents) -> dict[str, Any]:
    base = contents.site.catalogue.base_iri
    return {
        "dumps": contents.dumps,
        "moment": contents.changed,
        "count": len(contents.cards),
        "endpoint": f"{base}sparql",
        "catalogue_graph": catalogue_iri(contents.site),
        "record_graph": record_iri(contents.site, "…"),
    }


def _check(contents: Contents) -> dict[str, Any]:
    site = contents.site
    found = {CHECKED: dict.fromkeys(CODES, CHECKED), **site.profiles}
    return {
        "serve": site.serve,
        "profiles": sorted(found.items(), key=lambda one: (one[0] != CHECKED, one[0])),
        "endpoint": f"{site.catalogue.base_iri}api/check",
    }


def _clock() -> dict[str, Any]:
    """The legal periods, each from the first day of the duties and from the end of a month."""
    starts = (categories.GENERAL, date(2029, 11, 30))
    return {
        "clocks": clocks.CLOCKS,
        "first": categories.GENERAL,
        "examples": {
            one.id: [(start, clocks.deadlines(one, start)) for start in starts]
            for one in clocks.CLOCKS
        },
    }


def _queries(contents: Contents, code: str) -> list[Query]:
    """The examples; the one about a single dataset asks for one that is published."""
    found = queries(code, remote=contents.site.sparql.remote is not None)
    if not contents.cards:
        return list(found)
    wanted = make_iri(contents.cards[0].entry.iri)
    return [replace(one, text=one.text.replace(PLACEHOLDER, wanted)) for one in found]
