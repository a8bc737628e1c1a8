"""What a `red.toml` says, in frozen objects."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Final
from urllib.parse import quote, urlsplit, urlunsplit

from red_catalog.config.values import find_named
from red_catalog.errors import BusyError, writing
from red_catalog.model import Holder, Source, Target, Text
from red_catalog.rdf.limits import Limits

_PAUSE: Final = 0.1  # seconds before the lock is tried again
# A process that is being started has what its parent has open, until it begins its own work.
_MOMENT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the catalogue says of itself. `base_iri` ends in `/`.

    `application_url` may hold `{identifier}`, `{iri}` and `{lang}`. `admin_email`: who answers
    for the OAI-PMH repository, where that is not `contact`. `country`: as the EU's list calls it.
    """

    base_iri: str
    title: Text
    description: Text
    publisher: Text
    publisher_homepage: str
    contact: str
    hdab: Text
    hdab_coordinator: Text | None
    application_url: str | None
    licence: str
    admin_email: str | None = None
    country: str = "FRA"

    def apply_at(self, lang: str, iri: str = "", identifier: str = "") -> str | None:
        """Where to apply for a dataset, or for any without one; None where nobody said."""
        if self.application_url is None:
            return None
        given = {"iri": iri, "identifier": identifier or iri, "lang": lang}
        return self.application_url.format_map({n: quote(v, "") for n, v in given.items()})

    @property
    def portal(self) -> str | None:
        """Where one applies, whatever the dataset and the language; None where nobody said."""
        parts = urlsplit(self.application_url or "")
        if not parts.netloc or "{" in parts.netloc + parts.path + parts.fragment:
            return None
        query = "&".join(one for one in parts.query.split("&") if "{" not in one)
        return urlunsplit(parts._replace(query=query))

    @property
    def base_path(self) -> str:
        """The path part of `base_iri`, which every link of the site starts with."""
        return urlsplit(self.base_iri).path


@dataclass(frozen=True, slots=True)
class Publication:
    """How records become public. `keep_releases` counts the live one; the one before always stays.

    `search_index_up_to`: beyond so many datasets the search asks the read interface; `rules`: the
    profiles whose rules have pages, None for all.
    """

    gate: str = "flag"
    keep_releases: int = 3
    search_index_up_to: int = 20_000
    rules: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """What a harvest checks. `gating`: the profiles that decide a verdict, all of `profiles`.

    `check_addresses`: whether addresses that scores count are asked for, again after
    `address_days`; at most `addresses_per_host` of them and `address_seconds` a harvest.
    """

    profiles: tuple[str, ...] = ("healthdcat-ap-8", "minimum-2026-2098", "red")
    gating: tuple[str, ...] = ("healthdcat-ap-8",)
    check_addresses: bool = False
    address_days: int = 30
    addresses_per_host: int = 100
    address_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Guards:
    """What stops a harvest from removing what it should not (docs/harvesting.md)."""

    max_removed_share: float
    max_removed: int
    grace_days: int
    grace_runs: int


@dataclass(frozen=True, slots=True)
class Sparql:
    """Bounds on one query: seconds, rows, bytes of query and of memory, at once a client.

    `remote`: the target that answers instead of the release's own store.
    """

    seconds: float
    rows: int
    query_bytes: int
    memory_bytes: int
    per_client: int
    workers: int
    remote: str | None = None


@dataclass(frozen=True, slots=True)
class Notify:
    """Who is told of a harvest. `mode`: never, always, on-error or on-change.

    On-error tells each one with trouble, on-change each that tells something else than the one
    before. Each holder with an `email` gets its own report; `to` gets one of everything. Messages
    go to the server `smtp` (`host:port`), or as .eml files to `folder`. `password`: `env:NAME`;
    `ca_file`: the authorities that certify the server, where these are not the public ones.
    """

    mode: str = "never"
    sender: str = ""
    to: str | None = None
    smtp: str | None = None
    starttls: bool = False
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Serve:
    """What clients may send. `publish`: "by-hand", or "on-ingest" once nothing came for a while.

    `quiet_seconds`: how long nothing must have come; bounds are a client's, or a key's.
    `metrics_from`: the networks that may read `/metrics`.
    """

    check_bytes: int = 5_000_000
    checks_per_minute: int = 20
    pushes_per_minute: int = 600
    publish: str = "by-hand"
    quiet_seconds: float = 60.0
    access_log: bool = True
    metrics_from: tuple[str, ...] = ("127.0.0.0/8", "::1/128")


