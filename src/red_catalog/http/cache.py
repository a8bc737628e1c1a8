"""Bodies kept from one run to the next, with what proves them still valid."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of an earlier run. `path`: its decoded body; `digest`: SHA-256 of that."""

    path: Path
    url: str
    media_type: str | None
    etag: str | None
    last_modified: str | None
    digest: str

    def conditions(self) -> dict[str, str]:
        """The headers that ask whether this is still current."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}

    def content(self) -> bytes:
        """The decoded body."""
        return self.path.read_bytes()


class Cache:
    """A folder of bodies by source and request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: dict[str, set[str]] = {}

    def forget_others(self, source: str) -> None:
        """Removes what this run did not ask for: pages that are no more would stay for ever."""
        asked = self._asked.get(source, set())
        for path in (self._folder / source).glob("*.*"):
            if path.name.partition(".")[0] not in asked:
                path.unlink(missing_ok=True)

    def find(self, source: str, url: str, accept: str, limit: int) -> Kept | None:
        """What was kept of this request, unless it is damaged, absent or over the limit."""
        path, facts = self._files(source, url, accept)
        try:
            kept = Kept(path, **json.loads(facts.read_text("utf-8")))
            if path.stat().st_size > limit:
                return None
            # The body is read only if it is still current: memory holds one body at most.
            with path.open("rb") as body:
                digest = hashlib.file_digest(body, "sha256").hexdigest()
        except (OSError, ValueError, TypeError):
            return None
        # A process killed between the two files leaves a body that is not the one described.
        return kept if kept.url == url and kept.digest == digest else None

    def keep(
        self, source: str, url: str, accept: str, headers: Mapping[str, str], content: bytes
    ) -> None:
        """Stores an answer that can be asked for again under conditions; forgets others."""
        body, facts = self._files(source, url, accept)
        etag, modified = headers.get("ETag"), headers.get("Last-Modified")
        if not (etag or modified) or "no-store" in headers.get("Cache-Control", "").lower():
            facts.unlink(missing_ok=True)
            body.unlink(missing_ok=True)
            return
        digest = hashlib.sha256(content).hexdigest()
        proof = {
            "url": url,
            "media_type": headers.get("Content-Type"),
            "etag": etag,
            "last_modified": modified,
            "digest": digest,
        }
        # Bodies hold private notes and contacts: whatever the mask, they are their owner's alone. A
        # folder that is there keeps its mode.
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        body.parent.mkdir(exist_ok=True)
        _replace(body, content)
        _replace(facts, json.dumps(proof).encode())

    def _files(self, source: str, url: str, accept: str) -> tuple[Path, Path]:
        name = hashlib.sha256(f"{url}\n{accept}".encode()).hexdigest()
        folder = self._folder / source
        self._asked.setdefault(source, set()).add(name)
        return folder / f"{name}.body", folder / f"{name}.json"


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.replace(path)
