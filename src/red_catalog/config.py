"""`red.toml` read into frozen, checked objects."""

import difflib
import fcntl
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from red_catalog.errors import RedError
from red_catalog.model import Auth, Holder, Source, Text
from red_catalog.rdf.limits import Limits

Table = Mapping[str, Any]
Named = TypeVar("Named", Holder, Source)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the catalogue says of itself. `base_iri` ends in `/`."""

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

    @property
    def base_path(self) -> str:
        """The path part of `base_iri`, which every link of the site starts with."""
        return urlsplit(self.base_iri).path


@dataclass(frozen=True, slots=True)
class Publication:
    """How records become public. `keep_releases` counts the live one."""

    gate: str
    keep_releases: int


@dataclass(frozen=True, slots=True)
class Guards:
    """What stops a harvest from removing what it should not (DESIGN.md, section 4)."""

    max_removed_share: float
    max_removed: int
    grace_days: int
    grace_runs: int


@dataclass(frozen=True, slots=True)
class Sparql:
    """Bounds on one query: seconds, rows, bytes of query and of memory, at once a client."""

    seconds: float
    rows: int
    query_bytes: int
    memory_bytes: int
    per_client: int
    workers: int


@dataclass(frozen=True, slots=True)
class Notify:
    """Who is told of a harvest. `mode`: never, always, on-error or on-change.

    Each holder with an `email` gets its own report; `to` gets one of everything. Messages go
    to the server `smtp` (`host:port`), or as .eml files to `folder`. `password`: `env:NAME`.
    """

    mode: str = "never"
    sender: str = ""
    to: str | None = None
    smtp: str | None = None
    starttls: bool = False
    user: str | None = None
    password: str | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A whole `red.toml`; `root` is the folder it lies in."""

    root: Path
    catalogue: Catalogue
    publication: Publication
    guards: Guards
    limits: Limits
    sparql: Sparql
    holders: tuple[Holder, ...]
    sources: tuple[Source, ...]
    notify: Notify = field(default_factory=Notify)

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

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the only pen. Raises RedError where another harvest or publish is going on."""
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RedError(
                    f"Another red-catalog is writing in {self.var}: wait until it has ended."
                ) from None
            yield

    @property
    def public(self) -> Path:
        """The folder of the releases."""
        return self.root / "public"

    def holder(self, holder_id: str) -> Holder:
        """The holder of this id. Raises RedError, with the nearest id, for an unknown one."""
        return _named("holder", holder_id, {h.id: h for h in self.holders})

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises RedError, with the nearest id, for an unknown one."""
        return _named("source", source_id, {s.id: s for s in self.sources})