INGEST: Final = "ingest"
"""The kind of source whose descriptions are handed in: it lies nowhere."""


def declared_folder(base_iri: str, holder: str = "") -> str:
    """Where a holder without a namespace declares; without one, what all such folders are in."""
    return f"{base_iri}declared/{holder}/" if holder else f"{base_iri}declared/"


@dataclass(frozen=True, slots=True)
class Config:
    """A whole `red.toml`, read from `file`; `root` is the folder it lies in."""

    root: Path
    catalogue: Catalogue
    publication: Publication
    guards: Guards
    limits: Limits
    sparql: Sparql
    holders: tuple[Holder, ...]
    sources: tuple[Source, ...]
    notify: Notify = field(default_factory=Notify)
    validation: Validation = field(default_factory=Validation)
    serve: Serve = field(default_factory=Serve)
    file: Path | None = None
    targets: tuple[Target, ...] = ()

    @property
    def heirs(self) -> dict[str, str]:
        """The holders of today, by their former ids."""
        return {former: one.id for one in self.holders for former in one.former}

    @property
    def var(self) -> Path:
        """The folder of the register and of the cache."""
        return self.root / "var"

    @property
    def shapes(self) -> Path:
        """The folder of the profiles installed in this catalogue."""
        return self.var / "shapes"

    @property
    def register(self) -> Path:
        """The file of the register."""
        return self.var / "register.db"

    @property
    def owed(self) -> Path:
        """The folder of the letters that the mail server is still to take."""
        return self.var / "owed"

    @contextmanager
    def locked(self, patience: float = 0) -> Iterator[None]:
        """Holds the only pen. Raises BusyError where another harvest or publish is going on.

        `patience`: how many seconds to wait for its end.
        """
        with self._pen("lock", patience) as free:
            if not free:
                raise BusyError(
                    f"Another red-catalog is writing in {self.var}: wait until it has ended."
                )
            yield

    @contextmanager
    def sending(self, target_id: str) -> Iterator[None]:
        """Holds the way to a target. Raises BusyError where another push is on it."""
        with self._pen(f"push-{target_id}.lock") as free:
            if not free:
                raise BusyError(
                    f"Another red-catalog is sending to {target_id}: wait until it has ended."
                )
            yield

    @contextmanager
    def _pen(self, name: str, patience: float = 0) -> Iterator[bool]:
        """Holds a file of `var` that one process has at a time; tells whether it could be had.

        Raises RedError where it may not be written.
        """
        with writing(self.var / name):
            self.var.mkdir(parents=True, exist_ok=True)
            lock = (self.var / name).open("w")
        with lock:
            end = monotonic() + max(patience, _MOMENT)
            while not (free := _take(lock)) and monotonic() < end:
                sleep(_PAUSE)
            # Processes forked meanwhile hold it as well: nobody writes beside their last words.
            yield free

    def target(self, target_id: str) -> Target:
        """The target of this id. Raises RedError, with the nearest id, for an unknown one."""
        return find_named("target", target_id, {t.id: t for t in self.targets})

    @property
    def public(self) -> Path:
        """The folder of the releases."""
        return self.root / "public"

    def holder(self, holder_id: str) -> Holder:
        """The holder of this id. Raises RedError, with the nearest id, for an unknown one."""
        return find_named("holder", holder_id, {h.id: h for h in self.holders})

    @property
    def exempt(self) -> frozenset[str]:
        """The ids of the holders that the duties to describe and to check do not bind."""
        return frozenset(one.id for one in self.holders if one.exempt)

    def ingest_source(self, holder_id: str) -> Source | None:
        """Where this holder hands descriptions in, None where it may not."""
        mine = (s for s in self.sources if s.holder == holder_id and s.kind == INGEST)
        return next(mine, None)

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises RedError, with the nearest id, for an unknown one."""
        return find_named("source", source_id, {s.id: s for s in self.sources})


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
