"""The parameters of a request, read strictly: a mistake is told, never passed over."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from red_catalog.serve.request.accept import choose_language
from red_catalog.serve.request.refusal import Refusal

SEVERAL: Final = 20  # values of a parameter that may have several
_MOST: Final = 300  # parameters of one request
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d))?")

Values = Mapping[str, Sequence[str]]


def read(request: Request, known: Iterable[str], several: Iterable[str] = ()) -> Values:
    """The values of each parameter. Raises Refusal (400) for an unknown or repeated one."""
    single, many = set(known), set(several)
    found: dict[str, list[str]] = {}
    try:
        query = request.scope["query_string"].decode("ascii")
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except ValueError:
        raise Refusal(
            400,
            f"L'adresse n'est pas en UTF-8, ou compte plus de {_MOST} paramètres.",
            f"The address is not UTF-8, or has more than {_MOST} parameters.",
        ) from None
    for name, value in pairs:
        if name not in single | many:
            raise unknown(name, single | many)
        most = 1 if name in single else SEVERAL
        if len(found.get(name, ())) == most:
            raise Refusal(
                400,
                f"Le paramètre {name} se donne {most} fois au plus.",
                f"Give the parameter {name} at most {most} times.",
            )
        found.setdefault(name, []).append(value)
    return found


def text(values: Values, name: str, most: int) -> str:
    """A text of so many characters at most."""
    value = values.get(name, [""])[0]
    if len(value) > most:
        raise Refusal(
            400,
            f"Le paramètre {name} dépasse {most} caractères.",
            f"The parameter {name} is over {most} characters.",
        )
    return value


def number(values: Values, name: str, default: int, most: int, least: int = 1) -> int:
    """A whole number within bounds."""
    value = values.get(name, [str(default)])[0]
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise Refusal(
            400,
            f"Le paramètre {name} est un nombre de {least} à {most}.",
            f"The parameter {name} is a number from {least} to {most}.",
        )
    return int(value)


def one_of(values: Values, name: str, choices: Sequence[str]) -> str | None:
    """One of some words; None where it is not given."""
    if name not in values:
        return None
    value = values[name][0]
    if value not in choices:
        listed = ", ".join(choices)
        raise Refusal(
            400,
            f"Donnez à {name} l'une de ces valeurs : {listed}.",
            f"Give {name} one of these values: {listed}.",
        )
    return value


def moment(values: Values, name: str) -> datetime | None:
    """A day, or a day and time with their zone; None where it is not given."""
    if name not in values:
        return None
    value = values[name][0]
    try:
        found = datetime.fromisoformat(value if _MOMENT.fullmatch(value) else "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(
            400,
            f"Le paramètre {name} s'écrit 2029-03-26 ou 2029-03-26T08:00:00Z.",
            f"Write the parameter {name} as 2029-03-26 or 2029-03-26T08:00:00Z.",
        ) from None


def language(request: Request, values: Values) -> str:
    """The language of the answer: that of `lang`, else the one the browser prefers, else fr."""
    given = one_of(values, "lang", ("fr", "en"))
    return given or choose_language(request.headers.get("accept-language")) or "fr"


def page_language(pairs: Iterable[tuple[str, str]]) -> str | None:
    """The language of the page whose form was sent; None where it is not given."""
    given = [value for name, value in pairs if name == "lang"]
    if len(given) > 1:
        raise Refusal(400, "Donnez lang une fois au plus.", "Give lang once at most.")
    return one_of({"lang": given} if given else {}, "lang", ("fr", "en"))


def unknown(name: str, known: Collection[str]) -> Refusal:
    """The refusal of a parameter or field that there is not: which one may be meant."""
    near = difflib.get_close_matches(name[:100], known, n=1)
    listed = ", ".join(sorted(known))
    fr = f"vouliez-vous dire {near[0]} ?" if near else f"connus : {listed}."
    en = f"did you mean {near[0]}?" if near else f"known: {listed}."
    shown = name[:100] if name.isprintable() else "?"
    return Refusal(400, f"Paramètre inconnu : {shown} ; {fr}", f"Unknown parameter: {shown}; {en}")
