"""The same answers computed in the server's own process: what the workers are measured against.

`python tests/bench/inside.py red.toml PORT`.
"""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from red_catalog.config import load
from red_catalog.serve.sparql.query import inspect
from red_catalog.store.answer import Question, answer
from red_catalog.store.embedded import open_read_only


def main() -> None:
    """Serves until it is ended."""
    config = load(Path(sys.argv[1]))
    snapshot = open_read_only((config.public / "current").resolve() / "store")
    iri, media_type = f"{config.catalogue.base_iri}sparql", "application/sparql-results+json"

    async def ask(request: Request) -> Response:
        query = inspect(request.query_params["query"])
        question = Question(query.text, media_type, iri, 10_000, 64_000_000)
        found = await run_in_threadpool(answer, snapshot, question)
        return Response(found.content, media_type=media_type)

    async def ready(_: Request) -> Response:
        return PlainTextResponse("ready\n")

    app = Starlette(routes=[Route("/sparql", ask), Route("/ready", ready)])
    uvicorn.run(
        app, port=int(sys.argv[2]), http="h11", loop="asyncio", access_log=False,
        log_level="warning",
    )  # fmt: skip


if __name__ == "__main__":
    main()
