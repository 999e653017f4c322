import RecordingKit

/// Copies from an old ledger, which may be damaged, what no sink's file can give back.
struct Salvage {
    private let source: SQLiteConnection?
    private let target: SQLiteConnection

    /// One table, by its name, what is lost with it, its columns in every version of the tables, and what orders its rows.
    private struct Table {
        let name: String
        let loss: String
        let columns: String
        /// Columns that older versions do not have.
        var laterColumns: String?
        let key: String
        /// The version that the table came with.
        var since: Int64 = 1
    }

    private static let tables = [
        Table(name: "sources", loss: "names of sources", columns: "id, name, audit_reads", key: "id"),
        Table(
            name: "tokens",
            loss:
                "stored tokens; where a platform gives out a new refresh token each time, sign in anew and configure that",
            columns: "source, access_token, expires_at, refresh_token, seed",
            key: "source"
        ),
        Table(
            name: "audit_reads",
            loss: "the list of audit reads",
            columns: "rowid, source, endpoint, sent_at, request_id, cost",
            laterColumns: "recording, platform_time",
            key: "rowid"
        ),
        Table(name: "runs", loss: "the history of runs", columns: "id, started_at, finished_at", key: "id"),
        Table(
            name: "run_sources",
            loss: "the history of runs",
            columns: """
                source, run, connector, state, retry_at, recordings, events, details, listings_complete, listings_incomplete,
                requests, retries, rate_limited, audit_reads, waited_seconds, waited_attoseconds
                """,
            key: "source, run"
        ),
        Table(
            name: "run_written",
            loss: "the history of runs",
            columns: "source, run, kind, records",
            key: "source, run, kind"
        ),
        Table(
            name: "run_failures",
            loss: "the history of runs",
            columns: "source, run, ordinal, code, reason",
            key: "source, run, ordinal"
        ),
        Table(
            name: "media_tasks",
            loss: lostMedia,
            columns: "id, source, recording, revision, snapshot, parameters, is_settled, attempts, not_before",
            key: "id",
            since: 3
        ),
        Table(
            name: "media_files",
            loss: lostMedia,
            columns: """
                task, rendition, state, reason, path, bytes, sha256, content_type, etag, fetched_at, spool_name, spool_offset,
                spool_sha256, spool_length, spool_etag, spool_modified, final_path, final_type, final_at, final_request
                """,
            key: "task, rendition",
            since: 3
        ),
        Table(
            name: "media_manifests",
            loss: lostMedia,
            columns: "folder, number, hash, length",
            key: "folder",
            since: 3
        ),
    ]

    private static let lostMedia =
        "which media are stored; the next run asks for them again, and keeps files that are the same where they are"

    /// - Parameter source: the old ledger; nil when there is none, or it is no database any more.
    init(from source: SQLiteConnection?, to target: SQLiteConnection) {
        self.source = source
        self.target = target
    }

    /// Copies what can be read.
    ///
    /// - Returns: what could not, as sentences.
    func perform() throws -> [String] {
        var losses: [String] = []
        for table in Self.tables {
            guard let source else {
                if !losses.contains(table.loss), table.since == 1 { losses.append(table.loss) }
                continue
            }
            let version = (try? source.integer("PRAGMA user_version")) ?? 0
            guard version >= table.since else { continue }
            let isWhole = try copy(table, from: source, isOld: version < LedgerSchema.current.version)
            if !isWhole, !losses.contains(table.loss) { losses.append(table.loss) }
        }
        if let source { try continueRunNumbers(from: source) }
        return losses
    }

    /// Copies a table's rows; from the other end as well when it cannot be read through.
    private func copy(_ table: Table, from source: SQLiteConnection, isOld: Bool) throws -> Bool {
        let columns = isOld ? table.columns : table.columns + (table.laterColumns.map { ", " + $0 } ?? "")
        if try copy(table, columns, from: source, order: table.key) { return true }
        let backwards = table.key.split(separator: ",").map { "\($0) DESC" }.joined(separator: ",")
        _ = try copy(table, columns, from: source, order: backwards)
        return false
    }

    private func copy(
        _ table: Table,
        _ columns: String,
        from source: SQLiteConnection,
        order: String
    ) throws -> Bool {
        try target.transaction {
            let select: SQLiteStatement
            do throws(SQLiteError) {
                select = try source.statement("SELECT \(columns) FROM \(table.name) ORDER BY \(order)")
            } catch {
                return false
            }
            defer { select.reset() }
            let count = select.columnCount
            let places = repeatElement("?", count: Int(count)).joined(separator: ", ")
            let insert = try target.statement(
                "INSERT OR IGNORE INTO \(table.name) (\(columns)) VALUES (\(places))"
            )
            while true {
                do throws(SQLiteError) {
                    guard try select.step() else { return true }
                } catch {
                    return false
                }
                do throws(SQLiteError) {
                    for column in 0..<count { try insert.bind(column: column, of: select) }
                    try insert.run()
                } catch {
                    // A row whose values are not what the column takes was damaged with its page.
                    insert.reset()
                    return false
                }
            }
        }
    }

    /// Numbers of runs go on, because what was carried over names them.
    private func continueRunNumbers(from source: SQLiteConnection) throws {
        let known = (try? source.integer("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'runs'")) ?? 0
        let last = max(known, try target.integer("SELECT coalesce(max(id), 0) FROM runs"))
        guard last > 0 else { return }
        try target.execute(
            """
            DELETE FROM sqlite_sequence WHERE name = 'runs';
            INSERT INTO sqlite_sequence (name, seq) VALUES ('runs', \(last));
            """
        )
    }
}
