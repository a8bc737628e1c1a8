"""JSON that others wrote: bounded, and refused as a value."""

import json
from typing import Any, Final

LARGEST: Final = 20_000_000


class NotJson(Exception):  # noqa: N818  # becomes a value where it is caught
    """The text is no JSON that may be read; `told` says why, in French and in English."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.told = fr, en


def parse_json(content: bytes | str, limit: int = LARGEST) -> Any:
    """The value that this JSON writes. Raises NotJson, also for what would fill the memory."""
    # Objects in memory take twenty times their text.
    if len(content) > limit:
        raise NotJson(f"> {limit} octets", f"> {limit} bytes")
    try:
        return json.loads(content)
    except RecursionError:
        raise NotJson("trop profond", "too deep") from None
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        raise NotJson(f"ligne {line}, colonne {column}", f"line {line}, column {column}") from None
    except ValueError as error:  # not UTF-8, or a number of thousands of digits
        reason = str(error)[:80]
        raise NotJson(reason, reason) from None
