"""Profiles: named sets of shapes, each a folder of `shapes/` with a manifest."""

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import rdflib

from red_catalog.errors import RedError
from red_catalog.model import Level, Text

_FOLDER: Final = Path(__file__).parents[1] / "shapes"


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of shapes. `digest` covers the manifest and every file: `sha256:…`."""

    name: str
    release: str
    title: Text
    digest: str
    files: Mapping[Level, tuple[Path, ...]]


def names() -> tuple[str, ...]:
    """The names of all profiles."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/profile.toml")))


@cache
def load(name: str) -> Profile:
    """The profile of this name. Raises RedError, with the nearest name, for an unknown one."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(names())}."
        raise RedError(f"No profile is called `{name}`; {hint}")
    return read(_FOLDER / name)


def read(folder: Path) -> Profile:
    """The profile in a folder."""
    manifest = folder / "profile.toml"
    table = tomllib.loads(manifest.read_text("utf-8"))
    files = table["files"]
    by_level = {
        level: tuple(folder / file for file in [*files.get("common", ()), *files.get(level, ())])
        for level in Level
    }
    return Profile(
        name=table["name"],
        release=table["release"],
        title=table["title"],
        digest=_digest(folder, {manifest, *(f for fs in by_level.values() for f in fs)}),
        files=by_level,
    )


@cache
def shapes(name: str, level: Level) -> rdflib.Graph:
    """The shapes of a profile for one access level; not to be changed."""
    graph = rdflib.Graph()
    for file in load(name).files[level]:
        graph.parse(file, format="turtle")
    return graph


def _digest(folder: Path, files: set[Path]) -> str:
    whole = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{content}  {file.relative_to(folder).as_posix()}\n".encode())
    return f"sha256:{whole.hexdigest()}"
