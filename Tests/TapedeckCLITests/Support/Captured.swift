import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization

@testable import TapedeckCLI

/// What a command wrote.
final class Captured: Sendable {
    private let streams = Mutex<(out: [UInt8], error: [UInt8])>(([], []))

    func output(isTerminal: Bool = false, width: Int = 100) -> Output {
        Output(
            standardOutput: { bytes in self.streams.withLock { $0.out += bytes } },
            standardError: { bytes in self.streams.withLock { $0.error += bytes } },
            isTerminal: isTerminal,
            width: width
        )
    }

    var out: String { streams.withLock { String(decoding: $0.out, as: UTF8.self) } }
    var error: String { streams.withLock { String(decoding: $0.error, as: UTF8.self) } }
    var all: String { out + error }

    /// Standard output as JSON.
    func json() throws -> JSONValue { try JSONDocument(parsing: streams.withLock { $0.out }).root }
}

/// A ledger that knows what it is told, and nothing more.
struct ScriptedLedger: Ledger {
    var statuses: [SourceStatus] = []
    var coverages: [String: SourceCoverage] = [:]
    var standing = MediaStanding()

    func beginRun(at time: Timestamp) async throws -> Int64 { 1 }
    func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) async throws {}
    func lastRunEndedInOrder() async throws -> Bool { false }
    func lastRunTime() async throws -> Timestamp? { nil }
    func openPass(of source: String) async throws -> Pass? { nil }
    func partState(_ part: UInt64, of source: String) async throws -> PartState { PartState() }
    func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) async throws -> SourceCoverage {
        coverages[source] ?? SourceCoverage()
    }
    func sinkStates() async throws -> [String: SinkState] { [:] }
    func setSinkState(_ state: SinkState, of sink: String) async throws {}
    func knownRecordings(_ ids: [String], of source: String) async throws -> [String: KnownRecording] { [:] }
    func knownEvents(_ ids: [EventKey], of source: String) async throws -> [EventKey: UInt64] { [:] }
    func commit(_ changes: LedgerChanges) async throws {}
    func mediaRevisions(_ recordings: [String], of source: String) async throws -> [String: UInt64] { [:] }
    func mediaTasks(
        of source: String,
        after number: Int64,
        at now: Timestamp,
        limit: Int
    ) async throws -> [MediaTask] { [] }
    func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) async throws {}
    func storedMedia(of source: String?, after number: Int64, limit: Int) async throws -> [StoredMedium] { [] }
    func manifestHead(in folder: String) async throws -> ManifestHead? { nil }
    func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) async throws {}
    func storedInParts(readBy run: Int64, of source: String) async throws -> [(task: MediaTask, number: Int)] { [] }
    func mediaStanding(of source: String) async throws -> MediaStanding { standing }
    func auditReads(of recordings: [String], in source: String) async throws -> [String: [AuditRead]] { [:] }
    func tokens(of source: String) async throws -> StoredTokens? { nil }
    func saveTokens(_ tokens: StoredTokens, of source: String) async throws {}
    func lockTokens(of source: String) async throws -> (any TokenLock)? { nil }
    func recentRuns(of source: String, limit: Int) async throws -> [RunSummary] { [] }
    func parts(of source: String) async throws -> [KnownPart] { [] }
    func sourceStatuses() async throws -> [SourceStatus] { statuses }
    func close() async {}
}

/// The command line with scripted services and files in memory.
struct TestTool {
    let files = MemoryFiles()
    var ledger = ScriptedLedger()
    var ledgerError: TapedeckError?
    /// The file system in place of the one in memory.
    var fileSystem: FileAccess?
    /// What requests go through.
    var withTransport: @Sendable (@Sendable (any HTTPTransport) async throws -> ExitCode) async throws -> ExitCode = {
        try await $0(ClosedTransport())
    }
    /// Opens the ledger in place of what the two before say.
    var openLedger: (@Sendable (_ path: String) async throws -> any Ledger)?
    var clock: any HostClock = SystemClock()
    /// What fetches media, by how many bytes may come in a second.
    var media: @Sendable (_ bytesPerSecond: Int?) -> any MediaTransport = { _ in
        ScriptedMediaTransport { _ in throw TransportError(.transportFailed, "nothing is fetched here") }
    }
    var makeSink = TestConnectors.makeSink
    /// The connectors in place of the two that are data alone.
    var registry: ConnectorRegistry?
    /// What programs turn out to be.
    var programs: @Sendable (ProgramRequest) async throws -> FoundConnector = { _ in
        throw TapedeckError(.connectorFailed, "no program is run here")
    }
    /// Whether opening the ledger waits until the command is stopped.
    var opensLedgerOnlyWhenCancelled = false
    /// Why sources of the second connector cannot be read.
    var sourceFailure: TapedeckError?

    /// A configuration of two sources whose credentials come from the environment.
    static let configuration = """
        {
          sources: {
            clinic: { connector: "alpha", settings: { clientID: "${env:ID}", clientSecret: "${env:SECRET}" } },
            acme: { connector: "beta", settings: { accessToken: "${env:TOKEN}" } },
          },
          sinks: [{ kind: "jsonl", directory: "out" }],
        }
        """
    static let environment = ["ID": "CANARY-id", "SECRET": "CANARY-secret", "TOKEN": "CANARY-token"]

    init(configuration: String? = TestTool.configuration) {
        if let configuration { files.put("/clinic/tapedeck.json5", configuration) }
    }

    func run(
        _ line: String,
        environment: [String: String] = TestTool.environment,
        output: Output,
        signals: AsyncStream<StopSignal> = AsyncStream { $0.finish() }
    ) async throws -> ExitCode {
        let media = media
        let (ledger, ledgerError, waits) = (ledger, ledgerError, opensLedgerOnlyWhenCancelled)
        let scripted: @Sendable (String) async throws -> any Ledger = { _ in
            if waits { try? await Task.sleep(for: .seconds(60)) }
            if let ledgerError { throw ledgerError }
            return ledger
        }
        let open = openLedger ?? scripted
        let programs = programs
        let services = Services(
            version: "1.2.3",
            clock: clock,
            withTransport: withTransport,
            withMediaTransport: { rate, body in try await body(media(rate)) },
            openLedger: open,
            openLedgerForReading: open,
            openLedgerForTokens: open,
            openLedgerForRepair: { _, _ in throw TapedeckError(.ledgerFailed, "there is nothing to repair here") },
            makeSink: makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            loadProgram: { request, _ in try await programs(request) },
            makeStandInKey: { StandInKey(1, 2) }
        )
        let tool = CommandLineTool(
            registry: try registry ?? TestConnectors.registry(failure: sourceFailure),
            services: services,
            files: fileSystem ?? files.access
        )
        return await tool.run(
            arguments: line.split(separator: " ").map(String.init),
            environment: environment,
            output: output,
            signals: signals
        )
    }
}
