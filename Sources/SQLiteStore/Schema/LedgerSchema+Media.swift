extension LedgerSchema {
    // A task is a recording whose media are wanted. It keeps what the connector is asked with, so that a later run need not list the
    // recording again. Of a file it keeps what was last written about it, how far fetching it has come, and, once it is complete,
    // what it will be recorded as: a run that was killed between storing and recording it is carried on from there.
    static let mediaTables = """
        ALTER TABLE audit_reads ADD COLUMN recording TEXT;
        ALTER TABLE audit_reads ADD COLUMN platform_time TEXT;
        CREATE INDEX audit_reads_by_recording ON audit_reads (source, recording) WHERE recording IS NOT NULL;
        CREATE TABLE media_tasks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source INTEGER NOT NULL,
            recording TEXT NOT NULL,
            revision INTEGER NOT NULL,
            snapshot TEXT NOT NULL,
            parameters TEXT NOT NULL,
            is_settled INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER,
            UNIQUE (source, recording)
        ) STRICT;
        CREATE INDEX waiting_media ON media_tasks (source, id) WHERE is_settled = 0;
        CREATE TABLE media_files (
            task INTEGER NOT NULL,
            rendition TEXT NOT NULL,
            state TEXT,
            reason TEXT,
            path TEXT,
            bytes INTEGER,
            sha256 TEXT,
            content_type TEXT,
            etag TEXT,
            fetched_at TEXT,
            spool_name TEXT,
            spool_offset INTEGER,
            spool_sha256 TEXT,
            spool_length INTEGER,
            spool_etag TEXT,
            spool_modified TEXT,
            final_path TEXT,
            final_type TEXT,
            final_at TEXT,
            final_request TEXT,
            PRIMARY KEY (task, rendition)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE media_manifests (
            folder TEXT PRIMARY KEY,
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            length INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