def load(path: Path) -> Config:
    """Reads and checks a configuration file. Raises RedError where it is wrong."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise RedError(
            f"{path} does not exist: run `red-catalog init DIR`, or name the file with --config."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RedError(f"{path} is not valid TOML: {error}.") from None
    _known(path, "", tables, {"catalogue", "publication", "guards", "limits", "sparql", "holder",
                              "source", "notify"})  # fmt: skip
    holders = tuple(_holder(path, t) for t in _tables(path, tables, "holder"))
    _unique(path, "holder", [h.id for h in holders])
    root = path.resolve().parent
    sources = tuple(_source(path, t, holders, root) for t in _tables(path, tables, "source"))
    _unique(path, "source", [s.id for s in sources])
    return Config(
        root=root,
        catalogue=_catalogue(path, tables.get("catalogue", {})),
        publication=_publication(path, tables.get("publication", {})),
        guards=_guards(path, tables.get("guards", {})),
        limits=_limits(path, tables.get("limits", {})),
        sparql=_sparql(path, tables.get("sparql", {})),
        holders=holders,
        sources=sources,
        notify=_notify(path, tables.get("notify", {}), root),
    )


def _catalogue(path: Path, table: Table) -> Catalogue:
    _known(path, "catalogue", table, set(Catalogue.__slots__))
    base = _need(path, "catalogue", table, "base_iri")
    if urlsplit(base).scheme not in {"http", "https"} or not base.endswith("/"):
        raise RedError(f"{path}: catalogue.base_iri must be an http(s) IRI that ends in `/`.")
    title = _text(path, "catalogue.title", _need(path, "catalogue", table, "title"))
    coordinator = table.get("hdab_coordinator")
    return Catalogue(
        base_iri=base,
        title=title,
        description=_text(path, "catalogue.description", table.get("description", title)),
        publisher=_text(path, "catalogue.publisher", _need(path, "catalogue", table, "publisher")),
        publisher_homepage=table.get("publisher_homepage", base),
        contact=_need(path, "catalogue", table, "contact"),
        hdab=_text(path, "catalogue.hdab", table.get("hdab", {"fr": "", "en": ""})),
        hdab_coordinator=_text(path, "catalogue.hdab_coordinator", coordinator)
        if coordinator
        else None,
        application_url=table.get("application_url"),
        licence=table.get(
            "licence", "http://publications.europa.eu/resource/authority/licence/ETALAB_OL_2_0"
        ),
    )


def _publication(path: Path, table: Table) -> Publication:
    _known(path, "publication", table, set(Publication.__slots__))
    gate = table.get("gate", "flag")
    if gate not in {"flag", "strict"}:
        raise RedError(f'{path}: publication.gate is "{gate}"; it must be "flag" or "strict".')
    return Publication(gate, _number(path, "publication", table, "keep_releases", 3))


def _guards(path: Path, table: Table) -> Guards:
    _known(path, "guards", table, set(Guards.__slots__))
    return Guards(
        max_removed_share=_number(path, "guards", table, "max_removed_share", 0.2),
        max_removed=_number(path, "guards", table, "max_removed", 50),
        grace_days=_number(path, "guards", table, "grace_days", 7),
        grace_runs=_number(path, "guards", table, "grace_runs", 3),
    )


def _limits(path: Path, table: Table) -> Limits:
    _known(path, "limits", table, set(Limits.__slots__))
    return Limits(
        document_bytes=_number(path, "limits", table, "document_bytes", 200_000_000),
        document_seconds=_number(path, "limits", table, "document_seconds", 60.0),
        record_seconds=_number(path, "limits", table, "record_seconds", 5.0),
        memory_bytes=_number(path, "limits", table, "memory_bytes", 1_000_000_000),
        depth=_number(path, "limits", table, "depth", 100),
    )


def _sparql(path: Path, table: Table) -> Sparql:
    _known(path, "sparql", table, set(Sparql.__slots__))
    return Sparql(
        seconds=_number(path, "sparql", table, "seconds", 30.0),
        rows=_number(path, "sparql", table, "rows", 10_000),
        query_bytes=_number(path, "sparql", table, "query_bytes", 16_384),
        memory_bytes=_number(path, "sparql", table, "memory_bytes", 1_000_000_000),
        per_client=_number(path, "sparql", table, "per_client", 5),
        workers=_number(path, "sparql", table, "workers", max(2, os.cpu_count() or 2)),
    )


def _holder(path: Path, table: Table) -> Holder:
    holder_id = _need(path, "holder", table, "id")
    where = f"holder {holder_id}"
    _known(path, where, table, set(Holder.__slots__))
    return Holder(
        id=_identifier(path, where, holder_id),
        name=_text(path, f"{where}.name", _need(path, where, table, "name")),
        identifiers=dict(table.get("identifiers", {})),
        trusted=bool(table.get("trusted", False)),
        namespaces=tuple(table.get("namespaces", ())),
        homepage=table.get("homepage"),
        email=table.get("email"),
    )


def _source(path: Path, table: Table, holders: tuple[Holder, ...], root: Path) -> Source:
    source_id = _need(path, "source", table, "id")
    where = f"source {source_id}"
    _known(path, where, table, set(Source.__slots__) - {"namespaces", "foreign", "bookmark"})
    by_id = {h.id: h for h in holders}
    holder = _named("holder", _need(path, where, table, "holder"), by_id)
    others = (n for h in holders if h.id != holder.id for n in h.namespaces)
    return Source(
        id=_identifier(path, where, source_id),
        holder=holder.id,
        kind=_need(path, where, table, "kind"),
        location=_location(_need(path, where, table, "location"), root),
        min_records=_number(path, where, table, "min_records", 0),
        allow_hosts=tuple(table.get("allow_hosts", ())),
        format=table.get("format"),
        namespaces=holder.namespaces,
        foreign=tuple(others),
        options={key: str(value) for key, value in table.get("options", {}).items()},
        auth=_auth(path, f"{where}.auth", table["auth"]) if "auth" in table else None,
        proxy=table.get("proxy"),
        every_hours=_number(path, where, table, "every_hours", 24.0),
    )


_AUTH_KEYS: Final = {
    "basic": ("user", "password"),
    "bearer": ("token",),
    "header": ("name", "value"),
}


def _auth(path: Path, where: str, table: Table) -> Auth:
    scheme = _need(path, where, table, "scheme")
    if scheme not in _AUTH_KEYS:
        raise RedError(f'{path}: {where}.scheme is "{scheme}"; use basic, bearer or header.')
    keys = _AUTH_KEYS[scheme]
    _known(path, where, table, {"scheme", *keys})
    values = [str(_need(path, where, table, key)) for key in keys]
    _secret(path, f"{where}.{keys[-1]}", values[-1])
    return Auth(scheme, values[-1], values[0] if len(values) > 1 else "")


def _notify(path: Path, table: Table, root: Path) -> Notify:
    renamed = {"sender" if key == "from" else key: value for key, value in table.items()}
    _known(path, "notify", renamed, set(Notify.__slots__))
    mode = renamed.get("mode", "never")
    if mode not in {"never", "always", "on-error", "on-change"}:
        raise RedError(
            f'{path}: notify.mode is "{mode}"; use never, always, on-error or on-change.'
        )
    if mode != "never" and not ("smtp" in renamed) ^ ("folder" in renamed):
        raise RedError(f"{path}: notify needs either `smtp` or `folder`.")
    if mode != "never" and "sender" not in renamed:
        raise RedError(f"{path}: `from` is missing in notify: give a role address.")
    if "password" in renamed:
        _secret(path, "notify.password", renamed["password"])
    folder = root / renamed["folder"] if "folder" in renamed else None
    return Notify(**{**renamed, "folder": folder})


def _secret(path: Path, where: str, value: str) -> None:
    if not value.startswith("env:") or not value[4:]:
        raise RedError(f"{path}: write {where} as `env:NAME`; a secret never stands in this file.")


def secret(written: str) -> str:
    """The value of an `env:NAME`, or the text itself. Raises RedError for a missing variable."""
    if not written.startswith("env:"):
        return written
    value = os.environ.get(written[4:])
    if not value:
        raise RedError(f"The environment variable {written[4:]} is not set: set it and run again.")
    return value


def _location(location: str, root: Path) -> str:
    """A URL as it is; a path made absolute from the configuration's folder."""
    return location if urlsplit(location).scheme in {"http", "https"} else str(root / location)


