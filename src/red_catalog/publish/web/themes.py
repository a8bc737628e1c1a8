"""What an operator may put in place of ours: templates and files of a theme's folder."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from red_catalog import __version__

OURS: Final = Path(__file__).parent / "static"
_PUBLISH: Final = Path(__file__).parents[1]
_ALL: Final = _PUBLISH.parent


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
def fingerprint(theme: Path | None = None) -> str:
    """SHA-256 of all that pages are made with: templates, styles, words, code lists, code."""
    digest = hashlib.sha256(__version__.encode())
    words = _ALL / "model" / "spelling.py"
    paths = sorted([*_PUBLISH.rglob("*"), *(_ALL / "vocab").glob("*.ttl"), words])
    for path in [*paths, *sorted(theme.rglob("*") if theme else ())]:
        if path.is_file() and "__pycache__" not in path.parts:
            root = _ALL if path.is_relative_to(_ALL) else theme
            assert root
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
