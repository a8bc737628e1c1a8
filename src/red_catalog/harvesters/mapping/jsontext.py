"""JSON that others wrote: bounded, and refused as a value."""

import json
from typing import Any, Final

LARGEST: Final = 20_000_000


class NotJson(Exception):  # noqa: N818  # becomes a value where it is caught
    """The text is no JSON that may be read; the message says why."""


def parse_json(content: bytes | str, limit: int = LARGEST) -> Any:
    """The value that this JSON writes. Raises NotJson, also for what would fill the memory."""
    # Objects in memory take twenty times their text.
    if len(content) > limit:
        raise NotJson(f"> {limit} octets / bytes")
    try:
        return json.loads(content)
    except RecursionError:
        raise NotJson("trop profond / too deep") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"ligne / line {error.lineno}") from None
    except ValueError as error:  # not UTF-8, or a number of thousands of digits
        raise NotJson(str(error)[:80]) from None
