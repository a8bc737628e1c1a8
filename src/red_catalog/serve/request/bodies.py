"""The body of a request, read within bounds."""

from starlette.requests import Request

from red_catalog.serve.request.refusal import Refusal


async def read_body(request: Request, most: int, limit: int | None = None) -> bytes:
    """The whole body. Raises Refusal (413) for one over `most`, before it is read where it says so.

    `limit`: the bound that people are told, where encoding makes it another.
    """
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()) or int(announced) > most:
        raise too_large(limit or most)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise too_large(limit or most)
    return bytes(body)


def named_type(header: str | None) -> tuple[str, str]:
    """The media type that a header names, alone and with its charset; JSON is UTF-8 anyhow."""
    whole = (header or "").strip()
    kind = whole.partition(";")[0].strip().lower()
    return kind, kind if kind.endswith("json") else whole


def too_large(limit: int) -> Refusal:
    """The refusal of a body over so many bytes."""
    return Refusal(
        413,
        f"La requête dépasse {limit} octets : raccourcissez-la.",
        f"The request is over {limit} bytes: shorten it.",
        headers={"Connection": "close"},
    )
