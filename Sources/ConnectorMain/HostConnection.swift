import PluginProtocol

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The two descriptors that lead to the host.
///
/// Its methods block until they are done. Nothing else waits for the thread that they block: the host answers what it is asked,
/// and asks for one thing at a time.
actor HostConnection {
    /// The host has closed the connection: the program is to end.
    struct Closed: Error {}

    static let input: Int32 = 3
    static let output: Int32 = 4

    private var splitter = LineSplitter(longestLine: 1 << 30)
    private var lines: [[UInt8]] = []
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)

    /// The host's next message.
    ///
    /// - Throws: ``Closed``, `ProtocolViolation`, `JSONError`.
    func next() throws -> HostMessage {
        while lines.isEmpty {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(Self.input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Closed() }
            try splitter.take(buffer[..<count]) { lines.append($0) }
        }
        return try HostMessage(line: lines.removeFirst())
    }

    /// Says something that has no answer.
    ///
    /// - Throws: ``Closed``.
    func say(_ line: [UInt8]) throws {
        var sent = 0
        while sent < line.count {
            let count = unsafe line.withUnsafeBytes { bytes in
                unsafe write(Self.output, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Closed() }
            sent += count
        }
    }

    /// Says something and returns the answer; two of them never mix.
    ///
    /// - Throws: ``Closed``; `CancellationError` when the host answers that it wants nothing more; `ProtocolViolation`, `JSONError`.
    func ask(_ line: [UInt8]) throws -> HostMessage {
        try say(line)
        let answer = try next()
        if case .cancel = answer { throw CancellationError() }
        return answer
    }

    /// Tells whoever has started the program something.
    static func complain(_ sentence: String) {
        let bytes = Array(sentence.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
