"""Holders and their sources, from their tables."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from red_catalog.config.addresses import is_address, read_hosts, read_iri
from red_catalog.config.kinds import ADDRESS, HARVESTED
from red_catalog.config.mailboxes import read_mailbox
from red_catalog.config.secrets import check_secret
from red_catalog.config.settings import INGEST, declared_folder
from red_catalog.config.values import (
    Table,
    check_string,
    choose,
    find_table,
    need,
    need_string,
    read_file,
    read_flag,
    read_names,
    read_number,
    read_string,
    read_text,
    refuse_unknown,
)
from red_catalog.ehds.categories import LETTERS, by_name
from red_catalog.ehds.identifiers import FORMS, is_right, squeeze
from red_catalog.errors import RedError
from red_catalog.model import (
    CATALOGUE_FEED,
    FEEDS,
    FUNDINGS,
    HOLDER_KINDS,
    Auth,
    Holder,
    Source,
    Target,
    lower_server,
    names_server,
)

TARGETS: Final[dict[str, set[str]]] = {
    "ingest": set(),
    "directory": set(),
    "sparql": {"update", "query", "graph_parameter"},
}
"""The kinds of targets, and the options of each."""

_DERIVED: Final = {
    "namespaces", "foreign", "own", "declared", "bookmark", "former", "siblings", "root",
}  # fmt: skip
_HOURS: Final = 876_600  # a hundred years
_EXAMPLES: Final = {
    "namespaces": "https://donnees.chu.exemple.fr/",
    "former": "ancien-id",
}
_AUTH_KEYS: Final = {
    "digest": ("user", "password"),
    "basic": ("user", "password"),
    "bearer": ("token",),
    "header": ("name", "value"),
}


def holder(path: Path, table: Table) -> Holder:
    """One `[[holder]]`, of which the id is checked."""
    holder_id = table["id"]
    where = f"holder {holder_id}"
    refuse_unknown(path, where, table, set(Holder.__slots__))
    return Holder(
        id=holder_id,
        name=read_text(path, f"{where}.name", need(path, where, table, "name")),
        identifiers=_identifiers(path, where, find_table(path, where, table, "identifiers")),
        trusted=read_flag(path, where, table, "trusted", default=False),
        kind=choose(path, f"{where}.kind", table.get("kind", "other"), list(HOLDER_KINDS)),
        funding=choose(path, f"{where}.funding", table["funding"], FUNDINGS)
        if "funding" in table
        else None,
        exempt=read_text(path, f"{where}.exempt", table["exempt"]) if "exempt" in table else None,
        holds_none=_categories(path, f"{where}.holds_none", table.get("holds_none", [])),
        note=check_string(path, f"{where}.note", table["note"]) if "note" in table else "",
        namespaces=_namespaces(path, where, table),
        homepage=read_iri(path, f"{where}.homepage", table["homepage"], "https://chu.exemple.fr/")
        if "homepage" in table
        else None,
        email=read_mailbox(path, where, table, "email"),
        former=_names(path, where, table, "former"),
    )


def refuse_shared(path: Path, holders: tuple[Holder, ...]) -> None:
    """Raises RedError where two holders have the very same namespace: it would be nobody's.

    One within another is allowed: the inner one counts.
    """
    owners: dict[str, str] = {}
    for one in holders:
        for namespace in one.namespaces:
            if (other := owners.setdefault(lower_server(namespace), one.id)) != one.id:
                raise RedError(
                    f"{path}: the holders {other} and {one.id} both have the namespace "
                    f"{namespace}; leave it with one of them, and give the other a longer or "
                    "another one."
                )


def refuse_heirs(path: Path, holders: tuple[Holder, ...]) -> None:
    """Raises RedError where a former id is a holder's of today, or two holders have it.

    What was handed in under it would move from one holder to another at each harvest.
    """
    today = {one.id for one in holders}
    heirs: dict[str, str] = {}
    for one in holders:
        for former in one.former:
            if former in today:
                raise RedError(
                    f"{path}: holder {one.id}.former names {former}, which is the id of a holder "
                    "in this file: take it out of `former`, or take that holder out."
                )
            if (other := heirs.setdefault(former, one.id)) != one.id:
                raise RedError(
                    f"{path}: the holders {other} and {one.id} both have the former id {former}; "
                    "leave it with the one that took its datasets over."
                )


def source(
    path: Path, table: Table, holders: tuple[Holder, ...], root: Path, base_iri: str
) -> Source:
    """One `[[source]]`, of which the id is checked, with the namespaces that are its own or not.

    `base_iri`: the catalogue's, whose addresses no holder describes but in its folder there.
    """
    source_id = table["id"]
    where = f"source {source_id}"
    refuse_unknown(path, where, table, set(Source.__slots__) - _DERIVED)
    by_id = {h.id: h for h in holders}
    owner = need_string(path, where, table, "holder")
    holder = by_id[choose(path, f"{where}.holder", owner, list(by_id))]
    kind = choose(path, f"{where}.kind", need(path, where, table, "kind"), [*HARVESTED, INGEST])
    others = (n for h in holders if h.id != holder.id for n in h.namespaces)
    declared = declared_folder(base_iri)
    folders = (declared_folder(base_iri, one) for one in (holder.id, *holder.former))
    return Source(
        id=source_id,
        holder=holder.id,
        kind=kind,
        location=INGEST if kind == INGEST else _location(path, where, table, kind, root),
        min_records=read_number(path, where, table, "min_records", 0),
        allow_hosts=read_hosts(path, where, table),
        format=read_string(path, where, table, "format"),
        namespaces=holder.namespaces,
        foreign=tuple(map(lower_server, (*others, base_iri, declared))),
        own=tuple(map(lower_server, (*holder.namespaces, *folders))),
        declared=lower_server(declared),
        options=_options(path, where, table),
        auth=_auth(path, where, table),
        proxy=read_string(path, where, table, "proxy"),
        ca_file=read_file(path, where, table, "ca_file", root),
        every_hours=read_number(path, where, table, "every_hours", 24.0, most=_HOURS),
        former=holder.former,
        root=root,
    )


def _options(path: Path, where: str, table: Table) -> dict[str, str]:
    """The kind's own settings, as texts; what they may be is the kind's to say."""
    found = find_table(path, where, table, "options")
    for key, value in found.items():
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise RedError(f"{path}: {where}.options.{key} must be a text or a number.")
    return {key: str(value) for key, value in found.items()}


def _identifiers(path: Path, where: str, given: Table) -> dict[str, str]:
    """The numbers without gaps, each of the form of its kind."""
    found = {}
    for kind, written in given.items():
        if isinstance(written, bool) or not isinstance(written, str | int):
            raise RedError(f'{path}: {where}.identifiers.{kind} must be a text, like "110000007".')
        number = squeeze(str(written)) if kind in {"siren", "siret", "finess"} else str(written)
        if not is_right(kind, number):
            form = FORMS[kind]["en"]
            raise RedError(
                f"{path}: {where}.identifiers.{kind} is {written}, which cannot be right: {form}."
            )
        found[kind] = number
    siren, siret = found.get("siren"), found.get("siret")
    if siren and siret and not siret.startswith(siren):
        raise RedError(
            f"{path}: {where} has the SIRET {siret}, which must begin with its SIREN {siren}."
        )
    return found


def _categories(path: Path, where: str, given: Any) -> tuple[str, ...]:
    """Codes of categories, from codes or letters of Article 51(1)."""
    if not isinstance(given, list):
        raise RedError(f'{path}: {where} must be a list of categories, such as ["f", "EINS"].')
    found = [by_name(str(one)) for one in given]
    for written, code in zip(given, found, strict=True):
        if code is None:
            raise RedError(
                f"{path}: {where} names `{written}`; give a letter of Article 51(1), a to q, or "
                f"a code: {', '.join(LETTERS)}."
            )
    return tuple(sorted({code for code in found if code}))


def target(path: Path, table: Table, root: Path) -> Target:
    """One `[[target]]`, of which the id is checked."""
    target_id = table["id"]
    where = f"target {target_id}"
    refuse_unknown(path, where, table, set(Target.__slots__))
    kind = choose(path, f"{where}.kind", need(path, where, table, "kind"), list(TARGETS))
    options = _options(path, where, table)
    refuse_unknown(path, f"{where}.options", options, TARGETS[kind])
    location = _location(path, where, table, kind, root)
    if kind == "ingest" and not location.endswith("/"):
        location += "/"
    return Target(
        id=target_id,
        kind=kind,
        location=location,
        feed=choose(path, f"{where}.feed", table.get("feed", CATALOGUE_FEED), list(FEEDS)),
        allow_hosts=read_hosts(path, where, table),
        auth=_auth(path, where, table, digest=True),
        proxy=read_string(path, where, table, "proxy"),
        ca_file=read_file(path, where, table, "ca_file", root),
        options=options,
    )


def give_siblings(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources, each with the others of its holder."""
    return tuple(
        replace(s, siblings=tuple(o.id for o in sources if o.holder == s.holder and o is not s))
        for s in sources
    )


