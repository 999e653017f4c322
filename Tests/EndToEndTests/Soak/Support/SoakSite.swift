import Foundation
import PlatformSimulator
import RecordingHost
import RecordingTestKit
import Synchronization

@testable import SQLiteStore

/// The platforms, which live through the whole soak, and the folder that the program works in.
struct SoakSite: Sendable {
    let simulator: PlatformSimulator
    let clock: ShiftedClock
    let folder: URL
    let program: URL
    /// The bases of both platforms, which stay the same while the servers are away.
    let kismetBaseURL: String
    let webexBaseURL: String
    private let ports: (api: UInt16, media: UInt16)

    /// The most that Kismet has of calls.
    static let calls = 30

    /// The folder that the program writes to, which holds nothing else.
    var data: URL { folder.appending(path: "data") }
    var mediaFolder: URL { data.appending(path: "media") }
    var configurationFile: URL { folder.appending(path: "tapedeck.json5") }

    static let sinks: [SinkKind] = [
        .jsonLines, .csv, .sqlite,
        SinkKind(
            name: "zstd",
            configuration: #"{ kind: "jsonl", directory: "data/parts", compress: "zstd", rotate: "64KB" }"#
        ) { try JSONLinesContent.lines(in: $0.appending(path: "parts"), compressedWith: .zstd) },
    ]

    /// What must be in no output, log or ledger.
    static let secrets = [
        "canary-kismet-id", "canary-kismet-secret", "canary-access", "canary-refresh", "canary-client-secret",
        "canary-foreign", "webex-access-", "webex-refresh-", "X-Amz-Signature", "ticket=",
    ]
    /// Titles and names of those who took part or looked, which are in the records alone.
    static let names = [
        "Example Topic", "All hands", "Initial Consult", "Group Session", "John Andersen", "Brenda Song", "joeDoe",
        "Late Viewer", "Clinician",
    ]
    /// Addresses, of which the ledger keeps those of hosts: a file is asked for in the name of its host.
    static let addresses = ["john.andersen", "brenda.song", "li.wei", "@example.com", "@clinic.example"]
    static let people = names + addresses

