"""What a record's findings depend on besides the record itself, in one digest.

As long as a record and its fingerprint are the same, validating it again would find the same.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Report
from red_catalog.rdf.terms import iri, is_iri
from red_catalog.validation import profiles
from red_catalog.validation.compiled.data import read_canonical

_HERE: Final = Path(__file__).parent
CODE: Final = (
    _HERE, _HERE.parent / "rdf", _HERE.parent / "ehds", _HERE.parent / "vocabulary.py",
)  # fmt: skip
"""The code that findings, their words and the scores come from."""
_LIBRARIES: Final = ("pyshacl", "rdflib", "regex")
_TIMELY: Final = "red:DateInTheFuture"


def fingerprint(
    canonical: bytes,
    profile_names: Iterable[str],
    installed: Path | None = None,
    beside: Iterable[str] = (),
) -> str:
    """Digest of the program, these profiles and the code lists that the record refers to.

    `beside`: what else the caller's findings depend on.
    """
    mentioned = {t for s, _, o in read_canonical(canonical) for t in (s, o) if is_iri(t)}
    named = "".join(f"{one}  {profiles.load(one, installed).digest}\n" for one in profile_names)
    whole = hashlib.sha256(f"{program()}{named}".encode())
    whole.update(repr(list(beside)).encode("utf-8", "surrogatepass"))
    whole.update(vocabulary.digest_of(map(iri, mentioned)).encode())
    return f"sha256:{whole.hexdigest()}"


def stamp(found: str, reports: Iterable[Report], today: date) -> str:
    """A fingerprint to keep with reports: of this day only, where a finding is."""
    timely = any(f.component == _TIMELY for report in reports for f in report.findings)
    return f"{found} {today.isoformat()}" if timely else found


def is_current(kept: str, found: str, today: date) -> bool:
    """Whether reports kept under a stamp would be found again under this fingerprint."""
    return kept in {found, f"{found} {today.isoformat()}"}


@cache
def program() -> str:
    """Digest of the code that validates: another release may find other things."""
    libraries = "".join(f"{name} {version(name)}\n" for name in _LIBRARIES)
    return hashlib.sha256(f"{libraries}{digest_code(CODE)}".encode()).hexdigest()


def digest_code(places: Iterable[Path]) -> str:
    """Digest of these Python files, and of all in these folders."""
    whole = hashlib.sha256()
    for place in places:
        found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for path in found:
            name = path.relative_to(place.parent).as_posix()
            whole.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
