import Foundation
import Synchronization

/// A server on a loopback port that runs one script on one thread for each connection.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (ServerConnection) -> Void

    private struct State {
        var isStopping = false
        var accepted = 0
        var open: Set<Int32> = []
    }

    let port: UInt16
    private let listener: Int32
    private let script: Script
    private let state = Mutex(State())
    private let threads = DispatchGroup()

    init(_ script: @escaping Script) throws {
        self.script = script
        (listener, port) = try Sockets.listen()
        startThread { $0.acceptConnections() }
    }

    /// How many connections there have been.
    var accepted: Int { state.withLock { $0.accepted } }

    /// How many connections the server holds open.
    var openConnections: Int { state.withLock { $0.open.count } }

    /// Ends all connections and waits for their threads.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            for descriptor in state.open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
        Sockets.closeQuietly(Sockets.connect(to: port))
        threads.wait()
    }

    private func acceptConnections() {
        while true {
            let descriptor = accept(listener, nil, nil)
            let isWelcome = state.withLock { state in
                guard !state.isStopping, descriptor >= 0 else { return false }
                state.accepted += 1
                state.open.insert(descriptor)
                return true
            }
            guard isWelcome else {
                Sockets.closeQuietly(descriptor)
                break
            }
            startThread { $0.serve(descriptor) }
        }
        Sockets.closeQuietly(listener)
    }

    private func serve(_ descriptor: Int32) {
        Sockets.prepare(descriptor)
        script(ServerConnection(descriptor))
        // Closed under the lock, as `stop` must not shut down a descriptor that belongs to somebody else by then.
        state.withLock { state in
            state.open.remove(descriptor)
            Sockets.closeQuietly(descriptor)
        }
    }

    private func startThread(_ body: @escaping @Sendable (ScriptedServer) -> Void) {
        threads.enter()
        let thread = Thread { [self] in
            body(self)
            threads.leave()
        }
        thread.stackSize = 256 << 10
        thread.start()
    }
}
