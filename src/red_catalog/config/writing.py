"""Adding a holder to a `red.toml`: a commented section at its end, all else left as it is."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from red_catalog.config.reading import load
from red_catalog.config.settings import Config
from red_catalog.errors import RedError

_COMMENTS: Mapping[str, str] = {
    "kind": "what it is, in one word",
    "identifiers": "checked for their form",
    "namespaces": "identifiers that only this holder may use",
    "email": "a role mailbox, never a person's",
    "funding": "public, private or mixed: quality labels are due for public funding",
    "trusted": "from the access body's list (article 72), never from what the holder says",
    "exempt": "why the duty to describe does not bind it (article 50)",
    "holds_none": "categories of article 51 that it declares to have no data of",
    "note": "the operator's own, never published",
}


def add_holder(path: Path, holder: Mapping[str, Any], source: Mapping[str, Any] | None) -> Config:
    """The configuration with this holder, and its source where one is given, written at its end.

    Nothing is written where the result would not be a right configuration: raises RedError.
    """
    before = path.read_text("utf-8") if path.exists() else ""
    load(path)
    sections = [_section("holder", holder)]
    if source:
        sections.append(_section("source", source))
    written = before.rstrip("\n") + "\n\n" + "\n".join(sections)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as draft:
        draft.write(written)
    try:
        load(Path(draft.name))
    except RedError as error:
        Path(draft.name).unlink()
        raise RedError(str(error).replace(draft.name, str(path))) from None
    Path(draft.name).chmod(path.stat().st_mode & 0o777)
    os.replace(draft.name, path)  # noqa: PTH105  whole or not at all
    return load(path)


def _section(name: str, values: Mapping[str, Any]) -> str:
    """A table of the file, a line a key."""
    lines = [f"[[{name}]]"]
    for key, value in values.items():
        comment = f"   # {_COMMENTS[key]}" if key in _COMMENTS else ""
        lines.append(f"{key} = {_toml(value)}{comment}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_toml(one) for one in value)}]"
    # A basic string of TOML is one of JSON, but for this character.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
