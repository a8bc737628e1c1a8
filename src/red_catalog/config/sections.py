"""The sections of a configuration, each from its table."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Any, Final

from red_catalog import vocabulary
from red_catalog.config.addresses import (
    read_admin,
    read_application,
    read_base,
    read_contact,
    read_iri,
)
from red_catalog.config.mailboxes import read_mailbox
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
    choose,
    need,
    read_file,
    read_flag,
    read_names,
    read_number,
    read_string,
    read_text,
    refuse_unknown,
)
from red_catalog.errors import RedError
from red_catalog.model import Text
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.limits import Limits

_LICENCE: Final = "http://publications.europa.eu/resource/authority/licence/ETALAB_OL_2_0"
_MODES: Final = ("never", "always", "on-error", "on-change")
# What the clock, the system and the program can bear.
_DAYS: Final = 36_500
_SECONDS: Final = 10_000_000
_BYTES: Final = 10**12
_DEPTH: Final = 10_000
_WORKERS: Final = 1_000
_PORTS: Final = 65_535


def catalogue(path: Path, table: Table) -> Catalogue:
    """What `[catalogue]` says."""
    refuse_unknown(path, "catalogue", table, set(Catalogue.__slots__))
    base = read_base(path, "catalogue.base_iri", need(path, "catalogue", table, "base_iri"))
    title = read_text(path, "catalogue.title", need(path, "catalogue", table, "title"))

    def text(key: str) -> Text | None:
        return read_text(path, f"catalogue.{key}", table[key]) if key in table else None

    def iri(key: str, default: str) -> str:
        return read_iri(path, f"catalogue.{key}", table.get(key, default), default)

    applied = table.get("application_url")
    return Catalogue(
        base_iri=base,
        title=title,
        description=text("description") or title,
        publisher=read_text(
            path, "catalogue.publisher", need(path, "catalogue", table, "publisher")
        ),
        publisher_homepage=iri("publisher_homepage", base),
        contact=read_contact(path, "catalogue.contact", need(path, "catalogue", table, "contact")),
        hdab=text("hdab") or {"fr": "", "en": ""},
        hdab_coordinator=text("hdab_coordinator"),
        application_url=read_application(path, "catalogue.application_url", applied)
        if applied is not None
        else None,
        licence=iri("licence", _LICENCE),
        admin_email=read_admin(path, "catalogue.admin_email", table.get("admin_email")),
        country=_country(path, table.get("country", "FRA")),
    )


def _country(path: Path, value: Any) -> str:
    """The code of a country. Raises RedError for what the EU's list does not have."""
    if not isinstance(value, str) or vocabulary.labels(f"{EU_AUTHORITY}country/{value}") is None:
        raise RedError(
            f"{path}: catalogue.country is {value!r}; write the three letters of the EU's list, "
            "like FRA or PRT."
        )
    return value


def publication(path: Path, table: Table) -> Publication:
    """What `[publication]` says."""
    refuse_unknown(path, "publication", table, set(Publication.__slots__))
    usual = Publication()

    def number(key: str) -> Any:
        return read_number(path, "publication", table, key, getattr(usual, key))

    return Publication(
        choose(path, "publication.gate", table.get("gate", usual.gate), ("flag", "strict")),
        number("keep_releases"),
        number("search_index_up_to"),
        _rules(path, table.get("rules")),
    )


def _rules(path: Path, value: Any) -> tuple[str, ...] | None:
    """The profiles whose rules have pages; an empty list is one as well."""
    if value is None:
        return None
    return () if value == [] else read_names(path, "publication.rules", value, "healthdcat-ap-8")


def guards(path: Path, table: Table) -> Guards:
    """What `[guards]` says."""
    refuse_unknown(path, "guards", table, set(Guards.__slots__))
    return Guards(
        max_removed_share=_share(path, table),
        max_removed=read_number(path, "guards", table, "max_removed", 50),
        grace_days=read_number(path, "guards", table, "grace_days", 7, most=_DAYS),
        grace_runs=read_number(path, "guards", table, "grace_runs", 3),
    )


def _share(path: Path, table: Table) -> float:
    """A part of all: 20 would never hold anything back."""
    share = read_number(path, "guards", table, "max_removed_share", 0.2)
    if share > 1:
        mean = f"write {share / 100:g} for {share:g} %" if share <= 100 else "0.2 is 20 %"
        raise RedError(f"{path}: guards.max_removed_share must be from 0 to 1: {mean}.")
    return float(share)


