"""Values of a configuration, each checked; a mistake is told in one sentence."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from red_catalog.errors import RedError
from red_catalog.model import Holder, Source, Target, Text

Table = Mapping[str, Any]
Named = TypeVar("Named", Holder, Source, Target)


def find_tables(path: Path, tables: Table, name: str) -> list[Table]:
    """The tables written `[[name]]`."""
    found = tables.get(name, [])
    if not isinstance(found, list):
        raise RedError(f"{path}: write [[{name}]] with two brackets; there may be several.")
    return found


def refuse_unknown(path: Path, where: str, table: Table, known: set[str]) -> None:
    """Raises RedError, with the nearest name, for a key that nobody knows."""
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(sorted(known))}."
            raise RedError(f"{path}: unknown key `{key}` in {where or 'the file'}; {hint}")


def need(path: Path, where: str, table: Table, key: str) -> Any:
    """The value of a key that must be there."""
    if key not in table:
        raise RedError(f"{path}: `{key}` is missing in {where}.")
    return table[key]


def read_text(path: Path, where: str, value: Any) -> Text:
    """A sentence by language, from one text or a table of them."""
    if isinstance(value, str):
        return {"fr": value, "en": value}
    if not isinstance(value, dict) or not value or not set(value) <= {"fr", "en"}:
        raise RedError(f'{path}: {where} must be a text or {{ fr = "…", en = "…" }}.')
    any_language = next(iter(value.values()))
    return {lang: str(value.get(lang, any_language)) for lang in ("fr", "en")}


def read_number(path: Path, where: str, table: Table, key: str, default: Any) -> Any:
    """A number of the kind of its default, zero or more."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise RedError(f"{path}: {where}.{key} must be a number, zero or more.")
    return type(default)(value)


def check_id(path: Path, where: str, value: str) -> str:
    """An id that can stand in a path."""
    plain = value.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and value == value.lower()):
        raise RedError(f"{path}: the id of {where} must be lower-case letters, digits and hyphens.")
    return value


def refuse_twins(path: Path, what: str, ids: list[str]) -> None:
    """Raises RedError where an id is given twice."""
    for one in ids:
        if ids.count(one) > 1:
            raise RedError(f"{path}: two {what}s have the id `{one}`; each needs its own.")


def find_named(what: str, name: str, known: Mapping[str, Named]) -> Named:
    """What is called so. Raises RedError, with the nearest name, for an unknown one."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known) or 'none'}."
    raise RedError(f"No {what} is called `{name}`; {hint}")


def read_flag(path: Path, where: str, table: Table, key: str, *, default: bool) -> bool:
    """A value that is `true` or `false`."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise RedError(f"{path}: {where}.{key} must be true or false.")
    return value


def read_names(path: Path, where: str, value: Any) -> tuple[str, ...]:
    """A list of names, each once and at least one."""
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise RedError(f'{path}: {where} must be a list of names, such as ["red"].')
    return tuple(dict.fromkeys(value))
