"""What the interface is, as an OpenAPI 3.1 description."""

from typing import Any, Final

from red_catalog import __version__
from red_catalog.config import Catalogue
from red_catalog.model import CATALOGUE_FEED, FEEDS
from red_catalog.publish.lists.facets import ORDER
from red_catalog.serve import check
from red_catalog.serve.api import datasets, listings
from red_catalog.serve.api.schemas import SCHEMAS
from red_catalog.serve.request import forms
from red_catalog.serve.request.parameters import SEVERAL
from red_catalog.serve.request.sent import SENT
from red_catalog.store.searching import WORDS
from red_catalog.validation import profiles

Plain = dict[str, Any]

_LANG: Final[Plain] = {
    "name": "lang", "in": "query", "schema": {"enum": ["fr", "en"]},
    "description": "Language of the names; default: what Accept-Language prefers, else fr.",
}  # fmt: skip
# Of the dashboard, which lies behind keys: the header of these, and what it gives.
KEY: Final = "X-API-Key"
OUTPUTS: Final = ("json", "csv", "late", "evidence", "evidence-csv")
_SOMETHING: Final[Plain] = {"type": "string", "minLength": 1}
_CHECKING: Final[Plain] = {
    "profile": {"enum": list(profiles.names())},
    "lang": _LANG["schema"],
    "output": {"enum": list(check.OUTPUTS)},
}
_WAYS: Final[Plain] = {
    "file": {
        "type": "string",
        "format": "binary",
        "minLength": 1,
        "description": "One document; given several times, the CSV files of one declaration.",
    },
    "text": _SOMETHING,
    "url": {"type": "string", "format": "uri", "maxLength": check.URL},
}
_PROBLEM: Final[Plain] = {"$ref": "#/components/schemas/Problem"}


