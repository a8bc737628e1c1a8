"""Files: one document, or all those of a folder."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from red_catalog.harvesters.options import check_options
from red_catalog.http import Http, Refused, join, printable, refusal, unpack, unreadable
from red_catalog.model import Document, Source, Unreadable

MEDIA_TYPES: Final = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".rdf": "application/rdf+xml",
    ".owl": "application/rdf+xml",
    ".xml": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
}
# What people put beside their data, which is no mistake.
_COMPANIONS: Final = {
    "readme", "lisezmoi", "license", "licence", "copying", "notice", "changelog", "authors",
}  # fmt: skip
_PIECE: Final = 65_536
_READING: Final = os.O_RDONLY | os.O_NONBLOCK  # opening a pipe would wait for ever


def harvest(source: Source, http: Http) -> Iterator[Document | Unreadable]:
    """The file at the source's location, or every RDF file of that folder, in order of name.

    Documents are shown under their path inside the folder; none has a base.
    """
    check_options(source, ())
    yield from collect(source, http, MEDIA_TYPES)


def collect(
    source: Source, http: Http, types: Mapping[str, str]
) -> Iterator[Document | Unreadable]:
    """The file at the source's location, or every file of these types in that folder."""
    root = Path(source.location)
    limit = http.limits.document_bytes
    if not _is_folder(root):
        declared = source.format or media_type(root, types)
        yield _read(root, printable(root.name), declared, source, limit)
    else:
        yield from _folder(root, source, limit, types)


def media_type(path: Path, types: Mapping[str, str] = MEDIA_TYPES) -> str | None:
    """What a file's name says of its content; `.gz` says nothing."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return types.get(suffixes[-1]) if suffixes else None


def _folder(
    root: Path, source: Source, limit: int, types: Mapping[str, str]
) -> Iterator[Document | Unreadable]:
    inside, seen, documents = _real(root), set(), 0
    known = " ".join(types)
    problems: list[OSError] = []
    for path in _walk(root, problems):
        shown = printable(path.relative_to(root).as_posix())
        target = _real(path)
        if not target.is_relative_to(inside):
            yield unreadable(shown, "link-refused", path=shown)
        elif target in seen or _is_folder(target):
            continue
        elif (declared := source.format or media_type(path, types)) is None:
            yield unreadable(shown, "file-unknown", path=shown, known=known)
        else:
            seen.add(target)
            documents += 1
            yield _read(target, shown, declared, source, limit, inside)
    for problem in problems:
        reason, place = problem.strerror or "?", Path(problem.filename).relative_to(root)
        told = printable((Path(source.shown) / place).as_posix())
        yield unreadable(source.shown, "file-unreadable", path=told, reason=reason)
    if not documents:
        yield unreadable(source.shown, "folder-empty", path=source.shown, known=known)


def _walk(root: Path, problems: list[OSError]) -> list[Path]:
    """Files, and links to whatever, under this folder; nothing hidden, no companion."""
    found = []
    for folder, folders, files in os.walk(root, onerror=problems.append):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [here / name for name in folders if (here / name).is_symlink()]
        names = [name for name in files if not name.startswith((".", "~$"))]
        found += links + [here / name for name in names if not _is_companion(name)]
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:  # reading it will tell why
        return False


def _real(path: Path) -> Path:
    # Unlike Path.resolve, this says nothing of links that lead to themselves.
    return Path(os.path.realpath(path))


def _is_companion(name: str) -> bool:
    return name.partition(".")[0].lower() in _COMPANIONS and media_type(Path(name)) is None


def _read(
    path: Path, shown: str, declared: str | None, source: Source, limit: int,
    inside: Path | None = None,
) -> Document | Unreadable:  # fmt: skip
    """What a file holds. `inside`: the folder that it is read from, both by their real paths."""
    try:
        with _opened(path, inside) as file:
            # Holders write there meanwhile: what is judged is what was opened.
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return unreadable(shown, "file-special", path=shown)
            content = join(unpack(_pieces(file)), limit)
    except FileNotFoundError:
        whole = source.shown if path == Path(source.location) else shown
        return unreadable(shown, "file-missing", path=whole)
    except OSError as error:
        return unreadable(shown, "file-unreadable", path=shown, reason=error.strerror or "?")
    except Refused as refused:
        return Unreadable(shown, refused.problem)
    problem = refusal(content, declared, source.format)
    return Unreadable(shown, problem) if problem else Document(shown, content, declared)


@contextmanager
def _opened(path: Path, inside: Path | None) -> Iterator[int]:
    file = _open_below(inside, path) if inside else os.open(path, _READING)
    try:
        yield file
    finally:
        os.close(file)


def _open_below(root: Path, path: Path) -> int:
    """Opens a file, each folder of its path from the one above.

    A link on the way was put there since that path was found, and may lead anywhere: OSError.
    """
    *above, name = path.relative_to(root).parts
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in above:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(name, _READING | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def _pieces(file: int) -> Iterator[bytes]:
    while piece := os.read(file, _PIECE):
        yield piece
