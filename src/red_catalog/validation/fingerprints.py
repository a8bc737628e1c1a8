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
from red_catalog.validation import profiles

_HERE: Final = Path(__file__).parent
CODE: Final = (
    _HERE,
    *(_HERE.parent / one for one in ("rdf", "ehds", "vocabulary", "model", "namespaces.py")),
)
"""The code that findings, their words and the scores come from."""
_LIBRARIES: Final = ("pyshacl", "rdflib", "regex")
_TIMELY: Final = "red:DateInTheFuture"


def basis(
    profile_names: Iterable[str], installed: Path | None = None, beside: Iterable[str] = ()
) -> str:
    """Digest of what all records share: the program, these profiles, and what is beside them."""
    named = "".join(f"{one}  {profiles.load(one, installed).digest}\n" for one in profile_names)
    return hashlib.sha256(f"{program()}{named}{list(beside)}".encode()).hexdigest()


def fingerprint(
    canonical: bytes,
    based: str,
    beside: Iterable[str] = (),
    datasets: frozenset[str] = frozenset(),
) -> str:
    """Digest of the basis of all records and of the code lists that this one refers to.

    `beside`: what else the caller's findings depend on. `datasets`: IRIs of those described with
    it, of which only the ones that it names count.
    """
    named = mentioned(canonical)
    whole = hashlib.sha256(f"{based}{list(beside)}".encode("utf-8", "surrogatepass"))
    whole.update(vocabulary.digest_of(named).encode())
    whole.update(" ".join(sorted(named & datasets)).encode())
    return f"sha256:{whole.hexdigest()}"


def mentioned(canonical: bytes) -> set[str]:
    """The IRIs that are subjects or objects, read in a third of the time of whole statements."""
    found = set()
    for line in canonical.decode().split("\n"):
        if line:
            subject, _, value = line.split(" ", 2)
            if subject[0] == "<":
                found.add(subject[1:-1])
            if value[0] == "<":
                found.add(value[1:-3])
    return found


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
