"""The yearly checks by holders: noting one, and the history of a dataset."""

from datetime import datetime
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.register.attestations import Attestation
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ingest import Refused
from red_catalog.register.ledger import Register

_WHY: Final = {
    Refused.UNKNOWN: "No dataset is called {name}: give its IRI, or the name of its page.",
    Refused.WAITING: "{name} was handed in and is not harvested yet: run `red-catalog run`, then "
    "attest it.",
    Refused.WITHDRAWN: "{name} was withdrawn from the catalogue: there is nothing to attest.",
    Refused.OWNED: "{name} is another holder's: only its own holder can attest it.",
    Refused.CHANGED: "{name} has changed since that version: look at it again, then attest.",
}

_ERASED: Final = (
    "What is private was erased from this version: its digest is that of the whole of it."
)


def attest(
    config: Config, name: str, via: str, now: datetime, holder: str = "", digest: str | None = None
) -> Attestation:
    """Notes what a holder told the operator. Raises RedError where it cannot be."""
    owner, former = holder, config.holder(holder).former if holder else ()
    with Desk.open(config.register) as desk:
        found = desk.attest(Who(owner, "operator", via, former), name, now, digest)
    if isinstance(found, Refused):
        raise RedError(_WHY[found].format(name=name))
    return found


def history(register: Register, name: str) -> list[dict[str, Any]]:
    """What happened to a dataset, oldest first. Raises RedError for an unknown one."""
    entry = register.entry(name)
    if entry is None:
        raise RedError(_WHY[Refused.UNKNOWN].format(name=name))
    found: list[tuple[datetime, str, dict[str, Any]]] = [
        (v.recorded, "version", {"version": v.number, "digest": v.digest,
                                 "erased": v.erased is not None})
        for v in register.versions(entry.iri)
    ]  # fmt: skip
    found += [
        (a.moment, "attested", {"version": a.version, "digest": a.digest, "holder": a.holder,
                                "by": a.actor, "via": a.via})
        for a in register.attestations(entry.iri)
    ]  # fmt: skip
    found += [
        (r.moment, "reminded", {"stage": r.stage, "holder": r.holder})
        for r in register.reminders(entry.iri)
    ]
    if entry.absent_since:
        found.append((entry.absent_since, "absent", {}))
    withdrawn = {*register.withdrawals(entry.iri), *filter(None, [entry.withdrawn_at])}
    found += [(moment, "withdrawn", {}) for moment in withdrawn]
    ordered = sorted(found, key=lambda one: one[0])
    return [{"moment": when.isoformat(), "event": what, **facts} for when, what, facts in ordered]


def look_up(register: Register, name: str, version: int) -> tuple[bytes, str | None]:
    """The description of a dataset in one of its versions, and what is to be known of it.

    Raises RedError where there is none.
    """
    entry = register.entry(name)
    if entry is None:
        raise RedError(_WHY[Refused.UNKNOWN].format(name=name))
    found = register.kept(entry.iri, version)
    if found is None:
        raise RedError(f"{name} has no version {version}: see `red-catalog history {name}`.")
    if found.text is None:
        raise RedError(
            f"The text of version {version} of {name} is damaged: restore a backup of the register."
        )
    return found.text, _ERASED if found.erased else None
