"""Values of a configuration, each checked; a mistake is told in one sentence."""

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from red_catalog.errors import RedError
from red_catalog.model import Holder, Said, Source, Target, Text
from red_catalog.vocabulary.words import LANGUAGES

Table = Mapping[str, Any]
Named = TypeVar("Named", Holder, Source, Target)
_MOST: Final = 10**12
_FEW: Final = 20  # names that can be read on a line
_LISTED: Final = {"holder": "holder list"}


def find_tables(path: Path, tables: Table, name: str) -> list[Table]:
    """The tables written `[[name]]`."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RedError(f"{path}: write [[{name}]] with two brackets; there may be several.")
    return found


def find_entries(path: Path, tables: Table, name: str) -> list[Table]:
    """The tables written `[[name]]`, each with an id of its own that can stand in a path."""
    found = find_tables(path, tables, name)
    ids = [_check_id(path, f"the {_ordinal(n)} [[{name}]]", one) for n, one in enumerate(found, 1)]
    for one in ids:
        if ids.count(one) > 1:
            raise RedError(f"{path}: two {name}s have the id `{one}`; each needs its own.")
    return found


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"} if number // 10 % 10 != 1 else {}
    return f"{number}{endings.get(number % 10, 'th')}"


def _check_id(path: Path, where: str, table: Table) -> str:
    value = check_string(path, f"the id of {where}", need(path, where, table, "id"))
    plain = value.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and value == value.lower()):
        raise RedError(
            f"{path}: the id of {where} is {value!r}; write lower-case letters, digits and hyphens."
        )
    return value


def find_table(path: Path, where: str, table: Table, key: str) -> Table:
    """The table of this name, empty where there is none."""
    found = table.get(key, {})
    if not isinstance(found, dict):
        name = f"{where}.{key}" if where else key
        raise RedError(f'{path}: {name} must be a table, like {{ name = "…" }}.')
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


def need_string(path: Path, where: str, table: Table, key: str) -> str:
    """The line of text of a key that must be there."""
    return _check_line(path, f"{where}.{key}", need(path, where, table, key))


def read_string(path: Path, where: str, table: Table, key: str) -> str | None:
    """The line of text of a key, None where it is left out."""
    return _check_line(path, f"{where}.{key}", table[key]) if key in table else None


def read_file(path: Path, where: str, table: Table, key: str, root: Path) -> Path | None:
    """The path of a key, from where red.toml is; None where it is left out."""
    given = read_string(path, where, table, key)
    return root / given if given else None


def _check_line(path: Path, where: str, value: Any) -> str:
    text = check_string(path, where, value)
    if not text.isprintable():
        raise RedError(f"{path}: {where} must be one line, without control characters.")
    return text


def check_string(path: Path, where: str, value: Any) -> str:
    """The value itself. Raises RedError where it is no text, or an empty one."""
    if not isinstance(value, str):
        raise RedError(f'{path}: {where} must be a text in quotation marks: "…".')
    if not value.strip():
        raise RedError(f"{path}: {where} is empty: write it, or leave the line out.")
    return value


def choose(path: Path, where: str, value: Any, known: Sequence[str]) -> str:
    """The value itself. Raises RedError, with the nearest name, where it is none of these."""
    if isinstance(value, str) and value in known:
        return value
    near = difflib.get_close_matches(str(value), known, n=1)
    if near:
        hint = f'did you mean "{near[0]}"?'
    elif len(known) > _FEW:
        some = ", ".join(_nearest(str(value), known))
        hint = f"use one of the {len(known)} that there are, such as {some}."
    else:
        hint = f"use {' or '.join(_list(known))}." if known else "there is none."
    raise RedError(f'{path}: {where} is "{value}"; {hint}')


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    """The three names that are most like this one, however little."""
    return difflib.get_close_matches(name, known, n=3, cutoff=0)


def _list(names: Sequence[str]) -> list[str]:
    """All but the last name in one text, and the last one."""
    quoted = [f'"{name}"' for name in names]
    return [", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted


def read_text(path: Path, where: str, value: Any) -> Text:
    """A sentence by language, from one text or a table of them."""
    if isinstance(value, str):
        value = {"fr": value, "en": value}
    if not isinstance(value, dict) or not value or not value.keys() <= LANGUAGES.keys():
        raise RedError(
            f'{path}: {where} must be a text or {{ fr = "…", en = "…" }}, other languages by their '
            "two letters."
        )
    return Said({lang: check_string(path, where, text) for lang, text in value.items()})


def read_number(
    path: Path, where: str, table: Table, key: str, default: Any,
    least: float = 0, most: float = _MOST,
) -> Any:  # fmt: skip
    """A number within bounds, whole where its default is."""
    value = table.get(key, default)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not least <= value <= most
        or value != type(default)(value)
    ):
        kind = "a whole number" if isinstance(default, int) else "a number"
        from_on = ", zero or more" if least == 0 else f", {least:g} or more"
        bounds = from_on if most == _MOST else f" from {least:g} to {most:.0f}"
        raise RedError(f"{path}: {where}.{key} must be {kind}{bounds}.")
    return type(default)(value)


def find_named(what: str, name: str, known: Mapping[str, Named]) -> Named:
    """What is called so. Raises RedError, with the nearest name, for an unknown one."""
    if name in known:
        return known[name]
    if len(known) > _FEW:
        some, place = ", ".join(_nearest(name, known)), _LISTED.get(what, "status")
        hint = f"the nearest are {some}; `red-catalog {place}` has all."
    else:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known) or 'none'}."
    raise RedError(f"No {what} is called `{name}`; {hint}")


def read_flag(path: Path, where: str, table: Table, key: str, *, default: bool) -> bool:
    """A value that is `true` or `false`."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise RedError(f"{path}: {where}.{key} must be true or false.")
    return value


def read_names(path: Path, where: str, value: Any, example: str = "red") -> tuple[str, ...]:
    """A list of names, each once and at least one; a mistake is told with an `example` of one."""
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise RedError(f'{path}: {where} must be a list, such as ["{example}"].')
    return tuple(dict.fromkeys(value))
