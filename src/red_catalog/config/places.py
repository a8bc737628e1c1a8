"""Holders and their sources, from their tables."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from red_catalog.config.secrets import check_secret
from red_catalog.config.settings import INGEST
from red_catalog.config.values import (
    Table,
    check_id,
    find_named,
    need,
    read_number,
    read_text,
    refuse_unknown,
)
from red_catalog.errors import RedError
from red_catalog.model import Auth, Holder, Source

_AUTH_KEYS: Final = {
    "basic": ("user", "password"),
    "bearer": ("token",),
    "header": ("name", "value"),
}


def holder(path: Path, table: Table) -> Holder:
    """One `[[holder]]`."""
    holder_id = need(path, "holder", table, "id")
    where = f"holder {holder_id}"
    refuse_unknown(path, where, table, set(Holder.__slots__))
    return Holder(
        id=check_id(path, where, holder_id),
        name=read_text(path, f"{where}.name", need(path, where, table, "name")),
        identifiers=dict(table.get("identifiers", {})),
        trusted=bool(table.get("trusted", False)),
        namespaces=tuple(table.get("namespaces", ())),
        homepage=table.get("homepage"),
        email=table.get("email"),
    )


def source(path: Path, table: Table, holders: tuple[Holder, ...], root: Path) -> Source:
    """One `[[source]]`, with the namespaces that are and are not its own."""
    source_id = need(path, "source", table, "id")
    where = f"source {source_id}"
    refuse_unknown(
        path, where, table, set(Source.__slots__) - {"namespaces", "foreign", "bookmark"}
    )
    by_id = {h.id: h for h in holders}
    holder = find_named("holder", need(path, where, table, "holder"), by_id)
    others = (n for h in holders if h.id != holder.id for n in h.namespaces)
    return Source(
        id=check_id(path, where, source_id),
        holder=holder.id,
        kind=need(path, where, table, "kind"),
        location=INGEST
        if table.get("kind") == INGEST
        else _location(need(path, where, table, "location"), root),
        min_records=read_number(path, where, table, "min_records", 0),
        allow_hosts=tuple(table.get("allow_hosts", ())),
        format=table.get("format"),
        namespaces=holder.namespaces,
        foreign=tuple(others),
        options={key: str(value) for key, value in table.get("options", {}).items()},
        auth=_auth(path, f"{where}.auth", table["auth"]) if "auth" in table else None,
        proxy=table.get("proxy"),
        every_hours=read_number(path, where, table, "every_hours", 24.0),
    )


def _auth(path: Path, where: str, table: Table) -> Auth:
    scheme = need(path, where, table, "scheme")
    if scheme not in _AUTH_KEYS:
        raise RedError(f'{path}: {where}.scheme is "{scheme}"; use basic, bearer or header.')
    keys = _AUTH_KEYS[scheme]
    refuse_unknown(path, where, table, {"scheme", *keys})
    values = [str(need(path, where, table, key)) for key in keys]
    check_secret(path, f"{where}.{keys[-1]}", values[-1])
    return Auth(scheme, values[-1], values[0] if len(values) > 1 else "")


def _location(location: str, root: Path) -> str:
    """A URL as it is; a path made absolute from the configuration's folder."""
    return location if urlsplit(location).scheme in {"http", "https"} else str(root / location)
