"""Trouble that an operator can mend, told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RedError(Exception):
    """Operator trouble: one sentence that says what is wrong and what to do."""

    exit_code = 2


class BusyError(RedError):
    """Another red-catalog has the pen; it will put it down."""

    exit_code = 6


class SourcesError(RedError):
    """Some sources failed; their last good version stays."""

    exit_code = 3


class RemovalError(RedError):
    """Too many datasets would vanish; the operator must confirm."""

    exit_code = 4


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """While a file is written. Raises RedError where it cannot be."""
    try:
        yield
    except OSError as error:
        raise RedError(f"{path} cannot be written ({error.strerror}): check the path.") from None
