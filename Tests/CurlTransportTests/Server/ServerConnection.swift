import Foundation

/// The server's end of one connection.
final class ServerConnection {
    /// A request as it came in.
    struct Request: Sendable {
        /// Request line and header fields, without the empty line.
        var head: String
        var body: [UInt8]

        var line: String { head.prefix { $0 != "\r\n" }.description }
        var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

        func value(_ name: String) -> String? {
            head.split(separator: "\r\n").dropFirst().lazy
                .first { $0.lowercased().hasPrefix("\(name.lowercased()):") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    private let descriptor: Int32
    private var received: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next request; nil at the end of the connection.
    func nextRequest() -> Request? {
        while true {
            if let end = received.firstIndex(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: received[..<end], as: UTF8.self)
                received.removeFirst(end + 4)
                var request = Request(head: head, body: [])
                guard let body = take(request.value("Content-Length").flatMap { Int($0) } ?? 0) else { return nil }
                request.body = body
                return request
            }
            guard fill() else { return nil }
        }
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool { Sockets.send(bytes, to: descriptor) }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends an answer with a `Content-Length`.
    @discardableResult
    func answer(_ status: String = "200 OK", _ fields: [String] = [], body: [UInt8] = []) -> Bool {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + fields
        return send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    @discardableResult
    func answer(_ status: String = "200 OK", _ fields: [String] = [], text: String) -> Bool {
        answer(status, fields, body: Array(text.utf8))
    }

    /// Answers each request until the client closes the connection.
    func answerAll(_ body: (Request) -> Void) {
        while let request = nextRequest() { body(request) }
    }

    /// Sends nothing more and waits until the client closes the connection.
    func stall() {
        while !Sockets.receive(from: descriptor).isEmpty {}
    }

    /// Waits for a moment; false when the client has closed the connection.
    func pause(milliseconds: Int32) -> Bool {
        !Sockets.waitForInput(on: descriptor, milliseconds: milliseconds)
    }

    /// Ends the connection with a reset.
    func reset() { Sockets.resetOnClose(descriptor) }

    private func take(_ count: Int) -> [UInt8]? {
        while received.count < count {
            guard fill() else { return nil }
        }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    private func fill() -> Bool {
        let part = Sockets.receive(from: descriptor)
        received += part
        return !part.isEmpty
    }
}

extension [UInt8] {
    fileprivate func firstIndex(of part: [UInt8]) -> Int? {
        guard count >= part.count else { return nil }
        return (0...(count - part.count)).first { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
