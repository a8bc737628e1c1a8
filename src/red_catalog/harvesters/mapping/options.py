"""The options of a kind of source, checked."""

import difflib
from collections.abc import Mapping

from red_catalog.errors import RedError
from red_catalog.model import Source


def read_options(source: Source, defaults: Mapping[str, str]) -> dict[str, str]:
    """The source's options over these defaults. Raises RedError for an unknown one."""
    for name in source.options:
        if name not in defaults:
            near = difflib.get_close_matches(name, defaults, n=1)
            known = ", ".join(sorted(defaults)) or "none"
            hint = f"did you mean `{near[0]}`?" if near else f"known: {known}."
            raise RedError(f"Source {source.id}: unknown option `{name}` for {source.kind}; {hint}")
    return {**defaults, **source.options}


def read_number(source: Source, name: str, value: str, least: int, most: int) -> int:
    """The option as a number within bounds. Raises RedError for another."""
    if not value.isascii() or not value.isdecimal() or not least <= int(value[:9]) <= most:
        raise RedError(
            f"Source {source.id}: the option `{name}` must be a number from {least} to {most}, "
            f'not "{value}".'
        )
    return int(value)


def read_choice(source: Source, name: str, value: str, choices: tuple[str, ...]) -> str:
    """The option as one of these words. Raises RedError for another."""
    if value not in choices:
        raise RedError(
            f"Source {source.id}: the option `{name}` must be one of {', '.join(choices)}, "
            f'not "{value}".'
        )
    return value
