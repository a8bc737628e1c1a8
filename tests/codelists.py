"""A copy of the code lists that a test may change."""

import shutil
from pathlib import Path

import pytest

from red_catalog import vocabulary

_CACHES = (
    vocabulary._subjects, vocabulary._members, vocabulary._spaces, vocabulary._list_digest,
    vocabulary.concepts, vocabulary._digest_lists, vocabulary._lists_in,
)  # fmt: skip


def copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the program read the lists from a copy in this folder."""
    shutil.copytree(vocabulary._FOLDER, folder)
    monkeypatch.setattr(vocabulary, "_FOLDER", folder)
    forget()


def touch(name: str, old: str = '"@fr ', new: str = ' (bis)"@fr ') -> None:
    """Changes one label in a list."""
    path = vocabulary._FOLDER / name
    before = path.read_text("utf-8")
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    assert path.read_text("utf-8") != before
    forget()


def forget() -> None:
    """Makes the lists be read anew."""
    for cache in _CACHES:
        cache.cache_clear()
