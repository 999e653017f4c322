import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A blocking HTTP client over one socket that shows what really came: status, every header field, the bytes, and how it ended.
final class RawClient {
    enum Ending: Equatable {
        case whole
        case closedEarly
        case reset
        case timedOut
    }

    struct Answer {
        var status = 0
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var ending = Ending.whole

        func values(_ name: String) -> [String] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }

        subscript(header name: String) -> String? { values(name).first }

        var text: String { String(decoding: body, as: UTF8.self) }

        var json: JSON { get throws { try JSONDecoder().decode(JSON.self, from: Data(body)) } }
    }

    private let port: UInt16
    private var descriptor: Int32 = -1
    private let timeoutMilliseconds: Int32

    init(port: UInt16, timeoutMilliseconds: Int32 = 3000) {
        self.port = port
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    deinit {
        disconnect()
    }

    func disconnect() {
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
    }

    /// Sends a request on the open connection, or on a new one, and reads the answer.
    ///
    /// `target` may be an absolute URL.
    func send(
        _ target: String,
        method: String = "GET",
        headers: [String: String] = [:],
        body: String? = nil
    ) -> Answer {
        var path = target
        if target.hasPrefix("http"), let slashes = target.range(of: "//"),
            let slash = target[slashes.upperBound...].firstIndex(of: "/")
        {
            path = String(target[slash...])
        }
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
        text += "\r\n\(body ?? "")"
        return exchange(Array(text.utf8))
    }

    func exchange(_ bytes: [UInt8]) -> Answer {
        if descriptor < 0 { connectToLoopback() }
        _ = unsafe bytes.withUnsafeBytes { unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, 0x4000) }
        let answer = readAnswer()
        if answer.ending != .whole || answer[header: "Connection"] == "close" { disconnect() }
        return answer
    }

    private func readAnswer() -> Answer {
        var received: [UInt8] = []
        var answer = Answer()
        while true {
            if let end = headEnd(received) {
                if answer.status == 0 { parseHead(received[..<end], into: &answer) }
                let length = answer[header: "Content-Length"].flatMap { Int($0) } ?? 0
                answer.body = Array(received[(end + 4)...].prefix(length))
                if received.count >= end + 4 + length { return answer }
            }
            switch read() {
            case .success(let bytes): received += bytes
            case .failure(let stop):
                answer.ending = stop.ending
                return answer
            }
        }
    }

    private struct Stop: Error {
        let ending: Ending
    }

    private func read() -> Result<[UInt8], Stop> {
        var entry = pollfd()
        entry.fd = descriptor
        entry.events = Int16(POLLIN)
        guard unsafe poll(&entry, 1, timeoutMilliseconds) > 0 else { return .failure(Stop(ending: .timedOut)) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count > 0 { return .success(Array(buffer[..<count])) }
        return .failure(Stop(ending: count == 0 ? .closedEarly : .reset))
    }

    private func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first {
            bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
        }
    }

    private func parseHead(_ bytes: ArraySlice<UInt8>, into answer: inout Answer) {
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            answer.headers.append((String(line[..<colon]), value))
        }
    }

    private func connectToLoopback() {
        #if canImport(Glibc)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
