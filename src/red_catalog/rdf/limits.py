"""Bounds on reading one document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a decoded document, seconds for it and for one record, bytes of memory, depth.

    `source_seconds`: for all documents of a source, waiting included.
    """

    document_bytes: int = 200_000_000
    document_seconds: float = 60.0
    record_seconds: float = 5.0
    memory_bytes: int = 1_000_000_000
    depth: int = 100
    source_seconds: float = 21_600.0
