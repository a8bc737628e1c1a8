"""Who attested which version when: as a table and as a page that prints well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from red_catalog.model import Entry, Kept
from red_catalog.publish.lists.cards import card
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site, page
from red_catalog.publish.web.tables import write_csv


@dataclass(frozen=True, slots=True)
class Proof:
    """One attestation, with what people called the dataset and whether it is still the version.

    `intact`: whether the text that was attested is the one that its digest is of, or what was left
    of that when some of it was `erased`.
    """

    number: int
    moment: datetime
    iri: str
    title: str
    holder: str
    version: int
    digest: str
    actor: str
    via: str
    seal: str
    current: bool
    intact: bool
    erased: bool


def prove(given: Mapping[str, Any], entry: Entry | None, kept: Kept | None, code: str) -> Proof:
    """An attestation, by its fields, with what the register has of its dataset now.

    `kept`: what it has of the version that was attested, whose title is told.
    """
    title = given["iri"]
    if entry is not None and kept is not None and kept.text is not None:
        title = card(replace(entry, canonical=kept.text)).title(code)
    current = entry is not None and entry.digest == given["digest"]
    intact = kept is not None and kept.intact and kept.digest == given["digest"]
    erased = kept is not None and kept.erased
    return Proof(**given, title=title, current=current, intact=intact, erased=erased)


def csv(site: Site, proofs: Sequence[Proof], code: str) -> bytes:
    """A row an attestation, the oldest first."""
    spoken = language(code)
    _ = spoken.gettext
    heads = (
        _("Number"), _("Date and time"), _("Dataset"), _("Title"), _("Holder"), _("Name"),
        _("Version"), _("Digest"), _("Attested by"), _("How"), _("Still this version"),
        _("Seal"),
    )  # fmt: skip
    rows = [
        (p.number, p.moment.isoformat(), p.iri, p.title, p.holder,
         spoken.pick(site.holder(p.holder).name), p.version, f"sha256:{p.digest}",
         _actor(p.actor, code), _way(p, code), _("yes") if p.current else _("no"), p.seal)
        for p in proofs
    ]  # fmt: skip
    return write_csv(heads, rows)


def html(
    site: Site, proofs: Sequence[Proof], now: datetime, broken: int | None, code: str
) -> bytes:
    """The page, which needs nothing else. `broken`: the first row that was altered, if any."""
    actors: Mapping[str, str] = {p.actor: _actor(p.actor, code) for p in proofs}
    ways: Mapping[int, str] = {p.number: _way(p, code) for p in proofs}
    return page(
        site, code, "evidence.html", "evidence.html", proofs=proofs, now=now, broken=broken,
        actors=actors, ways=ways,
    )  # fmt: skip


def _way(proof: Proof, code: str) -> str:
    """How it was told: what the operator noted stands as it was noted."""
    _ = language(code).gettext
    if proof.actor == "operator":
        return proof.via
    return _("link mailed") if proof.actor == "link" else _("key")


def _actor(actor: str, code: str) -> str:
    _ = language(code).gettext
    if actor == "link":
        return _("the holder, by the link mailed to its mailbox")
    if actor == "operator":
        return _("the holder, noted by the operator")
    return _("the holder, with its key %(number)s", number=actor)
