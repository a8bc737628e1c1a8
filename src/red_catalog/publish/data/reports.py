"""The report of each source's harvest as JSON, beside its page."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from red_catalog.model import Defect, Run, Text
from red_catalog.publish.web import links
from red_catalog.publish.web.site import Site


def reports(site: Site, runs: Iterable[Run]) -> Iterator[tuple[str, bytes]]:
    """File name and content of each report: what its page tells, for programs."""
    for run in runs:
        plain = to_plain(run, site.source(run.source).location)
        text = json.dumps({**plain, **_source(site, run)}, ensure_ascii=False, indent=1)
        yield f"harvest/{links.slug(run.source)}.json", text.encode() + b"\n"


def to_plain(run: Run, location: str) -> dict[str, Any]:
    """A harvest without the secrets of the addresses at this location."""

    def say(text: Text) -> dict[str, str]:
        return {lang: links.hide(said, location) for lang, said in text.items()}

    def defect(where: str, one: Defect) -> dict[str, Any]:
        place = {"document": links.shown(where), "line": one.line, "column": one.column}
        about = {"code": one.code, "resource": one.subject}
        return {**about, **place, "message": say(one.message), "fix": say(one.fix)}

    records: dict[str, list[dict[str, Any]]] = {}
    for outcome in run.outcomes:
        reason = outcome.reason and say(outcome.reason)
        records.setdefault(outcome.state.value, []).append({"iri": outcome.iri, "reason": reason})
    return {
        "source": run.source,
        "status": run.status,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat(),
        "requests": run.requests,
        "bytes": run.received,
        "read": run.read,
        "states": run.totals(),
        "records": records,
        "documents": [defect(u.location, u.problem) for u in run.unreadable],
        "repaired": [defect(where, one) for where, one in run.repaired],
        "dropped": dict(run.dropped),
    }


def _source(site: Site, run: Run) -> dict[str, Any]:
    source = site.source(run.source)
    return {
        "holder": source.holder or None,
        "kind": source.kind,
        "location": links.web(source.location),
        "every_hours": source.every_hours,
    }
