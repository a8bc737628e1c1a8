"""The media type of each file of a release, by its name."""

from pathlib import Path
from typing import Final

MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".gz": "application/gzip",
    ".trig": "application/trig; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".sha256": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
# Files whose names, fixed by others, have no suffix.
_NAMED: Final = {"void": MEDIA_TYPES[".ttl"], "SHA256SUMS": MEDIA_TYPES[".txt"]}


def media_type(file: Path) -> str:
    """The media type to send a file as."""
    if file.name in _NAMED:
        return _NAMED[file.name]
    for suffix in ("".join(file.suffixes[-2:]).lower(), file.suffix.lower()):
        if suffix in MEDIA_TYPES:
            return MEDIA_TYPES[suffix]
    return "application/octet-stream"
