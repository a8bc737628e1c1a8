"""The ledger of changes: what the next release makes public that the last one did not."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from red_catalog.config import Config
from red_catalog.model import CATALOGUE_FEED, FEEDS, Announcement, Entry
from red_catalog.publish.federation import payload
from red_catalog.publish.web.site import Site, site
from red_catalog.register.announcements import Announced
from red_catalog.register.ledger import Register


def announce(
    config: Config, register: Register, entries: Iterable[Entry], moment: datetime
) -> dict[str, int]:
    """Adds what changed to the ledger; tells how much, by feed. Done again, it adds nothing.

    `entries`: all of the register, or at least those that changed since the last release, or
    whose source has another address than then, without what is never published.
    Written before the release: what is announced and then not switched to, the next one gives.
    """
    about = site(config)
    drafts: dict[str, list[tuple[Announcement, str | None]]] = {feed: [] for feed in FEEDS}
    for entry in entries:
        for feed in FEEDS:
            found = _draft(about, feed, entry, register.announced(feed, entry.iri))
            if found is not None:
                drafts[feed].append(found)
    if any(drafts.values()):
        register.announce(moment, drafts)
    return {feed: len(some) for feed, some in drafts.items()}


def _draft(
    about: Site, feed: str, entry: Entry, known: Announced | None
) -> tuple[Announcement, str | None] | None:
    """What is to be said of a dataset and its mark, None where nothing is."""
    before = known.mark if known else None
    # A feed tells whose a dataset is, and where it comes from.
    whole = f"{entry.digest} {entry.holder} {entry.source}"
    mark = whole if payload.belongs(feed, entry) else None
    told = payload.tell(about, entry)
    stays = known is None or mark is None or known.address == told["source"]
    if mark == before and stays:
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
