import Synchronization

/// The Kismet and Webex APIs on 127.0.0.1, with generated data, faults by plan and counters of what clients did.
///
/// All members may be used from any thread. Requests are served by threads of the simulator's own between `start` and `stop`;
/// data, tokens and counters outlive a stop. A simulator must be stopped before it is let go.
package final class PlatformSimulator: Sendable {
    package let plan: SimulatorPlan
    let clock: SimulatorClock
    let kismet: KismetWorld
    let webex: WebexWorld
    let state: Mutex<SimulatorState>
    /// When it was made, seconds since 1970.
    let startSeconds: Int64
    private let server = Mutex<Servers?>(nil)

    /// The listeners of the APIs and of media.
    private struct Servers {
        let api: LoopbackServer
        let media: LoopbackServer?
    }

    /// - Parameter clock: where the wall time and the monotonic time are read; the system's clocks unless given.
    /// - Throws: `SimulatorError.plan` when the plan cannot be served.
    package init(plan: SimulatorPlan, clock: SimulatorClock = .system) throws(SimulatorError) {
        guard plan.kismet.users > 0 || plan.kismet.calls == 0 else { throw .plan("Calls need at least one user.") }
        guard !plan.webex.sites.isEmpty else { throw .plan("Webex needs at least one site.") }
        guard plan.kismet.readsPerEgress < KismetWorld.rowsPerEgress - 2 else {
            throw .plan("Too many reads per egress.")
        }
        guard plan.webex.sites.allSatisfy({ $0.recordings < WebexKey.firstLate }) else {
            throw .plan("Too many recordings on one site.")
        }
        guard plan.media.map({ $0.lengths.lowerBound >= 0 }) ?? true else {
            throw .plan("A file has no negative length.")
        }
        self.plan = plan
        self.clock = clock
        startSeconds = clock.wallSeconds
        let anchor = plan.anchor ?? CivilTime.startOfDay(clock.wallSeconds)
        kismet = KismetWorld(plan: plan.kismet, seed: plan.seed, anchor: anchor)
        webex = WebexWorld(plan: plan.webex, seed: plan.seed, anchor: anchor)
        state = Mutex(SimulatorState(plan: plan))
    }

    /// Begins to serve.
    /// - Parameters:
    ///   - port: the port of the APIs on 127.0.0.1; 0 lets the system choose one.
    ///   - mediaPort: the same for the media origin, where the plan has one.
    /// - Returns: the port of the APIs.
    /// - Throws: `SimulatorError.socket` when a port is taken, `SimulatorError.running` when it serves already.
    @discardableResult
    package func start(port: UInt16 = 0, mediaPort: UInt16 = 0) throws(SimulatorError) -> UInt16 {
        try server.withLock { running throws(SimulatorError) in
            guard running == nil else { throw .running }
            let api = try LoopbackServer(
                port: port,
                onConnection: { [self] in state.withLock { $0.statistics.connections += 1 } },
                handler: { [self] request in reply(to: request) }
            )
            do throws(SimulatorError) {
                running = Servers(api: api, media: try mediaServer(port: mediaPort))
            } catch {
                api.stop()
                throw error
            }
            return api.port
        }
    }

    private func mediaServer(port: UInt16) throws(SimulatorError) -> LoopbackServer? {
        guard plan.media != nil else { return nil }
        return try LoopbackServer(port: port, onConnection: {}, handler: { [self] request in mediaReply(to: request) })
    }

    /// Ends every connection, those that stall included, and joins every thread.
    ///
    /// Does nothing when not serving.
    package func stop() {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        running?.api.stop()
        running?.media?.stop()
    }

    /// The port of the APIs, or 0 when not serving.
    package var port: UInt16 { server.withLock { $0?.api.port ?? 0 } }

    /// The port of the media origin, or 0 when there is none.
    package var mediaPort: UInt16 { server.withLock { $0?.media?.port ?? 0 } }

    /// `http://127.0.0.1:PORT`.
    package var origin: String { "http://127.0.0.1:\(port)" }

    /// Where links to files lead: `http://127.0.0.1:PORT`, or the plan's origin where nothing serves media.
    package var mediaOrigin: String { plan.media == nil ? plan.mediaOrigin : "http://127.0.0.1:\(mediaPort)" }

    /// The base of Kismet's API, without a slash at its end.
    package var kismetBaseURL: String { "\(origin)/api/external" }

    /// The base of Webex's API, without a slash at its end.
    package var webexBaseURL: String { "\(origin)/v1" }

    package var statistics: SimulatorStatistics { state.withLock { $0.statistics } }

    package func resetStatistics() {
        state.withLock { $0.statistics = SimulatorStatistics() }
    }
}
