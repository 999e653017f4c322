import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import TapedeckCLI

@Suite("Docs/errors.md")
struct ErrorsDocumentTests {
    /// A row about a code.
    struct Row: Sendable, CustomTestStringConvertible {
        let code: TapedeckError.Code
        let ends: String
        /// The exit code when something else of the source was read, and when nothing was.
        let exitCodes: [Int32]

        var testDescription: String { code.rawValue }
    }

    static let rows: [Row] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try? String(contentsOf: root.appendingPathComponent("Docs/errors.md"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[0].hasPrefix("`") else { return nil }
            return Row(
                code: TapedeckError.Code(rawValue: cells[0].filter { $0 != "`" }),
                ends: cells[2],
                exitCodes: cells[3].split(separator: ",").compactMap { Int32($0.drop { $0 == " " }) }
            )
        }
    }()

    /// Everything that ends by itself, so that the machine's own clock is never asked.
    private func exitCode(of row: Row, afterAPage: Bool) async throws -> Int32 {
        let bench = try ConnectorBench(
            FailingSource.self,
            settings: ["code": .string(row.code.rawValue), "yieldsAPage": .boolean(afterAPage)],
            now: Timestamp(secondsSince1970: 1_767_225_600),
            routes: []
        )
        let outcome = try await bench.sync()
        let window = TimeWindow(from: bench.clock.now, to: bench.clock.now)
        return ExitCode(SyncReport(run: 1, window: window, outcomes: [outcome])).rawValue
    }

    @Test("is read by these tests")
    func isRead() {
        #expect(Self.rows.count > 30)
        #expect(Self.rows.allSatisfy { $0.exitCodes.count == 2 })
        #expect(Set(Self.rows.map(\.ends)) == ["part", "source", "run", "file"])
    }

    @Test(
        "tells the exit code of a part's and of a source's failure",
        arguments: rows.filter { ["part", "source"].contains($0.ends) }
    )
    func readings(_ row: Row) async throws {
        #expect(try await exitCode(of: row, afterAPage: true) == row.exitCodes[0])
        #expect(try await exitCode(of: row, afterAPage: false) == row.exitCodes[1])
    }

    @Test(
        "tells a part's failure from that of a source",
        arguments: rows.filter { ["part", "source"].contains($0.ends) }
    )
    func scope(_ row: Row) async throws {
        let bench = try ConnectorBench(
            FailingSource.self,
            settings: ["code": .string(row.code.rawValue), "yieldsAPage": .boolean(true), "hasMore": .boolean(true)],
            now: Timestamp(secondsSince1970: 1_767_225_600),
            routes: []
        )
        let outcome = try await bench.sync()
        #expect(outcome.counts.recordings == (row.ends == "part" ? 2 : 1))
    }

    @Test("tells the exit code of a run's failure", arguments: rows.filter { $0.ends == "run" })
    func runs(_ row: Row) {
        let window = TimeWindow(from: .earliest, to: .earliest)
        let failure = TapedeckError(row.code, "Made up.")
        let report = SyncReport(run: 1, window: window, outcomes: [], failure: failure)
        #expect(row.exitCodes == [ExitCode(report).rawValue, ExitCode(failure).rawValue])
    }
}

/// A source of one part that fails with the code that it is told, and of another that does not.
private struct FailingSource: Connector {
    static let connector = ConnectorDescriptor(
        id: "failing",
        name: "Failing",
        summary: "Fails.",
        baseURL: "https://failing.example",
        authentication: .none,
        settings: [
            SettingField("code", .string, help: "What it fails with.", isRequired: true),
            SettingField("yieldsAPage", .boolean, help: "Whether a page comes before.", isRequired: true),
            SettingField("hasMore", .boolean, help: "Whether another part follows that can be read."),
        ],
        limits: ConnectorLimits(concurrency: 1)
    )

    let failure: TapedeckError
    let yieldsAPage: Bool
    let hasMore: Bool

    init(settings: Settings) {
        failure = TapedeckError(TapedeckError.Code(rawValue: settings.string("code") ?? ""), "Made up.")
        yieldsAPage = settings.boolean("yieldsAPage")
        hasMore = settings.boolean("hasMore")
    }

    func check(api: APIClient) async throws {}

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        try await yield(Listing(key: "failing", label: "a part that fails"))
        if hasMore { try await yield(Listing(key: "sound", label: "a part that can be read")) }
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        if listing.key == "sound" || yieldsAPage {
            try await yield([ListedRecording(Recording(id: listing.key, status: .available))])
        }
        if listing.key == "failing" { throw failure }
    }
}
