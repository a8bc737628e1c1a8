"""What holders marked private, erased from earlier versions: for who asks to be named no more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.errors import DamagedTextError, RedError
from red_catalog.model import Entry, Run
from red_catalog.publish.record.withholding import (
    Private,
    find_lost,
    open_defect,
    open_entry,
    open_run,
    open_versions,
)
from red_catalog.register.erasing import Eraser, Wording
from red_catalog.register.ledger import Register

# Shorter texts, and addresses, stand in many descriptions.
_LONG: Final = 12


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a dataset.

    `versions`: those that are shorter now; `reports`: of how many harvests; `in_force`: whether
    the version in force still has something that is private. A withdrawn dataset has none.
    """

    iri: str
    versions: tuple[int, ...]
    reports: int
    in_force: bool

    def tell(self) -> str:
        """What was done, and what is left to do."""
        numbers = ", ".join(map(str, self.versions))
        many = "s" if len(self.versions) > 1 else ""
        done = f"erased from version{many} {numbers}" if numbers else "nothing to erase"
        if self.reports:
            done += f", and from what {self.reports} harvest{'' if self.reports == 1 else 's'} told"
        if self.in_force:
            done += (
                ". The version in force still has what is private: once its holder leaves it out,"
                " harvest, then erase again"
            )
        return f"{self.iri}: {done}."

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


def erase(config: Config, names: Iterable[str], now: datetime) -> list[Erased]:
    """Erases what is private now from the earlier versions of datasets, by IRI or page name.

    No page, file or feed changes: they show none of it. Without names, of all datasets. Raises
    RedError for an unknown one, and erases nothing then.
    """
    with config.locked(), Eraser.open(config.register) as eraser:
        register = eraser.register
        wanted = [_find(register, name) for name in names] or [*register.entries()]
        done = [_erase(eraser, entry, now) for entry in wanted]
        # Also where nothing was erased: what a former erasure left beside it may still be there.
        eraser.write_anew()
    return done


def _find(register: Register, name: str) -> Entry:
    entry = register.entry(name)
    if entry is None:
        raise RedError(f"No dataset is called {name}: give its IRI, or the name of its page.")
    return entry


def _erase(eraser: Eraser, entry: Entry, now: datetime) -> Erased:
    versions = eraser.register.versions(entry.iri)
    if any(v.damaged for v in versions):
        raise DamagedTextError(entry.iri)
    opened = open_versions([v.canonical for v in versions], entry.iri)
    left = [b"" if v.private else text for v, text in zip(versions, opened, strict=True)]
    still = entry.withdrawn_at is None and left[-1] != versions[-1].canonical
    if still:
        left[-1] = versions[-1].canonical
    shorter = {
        v.number: text
        for v, text in zip(versions, left, strict=True)
        if text != v.canonical
    }  # fmt: skip
    marked, whole = (
        find_lost([v.canonical for v in versions if v.private is private], left)
        for private in (False, True)
    )
    elsewhere = marked | _peculiar(whole)
    wording = Wording(
        partial(_open_run, entry.iri, marked | whole, elsewhere),
        partial(open_defect, private=elsewhere),
    )
    reports = eraser.erase(open_entry(entry)[0], shorter, wording, now) if shorter else 0
    return Erased(entry.iri, tuple(shorter), reports, still)


def _peculiar(whole: Private) -> Private:
    """Of what a dataset said that was private as a whole, what hardly any other says."""
    texts = (text for text in whole.texts if len(text) >= _LONG and not text.startswith("http"))
    return Private(texts=frozenset(texts))


def _open_run(iri: str, gone: Private, elsewhere: Private, run: Run) -> Run:
    """The run without the sentences that quote what is gone: its holder reads the others still.

    `elsewhere`: what is gone from sentences that are not about the dataset `iri`.
    """
    told = [
        open_run(
            replace(run, private=(), outcomes=(one,)), gone if one.iri == iri else elsewhere
        ).outcomes[0]
        for one in run.outcomes
    ]
    shown = open_run(replace(run, private=(), outcomes=()), elsewhere)
    return replace(shown, outcomes=tuple(told), private=run.private)
