"""Profiles: named sets of shapes, each a folder of `shapes/` with a manifest.

A catalogue can have more of them in a folder of its own (`installed`), put there by
`validation.installing`; the profiles of the software come first.
"""

import difflib
import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from red_catalog.errors import RedError
from red_catalog.model import MINIMUM_PROFILE, Level, Text

DCAT_AP: Final = "dcat-ap-3"
_FOLDER: Final = Path(__file__).parents[1] / "shapes"
_RULES: Final = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of shapes. `digest` covers the manifest, every file and the rules: `sha256:…`.

    `rules` are names of `rules.table.RULES`; `origin` says where an installed one came from,
    `imports` what it names besides, which nobody fetched, `left_out` what of it never runs.
    """

    name: str
    release: str
    title: Text
    digest: str
    files: Mapping[Level, tuple[Path, ...]]
    rules: tuple[str, ...] = ()
    origin: str | None = None
    imports: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def names(installed: Path | None = None) -> tuple[str, ...]:
    """The names of all profiles."""
    return tuple(sorted({path.parent.name for path in _manifests(installed)}))


@cache
def load(name: str, installed: Path | None = None) -> Profile:
    """The profile of this name. Raises RedError, with the nearest name, for an unknown one."""
    for manifest in _manifests(installed):
        if manifest.parent.name == name:
            return read(manifest.parent)
    known = names(installed)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}."
    raise RedError(
        f"No profile is called `{name}`; {hint} A new one is installed with "
        f"`red-catalog shapes install LOCATION --name {name}`."
    )


def read(folder: Path) -> Profile:
    """The profile in a folder. Raises RedError where its manifest names what it may not."""
    manifest = folder / "profile.toml"
    table = tomllib.loads(manifest.read_text("utf-8"))
    files = table["files"]
    by_level = {
        level: tuple(
            _within(folder, file) for file in [*files.get("common", ()), *files.get(level, ())]
        )
        for level in Level
    }
    rules = tuple(table.get("rules", ()))
    read_files = {manifest, *(f for fs in by_level.values() for f in fs)}
    return Profile(
        name=table["name"],
        release=table["release"],
        title=table["title"],
        digest=_digest(folder, read_files, sorted(_RULES.glob("*.py")) if rules else []),
        files=by_level,
        rules=rules,
        origin=table.get("origin"),
        imports=tuple(table.get("imports", ())),
        left_out=tuple(table.get("left_out", ())),
    )


@cache
def scoring() -> tuple[str, ...]:
    """The profiles that scores depend on, besides that of the report."""
    return tuple(name for name in (DCAT_AP, MINIMUM_PROFILE) if name in names())


def _manifests(installed: Path | None) -> list[Path]:
    folders = [_FOLDER] if installed is None else [_FOLDER, installed]
    return [path for folder in folders for path in sorted(folder.glob("*/profile.toml"))]


def _within(folder: Path, file: str) -> Path:
    """A file of the profile, or of another one in the same folder of profiles."""
    path = Path(os.path.normpath(folder / file))
    if not path.is_relative_to(folder.parent):
        raise RedError(f"{folder / 'profile.toml'} names a file outside of the profiles: {file}.")
    return path


def _digest(folder: Path, files: set[Path], rules: list[Path]) -> str:
    named = {Path(os.path.relpath(file, folder)).as_posix(): file for file in files}
    named |= {f"rules/{file.name}": file for file in rules}
    whole = hashlib.sha256()
    for name, file in sorted(named.items()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{content}  {name}\n".encode())
    return f"sha256:{whole.hexdigest()}"
