"""Trouble that an operator can mend, told in one sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_FORBIDDEN: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class RedError(Exception):
    """Operator trouble: one sentence that says what is wrong and what to do."""

    exit_code = 2


class DamagedTextError(RedError):
    """The register's text of a dataset, and of so many others, cannot be read any more."""

    START: Final = "The register's text of"

    def __init__(self, iri: str, others: int = 0, outcome: str = "") -> None:
        and_others = f" and of {others} other dataset{'s' if others > 1 else ''}" if others else ""
        told = f" ({outcome})" if outcome else ""
        super().__init__(f"{self.START} {iri}{and_others} is damaged{told}: restore a backup.")
        self.iri = iri


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
        raise find_trouble(error, path) or RedError(
            f"{path} cannot be written ({error.strerror}): check the path."
        ) from None


def find_trouble(error: OSError, path: object = None) -> RedError | None:
    """What an operator can do where the system refuses a file; None for what may be a bug."""
    place = path or error.filename
    if not place:
        # What is written bit by bit knows its file no more, and the SPARQL store not even a number.
        told = error.strerror or str(error)
        if any(os.strerror(one) in told for one in _FULL):
            return RedError(f"The disk is full, or a file too large for it ({told}): make room.")
        return None
    if error.errno in _FORBIDDEN:
        return RedError(
            f"You may not use {place} so ({error.strerror}): run this as the user of the service, "
            "or mend the rights."
        )
    if error.errno in _FULL:
        return RedError(f"{place} cannot be written ({error.strerror}): make room.")
    return None
