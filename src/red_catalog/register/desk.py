"""The counter where holders hand descriptions in: every step with its line in the log."""

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from red_catalog.errors import DamagedTextError
from red_catalog.model import Document, Entry, Gone, Source
from red_catalog.register import (
    announcements,
    attestations,
    audit,
    ingest,
    letters,
    schema,
    tokens,
)
from red_catalog.register.attestations import Attestation
from red_catalog.register.audit import Event
from red_catalog.register.ingest import Handed, Refused, Standing
from red_catalog.register.ledger import Register
from red_catalog.register.letters import Letter
from red_catalog.register.pen import writing
from red_catalog.register.tokens import Token


@dataclass(frozen=True, slots=True)
class Who:
    """Who attests: a holder (empty for the operator, who may for all), by what, and how."""

    holder: str
    actor: str
    via: str
    former: tuple[str, ...] = ()


_LINK: Final = "link"  # whose doing it is, where a mailed link was followed
_NO_HEIRS: Final[Mapping[str, str]] = {}


class Desk:
    """Keys, descriptions handed in and their log, in the register's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Desk"]:
        """The desk of the register in this file, closed at the end."""
        connection = schema.connect(path)
        # What was acknowledged outlives even a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        try:
            yield cls(connection)
        finally:
            connection.close()

    def expect_ours(self, path: Path) -> None:
        """Raises DamagedError where a newer program has changed the register since."""
        schema.expect_ours(self._db, path)

    def create_token(
        self, holder: str, scopes: Sequence[str], expires: datetime | None, now: datetime
    ) -> tuple[Token, str]:
        """A new key and, this once, what its owner must send."""
        with writing(self._db):
            token, sent = tokens.create(self._db, holder, scopes, expires, now)
            self._log(Event(now, "operator", holder, "token create", "done", token.id))
        return token, sent

    def tokens(self) -> list[Token]:
        """Every key, the oldest first."""
        return tokens.every(self._db)

    def revoke(self, number: str, now: datetime) -> None:
        """Ends a key. Raises RedError for an unknown one."""
        with writing(self._db):
            tokens.revoke(self._db, number, now)
            self._log(Event(now, "operator", "", "token revoke", "done", number))

    def note_restored(self, name: str, now: datetime, *, goes_on: bool) -> None:
        """Writes down that a backup took the register's place; whether all since was taken over.

        Where it was not, nothing is published before the sources of what is public are harvested.
        """
        with writing(self._db):
            self._log(Event(now, "operator", "", "restore", "done", name))
            if not goes_on:
                self._db.execute(
                    "INSERT OR IGNORE INTO unheard"
                    " SELECT DISTINCT source FROM record WHERE withdrawn_at IS NULL"
                )

    def identify(self, sent: str, now: datetime) -> Token | None:
        """The key that was sent, if it opens anything now."""
        return tokens.find(self._db, sent, now)

    def has(self, source: Source, iri: str) -> bool:
        """Whether a dataset is the holder's of a source already, harvested or handed in."""
        return ingest.has(self._db, source, iri)

    def named(self, holders: Sequence[str], name: str) -> Handed | None:
        """What a holder, by its id and former ones, handed in under a name of its own."""
        return ingest.find_named(self._db, holders, name)

    def standing(self, source: Source, name: str | None, iri: str) -> list[Standing]:
        """What would be no more when a dataset (an IRI) is handed in under this name."""
        return ingest.find_standing(self._db, (source.holder, *source.former), name, iri)

    def handed(self, source: Source, name: str) -> Standing | None:
        """What is handed in under this name, number or IRI."""
        holders = (source.holder, *source.former)
        found = ingest.find(self._db, holders, name)
        return ingest.find_standing(self._db, holders, None, found.iri)[0] if found else None

    def described(
        self, source: Source, iris: Collection[str], handed: tuple[str | None, str]
    ) -> frozenset[str]:
        """Of these IRIs, the datasets that a source will describe at its next harvest.

        `handed`: the holder's name for what is handed in now, and its IRI: another dataset that
        has this name is taken back for it.
        """
        name, iri = handed
        holders = (source.holder, *source.former)
        before = ingest.find_replaced(self._db, holders, name, iri) if name else None
        found = ingest.described(self._db, source, iris)
        return found - {before.iri} if before else found

    def hand_in(
        self, token: Token, source: Source, description: tuple[str, bytes], now: datetime,
        name: str | None = None, agreed: Collection[str] | None = None,
    ) -> Handed | Refused:  # fmt: skip
        """Keeps a description (IRI and content) under the holder's name for it.

        What had this name before, and no other, and is another dataset is taken back, where the
        key may do that. `agreed`: the digests of what may be replaced, None for anything.
        """
        iri, content = description
        holders = (token.holder, *source.former)
        digest = hashlib.sha256(content).hexdigest()
        with writing(self._db):
            # The body may have come long after the key was looked at.
            ended = None if tokens.is_open(self._db, token.id, now) else Refused.ENDED
            refused = ended or ingest.refuse(self._db, source, iri)
            before = ingest.find_replaced(self._db, holders, name, iri) if name else None
            if before and "delete" not in token.scopes:
                refused = refused or Refused.REPLACES
            if agreed is not None:
                standing = ingest.find_standing(self._db, holders, name, iri)
                if any(one.digest not in {digest, *agreed} for one in standing):
                    refused = refused or Refused.STANDS
            outcome = refused.value if refused else "done"
            self._log(Event(now, token.id, token.holder, "hand in", outcome, iri, digest))
            if refused:
                return refused
            if before:
                self._log(Event(now, token.id, token.holder, "take back", "done", before.iri))
                ingest.drop(self._db, before, now)
            replaced = before.iri if before else None
            handed = Handed(ingest.make_id(iri), token.holder, iri, replaced)
            ingest.keep(self._db, handed, content, now, name, source.former)
        return handed

    def take_back(
        self, token: Token, name: str, now: datetime, former: Sequence[str] = ()
    ) -> Handed | Refused:
        """Takes a description back, by its number, IRI or the holder's name for it.

        `former`: ids that the holder had before.
        """
        holders = (token.holder, *former)
        with writing(self._db):
            found: Handed | Refused | None = ingest.find(self._db, holders, name)
            if not tokens.is_open(self._db, token.id, now):
                found = Refused.ENDED
            elif found is None:
                other = ingest.is_other(self._db, holders, name)
                found = Refused.OWNED if other else Refused.UNKNOWN
            outcome = found.value if isinstance(found, Refused) else "done"
            self._log(Event(now, token.id, token.holder, "take back", outcome, name))
            if isinstance(found, Handed):
                ingest.drop(self._db, found, now)
        return found

    def attest(
        self, who: Who, name: str, now: datetime, digest: str | None = None,
        told: int | None = None,
    ) -> Attestation | Refused:  # fmt: skip
        """Notes that a holder checked a description, by IRI, page name or its own name for it.

        `digest`: of the version that was checked, where the caller knows; another one by now
        is not attested. Without it, nothing is while a correction waits for the next harvest.
        `told`: the number of the last change that is public, for who reads the pages: what is not
        public yet is not attested.
        """
        read = digest and digest.removeprefix("sha256:").lower()  # as pages and answers show it
        with writing(self._db):
            found = self._find(who, name)
            about = found if isinstance(found, Entry) else None
            refused = self._object(found, read, told) if isinstance(found, Entry) else found
            outcome = refused.value if refused else "done"
            subject, checked = (about.iri, about.digest) if about else (name, "")
            holder = who.holder or (about.holder if about else "")
            self._log(Event(now, who.actor, holder, "attest", outcome, subject, checked))
            if about is None or refused:
                return refused or Refused.UNKNOWN
            one = Attestation(
                now, about.iri, about.holder, about.versions, about.digest, who.actor, who.via
            )
            return attestations.add(self._db, one)

    def attest_by_link(
        self, sealed: str, digest: str, now: datetime, heirs: Mapping[str, str] = _NO_HEIRS,
        told: int | None = None,
    ) -> Attestation | Refused:  # fmt: skip
        """Notes what the holder of a mailed link confirmed."""
        letter = self.open_letter(sealed, now, heirs, told)
        if isinstance(letter, Refused):
            return letter
        return self.attest(_bearer(letter, heirs), letter.slug, now, digest, told)

    def open_letter(
        self, sealed: str, now: datetime, heirs: Mapping[str, str] = _NO_HEIRS,
        told: int | None = None,
    ) -> Letter | Refused:  # fmt: skip
        """What a mailed link says, if it still opens anything now.

        `heirs`: the holders of today, by their former ids. `told`: as for `attest`.
        """
        letter = letters.read(letters.key(self._db), sealed)
        if letter is None:
            return Refused.UNKNOWN
        found = self._find(_bearer(letter, heirs), letter.slug)
        if isinstance(found, Refused):
            return found
        if found.reviewed and found.reviewed.moment >= letter.sent:
            return Refused.USED
        if now >= letter.until:
            return Refused.EXPIRED
        return self._object(found, found.digest, told) or letter

    @property
    def register(self) -> Register:
        """The register itself, on the same connection."""
        return Register(self._db)

    def _find(self, who: Who, name: str) -> Entry | Refused:
        holders = (who.holder, *who.former)
        # A link names a page, whatever else its holder calls so.
        own = who.holder and who.actor != _LINK
        handed = ingest.find(self._db, holders, name) if own else None
        found = self.register.entry(handed.iri if handed else name)
        if handed and (found is None or found.withdrawn_at):
            return Refused.WAITING
        if found is None:
            return Refused.UNKNOWN
        if who.holder and found.holder not in holders:
            return Refused.OWNED
        return Refused.WITHDRAWN if found.withdrawn_at else found

    def _object(self, entry: Entry, digest: str | None, told: int | None) -> Refused | None:
        """Why this version of a dataset is not to be attested; `digest`: of that which was read."""
        waiting = ingest.find_waiting(self._db, entry.iri)
        if waiting is Refused.WITHDRAWN or (waiting and digest is None):
            return waiting
        if entry.damaged:
            raise DamagedTextError(entry.iri)
        public = told is None or announcements.is_told(self._db, entry.iri, entry.digest, told)
        if not public:
            return Refused.UNPUBLISHED
        return Refused.CHANGED if digest not in {None, entry.digest} else None

    def documents(self, holder: str) -> list[Document | Gone]:
        """All that a holder handed in, and what it took back."""
        return list(ingest.documents(self._db, (holder,)))

    def log(self) -> list[Event]:
        """Everything that was done or refused, the oldest first."""
        return list(audit.read(self._db))

    def first_broken(self) -> int | None:
        """The number of the first line of the log that was changed or lost."""
        return audit.first_broken(self._db)

    def _log(self, event: Event) -> None:
        audit.add(self._db, event)


def _bearer(letter: Letter, heirs: Mapping[str, str]) -> Who:
    """Whom a mailed link lets attest: the holder it was sent to, whatever its id is now."""
    return Who(heirs.get(letter.holder, letter.holder), _LINK, "mail", (letter.holder,))
