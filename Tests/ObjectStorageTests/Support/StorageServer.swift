import Foundation
import Synchronization

/// A server of object storage in a process of its own, which ends with this process at the latest.
final class StorageServer: Sendable {
    /// The one server that all tests share; they keep apart by their prefixes.
    static let shared = Result { try StorageServer() }
    static let bucket = "media"

    let port: Int
    // Its end closes when this process ends, and that ends the server.
    private let input: Pipe

    private init() throws {
        let process = Python.process("serve.py", ["AKIAIOSFODNN7EXAMPLE", StorageBench.secret, Self.bucket])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CocoaError(.fileReadUnknown) }
            line += more
        }
        guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self)) else {
            throw CocoaError(.fileReadUnknown)
        }
        self.port = port
        self.input = input
    }
}
