"""The right value for a wrong one, where there is only one."""

from collections.abc import Callable
from typing import Final

from red_catalog.namespaces import RED_SHAPES
from red_catalog.validation.result import Result
from red_catalog.validation.rules import codes, dates, texts


def correct(result: Result) -> str | None:
    """The term to write in place of a result's value, None where nobody can tell."""
    corrector = _CORRECTORS.get(result.shape or "")
    return corrector(result.value) if corrector and result.value else None


def is_correctable(shape: str | None) -> bool:
    """Whether the rule of this IRI (a term) is about which value is the right one."""
    return (shape or "") in _CORRECTORS


def _nobody_knows(value: str) -> None:
    """A text that is no number does not tell which number was meant."""


_CORRECTORS: Final[dict[str, Callable[[str], str | None]]] = {
    f"<{RED_SHAPES}{rule}>": corrector
    for rule, corrector in {
        "legislation-address": codes.legislation,
        "former-list": codes.current,
        "renamed-code": codes.current,
        "personal-data-address": codes.personal_data,
        "date-without-type": dates.typed,
        "not-a-date": dates.typed,
        "ill-typed": _nobody_knows,
        "language-tag": texts.retag,
    }.items()
}
