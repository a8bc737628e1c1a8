"""What search engines read of a dataset: schema.org as JSON-LD, safe inside HTML."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from markupsafe import Markup

from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.publish.dataset.distributions import Distribution
from red_catalog.publish.dataset.view import View
from red_catalog.publish.record.graph import Span, Thing, Value, Words
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import language, tag
from red_catalog.publish.web.quantities import number, stated
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import choose, clean, readable
from red_catalog.rdf.terms import iri

# What Google's dataset search reads of a text.
_LONGEST = 5000
# JSON may write these as escapes; HTML then sees no tag, comment or entity in the block.
_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

_LANGUAGE: Final = re.compile(f"{re.escape(EU_AUTHORITY)}language/([A-Z]{{3}})")


def block(site: Site, view: View, code: str) -> Markup:
    """The content of the page's JSON-LD block."""
    return _write(_dataset(site, view, code))


def catalogue(site: Site, code: str) -> Markup:
    """The content of the home page's JSON-LD block."""
    about = site.catalogue
    return _write({
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": site.absolute("fr", ""),
        "url": site.absolute(code, ""),
        "name": clean(about.title[code]),
        "description": clean(about.description[code]),
        "inLanguage": code,
        "license": links.safe(about.licence),
        "publisher": {"@type": "Organization", "name": clean(about.publisher[code])},
    })  # fmt: skip


def _write(value: dict[str, Any]) -> Markup:
    said = {name: one for name, one in value.items() if one}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return inert(text)


def inert(json_text: str) -> Markup:
    """JSON that can stand in a page: no character of HTML is left."""
    for character, escaped in _ESCAPES.items():
        json_text = json_text.replace(character, escaped)
    return Markup(json_text)  # noqa: S704 - as above


def _dataset(site: Site, view: View, code: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": view.entry.iri,
        "url": site.absolute(code, f"dataset/{view.entry.slug}.html"),
        "name": _chosen(view.titles, code),
        "description": _chosen(view.descriptions, code),
        "inLanguage": [*_tongues(view)],
        "keywords": [clean(k.text) for k in readable(view.keywords, code) if isinstance(k, Words)],
        "identifier": [view.entry.iri, site.absolute("fr", f"dataset/{view.entry.slug}")],
        "sameAs": links.safe(view.entry.iri),
        "dateModified": _date(_stated(view, "provenance", "dct:modified")),
        "datePublished": _date(_stated(view, "provenance", "dct:issued")),
        "version": next(_stated(view, "about", "dcat:version"), None),
        "sdDatePublished": view.entry.changed.date().isoformat(),
        "license": _licences(view),
        **_agents(site, view, code),
        "about": _each("DefinedTerm", (c.thing for c in view.categories), code),
        "isAccessibleForFree": _is_free(view),
        "conditionsOfAccess": _named(view.facts.access, code),
        "temporalCoverage": _intervals(view.facts.periods),
        "spatialCoverage": _each("Place", view.facts.territory, code),
        "variableMeasured": _variables(view),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": language(code).pick(site.catalogue.title),
            "url": site.absolute(code, ""),
        },
        "distribution": [d for d in (_distribution(d, code) for d in view.distributions) if d],
    }


def _is_free(view: View) -> bool:
    """Whether nothing is paid: the level of access alone does not tell where a fee is declared."""
    fees = (one for row in view.conditions.fees for one in row.values)
    nothing = all(isinstance(one, Words) and number(one.text.strip()) == 0 for one in fees)
    return view.level == "PUBLIC" and nothing


def _holder(site: Site, view: View, code: str) -> dict[str, str]:
    holder = site.holder(view.entry.holder)
    said = {
        "@type": "Organization",
        "name": holder.name[code],
        "url": links.safe(holder.homepage or ""),
    }
    return {name: value for name, value in said.items() if value}


def _agents(site: Site, view: View, code: str) -> dict[str, Any]:
    """Who holds and publishes the data, and who publishes this description of them."""
    holder = _holder(site, view, code)
    stated = _each("Organization", _values(view, "governance", "dct:publisher"), code)
    operator = {"@type": "Organization", "name": clean(site.catalogue.publisher[code])}
    return {"creator": holder, "publisher": stated or holder, "sdPublisher": operator}


def _tongues(view: View) -> Iterator[str]:
    """The languages of the data, those of the EU list, by the tags that the web knows."""
    for value in _values(view, "about", "dct:language"):
        match = _LANGUAGE.fullmatch(value.iri or "") if isinstance(value, Thing) else None
        if match:
            yield tag(match[1])


def _each(kind: str, values: Iterable[Value], code: str) -> list[dict[str, str]]:
    """Those of the values that have a name, as things of a kind."""
    names = (_named(one, code) for one in values)
    return [{"@type": kind, "name": name} for name in names if name]


def _variables(view: View) -> list[dict[str, str]]:
    return [
        {"@type": "PropertyValue", "name": clean(v.text)}
        for table in view.tables
        for variable in table.variables[:100]
        for v in (variable.title or variable.name)[:1]
        if isinstance(v, Words)
    ]


def _distribution(one: Distribution, code: str) -> dict[str, Any] | None:
    files, pages = ([u for u in map(links.safe, some) if u] for some in (one.downloads, one.access))
    if not files and not pages:
        return None
    said = {
        "@type": "DataDownload",
        "name": _chosen(one.names, code),
        "encodingFormat": next((n for n in (_named(f, code) for f in one.formats) if n), None),
        "contentUrl": next(iter(files), None),
        "url": next(iter(pages), None),
    }
    return {name: value for name, value in said.items() if value}


def _licences(view: View) -> list[str]:
    """The licences of the dataset that have an address."""
    return [
        address
        for value in _values(view, "access", "dct:license")
        if isinstance(value, Thing) and (address := links.safe(value.iri or ""))
    ]


def _stated(view: View, section: str, name: str) -> Iterator[str]:
    """What the holder says of a property of the dataset, in words."""
    values = _values(view, section, name)
    return (text for one in values if isinstance(one, Words) and (text := clean(one.text).strip()))


def _values(view: View, section: str, name: str) -> Iterator[Value]:
    wanted = iri(term(name))
    rows = (row for row in view.sections[section] if row.property == wanted)
    return (value for row in rows for value in row.values)


def _date(texts: Iterable[str]) -> str | None:
    """The first of these that is a day, a month or a year."""
    return next((one for text in texts if (one := stated(text))), None)


def _chosen(names: tuple[Words, ...], code: str) -> str | None:
    found = choose(names, code)
    return clean(found.text)[:_LONGEST] if found else None


def _named(value: Value | None, code: str) -> str | None:
    if isinstance(value, Words):
        return clean(value.text)
    if isinstance(value, Thing):
        return value.label[code] if value.label else _chosen(value.names, code)
    return None


def _intervals(periods: Iterable[Value]) -> str | list[str]:
    """The periods as ISO 8601 has them, without what is no date; one by itself."""
    ends = ((one.start, one.end) for one in periods if isinstance(one, Span))
    days = ([stated(e.text.strip()) if e else None for e in both] for both in ends)
    told = ["/".join(day or ".." for day in both) for both in days if any(both)]
    return told[0] if len(told) == 1 else told
