extension LedgerSchema {
    /// The version in which entries may wait for their tables.
    static let firstWithPending: Int64 = 4

    // A row of recordings or events lies under the hash of what names it; one whose place is taken by another name lies under the next
    // free number. Rows are moved in the order of their keys. A row of pending is what one commit has put in and what waits to be put
    // into the two tables.
    static let entryTables = """
        ALTER TABLE recordings RENAME TO named_recordings;
        CREATE TABLE recordings (
            key INTEGER PRIMARY KEY,
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
            number INTEGER
        ) STRICT;
        INSERT INTO recordings
            SELECT key + row_number() OVER (PARTITION BY key ORDER BY source, id) - 1, source, id, listing, content, context,
                summary, access_revision, events_through, events_were_read, seen_in_run, number
            FROM (SELECT entry_key(source, id) AS key, * FROM named_recordings);
        DROP TABLE named_recordings;
        ALTER TABLE events RENAME TO named_events;
        CREATE TABLE events (
            key INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            recording TEXT NOT NULL,
            event TEXT NOT NULL,
            fingerprint INTEGER NOT NULL
        ) STRICT;
        INSERT INTO events
            SELECT key + row_number() OVER (PARTITION BY key ORDER BY source, recording, event) - 1, source, recording, event,
                fingerprint
            FROM (SELECT entry_key(entry_key(source, recording), event) AS key, * FROM named_events);
        DROP TABLE named_events;
        CREATE TABLE pending (
            sequence INTEGER PRIMARY KEY,
            entries BLOB NOT NULL
        ) STRICT;
        """
}
