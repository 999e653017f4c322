import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore

/// One job in a folder of its own, with platforms of its own: run, killed, run again, and looked at.
struct CrashSite {
    let job: CrashJob
    let simulator: PlatformSimulator
    let folder: URL

    /// The folder that the program writes to, which holds nothing else.
    var data: URL { folder.appending(path: "data") }

    /// Runs `body` with a new site and clears it away afterwards.
    static func with<Result>(_ job: CrashJob, _ body: (CrashSite) async throws -> Result) async throws -> Result {
        let simulator = try PlatformSimulator(plan: job.plan)
        try simulator.start()
        defer { simulator.stop() }
        simulator.keepRequests()
        let folder = temporaryFolder.appending(path: "tapedeck-crash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = CrashSite(job: job, simulator: simulator, folder: folder)
        try site.configure()
        if let prepare = job.prepare {
            try await prepare(site)
            try site.configure()
            _ = simulator.takeRequests()
        }
        return try await body(site)
    }

    /// A killed process loses nothing that a file system has taken, so that one in memory will do and is faster.
    private static var temporaryFolder: URL {
        let memory = "/dev/shm"
        if FileManager.default.isWritableFile(atPath: memory) { return URL(filePath: memory) }
        return FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    }

    private func configuration(_ sinks: [SinkKind]) -> String {
        """
        {
            ledger: "sqlite:data/tapedeck.db",
            sources: {
                clinic: {
                    connector: "kismet",
                    settings: {
                        baseURL: "\(simulator.kismetBaseURL)",
                        clientID: "${env:KISMET_CLIENT_ID}",
                        clientSecret: "${env:KISMET_CLIENT_SECRET}",
                    },
                },
                acme: {
                    connector: "webex",
                    settings: {
                        baseURL: "\(simulator.webexBaseURL)",
                        oauth: {
                            clientID: "${env:WEBEX_CLIENT_ID}",
                            clientSecret: "${env:WEBEX_CLIENT_SECRET}",
                            refreshToken: "${env:WEBEX_REFRESH_TOKEN}",
                        },
                        sites: "all",
                        hostEmail: "all",
                        from: "\(job.from)",
                    },
                },
            },
            sinks: [\(sinks.map(\.configuration).joined(separator: ", "))],
            raw: true,
        }
        """
    }

    /// The credentials that the configuration refers to.
    private var credentials: [String: String] {
        let authorization = job.plan.webex.authorization
        return [
            "KISMET_CLIENT_ID": job.plan.kismet.clientID, "KISMET_CLIENT_SECRET": job.plan.kismet.clientSecret,
            "WEBEX_CLIENT_ID": authorization.clientID, "WEBEX_CLIENT_SECRET": authorization.clientSecret,
            "WEBEX_REFRESH_TOKEN": authorization.refreshToken,
        ]
    }

    /// One run, undisturbed unless something is to happen to it.
    func sync(
        at point: CrashPoint? = nil,
        log: URL? = nil,
        killedAfter delay: Duration? = nil
    ) async throws -> Tool.Result {
        try await Tool.run(
            ["sync", "--config", "tapedeck.json5"],
            in: folder,
            environment: credentials.merging(point?.environment(root: data, log: log) ?? [:]) { $1 },
            killedAfter: delay
        )
    }

    /// The sources of which the last run has gone over everything, so that the next one begins anew.
    func endedPasses() async -> Set<String> {
        let path = data.appending(path: "tapedeck.db").path
        guard let ledger = try? SQLiteLedger.openForReading(path: path) else { return [] }
        var ended: Set<String> = []
        for status in (try? await ledger.sourceStatuses()) ?? [] where status.lastOutcome != nil {
            if case .some(.none) = try? await ledger.openPass(of: status.source) { ended.insert(status.source) }
        }
        await ledger.close()
        return ended
    }

    /// What the program says of the configuration without running it.
    func validate() async throws -> Tool.Result {
        try await Tool.run(["validate", "--config", "tapedeck.json5"], in: folder, environment: credentials)
    }

    /// Writes the configuration anew, with the job's sinks or with others.
    func configure(_ sinks: [SinkKind]? = nil) throws {
        let text = configuration(sinks ?? job.sinks)
        try Data(text.utf8).write(to: folder.appending(path: "tapedeck.json5"))
    }

    /// What the sinks hold of one kind and another: nothing when all hold the same number of records and versions.
    func differencesAmongSinks() throws -> [String] {
        let counts = try job.sinks.map { sink in (sink.name, try sink.lines(data)) }
        guard let first = counts.first else { return [] }
        return counts.filter { $0.1.count != first.1.count || Set($0.1).count != $0.1.count }
            .map {
                "\($0.0) holds \($0.1.count) records, \(Set($0.1).count) different ones, \(first.0) \(first.1.count)"
            }
    }

    /// Every record of every sink as a line of text, in a fixed order.
    func lines() throws -> [String] {
        try job.sinks.flatMap { sink in try sink.lines(data).map { "\(sink.name) \($0)" } }.sorted()
    }

    /// What the platforms hold against what is in the JSON Lines files.
    func differencesFromTruth() throws -> [String] {
        let scenario = Scenario(
            simulator: simulator,
            archive: Archive(directory: data),
            clock: .automatic(at: Scenario.start)
        )
        return try scenario.differences() + (scenario.archive.repeats() == 0 ? [] : ["records stand there twice"])
    }

    /// What the ledger says that is not so after a complete run; nothing when all is well.
    func ledgerProblems() async throws -> [String] {
        let statuses = try await Archive(directory: data).statuses()
        let gaps = try await Archive(directory: data).gaps(at: SystemClock().now)
        guard statuses.map(\.source) == ["acme", "clinic"] else {
            return ["the ledger knows \(statuses.map(\.source))"]
        }
        return gaps.map { "\($0.label) is incomplete" }
            + statuses.flatMap { status -> [String] in
                var problems: [String] = []
                if status.lastOutcome?.state != .complete {
                    problems.append("\(status.source) is \(String(describing: status.lastOutcome?.state))")
                }
                return problems
            }
    }
}

extension Archive {
    /// The ledger and the files that some other process has made in a folder.
    init(directory: URL) { self.directory = directory }
}
