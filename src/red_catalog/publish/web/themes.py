"""What an operator may put in place of ours: templates and files of a theme's folder."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Final

OURS: Final = Path(__file__).parent / "static"
_ALL: Final = Path(__file__).parents[2]


def find_theme(root: Path) -> Path | None:
    """The folder `theme` beside the configuration, where there is one."""
    return root / "theme" if (root / "theme").is_dir() else None


def static_files(theme: Path | None) -> dict[str, Path]:
    """The files of `static` by name: ours, and the theme's in their place or besides."""
    folders = [OURS, *([theme / "static"] if theme else [])]
    return {
        path.name: path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def template_folder(theme: Path) -> Path:
    """Where the templates of a theme lie."""
    return theme / "templates"


def template_names(theme: Path) -> list[str]:
    """The names of the theme's templates, those that only its own others call among them."""
    place = template_folder(theme)
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*.html"))


@cache
def static_names(theme: Path | None) -> frozenset[str]:
    """The names of the files of `static`."""
    return frozenset(static_files(theme))


@cache
def version(theme: Path | None, *names: str) -> str:
    """A digest of these files of `static`, for their addresses."""
    files = static_files(theme)
    together = b"".join(files[name].read_bytes() for name in names)
    return hashlib.sha256(together).hexdigest()[:8]


@cache
def program() -> str:
    """SHA-256 of every file of this program: code, templates, styles, words, code lists, shapes."""
    return _digest_files(_ALL)


@cache
def fingerprint(theme: Path | None = None) -> str:
    """SHA-256 of all that pages are made with: this program, and the theme's files."""
    return f"{program()} {_digest_files(theme)}" if theme else program()


def _digest_files(root: Path) -> str:
    digest = hashlib.sha256()
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(set(inner) - {"__pycache__"})
        for path in filter(Path.is_file, (Path(folder, name) for name in sorted(names))):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
