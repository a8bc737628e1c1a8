"""The options of a source, `[source.options]` in red.toml."""

import difflib
from collections.abc import Collection

from red_catalog.errors import RedError
from red_catalog.model import Source


def check_options(source: Source, known: Collection[str]) -> None:
    """Raises RedError, with the nearest name, for an option that this kind does not have."""
    for name in source.options:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            has = f"known: {', '.join(sorted(known))}." if known else "it has none."
            hint = f"did you mean `{near[0]}`?" if near else has
            raise RedError(
                f"Source {source.id}: unknown option `{name}` for the kind {source.kind}; {hint}"
            )


def choose(source: Source, name: str, allowed: Collection[str], default: str) -> str:
    """The value of an option that has few. Raises RedError for another one."""
    value = source.options.get(name, default)
    if value not in allowed:
        raise RedError(
            f"Source {source.id}: the option `{name}` is `{value}`; it must be one of "
            f"{', '.join(sorted(allowed))}."
        )
    return value
