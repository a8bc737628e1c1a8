"""`/declare/template`: the workbook that holders without RDF fill in, to download."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from red_catalog.config import Catalogue
from red_catalog.harvesters.spreadsheet.columns import LEVELS
from red_catalog.harvesters.spreadsheet.guidance import Desk
from red_catalog.publish.web import links
from red_catalog.serve.request.parameters import one_of, read
from red_catalog.workbook.reading import XLSX

PATH: Final = "declare/template"
_LEVEL: Final = "NON_PUBLIC"
_NAMES: Final = {
    "fr": {"PUBLIC": "declaration-acces-public", "RESTRICTED": "declaration-acces-restreint",
           "NON_PUBLIC": "declaration-acces-non-public"},
    "en": {"PUBLIC": "declaration-access-public", "RESTRICTED": "declaration-access-restricted",
           "NON_PUBLIC": "declaration-access-non-public"},
}  # fmt: skip


class Blank:
    """Answers with the workbook in each language, for one access level."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def routes(self) -> list[Route]:
        """The workbook in each language, under the path of the base IRI."""
        base = self._catalogue.base_path
        return [
            Route(f"{base}{PATH}", self.french, methods=["GET"]),
            Route(f"{base}en/{PATH}", self.english, methods=["GET"]),
        ]

    async def french(self, request: Request) -> Response:
        """The workbook in French."""
        return await self._answer(request, "fr")

    async def english(self, request: Request) -> Response:
        """The workbook in English."""
        return await self._answer(request, "en")

    async def _answer(self, request: Request, language: str) -> Response:
        level = one_of(read(request, ("access",)), "access", LEVELS) or _LEVEL
        check = links.url(self._catalogue.base_iri, language, "check.html")
        desk = Desk(check, self._catalogue.contact.removeprefix("mailto:"))
        content = await run_in_threadpool(_write, language, level, desk)
        headers = {
            "Cache-Control": "public, max-age=3600",
            "Content-Disposition": f'attachment; filename="{_NAMES[language][level]}.xlsx"',
        }
        return Response(content, headers=headers, media_type=XLSX)


@lru_cache(maxsize=2 * len(LEVELS))
def _write(language: str, level: str, desk: Desk) -> bytes:
    # openpyxl is loaded when somebody first asks.
    from red_catalog.harvesters.spreadsheet.template import write_template  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, language, level, desk)
        return path.read_bytes()
