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
    private let server = Mutex<LoopbackServer?>(nil)

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
        self.plan = plan
        self.clock = clock
        let anchor = plan.anchor ?? CivilTime.startOfDay(clock.wallSeconds)
        kismet = KismetWorld(plan: plan.kismet, seed: plan.seed, anchor: anchor)
        webex = WebexWorld(plan: plan.webex, seed: plan.seed, anchor: anchor)
        state = Mutex(SimulatorState(plan: plan))
    }

    /// Begins to serve.
    /// - Parameter port: the port on 127.0.0.1; 0 lets the system choose one.
    /// - Returns: the port.
    /// - Throws: `SimulatorError.socket` when the port is taken, `SimulatorError.running` when it serves already.
    @discardableResult
    package func start(port: UInt16 = 0) throws(SimulatorError) -> UInt16 {
        try server.withLock { running throws(SimulatorError) in
            guard running == nil else { throw .running }
            let started = try LoopbackServer(
                port: port,
                onConnection: { [self] in state.withLock { $0.statistics.connections += 1 } },
                handler: { [self] request in reply(to: request) }
            )
            running = started
            return started.port
        }
    }

    /// Ends every connection, those that stall included, and joins every thread.
    ///
    /// Does nothing when not serving.
    package func stop() {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        running?.stop()
    }

    /// The port that is served, or 0.
    package var port: UInt16 { server.withLock { $0?.port ?? 0 } }

    /// `http://127.0.0.1:PORT`.
    package var origin: String { "http://127.0.0.1:\(port)" }

    /// The base of Kismet's API, without a slash at its end.
    package var kismetBaseURL: String { "\(origin)/api/external" }

    /// The base of Webex's API, without a slash at its end.
    package var webexBaseURL: String { "\(origin)/v1" }

    package var statistics: SimulatorStatistics { state.withLock { $0.statistics } }

    package func resetStatistics() {
        state.withLock { $0.statistics = SimulatorStatistics() }
    }
}
