"""`/api/holders` and `/api/changes`."""

import re
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from red_catalog.serve.api import parameters
from red_catalog.serve.api.answers import Plain, address, send_json
from red_catalog.serve.refusal import Refusal
from red_catalog.store.index import stamp
from red_catalog.store.searching import Changed, Index

LIMIT: Final = 100
MOST: Final = 1000
HOLDER_PARAMETERS: Final = ("lang",)
CHANGE_PARAMETERS: Final = ("since", "after", "limit")
AFTER: Final = 300  # characters of a cursor
CURSOR: Final = (
    r"^[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z~[A-Za-z0-9._-]+$"
)
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)


def holders(request: Request, index: Index) -> Response:
    """Every holder, with the number of its datasets."""
    values = parameters.read(request, HOLDER_PARAMETERS)
    lang = parameters.language(request, values)
    told = [
        {**one, "name": one["name"][lang], "datasets": index.held("holder", one["id"])}
        for one in index.holders
    ]
    return send_json(request, index, {"release": index.about["release"], "holders": told}, {})


def changes(request: Request, base: str, index: Index) -> Response:
    """What became public since a moment, oldest first; each dataset's latest change only."""
    values = parameters.read(request, CHANGE_PARAMETERS)
    since = parameters.moment(values, "since") or _FIRST
    limit = parameters.number(values, "limit", LIMIT, MOST)
    after = _cursor(values)
    until = index.about["published"]
    found = index.changes(stamp(since), until, after, limit + 1)
    shown = found[:limit]
    following = None
    if len(found) > limit:
        last = shown[-1]
        given = {"since": stamp(since), "after": f"{last.stamp}~{last.slug}", "limit": limit}
        following = address(base, "api/changes", given)
    answer = {
        "release": index.about["release"],
        "since": stamp(since),
        "until": until,
        "next": following,
        "changes": [_change(base, one) for one in shown],
    }
    return send_json(request, index, answer, {"next": following})


def _change(base: str, one: Changed) -> Plain:
    return {
        "published": one.stamp,
        "kind": one.kind,
        "id": one.slug,
        "iri": one.iri,
        "holder": one.holder,
        "changed": one.changed,
        "page": f"{base}dataset/{one.slug}",
    }


def _cursor(values: parameters.Values) -> tuple[str, str]:
    """Where the page before ended: after nothing where there was none."""
    if "after" not in values:
        return "", ""
    text = parameters.text(values, "after", AFTER)
    if not re.search(CURSOR, text, re.ASCII):
        raise Refusal(
            400,
            "Le paramètre after vient du lien next de la réponse précédente.",
            "Take the parameter after from the link next of the answer before.",
        )
    moment, _, slug = text.partition("~")
    return moment, slug
