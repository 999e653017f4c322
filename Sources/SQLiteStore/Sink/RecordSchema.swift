/// The tables and views of a database of records, as the steps that lead to them from an empty file.
///
/// `Docs/sqlite-layout.md` tells people what each column means.
struct RecordSchema: DatabaseSchema {
    /// `TDSK` in ASCII.
    var applicationID: Int64 = 0x5444_534B
    var migrations = [Migration(version: 1, sql: firstTables + firstViews)]
    var role: StoreRole { .records }

    /// The tables of records.
    static let tables = ["recordings", "access_summaries", "access_events", "media"]

    // `tapedeck_sink` is read before the tables are brought up to date: its columns never change their meaning.
    // Rows with a platform's own object are too long for tables without a row id. Columns that are generated take no room.
    private static let firstTables = """
        CREATE TABLE tapedeck_sink (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            archive INTEGER NOT NULL,
            sequence INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE recordings (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            connector TEXT NOT NULL,
            title TEXT,
            started_at TEXT,
            ended_at TEXT,
            created_at TEXT,
            updated_at TEXT,
            status TEXT NOT NULL,
            status_raw TEXT,
            error TEXT,
            host_id TEXT,
            host_name TEXT,
            host_email TEXT,
            site TEXT,
            context TEXT NOT NULL,
            first_observed_at TEXT NOT NULL,
            observed_at TEXT NOT NULL,
            raw TEXT,
            PRIMARY KEY (source, id)
        ) STRICT;
        CREATE INDEX recordings_by_start ON recordings (started_at);
        CREATE INDEX recordings_by_host ON recordings (host_email);
        CREATE TABLE access_summaries (
            source TEXT NOT NULL,
            recording_id TEXT NOT NULL,
            connector TEXT NOT NULL,
            views INTEGER,
            downloads INTEGER,
            as_of TEXT NOT NULL,
            PRIMARY KEY (source, recording_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE access_events (
            source TEXT NOT NULL,
            recording_id TEXT NOT NULL,
            id TEXT NOT NULL,
            connector TEXT NOT NULL,
            id_is_synthetic INTEGER NOT NULL CHECK (id_is_synthetic IN (0, 1)),
            actor_id TEXT,
            actor_name TEXT,
            actor_email TEXT,
            actions TEXT NOT NULL,
            occurred_at TEXT,
            changes TEXT,
            self_induced INTEGER CHECK (self_induced IN (0, 1)),
            raw TEXT,
            person TEXT AS (coalesce(nullif(lower(actor_email), ''), nullif(actor_id, ''), nullif(actor_name, ''))),
            viewed INTEGER AS (instr(actions, '"view"') > 0),
            downloaded INTEGER AS (instr(actions, '"download"') > 0),
            is_access INTEGER AS (
                replace(replace(replace(actions, '"create"', ''), '"update"', ''), '"delete"', '') GLOB '*"*'
            ),
            PRIMARY KEY (source, recording_id, id)
        ) STRICT;
        CREATE INDEX access_events_by_time ON access_events (occurred_at);
        CREATE INDEX access_events_by_person ON access_events (person, occurred_at);
        CREATE TABLE media (
            source TEXT NOT NULL,
            recording_id TEXT NOT NULL,
            rendition TEXT NOT NULL,
            connector TEXT NOT NULL,
            path TEXT,
            bytes INTEGER,
            sha256 TEXT,
            content_type TEXT,
            etag TEXT,
            fetched_at TEXT,
            state TEXT NOT NULL,
            reason TEXT,
            PRIMARY KEY (source, recording_id, rendition)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX media_by_state ON media (state) WHERE state <> 'stored';

        """
}
