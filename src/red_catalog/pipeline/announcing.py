"""The ledger of changes: what the next release makes public that the last one did not."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from red_catalog.config import Config
from red_catalog.model import CATALOGUE_FEED, EU_FEED, EU_PROFILE, FEEDS, Announcement, Entry
from red_catalog.publish.data import dumps
from red_catalog.publish.federation import filling, payload
from red_catalog.publish.web.site import Site, site
from red_catalog.register.announcements import Announced
from red_catalog.register.ledger import Register
from red_catalog.validation import checking, fingerprints


def announce(
    config: Config, register: Register, entries: Iterable[Entry], moment: datetime
) -> dict[str, int]:
    """Adds what changed to the ledger; tells how much, by feed. Done again, it adds nothing.

    `entries`: all of the register, or at least those that changed since the last release, or
    whose source has another address than then, without what is never published.
    Written before the switch: what is announced and then not switched to, the next one gives.
    """
    about = site(config)
    drafts: dict[str, list[tuple[Announcement, str | None]]] = {feed: [] for feed in FEEDS}
    for entry in entries:
        for feed in FEEDS:
            known = register.announced(feed, entry.iri)
            found = _draft(about, feed, entry, known, held=_belongs(config, feed, entry))
            if found is not None:
                drafts[feed].append(found)
    if any(drafts.values()):
        register.announce(moment, drafts)
    return {feed: len(some) for feed, some in drafts.items()}


def rehearse(config: Config, about: Site, entry: Entry) -> None:
    """Makes all that dumps and feeds give of a dataset, so that it meets its bug alone."""
    if entry.withdrawn_at is not None:
        return
    dumps.pack(about, dumps.Part("", [entry.iri]), [entry])
    for feed in FEEDS:
        found = _draft(about, feed, entry, None, held=_belongs(config, feed, entry))
        if found is not None:
            filling.rehearse(about, found[0], entry.canonical)


def _belongs(config: Config, feed: str, entry: Entry) -> bool:
    """Whether a feed holds this dataset, also as it is given: without what is private."""
    if not payload.belongs(feed, entry):
        return False
    if feed != EU_FEED or hashlib.sha256(entry.canonical).hexdigest() == entry.digest:
        return True
    # Only what is whole and conforms belongs: what it names was found to be described.
    named = frozenset(fingerprints.mentioned(entry.canonical))
    given = checking.read(entry.iri, entry.canonical, beside=named)
    return checking.conforms(given, EU_PROFILE, config.shapes)


def _draft(
    about: Site, feed: str, entry: Entry, known: Announced | None, *, held: bool
) -> tuple[Announcement, str | None] | None:
    """What is to be said of a dataset and its mark, None where nothing is."""
    before = known.mark if known else None
    # A feed tells whose a dataset is, where it comes from, and when it last changed.
    whole = f"{entry.digest} {entry.holder} {entry.source}"
    mark = whole if held else None
    told = payload.tell(about, entry)
    stood = known and (known.address, known.modified)
    if mark == before and (mark is None or stood == (told["source"], told["modified"])):
        return None
    kind = "delete" if mark is None else "create" if before is None else "update"
    if mark is None:
        digest = ""
    elif feed == CATALOGUE_FEED:
        digest = hashlib.sha256(entry.canonical).hexdigest()
    else:
        names = (entry.iri, entry.slug)
        given = payload.describe(about, feed, names, entry.canonical, told)
        digest = hashlib.sha256(given).hexdigest()
    draft = Announcement(
        feed, 0, entry.changed, kind, entry.iri, entry.slug, known.place if known else 0,
        entry.versions, digest, told,
    )  # fmt: skip
    return draft, mark
