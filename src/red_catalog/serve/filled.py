"""What was sent with the form that describes a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from red_catalog.harvesters.spreadsheet.fields import TEXTS, known
from red_catalog.serve.request.bodies import named_type, too_large
from red_catalog.serve.request.forms import FORMS, Bounds, Upload, Work, receive_form
from red_catalog.serve.request.refusal import Refusal

_FIELDS: Final = 1_000_000  # bytes of all fields together
# Signs that may stand between two values, each of which makes statements: hundreds of thousands
# would keep the server from all else.
_APART: Final = ";,|\n"
_VALUES: Final = 20_000
# A file that was kept has them twice, as Turtle and behind it, with signs before what is quoted.
_BOUNDS: Final = Bounds(4 * _FIELDS, 2_000, files=1)
RESUMING: Final = ("resume", "copy")
"""The buttons that fill the form in with what was kept: to change it, or for another dataset."""
_ACTIONS: Final = ("check", "turtle", "submit", *RESUMING)
_ELSEWHERE: Final = ("cross-site", "same-site")  # what browsers say of forms of other sites
DRAFT: Final = "draft"
"""The field that says when the browser kept its draft last; it comes back with the page."""

Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """The button that was pressed, the key, what may be replaced (digests), and the fields.

    `name`: what is to be resumed is called so, where no file is given.
    """

    action: str
    key: str
    agreed: Sequence[str]
    values: Values
    name: str
    file: bytes


async def receive(request: Request, work: Work) -> Sent:
    """What the form holds, which `work` takes apart.

    Raises Refusal for what is none, too large, or sent by another site.
    """
    # Its page would take the place of the draft in the browser.
    if request.headers.get("sec-fetch-site") in _ELSEWHERE:
        raise Refusal(
            403,
            "Ce formulaire a été envoyé depuis un autre site : remplissez celui-ci.",
            "This form was sent from another site: fill in this one.",
        )
    found, file = await _read(request, work)
    action = (found.get("do") or ["check"])[0]
    if action not in _ACTIONS:
        raise Refusal(400, "Action inconnue.", "Unknown action.")
    key = (found.get("key") or [""])[0].strip()
    fields = {DRAFT, TEXTS, *known()}
    values = {name: given for name, given in found.items() if name in fields}
    name = (found.get("name") or [""])[0].strip()
    return Sent(action, key, found.get("replaces", ()), values, name, file)


async def _read(request: Request, work: Work) -> tuple[Values, bytes]:
    values: Values = {}
    file = b""
    if named_type(request.headers.get("content-type"))[0] in FORMS:
        for name, value in await receive_form(request, _BOUNDS, work):
            if isinstance(value, Upload):
                file = value.content
            else:
                values.setdefault(name, []).append(value)
    if sum(len(text.encode()) for texts in values.values() for text in texts) > _FIELDS:
        raise too_large(_FIELDS)
    several = (
        values[name] for name, field in known().items() if field.column.many and name in values
    )
    if sum(text.count(sign) for texts in several for text in texts for sign in _APART) > _VALUES:
        raise Refusal(
            413,
            "Les champs ont trop de valeurs, 20\u202f000 au plus : raccourcissez-les.",
            "The fields have too many values, 20,000 at most: shorten them.",
        )
    return values, file
