/// The tables of a ledger, as the steps that lead to them from an empty file.
struct LedgerSchema {
    /// What tells a ledger from any other SQLite database: `TDCK` in ASCII.
    let applicationID: Int64
    /// The steps in ascending order; a published step never changes.
    let migrations: [Migration]

    /// The newest version that this program knows.
    var version: Int64 { migrations.last?.version ?? 0 }

    /// The schema of this program.
    static let current = LedgerSchema(
        applicationID: 0x5444_434B,
        migrations: [
            Migration(version: 1, sql: firstTables), Migration(version: 2, sql: coverageTables),
            Migration(version: 3, sql: mediaTables), Migration(version: 4, sql: entryTables),
        ]
    )

    // Times are RFC 3339 text, which keeps the digits of their fraction; hashes are the bits of an unsigned number.
    // A source's counters stand in its own row, because counting ten million rows for a status would take seconds.
    private static let firstTables = """
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            recordings INTEGER NOT NULL DEFAULT 0,
            events INTEGER NOT NULL DEFAULT 0,
            audit_reads INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE recordings (
            source INTEGER NOT NULL,
            id TEXT NOT NULL,
            listing INTEGER NOT NULL,
            content INTEGER NOT NULL,
            context INTEGER NOT NULL,
            summary INTEGER,
            access_revision TEXT,
            events_through TEXT,
            events_were_read INTEGER NOT NULL,
            seen_in_run INTEGER NOT NULL,
            PRIMARY KEY (source, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE events (
            source INTEGER NOT NULL,
            recording TEXT NOT NULL,
            event TEXT NOT NULL,
            fingerprint INTEGER NOT NULL,
            PRIMARY KEY (source, recording, event)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE listings (
            source INTEGER NOT NULL,
            listing INTEGER NOT NULL,
            label TEXT NOT NULL,
            window_from TEXT,
            window_to TEXT,
            run INTEGER NOT NULL,
            finished_at TEXT NOT NULL,
            recordings INTEGER NOT NULL,
            failure_code TEXT,
            failure_reason TEXT,
            PRIMARY KEY (source, listing)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX incomplete_listings ON listings (source, window_from, label) WHERE failure_code IS NOT NULL;
        CREATE TABLE audit_reads (
            source INTEGER NOT NULL,
            endpoint TEXT NOT NULL,
            sent_at TEXT NOT NULL,
            request_id TEXT,
            cost INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE sinks (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE sink_offsets (
            sink INTEGER NOT NULL,
            part TEXT NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (sink, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tokens (
            source INTEGER PRIMARY KEY,
            access_token TEXT NOT NULL,
            expires_at TEXT,
            refresh_token TEXT,
            seed TEXT NOT NULL
        ) STRICT;
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL,
            finished_at TEXT
        ) STRICT;
        CREATE TABLE run_sources (
            source INTEGER NOT NULL,
            run INTEGER NOT NULL,
            connector TEXT NOT NULL,
            state TEXT NOT NULL,
            retry_at TEXT,
            recordings INTEGER NOT NULL,
            events INTEGER NOT NULL,
            details INTEGER NOT NULL,
            listings_complete INTEGER NOT NULL,
            listings_incomplete INTEGER NOT NULL,
            requests INTEGER NOT NULL,
            retries INTEGER NOT NULL,
            rate_limited INTEGER NOT NULL,
            audit_reads INTEGER NOT NULL,
            waited_seconds INTEGER NOT NULL,
            waited_attoseconds INTEGER NOT NULL,
            PRIMARY KEY (source, run)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_written (
            source INTEGER NOT NULL,
            run INTEGER NOT NULL,
            kind TEXT NOT NULL,
            records INTEGER NOT NULL,
            PRIMARY KEY (source, run, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_ranges (
            source INTEGER NOT NULL,
            run INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            range_from TEXT,
            range_to TEXT NOT NULL,
            PRIMARY KEY (source, run, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_failures (
            source INTEGER NOT NULL,
            run INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            code TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (source, run, ordinal)
        ) STRICT, WITHOUT ROWID;
        """

