"""Reading and writing the register, one transaction a source."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from red_catalog.model import (
    Announcement,
    Document,
    Entry,
    Finding,
    Gone,
    Kept,
    Reading,
    Run,
    Source,
    Standing,
    Target,
)
from red_catalog.register import (
    addresses,
    announcements,
    attestations,
    deliveries,
    documents,
    encoding,
    identifiers,
    ingest,
    letters,
    reading,
    records,
    rejections,
    reminders,
    runs,
    schema,
    scores,
)
from red_catalog.register.addresses import Tried
from red_catalog.register.announcements import Announced
from red_catalog.register.attestations import Attestation
from red_catalog.register.change import Accepted, Change, Cost, Known, Version
from red_catalog.register.deliveries import Balance, Delivery
from red_catalog.register.documents import Remembered
from red_catalog.register.pen import writing
from red_catalog.register.reading import Checkpoint
from red_catalog.register.rejections import Rejection
from red_catalog.register.reminders import Reminder

__all__ = ["Accepted", "Change", "Cost", "Known", "Register", "Version"]


class Register:
    """The SQLite file that holds the truth. One writer at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Register"]:
        """The register in this file, closed at the end. Raises RedError where it is damaged."""
        connection = schema.connect(path)
        try:
            yield cls(connection)
        finally:
            connection.close()

    def known(self, source: str, iris: Iterable[str]) -> dict[str, Known]:
        """The records of a source, and those of any other source with these IRIs."""
        columns = (
            "iri, holder, source, document, digest, fingerprint, absent_since,"
            " absent_runs, withdrawn_at"
        )
        rows = self._db.execute(f"SELECT {columns} FROM record WHERE source = ?", (source,))  # noqa: S608
        found = {row[0]: _known(row) for row in rows}
        for iri in iris:
            if iri not in found:
                row = self._db.execute(
                    f"SELECT {columns} FROM record WHERE iri = ?",  # noqa: S608
                    (iri,),
                ).fetchone()
                if row:
                    found[iri] = _known(row)
        return found

    def commit(self, change: Change) -> Run:
        """Writes a whole run in one transaction and returns it with its number."""
        run = change.run
        now = run.ended.isoformat()
        with writing(self._db):
            for accepted in change.accepted:
                records.accept(self._db, accepted, now)
            for accepted in change.reviewed:
                records.review(self._db, accepted)
            records.mark(self._db, change, now)
            self.record_scores(run.ended, [a.record.iri for a in _written(change)])
            if change.bookmark is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO bookmark (source, value, stand) VALUES (?, ?, ?)",
                    (run.source, change.bookmark, change.stand),
                )
            number = runs.write(self._db, run)
            self._db.execute("DELETE FROM unheard WHERE source = ?", (run.source,))
            documents.keep(self._db, run.source, change.documents, change.outdated)
            rejections.keep(self._db, run.source, change.rejected)
            addresses.keep(self._db, change.answers, run.ended)
            if change.cost is not None:
                cost = change.cost
                self._db.execute(
                    "INSERT INTO cost VALUES (?, ?, ?, ?)",
                    (number, cost.requests, cost.received, cost.seconds),
                )
        return replace(run, id=number)

    def entries(self) -> Iterator[Entry]:
        """Every dataset with its latest accepted version, by IRI; withdrawn ones too."""
        return reading.every(self._db)

    def fetch(self, iris: Iterable[str]) -> list[Entry]:
        """These datasets, in this order. Raises KeyError for an unknown one."""
        return reading.some(self._db, iris)

    def entries_of(self, holder: str) -> Iterator[Entry]:
        """The datasets of one holder, by IRI; withdrawn ones too."""
        return reading.of_holder(self._db, holder)

    def entry(self, name: str) -> Entry | None:
        """The dataset of this IRI or page name, None for an unknown one."""
        return reading.one(self._db, name)

    def names(self, after: int | None = None) -> list[tuple[str, str]]:
        """Page name and IRI of every dataset, or of those touched since, by page name."""
        return reading.names(self._db, after)

    def count(self) -> int:
        """How many datasets are not withdrawn."""
        return reading.count(self._db)

    def origins(self) -> list[tuple[str, str, int]]:
        """Source and holder of the datasets that are not withdrawn, and how many there are."""
        return reading.origins(self._db)

    def withdrawn(self) -> int:
        """How many datasets are withdrawn."""
        return reading.withdrawn(self._db)

    def touched(self) -> int:
        """A number that grows whenever something of a dataset that is published changes."""
        return reading.touched(self._db)

    def released(self, release: str) -> int | None:
        """That number when a release was made, None for one that is not of this register."""
        return reading.released(self._db, release)

    def keep_release(self, release: str, number: int) -> None:
        """Remembers which number a release was made at."""
        with writing(self._db):
            reading.keep_release(self._db, release, number)

    def last_change(self, until: datetime | None = None) -> datetime | None:
        """When a dataset last changed, None where there is none; later than `until` is no time."""
        return reading.last_change(self._db, until)

    def runs(self, source: str, *, only_eventful: bool = False, limit: int = 1) -> list[Run]:
        """The latest runs of a source, newest first."""
        return runs.latest(self._db, source, only_eventful=only_eventful, limit=limit)

    def withdrawals(self, iri: str) -> list[datetime]:
        """When a dataset was withdrawn, the oldest first, also where it is back."""
        return runs.withdrawals(self._db, iri)

    def record_scores(self, moment: datetime, iris: Iterable[str]) -> None:
        """Adds how these datasets, every holder and the catalogue now stand, where it changed."""
        scores.record(self._db, moment, iris)

    def trend(self, scope: scores.Scope, id: str = "") -> list[Standing]:  # noqa: A002
        """How a dataset (IRI), a holder (id) or the catalogue stood, from each change on."""
        return scores.trend(self._db, scope, id)

    def trends(self) -> dict[str, list[Standing]]:
        """How each holder, by its id, and the catalogue, by "", stood at the end of each day."""
        return scores.trends(self._db)

    def versions(self, iri: str) -> list[Version]:
        """Every version of a record, oldest first; empty for an unknown IRI."""
        rows = self._db.execute(
            "SELECT number, v.digest, canonical, recorded, number <= private, erased FROM version v"
            " JOIN record USING (iri) WHERE iri = ? ORDER BY number",
            (iri,),
        )
        return [
            Version(n, d, text or b"", encoding.moment(t), private=bool(p), erased=e,
                    damaged=text is None)
            for n, d, c, t, p, e in rows
            for text in [encoding.inflate(c)]
        ]  # fmt: skip

    def bookmark(self, source: str, stand: str) -> str | None:
        """Where the last complete harvest of a source ended, for kinds that go on from there.

        None where what it was decided by (`stand`) was another.
        """
        row = self._db.execute(
            "SELECT value FROM bookmark WHERE source = ? AND stand = ?", (source, stand)
        ).fetchone()
        return row and str(row[0])

    def unheard(self) -> set[str]:
        """The sources that must be harvested before anything is published."""
        return {source for (source,) in self._db.execute("SELECT source FROM unheard")}

    def rejected(self, source: str) -> dict[str, Rejection]:
        """What the last harvest of a source held back behind a strict gate, by IRI."""
        return rejections.find(self._db, source)

    def documents(self, source: str) -> dict[str, Remembered]:
        """The documents of a source as they were last read, by proof."""
        return documents.find(self._db, source)

    def recall(self, remembered: Iterable[Remembered]) -> Iterator[Reading]:
        """These documents as they were read, with the descriptions that the register holds."""
        return documents.recall(self._db, remembered)

    def handed(self, source: Source) -> list[Document | Gone]:
        """All that a source's holder handed in, under former ids too, and what it took back."""
        return list(ingest.documents(self._db, (source.holder, *source.former)))

    def take_over(self, sources: Iterable[Source]) -> None:
        """Gives the sources' holders what they attested and handed in under former ids."""
        renamed = [s for s in sources if s.former]
        if renamed:
            with writing(self._db):
                for source in renamed:
                    attestations.take_over(self._db, source.holder, source.former)
                    if source.kind == ingest.KIND:
                        ingest.take_over(self._db, source)

    def inherit(self, heirs: Mapping[str, str], moment: datetime) -> None:
        """Gives holders the datasets of their former ids that no harvest has read again."""
        if heirs:
            with writing(self._db):
                if records.inherit(self._db, heirs):
                    self.record_scores(moment, ())

    def cost(self, run: int) -> Cost:
        """What a run took; nothing for an unknown one."""
        row = self._db.execute(
            "SELECT requests, received, seconds FROM cost WHERE run = ?", (run,)
        ).fetchone()
        return Cost(*row) if row else Cost()

    def tried(self, asked: Iterable[str]) -> dict[str, Tried]:
        """What is known of these addresses."""
        return addresses.find(self._db, asked)

    def shared_identifiers(self) -> dict[str, list[str]]:
        """The live datasets with an identifier that another one has too, with those terms."""
        return identifiers.shared(self._db)

    def remark(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        """Keeps what is found about the catalogue as a whole, by dataset; forgets the rest."""
        wanted = {iri: encoding.findings_to_json(some) for iri, some in findings.items() if some}
        rows = self._db.execute("SELECT iri, remarks FROM record WHERE remarks IS NOT NULL")
        kept = dict(rows.fetchall())
        changed = {i: wanted.get(i) for i in {*wanted, *kept} if wanted.get(i) != kept.get(i)}
        with writing(self._db):
            self._db.executemany(
                "UPDATE record SET remarks = ? WHERE iri = ?",
                [(text, iri) for iri, text in sorted(changed.items())],
            )

    def checkpoints(self, holder: str | None) -> list[Checkpoint]:
        """Since when each live dataset's yearly check counts, of one holder or of all."""
        return reading.checkpoints(self._db, holder)

    def attestations(self, iri: str | None = None) -> list[Attestation]:
        """Every attestation, or those of one dataset, the oldest first."""
        return list(attestations.read(self._db, iri))

    def first_broken_attestation(self) -> int | None:
        """The number of the first attestation that was changed or lost."""
        return attestations.first_broken(self._db)

    def kept(self, iri: str, version: int) -> Kept | None:
        """What is kept of a version of a dataset, None for an unknown one."""
        return reading.kept(self._db, iri, version)

    def first_altered_version(self) -> tuple[str, int] | None:
        """The first version (IRI and number) whose text is not the one that its digest is of."""
        return reading.first_altered(self._db)

    def reminders(self, iri: str | None = None) -> list[Reminder]:
        """Every reminder that went out, or those of one dataset, the oldest first."""
        return reminders.read(self._db, iri)

    def note_reminders(self, some: Iterable[Reminder]) -> None:
        """Notes reminders that went out."""
        with writing(self._db):
            reminders.add(self._db, some)

    def link_key(self) -> bytes:
        """What links in reminders are signed with."""
        return letters.key(self._db)

    def announced(self, feed: str, iri: str) -> Announced | None:
        """What a feed last said of a dataset, None where it never was in it."""
        return announcements.known(self._db, feed, iri)

    def announce(
        self, moment: datetime, drafts: Mapping[str, Sequence[tuple[Announcement, str | None]]]
    ) -> None:
        """Adds to the ledger of each feed, all at once, what the next release makes public."""
        with writing(self._db):
            for feed, some in drafts.items():
                announcements.write(self._db, feed, moment, some)

    def announcements(self, feed: str, after: int, last: int) -> list[Announcement]:
        """The announcements of a feed after one number, up to another, in order."""
        return announcements.between(self._db, feed, after, last)

    def announcements_about(self, feed: str, iris: Iterable[str]) -> list[int]:
        """The numbers of a feed's announcements that tell of any of these datasets."""
        return announcements.about(self._db, feed, iris)

    def placed(
        self, feed: str, after: int, until: int, last: int | None = None
    ) -> list[Announcement]:
        """The last announcement of the live datasets whose place is in this range, by place.

        `last`: the number of the last change that is public.
        """
        return announcements.placed(self._db, feed, after, until, last)

    def members(self, feed: str, after: int, last: int) -> list[str]:
        """The IRIs of the live datasets whose place is in this range, by place."""
        return announcements.members(self._db, feed, after, last)

    def announcement_count(self, feed: str) -> int:
        """How many announcements a feed has."""
        return announcements.count(self._db, feed)

    def place(self, feed: str, iri: str) -> int | None:
        """The place of a dataset that is or was in a feed."""
        return announcements.place(self._db, feed, iri)

    def place_count(self, feed: str) -> int:
        """How many datasets ever were in a feed."""
        return announcements.places(self._db, feed)

    def described(self, announcement: Announcement) -> bytes:
        """The description that an announcement tells of, as canonical N-Triples.

        Nothing where its holder said since that the dataset is private as a whole.
        """
        return announcements.canonical(self._db, announcement)

    def owed(
        self, target: Target, after: int, limit: int, last: int | None = None
    ) -> list[Announcement]:
        """What a target has not got, after a number, in order; `last`: the last public change."""
        each = target.kind == "directory"
        return deliveries.owed(self._db, target, after, limit, last, each=each)

    def note_delivery(self, target: str, announcement: Announcement, delivery: Delivery) -> None:
        """Keeps what came of sending an announcement."""
        with writing(self._db):
            deliveries.note(self._db, target, announcement, delivery)

    def sent_feed(self, target: str) -> str | None:
        """The feed that a target was sent, None where it was sent nothing."""
        return deliveries.feed(self._db, target)

    def locate_deliveries(self, target: Target) -> None:
        """Takes what was sent without a note of where to, to have gone to where a target is."""
        with writing(self._db):
            deliveries.locate(self._db, target)

    def failed_deliveries(self, target: str) -> dict[str, int]:
        """The datasets at which a target failed, each with the change, the longest ago first."""
        return deliveries.failed(self._db, target)

    def forget_deliveries(self, target: str, iri: str | None = None) -> None:
        """Owes a target one dataset again, or all of them."""
        with writing(self._db):
            deliveries.forget(self._db, target, iri)

    def balance(self, target: Target, last: int | None = None) -> Balance:
        """How a target stands; `last`: the number of the last change that is public."""
        each = target.kind == "directory"
        return deliveries.balance(self._db, target, last, each=each)

    def integrity(self) -> str:
        """`ok`, or what SQLite says is damaged."""
        try:
            return str(self._db.execute("PRAGMA integrity_check").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def _written(change: Change) -> tuple[Accepted, ...]:
    return (*change.accepted, *change.reviewed)


def _known(row: Sequence[Any]) -> Known:
    iri, holder, source, document, digest, fingerprint, absent, runs, withdrawn = row
    return Known(
        iri=iri,
        holder=holder,
        source=source,
        document=document,
        digest=digest,
        fingerprint=fingerprint,
        absent_since=encoding.moment(absent) if absent else None,
        absent_runs=runs,
        withdrawn=bool(withdrawn),
    )
