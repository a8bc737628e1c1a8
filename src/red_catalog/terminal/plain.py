"""Texts and JSON on stdout, without what could deceive a reader: no library is loaded for them."""

import json
import re
import sys
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without control or bidirectional characters, which could deceive a reader."""
    return _CONTROL.sub("�", text)


def print_json(value: Any) -> None:
    """The value as indented JSON on stdout."""
    print_text(format_json(value))


def format_json(value: Any) -> str:
    """The value as indented JSON, with an end of line."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def print_text(text: str) -> None:
    """A whole text on stdout, in UTF-8 and with the line ends that it has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
