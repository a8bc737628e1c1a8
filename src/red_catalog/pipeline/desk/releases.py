"""Whether the live release is whole."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.publish.bugs import is_bug
from red_catalog.publish.folder import Live
from red_catalog.publish.losses import find_losses
from red_catalog.publish.release import expect_base
from red_catalog.store import embedded
from red_catalog.store.index import INDEX
from red_catalog.store.searching import Index

_AFRESH = "run `red-catalog publish --afresh`."


def examine_release(settings: Config) -> str:
    """The live release's name. Raises RedError for what of it is damaged, lost or spoilt."""
    current = settings.public / "current"
    if not current.exists():
        raise RedError("There is no release yet: run `red-catalog run`.")
    advice = f"of the live release is damaged ({{}}): {_AFRESH}"
    with _damaged(f"release.json {advice}"):
        manifest = json.loads((current / "release.json").read_text("utf-8"))
        name = manifest["id"]
    with _damaged(f"SHA256SUMS {advice}"):
        lines = (current / "site" / "dumps" / "SHA256SUMS").read_text("utf-8").splitlines()
        sums = [(digest, file.lstrip("*")) for digest, file in (one.split() for one in lines)]
    for digest, file in sums:
        with _damaged(f"{file} {advice}"):
            content = (current / "site" / "dumps" / file).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise RedError(f"{file} of the live release is damaged: {_AFRESH}")
    with _damaged(f"The store {advice}"):
        embedded.open_read_only(current / "store")
    if not (current / INDEX).is_file():
        raise RedError(f"The live release has no index: {_AFRESH}")
    with _damaged(f"The index {advice}"):
        Index(current / INDEX)
    expect_base(settings)
    _expect_all(Live(current, manifest))
    return f"{name}, whole"


def _expect_all(release: Live) -> None:
    lost = find_losses(release)
    if lost:
        told = f"{len(lost)}, of which the first is {lost[0]}"
        raise RedError(f"Files of the live release are missing ({told}): {_AFRESH}")
    if spoilt := release.bugs:
        iri, trace = next(iter(spoilt.items()))
        if not is_bug(trace):
            raise RedError(trace)
        raise RedError(
            f"A bug in red-catalog spoilt what is told of {len(spoilt)} of the datasets ({iri}: "
            f"{trace.strip().splitlines()[-1]}): report it with what `red-catalog publish` prints."
        )


@contextmanager
def _damaged(sentence: str) -> Iterator[None]:
    """Tells what cannot be read as damage: `sentence` with the reason in it."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise RedError(
            f"{error.object!a} cannot be spelled in this locale: set LC_ALL=C.UTF-8."
        ) from error
    except (ValueError, LookupError, TypeError, RuntimeError, FileNotFoundError) as error:
        raise RedError(sentence.format(f"{type(error).__name__}: {error}")) from error
