import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore

/// One run of the host that stays.
enum ResidentHost {
    static let variable = "TAPEDECK_SOAK_RESIDENT"
    static let folder = ProcessInfo.processInfo.environment[variable].map { URL(filePath: $0) }

    static func sources(kismet: String, webex: String) -> [SourceConfiguration] {
        var clinic = SourceConfiguration(
            id: "clinic",
            connector: "kismet",
            settings: [
                "baseURL": .string(kismet), "clientID": "canary-kismet-id", "clientSecret": "canary-kismet-secret",
                "settlingDays": 3_650,
            ],
            limits: LimitOverrides(maximumWait: .seconds(5))
        )
        var acme = SourceConfiguration(
            id: "acme",
            connector: "webex",
            settings: [
                "baseURL": .string(webex), "sites": "all", "hostEmail": "all",
                "oauth": .object([
                    "clientID": .string(WebexAuthorizationPlan().clientID), "clientSecret": "canary-client-secret",
                    "refreshToken": "canary-refresh",
                ]),
            ],
            limits: LimitOverrides(maximumWait: .seconds(5))
        )
        clinic.reads = [.recordings, .accessEvents, .media]
        acme.reads = RecordKind.all
        return [clinic, acme]
    }

    /// Reads until everything is read or the time is up, and says how it ended.
    static func run(
        in folder: URL,
        _ sources: [SourceConfiguration],
        _ clock: ShiftedClock,
        _ parallel: Int,
        _ limit: Duration
    ) async -> String {
        do {
            return try await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask {
                    let report = try await Archive(directory: folder).sync(
                        sources,
                        clock: clock,
                        alsoInto: [
                            SQLiteSink(path: folder.appending(path: "out/recordings.db").path, relativeTo: folder.path)
                        ],
                        media: MediaSettings(
                            directory: folder.appending(path: "media").path,
                            parallelTransfers: parallel
                        )
                    )
                    return report.wasStopped
                        ? "stopped"
                        : report.outcomes.map { "\($0.state)" }.joined(separator: "+")
                            + (report.failure.map { " \($0.code)" } ?? "")
                }
                group.addTask {
                    try? await Task.sleep(for: limit)
                    return nil
                }
                // Whichever is first; a run whose time is up is asked to end and does.
                let first = try await group.next()
                group.cancelAll()
                if let answer = first ?? nil { return answer }
                return try await group.next().flatMap(\.self) ?? "nothing"
            }
        } catch {
            return "threw \(error)"
        }
    }
}
