"""The files of a release's feeds; those with the same key are taken over from the live one."""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

KEYS: Final = "feeds.json"
_MANNER: Final = ""  # no file is called so


class Shelf:
    """Where the files of one release's feeds are put. `before`: the live release's folder.

    `manner`: how all of them are written; nothing of another manner is kept unread.
    """

    def __init__(self, release: Path, before: Path | None, manner: str) -> None:
        self._release = release
        self._live = before
        self._known = read_keys(before)
        self._manner = manner
        self._keys: dict[str, str] = {_MANNER: manner}

    def keep(self, path: str, key: str) -> bool:
        """Takes a file over as it is; False where it is to be written."""
        if self._live is None or self._known.get(path) != key:
            return False
        source, target = self._live / "site" / path, self._target(path)
        try:
            os.link(source, target)
        except FileNotFoundError:
            return False
        except OSError:
            # A file system without hard links, or too many of them.
            shutil.copyfile(source, target)
        self._keys[path] = key
        return True

    def keep_unread(self, path: str) -> bool:
        """Takes a file over whose key nothing can have changed; False where there is none."""
        alike = self._known.get(_MANNER) == self._manner
        return alike and self.keep(path, self._known.get(path, ""))

    def before(self, path: str) -> Path | None:
        """The file as the live release has it, None where it has none."""
        found = self._live / "site" / path if self._live else None
        return found if found and found.is_file() else None

    def write(self, path: str, key: str, content: bytes) -> None:
        """Writes a file."""
        self.expect([path], key)
        self.put(path, content)

    def expect(self, paths: Iterable[str], key: str) -> None:
        """Notes that these files are about to be written, maybe by other processes."""
        for path in paths:
            self._keys[path] = key

    def doubt(self, paths: Iterable[str]) -> None:
        """Has the next release write these files anew."""
        for path in paths:
            self._keys.pop(path, None)

    def put(self, path: str, content: bytes) -> None:
        """Writes a file that is expected."""
        self._target(path).write_bytes(content)

    def close(self) -> None:
        """Leaves the keys in the release, for the next one."""
        text = json.dumps(self._keys, sort_keys=True)
        (self._release / KEYS).write_text(text, "utf-8")

    def _target(self, path: str) -> Path:
        target = self._release / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # The folder may be an old release's, and the file a link to one that others see.
        target.unlink(missing_ok=True)
        return target


def read_keys(release: Path | None) -> dict[str, str]:
    """The key of each file of a release's feeds, and their manner; none where nobody knows."""
    try:
        found = json.loads((release / KEYS).read_bytes()) if release else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
