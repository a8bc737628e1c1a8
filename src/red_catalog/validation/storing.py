"""The folder of an installed profile: its files under names that any system takes."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import rdflib

from red_catalog.rdf.canonical import canonicalise
from red_catalog.validation.compiled.declaration import term_of


def file_names(names: list[str]) -> dict[str, str]:
    """Where files are kept: `shapes/public.ttl` → `shapes--public.ttl`, always in one folder."""
    kept = {name: _plain(name) for name in names}
    met = Counter(plain.casefold() for plain in kept.values())
    # Where two names meet, each is told apart by its digest: no file is written over another.
    return {
        name: f"{plain if met[plain.casefold()] == 1 else f'{plain}-{_digest(name)}'}.ttl"
        for name, plain in kept.items()
    }


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", name.replace("/", "--")).lstrip(".").removesuffix(".ttl")


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:8]


def write_profile(name: str, into: Path, manifest: str, graphs: Mapping[str, rdflib.Graph]) -> None:
    """A whole folder, prepared beside and renamed: never half a profile.

    `graphs`: the shapes by the name of their file.
    """
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=into) as temporary:
        folder = Path(temporary) / name
        folder.mkdir()
        for file, graph in graphs.items():
            statements = [(term_of(s), term_of(p), term_of(o)) for s, p, o in graph]
            (folder / file).write_bytes(canonicalise("", statements))
        (folder / "profile.toml").write_text(manifest, "utf-8")
        target = into / name
        if target.exists():
            os.replace(target, Path(temporary) / "former")  # noqa: PTH105 - a folder
        os.replace(folder, target)  # noqa: PTH105 - a folder
        shutil.rmtree(Path(temporary) / "former", ignore_errors=True)
