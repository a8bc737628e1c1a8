"""The options of a kind of source, checked and completed."""

from collections.abc import Mapping

from red_catalog.errors import RedError
from red_catalog.harvesters.options import check_options
from red_catalog.model import Source


def read_options(source: Source, defaults: Mapping[str, str]) -> dict[str, str]:
    """The source's options over these defaults. Raises RedError for an unknown one."""
    check_options(source, defaults)
    return {**defaults, **source.options}


def read_number(source: Source, name: str, value: str, least: int, most: int) -> int:
    """The option as a number within bounds. Raises RedError for another."""
    if not value.isascii() or not value.isdecimal() or not least <= int(value[:9]) <= most:
        raise RedError(
            f"Source {source.id}: the option `{name}` must be a number from {least} to {most}, "
            f'not "{value}".'
        )
    return int(value)