def limits(path: Path, table: Table) -> Limits:
    """What `[limits]` says."""
    refuse_unknown(path, "limits", table, set(Limits.__slots__))
    usual = Limits()

    def number(key: str, most: float = _SECONDS) -> Any:
        # A limit of nothing would refuse everything.
        default = getattr(usual, key)
        least = 1 if isinstance(default, int) else 0.001
        most = _BYTES if key.endswith("_bytes") else most
        return read_number(path, "limits", table, key, default, least, most)

    return Limits(
        document_bytes=number("document_bytes"),
        document_seconds=number("document_seconds"),
        record_seconds=number("record_seconds"),
        memory_bytes=number("memory_bytes"),
        depth=number("depth", _DEPTH),
        source_seconds=number("source_seconds"),
    )


def sparql(path: Path, table: Table) -> Sparql:
    """What `[sparql]` says."""
    refuse_unknown(path, "sparql", table, set(Sparql.__slots__))

    def number(key: str, default: float, most: float = _BYTES) -> Any:
        least = 1 if isinstance(default, int) else 0.001
        return read_number(path, "sparql", table, key, default, least, most)

    return Sparql(
        seconds=number("seconds", 30.0, _SECONDS),
        rows=number("rows", 10_000),
        query_bytes=number("query_bytes", 16_384),
        memory_bytes=number("memory_bytes", 1_000_000_000),
        per_client=number("per_client", 5),
        workers=number("workers", max(2, os.cpu_count() or 2), _WORKERS),
        remote=read_string(path, "sparql", table, "remote"),
    )


def notify(path: Path, table: Table, root: Path) -> Notify:
    """What `[notify]` says."""
    renamed = {"sender" if key == "from" else key: value for key, value in table.items()}
    refuse_unknown(path, "notify", table, {*Notify.__slots__, "from"} - {"sender"})
    mode = choose(path, "notify.mode", table.get("mode", "never"), _MODES)
    # Reminders are sent whatever the mode.
    ways = {"smtp", "folder"} & renamed.keys()
    if len(ways) > 1:
        raise RedError(f"{path}: notify needs either `smtp` or `folder`, not both.")
    if mode != "never" and not ways:
        raise RedError(f'{path}: notify.mode is "{mode}", which needs `smtp` or `folder`.')
    if ways and "sender" not in renamed:
        raise RedError(f"{path}: `from` is missing in notify: give a role address.")
    smtp = _mail_server(path, read_string(path, "notify", table, "smtp"))
    if "password" in renamed:
        check_secret(path, "notify.password", renamed["password"])
    for one, other in (("user", "password"), ("password", "user")):
        if one in renamed and other not in renamed:
            raise RedError(f"{path}: notify has `{one}` without `{other}`: give both, or neither.")
    return Notify(
        mode=mode,
        sender=read_mailbox(path, "notify", table, "from") or "",
        to=read_mailbox(path, "notify", table, "to"),
        smtp=smtp,
        starttls=read_flag(path, "notify", table, "starttls", default=False),
        user=read_string(path, "notify", table, "user"),
        password=renamed.get("password"),
        ca_file=read_file(path, "notify", table, "ca_file", root),
        folder=read_file(path, "notify", table, "folder", root),
    )


def _mail_server(path: Path, given: str | None) -> str | None:
    if given is None:
        return None
    form = re.fullmatch(r"[^:\s]+|\S+:(\d{1,5})", given)
    if not form or not 0 < int(form[1] or 1) <= _PORTS:
        raise RedError(f"{path}: notify.smtp must be a server, or `server:port`.")
    return given


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
        most = _DAYS if key == "address_days" else _SECONDS
        return read_number(path, "validation", table, key, getattr(usual, key), most=most)

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

    how = ("by-hand", "on-ingest")
    return Serve(
        check_bytes=number("check_bytes"),
        checks_per_minute=number("checks_per_minute"),
        pushes_per_minute=number("pushes_per_minute"),
        publish=choose(path, "serve.publish", table.get("publish", usual.publish), how),
        quiet_seconds=number("quiet_seconds"),
        access_log=read_flag(path, "serve", table, "access_log", default=usual.access_log),
        metrics_from=_networks(path, table.get("metrics_from", usual.metrics_from)),
    )


def _networks(path: Path, given: Any) -> tuple[str, ...]:
    # A number would be taken for an address.
    named = isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
    try:
        return tuple(str(ipaddress.ip_network(one)) for one in (given if named else [""]))
    except ValueError:
        raise RedError(
            f'{path}: serve.metrics_from must be a list of networks, like ["10.0.0.0/8"].'
        ) from None
