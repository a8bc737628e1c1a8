"""The whole catalogue in one file: N-Quads with a graph per record, and Turtle.

Each file is made of gzip members, one for some records, which any reader of gzip takes for one
stream. What did not change is copied from the live release's file as it is.
"""

import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from red_catalog.model import Entry
from red_catalog.publish import spreading
from red_catalog.publish.data.description import (
    catalogue_iri,
    describe_catalogue,
    describe_record,
    record_iri,
)
from red_catalog.publish.stock import Name
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.themes import program
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.writing import nquads, serialise

NQUADS: Final = "catalogue.nq.gz"
TURTLE: Final = "catalogue.ttl.gz"
FOLDER: Final = "site/dumps"
_KINDS: Final = {NQUADS: ("N-Quads", "application/n-quads"), TURTLE: ("Turtle", "text/turtle")}
# About so many records in a member: fewer compress worse, more cost more when one changes.
_RECORDS: Final = 16
# What a member is made of, its size and the statements in it, as the manifest keeps them.
Index = Mapping[str, Sequence[tuple[str, int, int]]]


@dataclass(frozen=True, slots=True)
class Dump:
    """One downloadable file: its name, its bytes' digest and size, statements inside."""

    name: str
    syntax: str
    media_type: str
    sha256: str
    size: int
    statements: int


@dataclass(frozen=True, slots=True)
class Part:
    """Records that share a member of each file, as IRIs; `key` tells all that it depends on."""

    key: str
    iris: Sequence[str]


@dataclass(frozen=True, slots=True)
class Member:
    """The gzip member of a part in one file."""

    key: str
    statements: int
    packed: bytes


def parts(names: Sequence[Name], keys: Mapping[str, str]) -> list[Part]:
    """The published datasets in parts that stay the same when others come or go.

    `keys`: for each page name a digest of all that is said of the record.
    """
    count = spreading.count(len(names), _RECORDS)
    found: list[list[Name]] = [[] for _ in range(count)]
    for slug, iri in sorted(names):
        found[spreading.part(slug, count)].append((slug, iri))
    return [
        Part(_key([f"{slug} {keys[slug]}" for slug, _ in some]), [iri for _, iri in some])
        for some in found
        if some
    ]


def pack(site: Site, part: Part, entries: Sequence[Entry]) -> dict[str, Member]:
    """The member of a part in each file. `entries`: its records."""
    base, graph = site.catalogue.base_iri, catalogue_iri(site)
    quads: list[bytes] = []
    lines: set[bytes] = set()
    for entry in entries:
        record = skolemise(make_iri(entry.iri), entry.canonical, base)
        own = describe_record(site, entry)
        quads += nquads(own, graph), nquads(record, record_iri(site, entry.slug))
        lines |= _lines(record) | _lines(own)
    return _members(part.key, quads, lines)


def pack_catalogue(site: Site, entries: Sequence[Entry], moment: datetime) -> dict[str, Member]:
    """The first member of each file: what the catalogue says of itself."""
    own = describe_catalogue(site, entries, moment)
    return _members(_key([own.decode()]), [nquads(own, catalogue_iri(site))], _lines(own))


def kept(folder: Path, manifest: Mapping[str, object]) -> dict[str, dict[str, Member]]:
    """The members of a release's files by file and key; none of a file that is not whole."""
    index: Index = manifest.get("members", {})  # type: ignore[assignment]
    told: Sequence[Mapping[str, str]] = manifest.get("dumps", ())  # type: ignore[assignment]
    digests = {one["name"]: one["sha256"] for one in told}
    return {name: _cut(folder / FOLDER / name, digests.get(name), index.get(name, ()))
            for name in _KINDS}  # fmt: skip


def join(name: str, members: Sequence[Member]) -> tuple[Dump, bytes]:
    """A file of these members."""
    packed = b"".join(one.packed for one in members)
    digest = hashlib.sha256(packed).hexdigest()
    statements = sum(one.statements for one in members)
    return Dump(name, *_KINDS[name], digest, len(packed), statements), packed


def checksums(dumps: Sequence[Dump]) -> bytes:
    """The digests as `sha256sum --check` reads them."""
    return "".join(f"{d.sha256}  {d.name}\n" for d in dumps).encode()


def _cut(
    path: Path, digest: str | None, index: Sequence[tuple[str, int, int]]
) -> dict[str, Member]:
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(content).hexdigest() != digest:
        return {}
    return {one.key: one for one in _slices(content, index)}


def _slices(content: bytes, index: Sequence[tuple[str, int, int]]) -> Iterator[Member]:
    start = 0
    for key, statements, size in index:
        yield Member(key, statements, content[start : start + size])
        start += size


def _members(key: str, quads: Sequence[bytes], lines: set[bytes]) -> dict[str, Member]:
    merged = serialise(b"".join(line + b"\n" for line in lines), "ttl")
    whole = b"".join(quads)
    return {
        NQUADS: Member(key, whole.count(b"\n"), gzip.compress(whole, 6, mtime=0)),
        TURTLE: Member(key, len(lines), gzip.compress(merged, 6, mtime=0)),
    }


def _lines(ntriples: bytes) -> set[bytes]:
    return {line for line in ntriples.split(b"\n") if line}


def _key(inputs: Sequence[str]) -> str:
    return hashlib.sha256(repr((program(), inputs)).encode()).hexdigest()[:32]