def describe(catalogue: Catalogue) -> Plain:
    """The description, whose addresses are relative to the server's root."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": catalogue.title["en"],
            "version": __version__,
            "summary": "Search and read the catalogue; no key needed, but for the dashboard.",
            "license": {"name": "Licence of the descriptions", "url": catalogue.licence},
        },
        "servers": [{"url": catalogue.base_path.rstrip("/") or "/"}],
        "paths": {
            "/api/datasets": {"get": _search()},
            "/api/datasets/{id}": {"get": _dataset()},
            "/api/holders": {"get": _holders()},
            "/api/duties": {"get": _duties()},
            "/api/changes": {"get": _changes()},
            "/api/dashboard": {"get": _dashboard()},
            "/api/check": {"post": _check()},
            "/api/openapi.json": {"get": _itself()},
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": KEY}},
        },
    }


def _search() -> Plain:
    whole = {"type": "integer", "minimum": 1}
    words = {"type": "string", "maxLength": datasets.WORDS}
    facets = [_several(facet) for facet in ORDER]
    answers = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Datasets"}},
        "text/csv": {"schema": {"type": "string"}},
    }
    return {
        "operationId": "searchDatasets",
        "summary": "Search the datasets; accents, case and endings of words do not matter.",
        "parameters": [
            _given("q", words, f"Words that the datasets must all have; the first {WORDS} count."),
            _given("page", {**whole, "maximum": datasets.PAGES, "default": 1}, "Page wanted."),
            _given(
                "size", {**whole, "maximum": datasets.MOST, "default": datasets.SIZE},
                "Datasets a page.",
            ),
            _given(
                "sort", {"enum": list(datasets.SORTS)},
                "Order; default: relevance where there are words, else title.",
            ),
            _given("output", {"enum": list(datasets.OUTPUTS)}, "Instead of Accept."),
            _LANG,
            *facets,
        ],
        "responses": _responses(answers, 400, 406, 503),
    }  # fmt: skip


def _dataset() -> Plain:
    named = {
        "name": "id", "in": "path", "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]+$"},
        "description": "The dataset's name in this catalogue, the last part of its address.",
    }  # fmt: skip
    return {
        "operationId": "getDataset",
        "summary": "One dataset with its distributions, publisher and contacts.",
        "parameters": [named, _LANG],
        "responses": _responses(_json("Dataset"), 400, 404, 410, 503),
    }


def _holders() -> Plain:
    return {
        "operationId": "listHolders",
        "summary": "Every holder, with the number of its datasets.",
        "parameters": [_LANG],
        "responses": _responses(_json("Holders"), 400, 503),
    }


def _duties() -> Plain:
    return {
        "operationId": "getDuties",
        "summary": "How the duties of Regulation (EU) 2025/327 stand: all, and each holder.",
        "parameters": [],
        "responses": _responses(_json("Duties"), 400, 404, 503),
    }


def _changes() -> Plain:
    limit = {"type": "integer", "minimum": 1, "maximum": listings.MOST, "default": listings.LIMIT}
    since = {"anyOf": [{"type": "string", "format": form} for form in ("date", "date-time")]}
    after = {"type": "integer", "minimum": 0, "maximum": listings.LAST}
    feed = {"enum": list(FEEDS), "default": CATALOGUE_FEED}
    return {
        "operationId": "listChanges",
        "summary": "The ledger of changes; ask next after the last number seen.",
        "parameters": [
            _given(
                "since",
                since,
                "What releases showed from then on: a day, or a day and time with their zone.",
            ),
            _given("after", after, "The number of the last change seen."),
            _given("limit", limit, "Changes a page."),
            _given("feed", feed, "Of all that is published, or of the EU feed."),
        ],
        "responses": _responses(_json("Changes"), 400, 503),
    }


def _dashboard() -> Plain:
    table = {"schema": {"type": "string"}}
    answers = {**_json("Dashboard"), "text/csv": table, "text/html": table}
    outputs = {"enum": list(OUTPUTS), "default": OUTPUTS[0]}
    holder = _given("holder", _SOMETHING, "One holder's, for the access body; default: all.")
    return {
        "operationId": "getDashboard",
        "summary": "What is not public: of a holder's datasets, under its key; of all, under the "
        "access body's.",
        "security": [{"key": []}],
        "parameters": [_given("output", outputs, "What is wanted, and as what."), holder],
        "responses": _responses(answers, 400, 401, 403, 404, 429, 503),
    }


def _check() -> Plain:
    reports = {
        kind.partition(";")[0]: {"schema": {} if "json" in kind else {"type": "string"}}
        for kind in check.OUTPUTS.values()
    }
    return {
        "operationId": "checkDescription",
        "summary": "Check a description; nothing of it is kept.",
        "parameters": [
            _given("profile", _CHECKING["profile"], "The set of rules; default: HealthDCAT-AP."),
            _LANG,
            _given("output", _CHECKING["output"], "Instead of Accept."),
        ],
        "requestBody": {
            "required": True,
            "content": {
                **{kind: {"schema": {}} for kind in SENT},
                forms.FORMS[0]: {"schema": _form("file", "text", "url")},
                forms.FORMS[1]: {"schema": _form("text", "url")},
            },
        },
        "responses": _responses(reports, 400, 406, 413, 415, 429, 503, 504, paged=True),
    }


def _form(*ways: str) -> Plain:
    """A form that gives the document in one of these ways, the others empty as browsers send."""
    empty = {"type": "string", "maxLength": 0}
    return {
        "oneOf": [
            {
                "type": "object",
                "properties": {**_CHECKING, **dict.fromkeys(ways, empty), way: _WAYS[way]},
                "required": [way],
                "additionalProperties": False,
            }
            for way in ways
        ]
    }


def _itself() -> Plain:
    return {
        "operationId": "getDescription",
        "summary": "This description.",
        "responses": _responses({"application/json": {"schema": {"type": "object"}}}, 503),
    }


def _given(name: str, schema: Plain, description: str) -> Plain:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _several(facet: str) -> Plain:
    values = {"type": "array", "items": {"type": "string"}, "maxItems": SEVERAL}
    told = f"Codes of the facet `{facet}`, any of which a dataset must have."
    return {**_given(facet, values, told), "style": "form", "explode": True}


def _json(schema: str) -> Plain:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _responses(content: Plain, *problems: int, paged: bool = False) -> Plain:
    """The answers by status. `paged`: browsers are told of problems on a page."""
    page: Plain = {"text/html": {"schema": {"type": "string"}}} if paged else {}
    told: Plain = {"200": {"description": "The answer.", "content": content}}
    for status in problems:
        told[str(status)] = {
            "description": "Why not, and what to do.",
            "content": {"application/problem+json": {"schema": _PROBLEM}, **page},
        }
    return told
