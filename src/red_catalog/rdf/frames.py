"""Messages between a reader and its child process: a JSON header, then bytes.

No pickle: what the child says is data, whatever happened to it.
"""

import json
from collections.abc import Callable
from typing import Any, Final

HEADER_LENGTH: Final = 4


def pack(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """One message as bytes."""
    head = json.dumps(header | {"size": len(payload)}).encode()
    return len(head).to_bytes(HEADER_LENGTH, "big") + head + payload


def unpack(take: Callable[[int], bytes]) -> tuple[dict[str, Any], bytes]:
    """The next message; `take(n)` gives the next n bytes or raises EOFError."""
    head: dict[str, Any] = json.loads(take(int.from_bytes(take(HEADER_LENGTH), "big")))
    return head, take(head["size"])