def _names(path: Path, where: str, table: Table, key: str) -> tuple[str, ...]:
    if table.get(key, []) == []:
        return ()
    return read_names(path, f"{where}.{key}", table[key], _EXAMPLES[key])


def _namespaces(path: Path, where: str, table: Table) -> tuple[str, ...]:
    """The beginnings of the IRIs that are the holder's: none so short that it takes others'."""
    found = _names(path, where, table, "namespaces")
    for one in found:
        if not _is_beginning(one):
            raise RedError(
                f"{path}: {where}.namespaces holds `{one}`; write the whole beginning of the "
                "holder's IRIs, with a slash after the server: https://donnees.exemple.fr/."
            )
    return found


def _is_beginning(iri: str) -> bool:
    """Whether IRIs of one holder can begin so: with a path after the server."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.path) and "*" not in parts.netloc and is_address(iri)
    return bool(parts.scheme and parts.path)


def _auth(path: Path, where: str, table: Table, *, digest: bool = False) -> Auth | None:
    """What proves who asks, None where nothing does; digest is for targets."""
    if "auth" not in table:
        return None
    given, where = find_table(path, where, table, "auth"), f"{where}.auth"
    schemes = [one for one in _AUTH_KEYS if digest or one != "digest"]
    scheme = choose(path, f"{where}.scheme", need(path, where, given, "scheme"), schemes)
    *names, key = _AUTH_KEYS[scheme]
    refuse_unknown(path, where, given, {"scheme", *names, key})
    secret = check_secret(path, f"{where}.{key}", need(path, where, given, key))
    return Auth(scheme, secret, "".join(need_string(path, where, given, one) for one in names))


def _location(path: Path, where: str, table: Table, kind: str, root: Path) -> str:
    """An address, its server in lower case; a path made absolute from where red.toml is."""
    location = need_string(path, where, table, "location")
    if re.match("https?:", location, re.IGNORECASE):
        if not names_server(location):
            raise RedError(
                f"{path}: {where}.location is `{location}`, which names no server; write a whole "
                "address, like https://chu.exemple.fr/catalogue.ttl."
            )
        return lower_server(location)
    # An address without its scheme is that source's failure alone.
    return location if HARVESTED.get(kind) == ADDRESS else str(root / location)
