"""Reading and examining on the machines of a Dask cluster, where one does not do."""

import hashlib
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from red_catalog.errors import RedError

# A piece of work that so many workers died of is at fault itself, and stops the harvest.
_RETRIES: Final = 3
_SECONDS: Final = 20


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a scheduler. What a worker that dies had to do, the others do.

    Raises RedError where there is no such scheduler, or a worker has another program.
    """
    if find_spec("distributed") is None:
        raise RedError("--scheduler needs Dask: install red-catalog[cluster], here and there.")
    from distributed import Client  # noqa: PLC0415  an extra

    try:
        client: Any = Client(address, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise RedError(
            f"No scheduler answers at {address}: start `dask scheduler`, or mend --scheduler."
        ) from error
    with client:
        _compare(client.run(fingerprint), fingerprint())
        with client.get_executor(pure=False, retries=_RETRIES) as executor:
            yield executor


@cache
def fingerprint() -> str:
    """Digest of the program that examines: Python, Oxigraph and every file of this package."""
    whole = hashlib.sha256(f"{sys.version_info[:2]} {version('pyoxigraph')}".encode())
    root = Path(str(files("red_catalog")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".ttl", ".csv", ".json", ".jsonld"}:
            whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _compare(workers: dict[str, str], mine: str) -> None:
    if not workers:
        raise RedError("The scheduler has no workers: start some with `dask worker`.")
    others = sorted(name for name, theirs in workers.items() if theirs != mine)
    if others:
        raise RedError(
            f"Another version of red-catalog is on {', '.join(others)}: its verdicts could differ; "
            "install the same one everywhere."
        )
