"""Holders and their sources, from their tables."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from red_catalog.config.secrets import check_secret
from red_catalog.config.settings import DECLARED, INGEST
from red_catalog.config.values import (
    Table,
    check_id,
    find_named,
    need,
    read_flag,
    read_names,
    read_number,
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
)

TARGETS: Final[dict[str, set[str]]] = {
    "ingest": set(),
    "directory": set(),
    "sparql": {"update", "query", "graph_parameter"},
}
"""The kinds of targets, and the options of each."""

_DERIVED: Final = {"namespaces", "foreign", "own", "bookmark", "former", "siblings"}
_AUTH_KEYS: Final = {
    "digest": ("user", "password"),
    "basic": ("user", "password"),
    "bearer": ("token",),
    "header": ("name", "value"),
}


def holder(path: Path, table: Table) -> Holder:
    """One `[[holder]]`."""
    holder_id = need(path, "holder", table, "id")
    where = f"holder {holder_id}"
    refuse_unknown(path, where, table, set(Holder.__slots__))
    exempt = table.get("exempt")
    return Holder(
        id=check_id(path, where, holder_id),
        name=read_text(path, f"{where}.name", need(path, where, table, "name")),
        identifiers=_identifiers(path, where, table.get("identifiers", {})),
        trusted=read_flag(path, where, table, "trusted", default=False),
        kind=_one_of(path, f"{where}.kind", table.get("kind", "other"), list(HOLDER_KINDS)),
        funding=_one_of(path, f"{where}.funding", table["funding"], FUNDINGS)
        if "funding" in table
        else None,
        exempt=read_text(path, f"{where}.exempt", exempt) if exempt else None,
        holds_none=_categories(path, f"{where}.holds_none", table.get("holds_none", [])),
        note=str(table.get("note", "")),
        namespaces=_namespaces(path, where, table),
        homepage=table.get("homepage"),
        email=table.get("email"),
        former=_names(path, where, table, "former"),
    )


def source(
    path: Path, table: Table, holders: tuple[Holder, ...], root: Path, base_iri: str
) -> Source:
    """One `[[source]]`, with the namespaces that are and are not its own.

    `base_iri`: the catalogue's, whose addresses no holder describes but where the form puts them.
    """
    source_id = need(path, "source", table, "id")
    where = f"source {source_id}"
    refuse_unknown(path, where, table, set(Source.__slots__) - _DERIVED)
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
        allow_hosts=_names(path, where, table, "allow_hosts"),
        format=table.get("format"),
        namespaces=holder.namespaces,
        foreign=(*others, base_iri),
        own=(*holder.namespaces, f"{base_iri}{DECLARED}"),
        options={key: str(value) for key, value in table.get("options", {}).items()},
        auth=_auth(path, f"{where}.auth", table["auth"]) if "auth" in table else None,
        proxy=table.get("proxy"),
        every_hours=read_number(path, where, table, "every_hours", 24.0),
        former=holder.former,
    )


def _one_of(path: Path, where: str, value: Any, known: Sequence[str]) -> str:
    if value not in known:
        raise RedError(f'{path}: {where} is "{value}"; use {", ".join(known)}.')
    return str(value)


def _identifiers(path: Path, where: str, given: Any) -> dict[str, str]:
    """The numbers without gaps, each of the form of its kind."""
    if not isinstance(given, dict):
        raise RedError(f'{path}: {where}.identifiers must be a table, like {{ siren = "…" }}.')
    found = {}
    for kind, written in given.items():
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
    """One `[[target]]`."""
    target_id = need(path, "target", table, "id")
    where = f"target {target_id}"
    refuse_unknown(path, where, table, set(Target.__slots__))
    kind, feed = need(path, where, table, "kind"), table.get("feed", CATALOGUE_FEED)
    if kind not in TARGETS:
        raise RedError(f'{path}: {where}.kind is "{kind}"; use {", ".join(TARGETS)}.')
    if feed not in FEEDS:
        raise RedError(f'{path}: {where}.feed is "{feed}"; use {" or ".join(FEEDS)}.')
    options = {key: str(value) for key, value in table.get("options", {}).items()}
    refuse_unknown(path, f"{where}.options", options, TARGETS[kind])
    location = _location(need(path, where, table, "location"), root)
    if kind == "ingest" and not location.endswith("/"):
        location += "/"
    return Target(
        id=check_id(path, where, target_id),
        kind=kind,
        location=location,
        feed=feed,
        allow_hosts=_names(path, where, table, "allow_hosts"),
        auth=_auth(path, f"{where}.auth", table["auth"], digest=True) if "auth" in table else None,
        proxy=table.get("proxy"),
        options=options,
    )


def give_siblings(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources, each with the others of its holder."""
    return tuple(
        replace(s, siblings=tuple(o.id for o in sources if o.holder == s.holder and o is not s))
        for s in sources
    )


def _names(path: Path, where: str, table: Table, key: str) -> tuple[str, ...]:
    return read_names(path, f"{where}.{key}", table[key]) if table.get(key, []) != [] else ()


def _namespaces(path: Path, where: str, table: Table) -> tuple[str, ...]:
    """The beginnings of the IRIs that are the holder's: none so short that it takes others'."""
    found = _names(path, where, table, "namespaces")
    for one in found:
        parts = urlsplit(one)
        whole = parts.netloc and parts.path if parts.scheme in {"http", "https"} else parts.path
        if not (parts.scheme and whole):
            raise RedError(
                f"{path}: {where}.namespaces holds `{one}`; write the whole beginning of the "
                "holder's IRIs, with a slash after the server: https://donnees.exemple.fr/."
            )
    return found


def _auth(path: Path, where: str, table: Table, *, digest: bool = False) -> Auth:
    scheme = need(path, where, table, "scheme")
    if scheme not in _AUTH_KEYS or (scheme == "digest" and not digest):
        raise RedError(f'{path}: {where}.scheme is "{scheme}"; use basic, bearer or header.')
    keys = _AUTH_KEYS[scheme]
    refuse_unknown(path, where, table, {"scheme", *keys})
    values = [str(need(path, where, table, key)) for key in keys]
    check_secret(path, f"{where}.{keys[-1]}", values[-1])
    return Auth(scheme, values[-1], values[0] if len(values) > 1 else "")


def _location(location: str, root: Path) -> str:
    """A URL as it is; a path made absolute from the configuration's folder."""
    return location if urlsplit(location).scheme in {"http", "https"} else str(root / location)