    // What version 1 knew of listings was bound to ranges that moved with every run: the next run finds the parts again, and what
    // it reads again is known and not written twice. A part or a listing that has no range has empty text in its place, because
    // NULL would not be unique.
    private static let coverageTables = """
        DROP TABLE listings;
        DROP TABLE run_ranges;
        ALTER TABLE runs ADD COLUMN ended_in_order INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sources ADD COLUMN found_at TEXT;
        ALTER TABLE sources ADD COLUMN next_number INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE recordings ADD COLUMN number INTEGER;
        UPDATE recordings SET number = place FROM (
            SELECT source AS owner, id AS name, row_number() OVER (PARTITION BY source ORDER BY id) - 1 AS place
            FROM recordings
        ) WHERE source = owner AND id = name;
        UPDATE sources SET next_number = (SELECT count(*) FROM recordings WHERE source = sources.id);
        ALTER TABLE sink_offsets ADD COLUMN mark INTEGER;
        ALTER TABLE sinks ADD COLUMN is_behind INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE sink_lacks (
            sink INTEGER NOT NULL,
            giver TEXT NOT NULL,
            part TEXT NOT NULL,
            position INTEGER NOT NULL,
            mark INTEGER,
            PRIMARY KEY (sink, giver, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE passes (
            source INTEGER PRIMARY KEY,
            first_run INTEGER NOT NULL,
            began_at TEXT NOT NULL,
            request INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE parts (
            source INTEGER NOT NULL,
            part INTEGER NOT NULL,
            label TEXT NOT NULL,
            has_ranges INTEGER NOT NULL,
            seen_in_run INTEGER NOT NULL,
            is_settled INTEGER NOT NULL DEFAULT 0,
            complete_at TEXT,
            complete_run INTEGER NOT NULL DEFAULT 0,
            complete_kinds TEXT,
            recordings INTEGER NOT NULL DEFAULT 0,
            failure_code TEXT,
            failure_reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            tried_at TEXT,
            PRIMARY KEY (source, part)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX failed_parts ON parts (source, label) WHERE failure_code IS NOT NULL;
        CREATE INDEX ranged_parts ON parts (source, label) WHERE has_ranges = 1;
        CREATE TABLE failed_ranges (
            source INTEGER NOT NULL,
            part INTEGER NOT NULL,
            range_from TEXT NOT NULL,
            range_to TEXT NOT NULL,
            failure_code TEXT NOT NULL,
            failure_reason TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            tried_at TEXT NOT NULL,
            PRIMARY KEY (source, part, range_from)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE coverage (
            source INTEGER NOT NULL,
            part INTEGER NOT NULL,
            kind TEXT NOT NULL,
            range_from TEXT NOT NULL,
            range_to TEXT NOT NULL,
            read_at TEXT NOT NULL,
            run INTEGER NOT NULL,
            recordings INTEGER,
            PRIMARY KEY (source, part, kind, range_from)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE open_listings (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            part INTEGER NOT NULL,
            range_from TEXT NOT NULL,
            range_to TEXT NOT NULL,
            key TEXT NOT NULL,
            label TEXT NOT NULL,
            parameters TEXT NOT NULL,
            place TEXT NOT NULL,
            began_at TEXT NOT NULL,
            recordings INTEGER NOT NULL,
            failed_resumptions INTEGER NOT NULL DEFAULT 0,
            UNIQUE (source, part, range_from, range_to)
        ) STRICT;
        CREATE TABLE remembered_details (
            listing INTEGER NOT NULL,
            recording TEXT NOT NULL,
            context TEXT NOT NULL,
            parameters TEXT NOT NULL,
            revision TEXT,
            since TEXT,
            PRIMARY KEY (listing, recording)
        ) STRICT, WITHOUT ROWID;
        """
}
