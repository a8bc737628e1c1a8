"""A refusal as a page of the site, which leads back to the form that was sent."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site, page
from red_catalog.serve.request.accept import choose_language
from red_catalog.serve.request.refusal import Refusal

# What another site sent, and what came of a hand-in long ago: Back leads to no form filled in.
_AFTER_NO_FORM: Final = (403, 404)


def write_page(
    request: Request, refusal: Refusal, site: Site, code: object, form: tuple[str, str]
) -> Response:
    """The refusal in the language `code`, where that is one of ours, else as the browser asks.

    `form`: the page of the form, and its title in English.
    """
    path, heading = form
    accepted = choose_language(request.headers.get("accept-language"))
    spoken = str(code) if code in CODES else accepted or "fr"
    written = page(
        site, spoken, "refused.html", path,
        heading=language(spoken).gettext(heading), refused=refusal.message[spoken],
        filled=refusal.status not in _AFTER_NO_FORM,
    )  # fmt: skip
    headers = {
        **refusal.headers,
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
        "X-Robots-Tag": "noindex",
    }
    return Response(written, refusal.status, headers, "text/html; charset=utf-8")
