"""Adding a holder to a `red.toml`: a commented section at its end, all else left as it is."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from red_catalog.config.reading import load
from red_catalog.config.settings import Config
from red_catalog.errors import RedError, writing

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
    load(path)
    # Where a link leads: the link stays one. Ends of lines stay what they are, too.
    file = path.resolve()
    before = file.read_bytes().decode("utf-8")
    sections = [_section("holder", holder, _COMMENTS)]
    if source:
        sections.append(_section("source", source, {}))
    end = "\r\n" if "\r\n" in before else "\n"
    written = before.rstrip("\r\n") + end * 2 + "\n".join(sections).replace("\n", end)
    with (
        writing(path),
        NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as draft,
    ):
        draft.write(written.encode("utf-8"))
    try:
        load(Path(draft.name))
    except RedError as error:
        Path(draft.name).unlink()
        raise RedError(str(error).replace(draft.name, str(path))) from None
    _replace(Path(draft.name), file)
    return load(path)


def _replace(draft: Path, file: Path) -> None:
    """Puts the draft in the file's place, whole or not at all, for those who might read it."""
    before = file.stat()
    draft.chmod(before.st_mode & 0o777)
    with suppress(PermissionError):
        os.chown(draft, before.st_uid, before.st_gid)
    draft.replace(file)


def _section(name: str, values: Mapping[str, Any], comments: Mapping[str, str]) -> str:
    """A table of the file, a line a key."""
    lines = [f"[[{name}]]"]
    for key, value in values.items():
        comment = f"   # {comments[key]}" if key in comments else ""
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
