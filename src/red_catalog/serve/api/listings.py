"""`/api/holders` and `/api/changes`."""

import json
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from red_catalog.model import CATALOGUE_FEED, FEEDS
from red_catalog.publish.federation import log
from red_catalog.serve.api.answers import address, send_json
from red_catalog.serve.releases import Release
from red_catalog.serve.request import parameters
from red_catalog.serve.request.refusal import Refusal
from red_catalog.store.searching import Index
from red_catalog.store.stamps import stamp

LIMIT: Final = 100
MOST: Final = 1000
HOLDER_PARAMETERS: Final = ("lang",)
CHANGE_PARAMETERS: Final = ("since", "after", "limit", "feed")
LAST: Final = 999_999_999
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


def duties(request: Request, index: Index, release: Release) -> Response:
    """How the duties stand: the public figures, of all and of each holder."""
    parameters.read(request, ())
    file = release.site / "duties.json"
    if not file.is_file():
        raise Refusal(404, "Cette version n'a pas de chiffres.", "This release has no figures.")
    found = json.loads(file.read_text("utf-8"))
    return send_json(request, index, {"release": index.about["release"], **found}, {})


def changes(request: Request, base: str, release: Release, index: Index) -> Response:
    """Every create, update and delete that releases made public, in order: the ledger."""
    values = parameters.read(request, CHANGE_PARAMETERS)
    feed = parameters.text(values, "feed", 20) if "feed" in values else CATALOGUE_FEED
    if feed not in FEEDS:
        known = ", ".join(FEEDS)
        raise Refusal(
            400,
            f"Le paramètre feed est l'un de : {known}.",
            f"Give feed as one of: {known}.",
        )
    since = parameters.moment(values, "since") or _FIRST
    limit = parameters.number(values, "limit", LIMIT, MOST)
    after = parameters.number(values, "after", 0, LAST, least=0) if "after" in values else 0
    seen = max(after, index.shown_before(feed, stamp(since)))
    try:
        count, until = log.end(release.site, feed)
        found = list(islice(log.read(release.site, feed, seen), limit + 1))
    except FileNotFoundError:
        raise Refusal(
            503,
            "Cette version du catalogue n'a pas de journal : publiez-la de nouveau.",
            "This release of the catalogue has no ledger: publish it again.",
        ) from None
    shown, following = found[:limit], None
    if len(found) > limit:
        asked = {"feed": feed if "feed" in values else "", "after": shown[-1]["number"]}
        following = address(base, "api/changes", {**asked, "limit": limit})
    answer = {
        "release": index.about["release"],
        "feed": feed,
        "since": stamp(since),
        "until": until,
        "last": count,
        "next": following,
        "changes": shown,
    }
    return send_json(request, index, answer, {"next": following})
