import Synchronization

/// One request as it arrived, for those who want to know what was asked for twice.
package struct SimulatedRequest: Sendable, Hashable {
    package let endpoint: SimulatorEndpoint
    /// The path and the query, undecoded.
    package let target: String
}

extension PlatformSimulator {
    /// Begins to keep what arrives, which costs memory in proportion.
    package func keepRequests() {
        state.withLock { $0.requests = $0.requests ?? [] }
    }

    /// What arrived since the last call, or since ``keepRequests()``.
    package func takeRequests() -> [SimulatedRequest] {
        state.withLock { state in
            defer { if state.requests != nil { state.requests = [] } }
            return state.requests ?? []
        }
    }
}
