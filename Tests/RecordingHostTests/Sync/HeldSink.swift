import RecordingHost

/// A sink whose first write waits for the test, and which heeds cancellation.
actor HeldSink: Sink {
    nonisolated let id = "held"
    nonisolated let locations: [String] = []
    private var hasArrived = false
    private var isOpen = false
    private var held: CheckedContinuation<Void, Never>?
    private var watcher: CheckedContinuation<Void, Never>?

    func recover(to position: SinkPosition?) async throws -> SinkPosition { SinkPosition() }

    func write(_ batch: RecordBatch) async throws {
        if !hasArrived {
            hasArrived = true
            watcher?.resume()
            if !isOpen { await withCheckedContinuation { held = $0 } }
        }
        try Task.checkCancellation()
    }

    func commit() async throws -> SinkPosition {
        try Task.checkCancellation()
        return SinkPosition()
    }

    func close() async {}

    func arrival() async {
        if !hasArrived { await withCheckedContinuation { watcher = $0 } }
    }

    func open() {
        isOpen = true
        held?.resume()
        held = nil
    }
}
