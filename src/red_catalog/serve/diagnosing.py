"""What the server needs, looked at before it runs: `red-catalog doctor`."""

import asyncio
import json
import resource
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from red_catalog.config import INGEST, Config
from red_catalog.errors import RedError
from red_catalog.model import names_server
from red_catalog.register.desk import Desk
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.pool import Pool
from red_catalog.serve.sparql.protocol import UNSENT_BYTES
from red_catalog.serve.sparql.worker_process import StartError

_QUESTION: Final = {
    "query": 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(red:search(?s, "x") || true) }',
    "media_type": "application/sparql-results+json",
    "endpoint": "urn:x:doctor",
    "rows": 1,
    "size": 1000,
}
_FILES: Final = 4096
_NOTICE: Final = timedelta(days=30)  # for a holder to put another key in its program


def _queries(config: Config) -> str:
    """A worker on the live release answers, and cannot reach the network."""
    snapshot = (config.public / "current").resolve() / "store"
    if not snapshot.is_dir():
        raise RedError("There is no query store yet: run `red-catalog run`.")
    try:
        count, sealed = asyncio.run(_ask(Pool(snapshot, config.sparql)))
    except (Refusal, StartError) as error:
        told = f"No query is answered ({error}): run `red-catalog publish --afresh`."
        raise RedError(told) from None
    if not sealed:
        raise RedError(
            "Workers can reach the network here: serve from Linux on x86-64 or ARM64, or keep the"
            " server off your own network."
        )
    return f"{count} triples; workers have no network"


async def _ask(pool: Pool) -> tuple[str, bool]:
    try:
        await pool.start()
        answer = await pool.ask(_QUESTION)
        with answer.content as content:
            (row,) = json.loads(content.read())["results"]["bindings"]
        return row["n"]["value"], pool.is_sealed
    finally:
        await pool.close()


def _room(config: Config) -> str:
    """Files may be opened and answers kept until they are read."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < _FILES:
        raise RedError(f"Only {hard} files may be open at once: raise the limit to {_FILES}.")
    del config
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < UNSENT_BYTES:
        raise RedError(f"Only {free // 1_000_000} MB are free in {folder}: make room.")
    return f"{free // 1_000_000_000} GB free in {folder} for answers not yet read"


def _keys(config: Config) -> str:
    """Each holder that may hand descriptions in has a key that does it, and not only for days."""
    holders = {s.holder for s in config.sources if s.kind == INGEST}
    if not holders or not config.register.exists():
        return "no holder hands descriptions in"
    now = datetime.now(UTC)
    with Desk.open(config.register) as desk:
        keys = [key for key in desk.tokens() if "write" in key.scopes]
    if without := sorted(holders - {key.holder for key in keys if key.is_valid(now)}):
        raise RedError(
            f"No valid key to hand in for {', '.join(without)}: run `red-catalog token create"
            f" {without[0]}`."
        )
    if ending := sorted(holders - {key.holder for key in keys if key.is_valid(now + _NOTICE)}):
        raise RedError(
            f"Within {_NOTICE.days} days no key hands in for {', '.join(ending)}: give each another"
            f" before (`red-catalog token create {ending[0]}`)."
        )
    return "1 holder has a key" if len(holders) == 1 else f"{len(holders)} holders have keys"


def _repository(config: Config) -> str:
    """OAI-PMH tells a mailbox: validators and lists of repositories refuse any other address."""
    told = config.catalogue.admin_email or config.catalogue.contact.removeprefix("mailto:")
    if "@" not in told or names_server(told):
        raise RedError(
            "OAI-PMH must tell a mailbox, and `contact` is a page: set `catalogue.admin_email`."
        )
    return f"OAI-PMH tells {told}"


CHECKS: Final[Mapping[str, Callable[[Config], str]]] = {
    "queries": _queries,
    "server": _room,
    "keys": _keys,
    "repository": _repository,
}