    init(seed: UInt64, folder: URL, program: URL) throws {
        clock = ShiftedClock()
        simulator = try PlatformSimulator(plan: Self.plan(seed: seed), clock: .following(clock))
        try simulator.start()
        ports = (simulator.port, simulator.mediaPort)
        (kismetBaseURL, webexBaseURL) = (simulator.kismetBaseURL, simulator.webexBaseURL)
        self.folder = folder
        self.program = program
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"),
            withIntermediateDirectories: true
        )
    }

    func unplug() { simulator.stop() }

    func plugIn() async throws {
        // A client that tries again and again may have been given one of the ports itself, for a moment.
        for _ in 0..<50 {
            if (try? simulator.start(port: ports.api, mediaPort: ports.media)) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw SinkKind.Damage("the simulator's ports are taken")
    }

    private static func plan(seed: UInt64) -> SimulatorPlan {
        var plan = SimulatorPlan(
            seed: seed,
            kismet: KismetPlan(
                clientID: "canary-kismet-id",
                clientSecret: "canary-kismet-secret",
                users: 3,
                calls: calls,
                egressesPerCall: 2,
                readsPerEgress: 3,
                spanDays: 100
            ),
            webex: WebexPlan(
                sites: [
                    WebexSite(name: "example.webex.com", recordingName: "site4-example.webex.com", recordings: 90),
                    WebexSite(name: "emea.example.webex.com", recordings: 40),
                ],
                hosts: 3,
                spanDays: 100,
                accessRowsPerRecording: 3,
                // A new refresh token that is lost with the process cannot be had again once the old one is dead.
                authorization: WebexAuthorizationPlan(
                    accessToken: "canary-access",
                    refreshToken: "canary-refresh",
                    clientSecret: "canary-client-secret",
                    expiresIn: 600,
                    rotation: .newOldLives
                )
            ),
            media: mediaPlan
        )
        plan.latencyMilliseconds = 1
        return plan
    }

    /// For how long after the beginning some files are scanned.
    private static let scanSeconds: Int64 = 36_000

    /// Lets the time pass that files are scanned for, so that nothing is in the way of a run.
    func waitForScans() { clock.advance(by: max(0, Self.scanSeconds + 1 - clock.ahead)) }

    private static let mediaPlan = MediaPlan(
        lengths: 2_000...120_000,
        kismetLinkSeconds: 20,
        webexLinkSeconds: 30,
        states: [
            MediaStateRule(.preventsDownloading, on: .every(23, remainder: 7, platform: .webex)),
            MediaStateRule(.needsConfirmation, on: .every(29, remainder: 3, platform: .webex)),
            MediaStateRule(.deleted, on: .every(31, remainder: 11, platform: .webex)),
            MediaStateRule(.purged, on: .every(37, remainder: 5)),
            MediaStateRule(.forbidden, on: .every(41, remainder: 2)),
            // Each is waited for as long as a limit of the rate is, and everything beside it with it.
            MediaStateRule(.scanned(afterSeconds: Int(scanSeconds)), on: .every(61, remainder: 1)),
            MediaStateRule(.late(afterSeconds: 86_400), on: .every(11, remainder: 4, platform: .kismet)),
        ]
    )

    // MARK: The program

    /// Writes the configuration that a turn has.
    func configure(_ settings: SoakTurn.Settings) throws {
        let limits = #"limits: { concurrency: \#(settings.concurrency), maxWait: "\#(settings.maxWait)" }"#
        let text = """
            {
                ledger: "sqlite:data/tapedeck.db",
                sources: {
                    clinic: {
                        connector: "kismet",
                        settings: {
                            baseURL: "\(kismetBaseURL)",
                            clientID: "${env:KISMET_CLIENT_ID}",
                            clientSecret: "${env:KISMET_CLIENT_SECRET}",
                            settlingDays: 3650,
                        },
                        read: ["recordings", "access_events", "media"],
                        \(limits),
                    },
                    acme: {
                        connector: "webex",
                        settings: {
                            baseURL: "\(webexBaseURL)",
                            oauth: {
                                clientID: "${env:WEBEX_CLIENT_ID}",
                                clientSecret: "${env:WEBEX_CLIENT_SECRET}",
                                refreshToken: "${env:WEBEX_REFRESH_TOKEN}",
                            },
                            sites: "all",
                            hostEmail: "all",
                        },
                        read: ["recordings", "access_summaries", "access_events", "media"],
                        \(limits),
                    },
                },
                sinks: [\(settings.sinks.map(\.configuration).joined(separator: ", "))],
                media: { directory: "data/media", parallel: \(settings.parallel) },
                raw: true,
            }
            """
        try Data(text.utf8).write(to: configurationFile)
    }

    /// Runs the program at the time that the platforms have.
    func run(
        _ arguments: [String],
        trouble: CrashPoint? = nil,
        signal: WatchedProcess.Signal? = nil,
        patience: Duration = .seconds(60)
    ) async throws -> WatchedProcess.Result {
        let authorization = simulator.plan.webex.authorization
        var environment = [
            "KISMET_CLIENT_ID": simulator.plan.kismet.clientID,
            "KISMET_CLIENT_SECRET": simulator.plan.kismet.clientSecret,
            "WEBEX_CLIENT_ID": authorization.clientID, "WEBEX_CLIENT_SECRET": authorization.clientSecret,
            "WEBEX_REFRESH_TOKEN": authorization.refreshToken,
            "CLOCK_AHEAD": String(clock.ahead),
        ]
        environment.merge(trouble?.environment(root: data) ?? [:]) { $1 }
        environment["LD_PRELOAD"] = [FaultShim.clock?.path, environment["LD_PRELOAD"]].compactMap(\.self)
            .joined(separator: ":")
        let process = WatchedProcess(executable: program, folder: folder, environment: environment)
        return try await process.run(arguments, signal: signal, patience: patience)
    }

    /// Does something while the database among the sinks belongs to somebody else.
    func withLockedDatabase<Value>(_ body: () async throws -> Value) async throws -> Value {
        let path = data.appending(path: "out/recordings.db").path
        guard FileManager.default.fileExists(atPath: path) else { return try await body() }
        let connection = try SQLiteConnection(path: path, readOnly: false)
        try connection.execute("BEGIN IMMEDIATE")
        defer { try? connection.execute("ROLLBACK") }
        return try await body()
    }
}
