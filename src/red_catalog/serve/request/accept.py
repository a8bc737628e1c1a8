"""Content negotiation: which of our forms a client likes best (RFC 9110, section 12.5)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

_HEADER: Final = 4000  # characters of a header: to weigh thousands of ranges takes long


class _Range(NamedTuple):
    kind: str
    subkind: str
    quality: float


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The best of the media types we offer, None when the client accepts none of them.

    Of equals, the one that the client named most exactly; then the first offered.
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = [r for part in accept[:_HEADER].split(",") if (r := _read(part))]
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for offer in offers:
        rank = _rank(offer, ranges)
        if rank[0] > 0 and rank > best:
            best, chosen = rank, offer
    return chosen


def choose_language(accept_language: str | None) -> str | None:
    """`fr` or `en`, whichever a browser prefers; None when it names neither."""
    best: tuple[float, str | None] = (0.0, None)
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in {"fr", "en"} and _quality(parameters) > best[0]:
            best = (_quality(parameters), language)
    return best[1]


def choose_encoding(accept_encoding: str | None) -> str | None:
    """`br` or `gzip`, whichever a client prefers, Brotli of equals; None when it takes neither."""
    wanted: dict[str, float] = {}
    for part in (accept_encoding or "").split(","):
        name, _, parameters = part.strip().lower().partition(";")
        wanted[name.strip()] = _quality(parameters)
    rest = wanted.get("*", 0.0)
    best = max(("br", "gzip"), key=lambda name: wanted.get(name, rest))
    return best if wanted.get(best, rest) > 0 else None


def _read(part: str) -> _Range | None:
    media_range, _, parameters = part.strip().partition(";")
    kind, slash, subkind = media_range.strip().lower().partition("/")
    if not slash:
        return _Range("*", "*", _quality(parameters)) if kind == "*" else None
    return _Range(kind, subkind, _quality(parameters))


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _rank(offer: str, ranges: list[_Range]) -> tuple[float, int]:
    kind, _, subkind = offer.partition("/")
    matches = [
        (2 * (r.kind != "*") + (r.subkind != "*"), r.quality)
        for r in ranges
        if r.kind in {"*", kind} and r.subkind in {"*", subkind}
    ]
    if not matches:
        return 0.0, 0
    exactness, quality = max(matches)
    return quality, exactness
