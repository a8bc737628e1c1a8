"""The tables of the register, as each version of the program added to them."""

from typing import Final

MIGRATIONS: Final = (
    """
    CREATE TABLE record (
        iri          TEXT PRIMARY KEY,
        slug         TEXT NOT NULL UNIQUE,
        holder       TEXT NOT NULL,
        source       TEXT NOT NULL,
        document     TEXT NOT NULL,
        digest       TEXT NOT NULL,
        shapes       TEXT NOT NULL,
        verdict      TEXT NOT NULL,
        report       TEXT NOT NULL,
        versions     INTEGER NOT NULL,
        first_seen   TEXT NOT NULL,
        changed      TEXT NOT NULL,
        last_seen    TEXT NOT NULL,
        absent_since TEXT,
        absent_runs  INTEGER NOT NULL DEFAULT 0,
        withdrawn_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX record_source ON record (source);
    CREATE TABLE version (
        iri       TEXT NOT NULL,
        number    INTEGER NOT NULL,
        digest    TEXT NOT NULL,
        canonical BLOB NOT NULL,
        recorded  TEXT NOT NULL,
        PRIMARY KEY (iri, number)
    );
    CREATE TABLE run (
        id        INTEGER PRIMARY KEY,
        source    TEXT NOT NULL,
        started   TEXT NOT NULL,
        ended     TEXT NOT NULL,
        status    TEXT NOT NULL,
        unchanged INTEGER NOT NULL,
        detail    TEXT NOT NULL,
        eventful  INTEGER NOT NULL,
        signature TEXT NOT NULL
    );
    CREATE INDEX run_source ON run (source, id);
    CREATE TABLE outcome (
        run     INTEGER NOT NULL REFERENCES run (id),
        iri     TEXT NOT NULL,
        state   TEXT NOT NULL,
        verdict TEXT,
        reason  TEXT
    );
    CREATE INDEX outcome_run ON outcome (run);
    CREATE TABLE bookmark (
        source TEXT PRIMARY KEY,
        value  TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # 2: scores and their history; what a report depends on is more than its shapes. The
    # digests of version 1 match no fingerprint, so that each harvest scores its records.
    """
    ALTER TABLE record RENAME COLUMN shapes TO fingerprint;
    ALTER TABLE record ADD COLUMN scores TEXT;
    ALTER TABLE record ADD COLUMN given INTEGER;
    ALTER TABLE record ADD COLUMN applicable INTEGER;
    ALTER TABLE record ADD COLUMN points INTEGER;
    CREATE INDEX record_standing ON record
        (holder, withdrawn_at, verdict, given, applicable, points);
    CREATE TABLE score (
        scope      TEXT NOT NULL,
        id         TEXT NOT NULL,
        moment     TEXT NOT NULL,
        datasets   INTEGER NOT NULL,
        conformant INTEGER NOT NULL,
        given      INTEGER NOT NULL,
        applicable INTEGER NOT NULL,
        points     INTEGER NOT NULL,
        PRIMARY KEY (scope, id, moment)
    ) WITHOUT ROWID;
    CREATE TABLE rejection (
        source      TEXT NOT NULL,
        iri         TEXT NOT NULL,
        digest      TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        violations  INTEGER NOT NULL,
        PRIMARY KEY (source, iri)
    ) WITHOUT ROWID;
    """,
    # 3: what each document held when it was last read; what each run cost.
    """
    CREATE TABLE document (
        source   TEXT NOT NULL,
        proof    TEXT NOT NULL,
        location TEXT NOT NULL,
        held     BLOB NOT NULL,
        PRIMARY KEY (source, proof)
    ) WITHOUT ROWID;
    CREATE TABLE cost (
        run      INTEGER PRIMARY KEY REFERENCES run (id),
        requests INTEGER NOT NULL,
        received INTEGER NOT NULL,
        seconds  REAL NOT NULL
    );
    """,
    # 4: reports of other profiles, findings about the catalogue as a whole (`remarks`), the
    # identifiers of live datasets, and addresses that were tried.
    """
    ALTER TABLE record ADD COLUMN others TEXT;
    ALTER TABLE record ADD COLUMN remarks TEXT;
    CREATE TABLE identifier (
        text TEXT NOT NULL,
        iri  TEXT NOT NULL,
        term TEXT NOT NULL,
        PRIMARY KEY (text, iri, term)
    ) WITHOUT ROWID;
    CREATE INDEX identifier_iri ON identifier (iri);
    INSERT OR IGNORE INTO identifier
        SELECT json_extract(value, '$[0]'), r.iri, json_extract(value, '$[1]')
        FROM record r JOIN version v ON v.iri = r.iri AND v.number = r.versions,
            json_each(identifiers(r.iri, v.canonical))
        WHERE r.withdrawn_at IS NULL;
    CREATE TABLE address (
        address TEXT PRIMARY KEY,
        answers INTEGER NOT NULL,
        moment  TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # 5: keys of holders, what they handed in, and the log of it, which only grows.
    """
    CREATE TABLE token (
        id        TEXT PRIMARY KEY,
        holder    TEXT NOT NULL,
        salt      BLOB NOT NULL,
        hash      BLOB NOT NULL,
        scopes    TEXT NOT NULL,
        created   TEXT NOT NULL,
        expires   TEXT,
        revoked   TEXT,
        last_used TEXT
    ) WITHOUT ROWID;
    CREATE TABLE handed (
        id       TEXT PRIMARY KEY,
        holder   TEXT NOT NULL,
        iri      TEXT NOT NULL UNIQUE,
        content  BLOB NOT NULL,
        received TEXT NOT NULL,
        gone     TEXT
    ) WITHOUT ROWID;
    CREATE INDEX handed_holder ON handed (holder);
    CREATE TABLE handed_name (
        holder TEXT NOT NULL,
        name   TEXT NOT NULL,
        id     TEXT NOT NULL,
        PRIMARY KEY (holder, name)
    ) WITHOUT ROWID;
    CREATE TABLE audit (
        number  INTEGER PRIMARY KEY AUTOINCREMENT,
        moment  TEXT NOT NULL,
        actor   TEXT NOT NULL,
        holder  TEXT NOT NULL,
        action  TEXT NOT NULL,
        outcome TEXT NOT NULL,
        subject TEXT NOT NULL,
        digest  TEXT NOT NULL,
        seal    TEXT NOT NULL
    );
    CREATE TRIGGER audit_update BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
    CREATE TRIGGER audit_delete BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
    """,
    # 6: a number for each change of what is published of a dataset, so that a release is made
    # of what changed since the last one; and the number that each release was made at.
    """
    ALTER TABLE record ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX record_touched ON record (touched);
    CREATE INDEX record_changed ON record (changed);
    CREATE TABLE released (
        id      TEXT PRIMARY KEY,
        touched INTEGER NOT NULL
    );
    CREATE TRIGGER record_made AFTER INSERT ON record BEGIN
        UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record) WHERE iri = NEW.iri;
    END;
    CREATE TRIGGER record_altered AFTER UPDATE OF holder, source, digest, verdict, report, others,
        remarks, scores, versions, first_seen, changed, absent_since, withdrawn_at ON record
        WHEN (OLD.holder, OLD.source, OLD.digest, OLD.verdict, OLD.report, OLD.others, OLD.remarks,
              OLD.scores, OLD.versions, OLD.first_seen, OLD.changed, OLD.absent_since,
              OLD.withdrawn_at)
            IS NOT (NEW.holder, NEW.source, NEW.digest, NEW.verdict, NEW.report, NEW.others,
              NEW.remarks, NEW.scores, NEW.versions, NEW.first_seen, NEW.changed,
              NEW.absent_since, NEW.withdrawn_at)
    BEGIN
        UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record) WHERE iri = NEW.iri;
    END;
    """,
    # 7: yearly checks by holders, which are only added; reminders of them; what links are
    # signed with.
    """
    CREATE TABLE attestation (
        number  INTEGER PRIMARY KEY AUTOINCREMENT,
        moment  TEXT NOT NULL,
        iri     TEXT NOT NULL,
        holder  TEXT NOT NULL,
        version INTEGER NOT NULL,
        digest  TEXT NOT NULL,
        actor   TEXT NOT NULL,
        via     TEXT NOT NULL,
        seal    TEXT NOT NULL
    );
    CREATE INDEX attestation_iri ON attestation (iri, number);
    CREATE TRIGGER attestation_update BEFORE UPDATE ON attestation
        BEGIN SELECT RAISE(ABORT, 'attestations are never changed'); END;
    CREATE TRIGGER attestation_delete BEFORE DELETE ON attestation
        BEGIN SELECT RAISE(ABORT, 'attestations are never changed'); END;
    CREATE TRIGGER attestation_made AFTER INSERT ON attestation BEGIN
        UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record) WHERE iri = NEW.iri;
    END;
    CREATE TABLE reminder (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        moment TEXT NOT NULL,
        iri    TEXT NOT NULL,
        holder TEXT NOT NULL,
        stage  TEXT NOT NULL
    );
    CREATE INDEX reminder_iri ON reminder (iri, number);
    CREATE TABLE secret (
        name  TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) WITHOUT ROWID;
    """,
    # 8: what each release made public, by feed: the last of each dataset, and every one.
    """
    CREATE TABLE announced (
        feed   TEXT NOT NULL,
        iri    TEXT NOT NULL,
        place  INTEGER NOT NULL,
        number INTEGER NOT NULL,
        mark   TEXT,
        PRIMARY KEY (feed, iri)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX announced_place ON announced (feed, place);
    CREATE TABLE announcement (
        feed      TEXT NOT NULL,
        number    INTEGER NOT NULL,
        published TEXT NOT NULL,
        kind      TEXT NOT NULL,
        iri       TEXT NOT NULL,
        slug      TEXT NOT NULL,
        place     INTEGER NOT NULL,
        version   INTEGER NOT NULL,
        digest    TEXT NOT NULL,
        told      TEXT NOT NULL,
        PRIMARY KEY (feed, number)
    ) WITHOUT ROWID;
    """,
    # 9: what each target has of the ledger.
    """
    CREATE TABLE delivery (
        target   TEXT NOT NULL,
        iri      TEXT NOT NULL,
        number   INTEGER NOT NULL,
        remote   TEXT NOT NULL,
        digest   TEXT NOT NULL,
        tried    INTEGER NOT NULL,
        outcome  TEXT NOT NULL,
        reason   TEXT,
        moment   TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        PRIMARY KEY (target, iri)
    ) WITHOUT ROWID;
    """,
    # 10: what was read is counted apart; what a strict gate held back is validated once more, and
    # then told in full.
    """
    ALTER TABLE run ADD COLUMN read INTEGER;
    DELETE FROM rejection;
    ALTER TABLE rejection RENAME COLUMN violations TO reason;
    """,
    # 11: a harvest that finds everything as it was reads an index, not the reports, and writes no
    # record: when each was last seen is what its source's runs tell.
    """
    ALTER TABLE record DROP COLUMN last_seen;
    DROP INDEX record_source;
    CREATE INDEX record_known ON record (source, iri, holder, document, digest, fingerprint,
        verdict, absent_since, absent_runs, withdrawn_at);
    CREATE INDEX record_absent ON record (source, iri) WHERE absent_since IS NOT NULL;
    """,
    # 12: the names of what changed, too, are read from an index.
    """
    DROP INDEX record_touched;
    CREATE INDEX record_touched ON record (touched, slug);
    """,
    # 13: a dataset that moved to another source or holder is announced; which feed a target gets.
    """
    UPDATE announced SET mark = COALESCE(
        (SELECT announced.mark || ' ' || holder || ' ' || source FROM record
         WHERE record.iri = announced.iri), mark);
    ALTER TABLE delivery ADD COLUMN feed TEXT NOT NULL DEFAULT '';
    """,
    # 14: every record of OAI-PMH that gave a dataset is remembered: whole lists, read once, tell of
    # all. Of an event stream (its bookmark is JSON) what was once told may be there no more.
    """
    DELETE FROM bookmark WHERE value NOT LIKE '{%';
    """,
    # 15: up to which version its holder said that a dataset is private as a whole.
    """
    ALTER TABLE record ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
    CREATE TRIGGER record_hidden AFTER UPDATE OF private ON record WHEN OLD.private <> NEW.private
    BEGIN
        UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record) WHERE iri = NEW.iri;
    END;
    """,
    # 16: what a bookmark was decided by: where that is another, a source is read whole.
    """
    ALTER TABLE bookmark ADD COLUMN stand TEXT NOT NULL DEFAULT '';
    """,
    # 17: the sources to harvest before anything is published: a backup came back that does not know
    # what they took back since.
    """
    CREATE TABLE unheard (source TEXT PRIMARY KEY) WITHOUT ROWID;
    """,
    # 18: the former ids of holders, whose yearly checks count.
    """
    CREATE TABLE heir (
        former TEXT NOT NULL,
        holder TEXT NOT NULL,
        PRIMARY KEY (former, holder)
    ) WITHOUT ROWID;
    CREATE TRIGGER heir_made AFTER INSERT ON heir BEGIN
        UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record)
        WHERE holder = NEW.holder
            AND iri IN (SELECT iri FROM attestation WHERE holder = NEW.former);
    END;
    """,
    # 19: where what a target has was sent: one that moved has nothing yet. Of what was sent before,
    # the next push says that it went to where the target is then.
    """
    ALTER TABLE delivery ADD COLUMN address TEXT NOT NULL DEFAULT '';
    """,
    # 20: of versions of which something was erased for good, the digest of what is left.
    """
    ALTER TABLE version ADD COLUMN erased TEXT;
    """,
)
"""One script a version; the file's `user_version` counts those that were applied."""
