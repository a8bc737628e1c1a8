"""`/api/datasets`: search with facets, and one dataset."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from red_catalog.config import Catalogue
from red_catalog.ehds import categories
from red_catalog.publish.lists.facets import ORDER
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.tables import write_csv
from red_catalog.serve.api.answers import Plain, address, send, send_json
from red_catalog.serve.api.detail import describe
from red_catalog.serve.releases import Release
from red_catalog.serve.request import parameters
from red_catalog.serve.request.accept import choose
from red_catalog.serve.request.refusal import Refusal
from red_catalog.store.searching import Found, Index, Wanted

SIZE: Final = 20
MOST: Final = 1000
PAGES: Final = 1_000_000
WORDS: Final = 200
SORTS: Final = ("relevance", "title", "changed", "population")
OUTPUTS: Final = ("json", "csv")
PARAMETERS: Final = ("q", "page", "size", "sort", "lang", "output")
_COLUMNS: Final = ("id", "iri", "title", "holder", "holder_name", "access", "categories",
                   "themes", "verdict", "changed", "page", "applies_from")  # fmt: skip


def search(request: Request, base: str, index: Index) -> Response:
    """The datasets that have the words and codes asked for, a page of them."""
    values = parameters.read(request, PARAMETERS, ORDER)
    lang = parameters.language(request, values)
    page = parameters.number(values, "page", 1, PAGES)
    size = parameters.number(values, "size", SIZE, MOST)
    sort = parameters.one_of(values, "sort", SORTS)
    words = parameters.text(values, "q", WORDS)
    form = _output(request, values)
    codes = {facet: values[facet] for facet in ORDER if facet in values}
    found = index.search(Wanted(words, codes, _order(sort, words, lang), (page - 1) * size, size))
    told = [card(index, one, lang) for one in found.datasets]
    if form == "csv":
        return send(request, index, _table(told), "text/csv; charset=utf-8; header=present")
    pages = ceil(found.total / size)
    given = {"q": words, "sort": sort, "lang": values.get("lang"), **codes}

    def at(number: int) -> str | None:
        if not 1 <= number <= min(pages, PAGES):
            return None
        return address(base, "api/datasets", {**given, "page": number, "size": size})

    links = {"prev": at(page - 1), "next": at(page + 1)}
    answer = {
        "release": index.about["release"],
        "total": found.total,
        "page": page,
        "size": size,
        "pages": pages,
        **links,
        "datasets": told,
        "facets": _facets(index, found, lang),
    }
    return send_json(request, index, answer, links)


def get(request: Request, index: Index, release: Release, catalogue: Catalogue) -> Response:
    """One dataset with its distributions and contacts. Raises Refusal (404, 410)."""
    values = parameters.read(request, ("lang",))
    lang = parameters.language(request, values)
    slug = request.path_params["id"]
    told = index.get(slug)
    if told is None:
        change = index.change(slug)
        if change is not None:
            day = datetime.fromisoformat(change.changed).date()
            raise Refusal(
                410,
                f"Ce jeu de données a été retiré du catalogue le {language('fr').date(day)}.",
                f"This dataset was withdrawn from the catalogue on {language('en').date(day)}.",
            )
        raise Refusal(
            404, "Aucun jeu de données n'a cet identifiant.", "No dataset has this identifier."
        )
    whole = {**card(index, told, lang), **describe(release, slug, told["iri"], lang)}
    identifiers = whole.pop("identifiers")
    portal = catalogue.apply_at(lang, told["iri"], min(identifiers, default=""))
    whole["apply"] = None if "public" in told["codes"]["access"] else portal
    files = {name: f"{told['files']}.{suffix}" for name, suffix in _FILES.items()}
    return send_json(request, index, {**whole, "files": files}, {"describedby": files["jsonld"]})


def card(index: Index, told: Mapping[str, Any], lang: str) -> Plain:
    """What a list tells of a dataset, in one language."""
    codes = told["codes"]

    def named(facet: str) -> list[Plain]:
        names = index.names.get(facet, {})
        return [{"code": c, "name": names[c][lang]} for c in codes[facet] if c in names]

    return {
        "id": told["id"],
        "iri": told["iri"],
        "page": told["page"][lang],
        **told["texts"][lang],
        "holder": named("holder")[0],
        "access": named("access")[0],
        "categories": named("category"),
        "themes": named("theme"),
        "territories": named("territory"),
        "formats": named("format"),
        "check": told.get("check"),
        "application": _application(codes["category"], lang),
        "verdict": codes["verdict"][0],
        "minimum_elements": told["minimum_elements"],
        "quality_points": told["quality_points"],
        "first_seen": told["first_seen"],
        "changed": told["changed"],
    }


_FILES: Final = {"turtle": "ttl", "jsonld": "jsonld", "rdfxml": "rdf", "ntriples": "nt"}


def _application(codes: Sequence[str], lang: str) -> Plain | None:
    """When the duty for data of these categories applies, with each part and its condition."""
    found = categories.application(codes)
    if found is None:
        return None
    return {
        "from": found.first.isoformat(),
        "kind": found.kind,
        "parts": [
            {
                "category": one.code,
                "from": one.since.isoformat(),
                "condition": one.condition and one.condition[lang],
            }
            for one in found.parts
        ],
    }


def _output(request: Request, values: parameters.Values) -> str:
    named = parameters.one_of(values, "output", OUTPUTS)
    if named:
        return named
    accept = request.headers.get("accept")
    chosen = choose(accept, ["application/json", "text/csv", "application/problem+json"])
    if chosen is None:
        raise Refusal(
            406,
            "Cette liste existe en : application/json, text/csv.",
            "This list exists as: application/json, text/csv.",
        )
    return "csv" if chosen == "text/csv" else "json"


def _order(sort: str | None, words: str, lang: str) -> str | None:
    if sort == "title" or (sort is None and not words.strip()):
        return f"title-{lang}"
    return None if sort == "relevance" else sort


def _facets(index: Index, found: Found, lang: str) -> list[Plain]:
    """Each facet with its codes, the most frequent first."""
    told = []
    for facet, name in index.facets.items():
        names = index.names[facet]
        counts = sorted(found.counts[facet].items(), key=lambda one: (-one[1], one[0]))
        values = [{"code": c, "name": names[c][lang], "count": n} for c, n in counts]
        told.append({"id": facet, "name": name[lang], "values": values})
    return told


def _table(told: Sequence[Plain]) -> bytes:
    def join(values: Sequence[Plain]) -> str:
        return " | ".join(str(one["name"]) for one in values)

    rows = (
        (one["id"], one["iri"], one["title"], one["holder"]["code"], one["holder"]["name"],
         one["access"]["name"], join(one["categories"]), join(one["themes"]), one["verdict"],
         one["changed"], one["page"], (one["application"] or {}).get("from"))
        for one in told
    )  # fmt: skip
    return write_csv(_COLUMNS, rows)
