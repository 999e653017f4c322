import RecordingHost
import RecordingKit
import Synchronization

/// Starts the processes of one program and knows which of them live.
final class ProcessLauncher: Sendable {
    private struct State {
        var isClosed = false
        var living: [ObjectIdentifier: ProcessChannel] = [:]
    }

    let program: ConnectorProgram
    private let state = Mutex(State())

    init(_ program: ConnectorProgram) { self.program = program }

    deinit { for channel in state.withLock({ Array($0.living.values) }) { channel.end(.ended) } }

    /// Starts a process, after its file was checked; returns the file's SHA-256 too.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`, or `connector_failed` when it was closed.
    func launch() async throws -> (PluginProcess, sha256: String) {
        try Task.checkCancellation()
        let program = program
        let (process, sha256) = try await BlockingCalls.run { try ProcessLauncher.start(program) }
        let isClosed = state.withLock { state in
            state.living = state.living.filter { !$0.value.isGone }
            if !state.isClosed { state.living[ObjectIdentifier(process.channel)] = process.channel }
            return state.isClosed
        }
        guard !isClosed else {
            process.channel.end(.ended)
            await process.channel.waitUntilGone()
            throw TapedeckError(.connectorFailed, "The connector was closed.")
        }
        return (process, sha256)
    }

    /// Ends all processes, starts no more, and returns when they are gone.
    func close() async {
        let channels = state.withLock { state in
            state.isClosed = true
            defer { state.living = [:] }
            return Array(state.living.values)
        }
        for channel in channels { channel.end(.ended) }
        for channel in channels { await channel.waitUntilGone() }
    }

    /// Waits until no process lives.
    func waitUntilIdle() async {
        for channel in state.withLock({ Array($0.living.values) }) { await channel.waitUntilGone() }
    }

    private static func start(_ program: ConnectorProgram) throws -> (PluginProcess, String) {
        let file = try ProgramFile(path: program.path)
        if let expected = program.sha256, expected != file.sha256 {
            throw TapedeckError(
                .configurationInvalid,
                "The connector's program \(program.path) is not the one that is pinned: its SHA-256 is \(file.sha256)."
            )
        }
        let observer = program.observer
        do {
            let process = try PluginProcess.start(
                ProcessSpawn(
                    path: program.path,
                    arguments: program.arguments,
                    environment: program.environment,
                    opened: program.sha256 == nil ? nil : file.descriptor
                ),
                limits: program.limits
            ) { bytes in
                observer(ConnectorNotice(.diagnostics, String(decoding: bytes, as: UTF8.self)))
            }
            return (process, file.sha256)
        } catch let failure as ProcessSpawn.Failure {
            throw TapedeckError(
                .configurationInvalid,
                "The connector's program \(program.path) cannot be started (error \(failure.number)): it must be executable."
            )
        }
    }
}