def _tables(path: Path, tables: Table, name: str) -> list[Table]:
    found = tables.get(name, [])
    if not isinstance(found, list):
        raise RedError(f"{path}: write [[{name}]] with two brackets; there may be several.")
    return found


def _known(path: Path, where: str, table: Table, known: set[str]) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(sorted(known))}."
            raise RedError(f"{path}: unknown key `{key}` in {where or 'the file'}; {hint}")


def _need(path: Path, where: str, table: Table, key: str) -> Any:
    if key not in table:
        raise RedError(f"{path}: `{key}` is missing in {where}.")
    return table[key]


def _text(path: Path, where: str, value: Any) -> Text:
    if isinstance(value, str):
        return {"fr": value, "en": value}
    if not isinstance(value, dict) or not value or not set(value) <= {"fr", "en"}:
        raise RedError(f'{path}: {where} must be a text or {{ fr = "…", en = "…" }}.')
    any_language = next(iter(value.values()))
    return {lang: str(value.get(lang, any_language)) for lang in ("fr", "en")}


def _number(path: Path, where: str, table: Table, key: str, default: Any) -> Any:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise RedError(f"{path}: {where}.{key} must be a number, zero or more.")
    return type(default)(value)


def _identifier(path: Path, where: str, value: str) -> str:
    plain = value.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and value == value.lower()):
        raise RedError(f"{path}: the id of {where} must be lower-case letters, digits and hyphens.")
    return value


def _unique(path: Path, what: str, ids: list[str]) -> None:
    for one in ids:
        if ids.count(one) > 1:
            raise RedError(f"{path}: two {what}s have the id `{one}`; each needs its own.")


def _named(what: str, name: str, known: Mapping[str, Named]) -> Named:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known) or 'none'}."
    raise RedError(f"No {what} is called `{name}`; {hint}")
