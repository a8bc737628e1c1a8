"""Where descriptions come from and where they are sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from red_catalog.model.addresses import climbs, respell, respell_all

_BEGINNING: Final = re.compile(r"[^:/?#]+:(?://[^/?#]*)?")


@dataclass(frozen=True, slots=True)
class Auth:
    """What a source's server wants to know us by; secrets are names of environment variables.

    `scheme`: basic, bearer, header, or digest, of targets; `name`: the user, or the name of the
    header.
    """

    scheme: str
    secret: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a holder publishes descriptions.

    `location` is a URL or a path; `allow_hosts` are `host` or `host:port` that may be
    private addresses; `format` forces a media type; in `namespaces`, the holder's, identifiers
    are made; `foreign` are those of other holders and of the catalogue, whose subjects this
    source may not describe, but for those in `own`; below `declared` each holder has a folder;
    `options` are the kind's own;
    `bookmark` is where the last complete harvest ended, for kinds that can go on from there;
    `proxy` is the address of one, or `env:NAME`; `ca_file` has the authorities that certify its
    server where these are not the public ones; `every_hours` is how often it is due;
    `former` are the holder's former ids, and `siblings` the holder's other sources; `root` is the
    catalogue's folder.
    """

    id: str
    holder: str
    kind: str
    location: str
    min_records: int = 0
    allow_hosts: tuple[str, ...] = ()
    format: str | None = None
    namespaces: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    declared: str = ""
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    bookmark: str | None = None
    auth: Auth | None = None
    proxy: str | None = None
    ca_file: Path | None = None
    every_hours: float = 24.0
    former: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    root: Path | None = field(default=None, repr=False)  # of no matter to what a digest says

    @property
    def shown(self) -> str:
        """Its location as everybody may read it: a path from the catalogue's folder, or a name."""
        path = Path(self.location)
        if self.root is None or not path.is_absolute():
            return self.location
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else path.name

    def foreign_namespace(self, iri: str, *, had: bool = False) -> str | None:
        """The namespace of somebody else that an IRI lies in, None where it lies in none.

        `had`: the dataset is the holder's already. The form once gave addresses in no folder:
        such a one stays, and so does one that lies in the namespace in another spelling only.
        """
        written = lower_server(iri)
        apart = written.removeprefix(self.declared)
        if had and self.declared and apart != written and "/" not in apart:
            return None
        found = find_foreign(iri, self.foreign, self.own)
        return found if found or had else self._respelt(iri)

    def _respelt(self, iri: str) -> str | None:
        """The namespace that the IRI lies in however both are written."""
        known, foreign = respell(iri), respell_all(self.foreign)
        if not known.startswith(foreign):
            return None
        if self.declared and known.startswith(respell_all((self.declared,))) and climbs(iri):
            return self.declared
        found = find_foreign(known, foreign, respell_all(self.own))
        return self.foreign[foreign.index(found)] if found else None


def names_server(address: str) -> bool:
    """Whether this is an http(s) address that names a server."""
    try:
        parts = urlsplit(address)
        # A port that is none is found when it is asked for.
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def lower_server(iri: str) -> str:
    """An IRI with its scheme and server in lower case: in capitals they are the same ones."""
    found = _BEGINNING.match(iri)
    return found[0].lower() + iri[found.end() :] if found else iri


def find_foreign(iri: str, foreign: Sequence[str], own: Sequence[str]) -> str | None:
    """The namespace of somebody else that an IRI lies in: of nested ones, the inner one counts.

    `foreign` and `own` have their servers in lower case (`lower_server`).
    """
    iri = lower_server(iri)
    theirs = max((one for one in foreign if iri.startswith(one)), key=len, default="")
    mine = max((len(one) for one in own if iri.startswith(one)), default=0)
    return theirs if len(theirs) > mine else None


@dataclass(frozen=True, slots=True)
class Target:
    """A place that changes are sent to. `kind`: ingest, directory or sparql; `feed`: of which."""

    id: str
    kind: str
    location: str
    feed: str = "catalogue"
    allow_hosts: tuple[str, ...] = ()
    auth: Auth | None = None
    proxy: str | None = None
    ca_file: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def address(self) -> str:
        """Where changes go."""
        return self.options.get("update") or self.location

    def place(self) -> Source:
        """What the guards of HTTP want to know of it."""
        return Source(
            f"target {self.id}", "", self.kind, self.location, allow_hosts=self.allow_hosts,
            auth=self.auth, proxy=self.proxy, ca_file=self.ca_file,
        )  # fmt: skip
