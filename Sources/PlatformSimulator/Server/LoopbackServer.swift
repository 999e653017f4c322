import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 with one thread per connection.
///
/// Blocking threads make stalls, resets and short bodies one-liners, and cost little next to the kernel's share of a request.
final class LoopbackServer: Sendable {
    typealias Handler = @Sendable (HTTPRequest) -> WireReply

    let port: UInt16
    private let listener: StreamSocket
    private let wake: WakePipe
    private let handler: Handler
    private let onConnection: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State {
        var acceptor: WorkerThread?
        var stopping = false
        var nextNumber = 0
        var open: [Int: StreamSocket] = [:]
        var threads: [Int: WorkerThread] = [:]
        var finished: [Int] = []
    }

    init(port: UInt16, onConnection: @escaping @Sendable () -> Void, handler: @escaping Handler) throws(SimulatorError)
    {
        self.handler = handler
        self.onConnection = onConnection
        (listener, self.port) = try StreamSocket.listening(port: port)
        do {
            wake = try WakePipe()
        } catch {
            listener.close()
            throw error
        }
        do {
            let thread = try WorkerThread { [self] in acceptConnections() }
            state.withLock { $0.acceptor = thread }
        } catch {
            listener.close()
            wake.close()
            throw error
        }
    }

    /// Ends every connection and joins every thread.
    ///
    /// Must be called once, from a thread that is not one of the server's.
    func stop() {
        let acceptor = state.withLock { state in
            state.stopping = true
            for connection in state.open.values { connection.shutDown() }
            return state.acceptor
        }
        wake.signal()
        acceptor?.join()
        let threads = state.withLock { state in
            defer { state.threads.removeAll() }
            return Array(state.threads.values)
        }
        for thread in threads { thread.join() }
        listener.close()
        wake.close()
    }

    private func acceptConnections() {
        while true {
            let hasConnection = StreamSocket.waitForInput(listener.descriptor, wake.readEnd)
            if state.withLock({ $0.stopping }) { return }
            joinFinished()
            guard hasConnection, let connection = listener.accept() else { continue }
            onConnection()
            start(connection)
        }
    }

    private func start(_ connection: StreamSocket) {
        state.withLock { state in
            guard !state.stopping else {
                connection.close()
                return
            }
            let number = state.nextNumber
            state.nextNumber += 1
            guard let thread = try? WorkerThread({ [self] in run(connection, number: number) }) else {
                connection.close()
                return
            }
            state.open[number] = connection
            state.threads[number] = thread
        }
    }

    private func run(_ connection: StreamSocket, number: Int) {
        serve(connection)
        state.withLock { state in
            // Closed under the lock, so that `stop` never shuts down a descriptor that the system has given to somebody else.
            state.open[number] = nil
            connection.close()
            state.finished.append(number)
        }
    }

    private func joinFinished() {
        let threads = state.withLock { state in
            defer { state.finished.removeAll(keepingCapacity: true) }
            return state.finished.compactMap { state.threads.removeValue(forKey: $0) }
        }
        for thread in threads { thread.join() }
    }

    private func serve(_ connection: StreamSocket) {
        var parser = RequestParser()
        var buffer = [UInt8](repeating: 0, count: 16384)
        while true {
            switch parser.next() {
            case .incomplete(let expectsContinue):
                if expectsContinue, !connection.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) { return }
                let count = connection.receive(into: &buffer)
                guard count > 0 else { return }
                parser.append(buffer[..<count])
            case .refused(let status):
                var response = HTTPResponse(status: status)
                response.closes = true
                _ = connection.send(response.wireBytes(wallSeconds: 0))
                return
            case .request(let request):
                guard answer(request, on: connection) else { return }
            }
        }
    }

    private func answer(_ request: HTTPRequest, on connection: StreamSocket) -> Bool {
        let reply = handler(request)
        if reply.delayMilliseconds > 0, !connection.staysOpen(milliseconds: Int32(reply.delayMilliseconds)) {
            return false
        }
        guard reply.bytes.isEmpty || connection.send(reply.bytes) else { return false }
        if let stream = reply.stream, !stream.send(on: connection) { return false }
        switch reply.ending {
        case .keepOpen:
            return request.keepsAlive
        case .close:
            return false
        case .reset:
            // What the peer has not taken yet is lost with a reset, so it is given a moment for what was sent on purpose.
            if reply.stream != nil { _ = connection.staysOpen(milliseconds: 30) }
            connection.resetOnClose()
            return false
        case .stall:
            _ = connection.staysOpen(milliseconds: -1)
            return false
        }
    }
}
