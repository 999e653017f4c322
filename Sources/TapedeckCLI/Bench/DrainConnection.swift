#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A connection to a port of this machine over which answers are fetched and hardly looked at.
///
/// It knows just as much of HTTP as the simulated platforms speak: lengths and one `Link`. It is closed when nobody holds it any more.
final class DrainConnection {
    /// One answer.
    struct Answer {
        var status: Int
        /// How long the body was.
        var length: Int
        /// The path and query of the next page, from the `Link` field.
        var next: String?
        /// The body, when it was asked for.
        var body: [UInt8] = []
    }

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    /// The bytes of the buffer that came and were not used yet.
    private var unread = 0..<0

    /// Connects to 127.0.0.1; nil when nobody listens.
    init?(port: Int) {
        #if canImport(Glibc)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, length) }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        var noDelay: Int32 = 1
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, 4)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Asks for a path and query, and reads the answer to its end; nil when the connection broke.
    func get(_ target: String, fields: String, keepingBody: Bool = false) -> Answer? {
        let request = Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(fields)\r\n".utf8)
        guard send(request), let end = readHead() else { return nil }
        let head = String(decoding: buffer[unread.lowerBound..<end], as: UTF8.self)
        unread = end..<unread.upperBound
        guard var answer = Self.answer(head) else { return nil }
        if keepingBody { answer.body.reserveCapacity(answer.length) }
        var left = answer.length
        while left > 0 {
            if unread.isEmpty, !receive() { return nil }
            let taken = min(left, unread.count)
            let part = unread.prefix(taken)
            if keepingBody { answer.body += buffer[part] }
            unread = part.upperBound..<unread.upperBound
            left -= taken
        }
        return answer
    }

    private static func answer(_ head: String) -> Answer? {
        let lines = head.split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        var answer = Answer(status: status, length: 0)
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon] {
            case "Content-Length":
                guard let length = Int(value) else { return nil }
                answer.length = length
            case "Link": answer.next = target(inLink: value)
            default: continue
            }
        }
        return answer
    }

    /// The path and query of `<http://127.0.0.1:1/v1/x?y>; rel="next"`.
    private static func target(inLink value: Substring) -> String? {
        let address = value.dropFirst().prefix { $0 != ">" }
        guard let slash = address.dropFirst("http://".count).firstIndex(of: "/") else { return nil }
        return String(address[slash...])
    }

    /// Reads until the buffer holds a whole head, and says where that ends.
    private func readHead() -> Int? {
        var scanned = unread.lowerBound
        while true {
            while scanned + 3 < unread.upperBound {
                if buffer[scanned] == 13, buffer[scanned + 2] == 13, buffer[scanned + 3] == 10 { return scanned + 4 }
                scanned += 1
            }
            let offset = scanned - unread.lowerBound
            guard receive() else { return nil }
            scanned = unread.lowerBound + offset
        }
    }

    /// Waits for more bytes; false when there come none, or when they do not fit.
    private func receive() -> Bool {
        if unread.isEmpty { unread = 0..<0 }
        if unread.upperBound == buffer.count {
            guard unread.lowerBound > 0 else { return false }
            let rest = Array(buffer[unread])
            buffer.replaceSubrange(0..<rest.count, with: rest)
            unread = 0..<rest.count
        }
        let start = unread.upperBound
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe recv(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start, 0)
        }
        guard count > 0 else { return false }
        unread = unread.lowerBound..<(start + count)
        return true
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            #if canImport(Glibc)
            unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL)) == buffer.count
            #elseif canImport(Musl)
            unsafe Musl.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL)) == buffer.count
            #else
            unsafe Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0) == buffer.count
            #endif
        }
    }
}
