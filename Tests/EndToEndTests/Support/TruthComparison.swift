import Foundation
import PlatformSimulator
import RawJSON
import RecordingKit

/// Compares what was written last of every record with what the platforms hold, each record as one line of text.
extension Scenario {
    /// What is missing and what is too much, a few of each; empty when the archive is the truth.
    func differences(kismet: Bool = true, webex: Bool = true) throws -> [String] {
        var expected: [String] = []
        if kismet { expected += KismetLines(simulator.kismetTruth()).all }
        if webex { expected += WebexLines(simulator.webexTruth()).all }
        return differences(from: expected, try archive.latestLines())
    }

    private func differences(from expected: [String], _ actual: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for line in expected { counts[line, default: 0] += 1 }
        for line in actual { counts[line, default: 0] -= 1 }
        let missing = counts.filter { $0.value > 0 }
        let excess = counts.filter { $0.value < 0 }
        guard !missing.isEmpty || !excess.isEmpty else { return [] }
        return ["\(missing.count) missing, \(excess.count) too much of \(expected.count)"]
            + missing.keys.sorted().prefix(2).map { "missing \($0)" }
            + excess.keys.sorted().prefix(2).map { "too much \($0)" }
    }
}

extension Archive {
    /// The last version of every record as a line of text that leaves out what the platform does not decide.
    func latestLines() throws -> [String] {
        let recordings = try latest(.recordings, key: ["source", "id"]).map { record in
            "recording "
                + line(
                    record,
                    [
                        "source", "connector", "id", "title", "started_at", "ended_at", "created_at", "updated_at",
                        "status",
                        "status_raw", "error", "host/email", "site", "context/call_id", "context/egress_id",
                    ]
                )
        }
        let summaries = try latest(.accessSummaries, key: ["source", "recording_id"]).map { record in
            "summary " + line(record, ["source", "connector", "recording_id", "views", "downloads"])
        }
        let events = try latest(.accessEvents, key: ["source", "recording_id", "id"]).map { record in
            let id = record["id_is_synthetic"]?.boolean == true ? "-" : record["id"]?.string ?? "-"
            let actions = record["actions"].map { $0.elements.compactMap(\.string).joined(separator: "+") } ?? "-"
            return "event \(id) \(actions) "
                + line(
                    record,
                    [
                        "source", "connector", "recording_id", "actor/id", "actor/name", "actor/email", "occurred_at",
                        "changes",
                    ]
                )
        }
        return recordings + summaries + events
    }

    /// How many versions of records there are beyond the first of each.
    func repeats() throws -> Int {
        let keys: [RecordKind: [String]] = [
            .recordings: ["source", "id"], .accessSummaries: ["source", "recording_id"],
            .accessEvents: ["source", "recording_id", "id"],
        ]
        return try keys.reduce(0) { try $0 + records($1.key).count - latest($1.key, key: $1.value).count }
    }

    func latest(_ kind: RecordKind, key: [String]) throws -> [JSONValue] {
        var latest: [String: JSONValue] = [:]
        for record in try records(kind) { latest[key.map { record[$0]?.string ?? "" }.joined(separator: "/")] = record }
        return Array(latest.values)
    }

    private func line(_ record: JSONValue, _ paths: [String]) -> String {
        paths.map { path in
            let value = path.split(separator: "/").reduce(record as JSONValue?) { $0?[String($1)] }
            guard let value, !value.isNull else { return "-" }
            return value.scalarText ?? String(decoding: value.rawBytes, as: UTF8.self)
        }
        .joined(separator: "|")
    }
}

private func time(_ seconds: Int64?) -> String { seconds.map { Timestamp(secondsSince1970: $0).description } ?? "-" }

/// What Kismet's records come to.
private struct KismetLines {
    var all: [String] = []

    init(_ truth: KismetTruth) {
        for egress in truth.egresses {
            let status =
                switch (egress.error, egress.status) {
                case (.some, _): "failed"
                case (nil, "egress_ended"): "available"
                case (nil, "egress_starting"): "processing"
                default: "unknown"
                }
            all.append(
                "recording clinic|kismet|\(egress.id)|-|-|\(time(egress.endedAt))|\(time(egress.createdAt))|"
                    + "\(time(egress.updatedAt))|\(status)|\(egress.status)|\(egress.error ?? "-")|-|-|"
                    + "\(egress.callID)|\(egress.egressID)"
            )
        }
        for row in truth.auditRows {
            let user =
                switch row.user {
                case .string(let text): text
                case .integer(let number): String(number)
                case .null: "-"
                }
            all.append(
                "event \(row.id) \(row.event) clinic|kismet|\(row.egressID)|\(user)|-|-|\(time(row.createdAt))|"
                    + "\(row.changes ?? "-")"
            )
        }
    }
}

/// What Webex's records come to.
private struct WebexLines {
    var all: [String] = []

    init(_ truth: WebexTruth) {
        for summary in truth.summaries {
            let id = summary.recordingID
            all.append(
                "recording acme|webex|\(id)|\(summary.topic)|\(time(summary.timeRecorded))|-|-|-|available|-|-|"
                    + "\(summary.hostEmail)|\(summary.siteURL)|-|-"
            )
            all.append("summary acme|webex|\(id)|\(summary.viewCount)|\(summary.downloadCount)")
            for row in truth.accessRows[id] ?? [] {
                let actions = [row.viewed ? "view" : nil, row.downloaded ? "download" : nil].compactMap { $0 }
                all.append(
                    "event - \(actions.joined(separator: "+")) acme|webex|\(id)|-|\(person(row.name))|"
                        + "\(person(row.email))|\(time(row.accessTime))|-"
                )
            }
        }
    }

    private func person(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "-" }
}
