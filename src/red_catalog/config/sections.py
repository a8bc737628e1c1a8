"""The sections of a configuration, each from its table."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from red_catalog.config.secrets import check_secret
from red_catalog.config.settings import (
    Catalogue,
    Guards,
    Notify,
    Publication,
    Serve,
    Sparql,
    Validation,
)
from red_catalog.config.values import (
    Table,
    need,
    read_flag,
    read_names,
    read_number,
    read_text,
    refuse_unknown,
)
from red_catalog.errors import RedError
from red_catalog.rdf.limits import Limits


def catalogue(path: Path, table: Table) -> Catalogue:
    """What `[catalogue]` says."""
    refuse_unknown(path, "catalogue", table, set(Catalogue.__slots__))
    base = need(path, "catalogue", table, "base_iri")
    if urlsplit(base).scheme not in {"http", "https"} or not base.endswith("/"):
        raise RedError(f"{path}: catalogue.base_iri must be an http(s) IRI that ends in `/`.")
    title = read_text(path, "catalogue.title", need(path, "catalogue", table, "title"))
    coordinator = table.get("hdab_coordinator")
    return Catalogue(
        base_iri=base,
        title=title,
        description=read_text(path, "catalogue.description", table.get("description", title)),
        publisher=read_text(
            path, "catalogue.publisher", need(path, "catalogue", table, "publisher")
        ),
        publisher_homepage=table.get("publisher_homepage", base),
        contact=need(path, "catalogue", table, "contact"),
        hdab=read_text(path, "catalogue.hdab", table.get("hdab", {"fr": "", "en": ""})),
        hdab_coordinator=read_text(path, "catalogue.hdab_coordinator", coordinator)
        if coordinator
        else None,
        application_url=_template(path, table.get("application_url")),
        licence=table.get(
            "licence", "http://publications.europa.eu/resource/authority/licence/ETALAB_OL_2_0"
        ),
    )


def _template(path: Path, url: Any) -> str | None:
    """An address that may hold `{identifier}`, `{iri}` and `{lang}`."""
    if url is None:
        return None
    try:
        str(url).format_map(dict.fromkeys(("identifier", "iri", "lang"), ""))
    except (KeyError, ValueError, IndexError):
        raise RedError(
            f"{path}: catalogue.application_url may hold {{identifier}}, {{iri}} and {{lang}}, "
            "no other braces."
        ) from None
    return str(url)


def publication(path: Path, table: Table) -> Publication:
    """What `[publication]` says."""
    refuse_unknown(path, "publication", table, set(Publication.__slots__))
    gate = table.get("gate", "flag")
    if gate not in {"flag", "strict"}:
        raise RedError(f'{path}: publication.gate is "{gate}"; it must be "flag" or "strict".')
    return Publication(
        gate,
        read_number(path, "publication", table, "keep_releases", 3),
        read_number(path, "publication", table, "search_index_up_to", 20_000),
    )


def guards(path: Path, table: Table) -> Guards:
    """What `[guards]` says."""
    refuse_unknown(path, "guards", table, set(Guards.__slots__))
    return Guards(
        max_removed_share=read_number(path, "guards", table, "max_removed_share", 0.2),
        max_removed=read_number(path, "guards", table, "max_removed", 50),
        grace_days=read_number(path, "guards", table, "grace_days", 7),
        grace_runs=read_number(path, "guards", table, "grace_runs", 3),
    )


def limits(path: Path, table: Table) -> Limits:
    """What `[limits]` says."""
    refuse_unknown(path, "limits", table, set(Limits.__slots__))
    return Limits(
        document_bytes=read_number(path, "limits", table, "document_bytes", 200_000_000),
        document_seconds=read_number(path, "limits", table, "document_seconds", 60.0),
        record_seconds=read_number(path, "limits", table, "record_seconds", 5.0),
        memory_bytes=read_number(path, "limits", table, "memory_bytes", 1_000_000_000),
        depth=read_number(path, "limits", table, "depth", 100),
        source_seconds=read_number(path, "limits", table, "source_seconds", 21_600.0),
    )


def sparql(path: Path, table: Table) -> Sparql:
    """What `[sparql]` says."""
    refuse_unknown(path, "sparql", table, set(Sparql.__slots__))
    return Sparql(
        seconds=read_number(path, "sparql", table, "seconds", 30.0),
        rows=read_number(path, "sparql", table, "rows", 10_000),
        query_bytes=read_number(path, "sparql", table, "query_bytes", 16_384),
        memory_bytes=read_number(path, "sparql", table, "memory_bytes", 1_000_000_000),
        per_client=read_number(path, "sparql", table, "per_client", 5),
        workers=read_number(path, "sparql", table, "workers", max(2, os.cpu_count() or 2)),
        remote=table.get("remote"),
    )


def notify(path: Path, table: Table, root: Path) -> Notify:
    """What `[notify]` says."""
    renamed = {"sender" if key == "from" else key: value for key, value in table.items()}
    refuse_unknown(path, "notify", renamed, set(Notify.__slots__))
    mode = renamed.get("mode", "never")
    if mode not in {"never", "always", "on-error", "on-change"}:
        raise RedError(
            f'{path}: notify.mode is "{mode}"; use never, always, on-error or on-change.'
        )
    if mode != "never" and not ("smtp" in renamed) ^ ("folder" in renamed):
        raise RedError(f"{path}: notify needs either `smtp` or `folder`.")
    # Reminders are sent whatever the mode.
    if {"smtp", "folder"} & renamed.keys() and "sender" not in renamed:
        raise RedError(f"{path}: `from` is missing in notify: give a role address.")
    if "smtp" in renamed and not re.fullmatch(r"[^:\s]+|\S+:\d{1,5}", str(renamed["smtp"])):
        raise RedError(f"{path}: notify.smtp must be a server, or `server:port`.")
    if "password" in renamed:
        check_secret(path, "notify.password", renamed["password"])
    folder = root / renamed["folder"] if "folder" in renamed else None
    return Notify(**{**renamed, "folder": folder})


def validation(path: Path, table: Table) -> Validation:
    """What `[validation]` says; whether its profiles exist is asked when they are needed."""
    refuse_unknown(path, "validation", table, set(Validation.__slots__))
    usual = Validation()
    profiles = read_names(path, "validation.profiles", table.get("profiles", [*usual.profiles]))
    gating = read_names(path, "validation.gating", table.get("gating", [*usual.gating]))
    for name in gating:
        if name not in profiles:
            raise RedError(
                f"{path}: validation.gating names `{name}`, which is not one of "
                f"validation.profiles ({', '.join(profiles)}): add it there."
            )

    def number(key: str) -> Any:
        return read_number(path, "validation", table, key, getattr(usual, key))

    return Validation(
        profiles=profiles,
        gating=gating,
        check_addresses=read_flag(path, "validation", table, "check_addresses", default=False),
        address_days=number("address_days"),
        addresses_per_host=number("addresses_per_host"),
        address_seconds=number("address_seconds"),
    )


def serve(path: Path, table: Table) -> Serve:
    """`[serve]`."""
    refuse_unknown(path, "serve", table, set(Serve.__slots__))
    usual = Serve()

    def number(key: str) -> Any:
        return read_number(path, "serve", table, key, getattr(usual, key))

    publish = table.get("publish", usual.publish)
    if publish not in {"by-hand", "on-ingest"}:
        raise RedError(f'{path}: serve.publish is "{publish}"; use "by-hand" or "on-ingest".')
    return Serve(
        check_bytes=number("check_bytes"),
        checks_per_minute=number("checks_per_minute"),
        pushes_per_minute=number("pushes_per_minute"),
        publish=publish,
        quiet_seconds=number("quiet_seconds"),
        access_log=read_flag(path, "serve", table, "access_log", default=usual.access_log),
        metrics_from=_networks(path, table.get("metrics_from", usual.metrics_from)),
    )


def _networks(path: Path, given: Any) -> tuple[str, ...]:
    try:
        return tuple(str(ipaddress.ip_network(one)) for one in given)
    except (TypeError, ValueError):
        raise RedError(
            f'{path}: serve.metrics_from must be a list of networks, like ["10.0.0.0/8"].'
        ) from None
