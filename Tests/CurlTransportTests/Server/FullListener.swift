/// A loopback port where connecting hangs, as its queue is full and nobody takes from it.
struct FullListener {
    let port: UInt16
    private let descriptors: [Int32]

    init() throws {
        let (listener, port) = try Sockets.listen(backlog: 0)
        self.port = port
        descriptors = [listener] + (0..<8).map { _ in Sockets.startConnecting(to: port) }
    }

    func close() {
        for descriptor in descriptors { Sockets.closeQuietly(descriptor) }
    }
}
