"""Secrets, which stand in the environment and never in a file."""

import os
from pathlib import Path
from typing import Any

from red_catalog.errors import RedError


def check_secret(path: Path, where: str, value: Any) -> str:
    """The value itself. Raises RedError for a secret that is written out."""
    if not isinstance(value, str) or not value.startswith("env:") or not value[4:]:
        raise RedError(f"{path}: write {where} as `env:NAME`; a secret never stands in this file.")
    return value


def secret(written: str) -> str:
    """The value of an `env:NAME`, or the text itself. Raises RedError for a missing variable."""
    if not written.startswith("env:"):
        return written
    value = os.environ.get(written[4:])
    if not value:
        raise RedError(f"The environment variable {written[4:]} is not set: set it and run again.")
    return value
