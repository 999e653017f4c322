public import RecordingHost
public import RecordingKit

extension SQLiteLedger {
    /// Notes what the answer says to a request that left an entry in an audit trail.
    public func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) throws {
        try transact { connection in
            guard let number = try number(of: read.source, connection) else { return }
            let update = try connection.statement(
                """
                UPDATE audit_reads SET request_id = ?, platform_time = ?
                WHERE source = ? AND recording IS ? AND endpoint = ? AND sent_at = ? AND platform_time IS NULL
                """
            )
            try update.bind(requestID)
            try update.bind(platformTime)
            try update.bind(number)
            try update.bind(read.recordingID)
            try update.bind(read.endpoint)
            try update.bind(read.sentAt)
            try update.run()
        }
    }

    /// The reads of these recordings that the host has caused, by recording.
    public func auditReads(of recordings: [String], in source: String) throws -> [String: [AuditRead]] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [:] }
            let select = try connection.statement(
                """
                SELECT endpoint, sent_at, request_id, cost, platform_time FROM audit_reads
                WHERE source = ? AND recording = ? ORDER BY sent_at
                """
            )
            defer { select.reset() }
            var reads: [String: [AuditRead]] = [:]
            for id in recordings {
                try select.bind(number)
                try select.bind(id)
                while try select.step() {
                    var read = AuditRead(
                        source: source,
                        recordingID: id,
                        endpoint: select.requiredText(0),
                        sentAt: try select.time(1),
                        requestID: select.text(2),
                        cost: select.count(3)
                    )
                    read.platformTime = try select.optionalTime(4)
                    reads[id, default: []].append(read)
                }
                select.reset()
            }
            return reads
        }
    }
}
