"""The whole catalogue in one file: N-Quads with a graph per record, and Turtle merged."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from red_catalog.model import Entry
from red_catalog.publish.description import catalogue_iri, record_iri
from red_catalog.publish.site import Site
from red_catalog.rdf.writing import nquads, serialise, skolemise


@dataclass(frozen=True, slots=True)
class Dump:
    """One downloadable file: its name, its bytes' digest and size, statements inside."""

    name: str
    syntax: str
    media_type: str
    sha256: str
    size: int
    statements: int


def write(site: Site, entries: Sequence[Entry], own: bytes) -> list[tuple[Dump, bytes]]:
    """Both dumps of the entries and of the catalogue's own description."""
    base = site.catalogue.base_iri
    records = [(e.slug, skolemise(e.canonical, base)) for e in sorted(entries, key=_slug)]
    quads = [nquads(own, catalogue_iri(site))]
    quads += [nquads(text, record_iri(site, slug)) for slug, text in records]
    lines = {line for _, text in records for line in text.split(b"\n") if line}
    lines.update(line for line in own.split(b"\n") if line)
    merged = b"".join(line + b"\n" for line in sorted(lines))
    whole = b"".join(quads)
    return [
        _dump("catalogue.nq.gz", "N-Quads", "application/n-quads", whole, whole.count(b"\n")),
        _dump("catalogue.ttl.gz", "Turtle", "text/turtle", serialise(merged, "ttl"), len(lines)),
    ]


def checksums(dumps: Sequence[Dump]) -> bytes:
    """The digests as `sha256sum --check` reads them."""
    return "".join(f"{d.sha256}  {d.name}\n" for d in dumps).encode()


def _dump(
    name: str, syntax: str, media_type: str, content: bytes, statements: int
) -> tuple[Dump, bytes]:
    packed = gzip.compress(content, 6, mtime=0)
    digest = hashlib.sha256(packed).hexdigest()
    return Dump(name, syntax, media_type, digest, len(packed), statements), packed


def _slug(entry: Entry) -> str:
    return entry.slug
