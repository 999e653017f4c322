import PluginProtocol
import RecordingKit
import Synchronization

/// The processes of one source: each serves one call at a time and is used again for the next.
///
/// Dropping the last reference ends them.
final class ProcessPool: Sendable {
    private struct State {
        var idle: [PluginProcess] = []
        /// By kind of call: that calls of another kind succeed says nothing of those that never do.
        var deathsInARow: [Lane: Int] = [:]
        var lastCall = 0
    }

    /// A kind of call, with room of its own: a listing that waits for its access events must not keep them from being read.
    enum Lane: Hashable {
        case listings
        case recordings
        case accessEvents
        case media
    }

    let launcher: ProcessLauncher
    private let greeting: Handshake.Greeting
    private let settings: [String: SettingValue]
    private let state = Mutex(State())
    private let listings = Permits(1)
    private let recordings: Permits
    private let accessEvents: Permits
    private let media: Permits

    var limits: ProcessLimits { launcher.program.limits }

    init(_ launcher: ProcessLauncher, _ greeting: Handshake.Greeting, settings: [String: SettingValue]) {
        self.launcher = launcher
        self.greeting = greeting
        self.settings = settings
        let descriptor = greeting.description.descriptor
        let kinds: [RecordKind] = [.recordings, .accessEvents, .media]
        let lanes = max(1, kinds.count { descriptor.produces.contains($0) })
        let processes = min(launcher.program.limits.processes, descriptor.limits.concurrency)
        let share = max(1, processes / lanes)
        recordings = Permits(share)
        accessEvents = Permits(share)
        media = Permits(share)
    }

    func permits(_ lane: Lane) -> Permits {
        switch lane {
        case .listings: listings
        case .recordings: recordings
        case .accessEvents: accessEvents
        case .media: media
        }
    }

    /// A number that no other call of the source has.
    func nextCallID() -> Int {
        state.withLock { state in
            state.lastCall += 1
            return state.lastCall
        }
    }

    /// A process that waits for a call: one that served others before, or a new one.
    ///
    /// - Throws: `TapedeckError`, ``ProcessEnd``, `ProtocolViolation`, `CancellationError`.
    func take(for lane: Lane) async throws -> (process: PluginProcess, isNew: Bool) {
        let deaths = state.withLock { $0.deathsInARow[lane, default: 0] }
        guard deaths <= limits.deathsInARow else {
            throw TapedeckError(
                .connectorFailed,
                "The connector's process failed \(deaths) times in a row and is not started again."
            )
        }
        if let idle = takeIdle() { return (idle, false) }
        let (process, _) = try await launcher.launch()
        do {
            try await Handshake(process, launcher).configure(settings, expecting: greeting)
            return (process, true)
        } catch {
            spoil(process, error, in: lane)
            throw error
        }
    }

    private func takeIdle() -> PluginProcess? {
        state.withLock { state in
            while let process = state.idle.popLast() {
                if process.channel.isReady { return process }
                process.channel.end(.ended)
            }
            return nil
        }
    }

    /// Takes back a process whose call is done.
    func giveBack(_ process: PluginProcess, in lane: Lane) {
        state.withLock { state in
            state.deathsInARow[lane] = nil
            // One that goes on talking is not used again.
            if process.channel.isReady { state.idle.append(process) } else { process.channel.end(.ended) }
        }
    }

    /// Ends a process that cannot be used again because of `error`.
    func spoil(_ process: PluginProcess, _ error: any Error, in lane: Lane) {
        if ProcessFailure.isOfProcess(error) { state.withLock { $0.deathsInARow[lane, default: 0] += 1 } }
        process.channel.end(.ended, saying: HostMessage.cancel.line)
    }
}
