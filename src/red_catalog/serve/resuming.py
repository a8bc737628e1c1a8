"""What the form is filled in with again: a file that was kept, or what was handed in."""

from typing import Final

from starlette.requests import Request

from red_catalog.serve.filled import Sent
from red_catalog.serve.holders.ingest import Ingest
from red_catalog.serve.keeping import Kept, find
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.threads import Threads

# What another dataset does not have from the one that it is described after.
_OWN: Final = ("datasets.0.identifier", "datasets.0.iri")


async def resume(ingest: Ingest, threads: Threads, request: Request, sent: Sent) -> Kept:
    """The fields as they were filled in. Raises Refusal where there is nothing to read."""
    content = await _find_handed(ingest, request, sent) if sent.name else sent.file
    kept = await threads.work(request, lambda: find(content.decode("utf-8", "replace")))
    if sent.action != "copy":
        return kept
    return kept._replace(values={n: v for n, v in kept.values.items() if n not in _OWN})


async def _find_handed(ingest: Ingest, request: Request, sent: Sent) -> bytes:
    """What was handed in under a name, to a key that may replace it, and read what is private."""
    _, source = await ingest.permit_hand_in(request, sent.key)
    await ingest.counter.permit(request, "read", sent.key)
    handed = await ingest.counter.work(lambda desk: desk.handed(source, sent.name))
    if handed is None:
        raise Refusal(
            404,
            "Aucune description déposée n'a cet identifiant. Ce que le catalogue moissonne se"
            " modifie à sa source.",
            "No description that was handed in has this identifier. What the catalogue harvests is"
            " changed at its source.",
        )
    return handed.content
