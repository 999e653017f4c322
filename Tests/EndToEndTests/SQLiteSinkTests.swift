import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import SQLiteStore

@Suite("A database of records")
struct SQLiteSinkTests {
    /// The columns of each table with the members of the JSON record that they hold.
    private static let columns: [RecordKind: [(column: String, path: [String])]] = [
        .recordings: [
            ("source", ["source"]), ("id", ["id"]), ("connector", ["connector"]), ("title", ["title"]),
            ("started_at", ["started_at"]), ("ended_at", ["ended_at"]), ("created_at", ["created_at"]),
            ("updated_at", ["updated_at"]), ("status", ["status"]), ("status_raw", ["status_raw"]),
            ("error", ["error"]),
            ("host_id", ["host", "id"]), ("host_name", ["host", "name"]), ("host_email", ["host", "email"]),
            ("site", ["site"]), ("context", ["context"]), ("observed_at", ["observed_at"]), ("raw", ["raw"]),
        ],
        .accessSummaries: [
            ("source", ["source"]), ("recording_id", ["recording_id"]), ("connector", ["connector"]),
            ("views", ["views"]), ("downloads", ["downloads"]), ("as_of", ["as_of"]),
        ],
        .accessEvents: [
            ("source", ["source"]), ("recording_id", ["recording_id"]), ("id", ["id"]), ("connector", ["connector"]),
            ("id_is_synthetic", ["id_is_synthetic"]), ("actor_id", ["actor", "id"]), ("actor_name", ["actor", "name"]),
            ("actor_email", ["actor", "email"]), ("actions", ["actions"]), ("occurred_at", ["occurred_at"]),
            ("changes", ["changes"]), ("self_induced", ["self_induced"]), ("raw", ["raw"]),
        ],
    ]
    private static let keys: [RecordKind: [String]] = [
        .recordings: ["source", "id"], .accessSummaries: ["source", "recording_id"],
        .accessEvents: ["source", "recording_id", "id"],
    ]

    private func sync(_ scenario: Scenario) async throws -> SyncReport {
        let path = scenario.archive.directory.appending(path: "out/recordings.db").path
        let sink = SQLiteSink(path: path, relativeTo: scenario.archive.directory.path)
        return try await scenario.archive.sync(scenario.sources, clock: scenario.clock, alsoInto: [sink])
    }

    /// The rows of one table, each as a list of texts.
    private func rows(_ kind: RecordKind, _ scenario: Scenario) throws -> Set<[String?]> {
        let path = scenario.archive.directory.appending(path: "out/recordings.db").path
        let names = (Self.columns[kind] ?? []).map(\.column)
        let select = try SQLiteConnection(path: path, readOnly: true)
            .statement("SELECT \(names.joined(separator: ", ")) FROM \(kind)")
        var rows: Set<[String?]> = []
        while try select.step() { rows.insert(names.indices.map { select.text(Int32($0)) }) }
        return rows
    }

    /// The last version of each line of one file, as the rows that the table should have.
    private func lines(_ kind: RecordKind, _ scenario: Scenario) throws -> Set<[String?]> {
        let paths = (Self.columns[kind] ?? []).map(\.path)
        let records = try scenario.archive.latest(kind, key: Self.keys[kind] ?? [])
        return Set(records.map { record in paths.map { text($0.reduce(record as JSONValue?) { $0?[$1] }) } })
    }

    private func text(_ value: JSONValue?) -> String? {
        guard let value, !value.isNull else { return nil }
        if let truth = value.boolean { return truth ? "1" : "0" }
        return value.scalarText ?? String(decoding: value.rawBytes, as: UTF8.self)
    }

    @Test("holds what the JSON Lines files say last of every record, also after a run that found changes")
    func sameRecords() async throws {
        try await Scenario.with(.small()) { scenario in
            for round in 0..<2 {
                let report = try await sync(scenario)
                #expect(report.outcomes.map(\.state) == [.complete, .complete])
                for kind in [RecordKind.recordings, .accessSummaries, .accessEvents] {
                    let rows = try rows(kind, scenario)
                    let lines = try lines(kind, scenario)
                    #expect(!rows.isEmpty)
                    #expect(rows == lines, "\(kind) in round \(round)")
                }
                scenario.clock.advance(by: .seconds(3_600))
                _ = scenario.simulator.growCounters(ofRecordings: 4)
                scenario.simulator.giveConsent(call: 6)
            }
            #expect(try scenario.archive.repeats() > 0)
        }
    }
}
