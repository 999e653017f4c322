/// Cuts requests out of the bytes of a connection (RFC 9112, the part that clients of JSON APIs use).
struct RequestParser {
    enum Outcome {
        /// More bytes are needed; the flag asks for `100 Continue` first.
        case incomplete(expectsContinue: Bool)
        case request(HTTPRequest)
        /// The bytes are no request that this server takes; the connection cannot go on.
        case refused(status: Int)
    }

    static let headLimit = 65536
    static let bodyLimit = 1 << 20

    private var pending: [UInt8] = []
    private var scanned = 0
    private var head: (request: HTTPRequest, bodyStart: Int, bodyLength: Int)?
    private var askedToContinue = false

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        pending.append(contentsOf: bytes)
    }

    mutating func next() -> Outcome {
        if head == nil {
            guard let end = endOfHead() else {
                return pending.count > Self.headLimit ? .refused(status: 431) : .incomplete(expectsContinue: false)
            }
            guard let request = Self.parseHead(pending[..<end]) else { return .refused(status: 400) }
            guard request[header: "transfer-encoding"] == nil else { return .refused(status: 411) }
            let length = request[header: "content-length"].map { Int($0) ?? -1 } ?? 0
            guard length >= 0, length <= Self.bodyLimit else { return .refused(status: length < 0 ? 400 : 413) }
            head = (request, end + 4, length)
        }
        guard let (parsed, start, length) = head else { return .incomplete(expectsContinue: false) }
        guard pending.count >= start + length else {
            let asks = !askedToContinue && parsed[header: "expect"]?.lowercased() == "100-continue"
            askedToContinue = askedToContinue || asks
            return .incomplete(expectsContinue: asks)
        }
        var request = parsed
        request.body = Array(pending[start..<(start + length)])
        if pending.count == start + length {
            pending.removeAll(keepingCapacity: true)
        } else {
            pending.removeFirst(start + length)
        }
        head = nil
        scanned = 0
        askedToContinue = false
        return .request(request)
    }

    private mutating func endOfHead() -> Int? {
        var index = scanned
        while index + 3 < pending.count {
            if pending[index] == 13, pending[index + 1] == 10, pending[index + 2] == 13, pending[index + 3] == 10 {
                return index
            }
            index += 1
        }
        scanned = max(0, pending.count - 3)
        return nil
    }

    private static func parseHead(_ bytes: ArraySlice<UInt8>) -> HTTPRequest? {
        var lineStart = bytes.startIndex
        var request: HTTPRequest?
        while lineStart < bytes.endIndex {
            let lineEnd = bytes[lineStart...].firstIndex(of: 13) ?? bytes.endIndex
            let line = bytes[lineStart..<lineEnd]
            lineStart = lineEnd + 2
            guard request != nil else {
                request = parseRequestLine(line)
                if request == nil { return nil }
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            var value = line[(colon + 1)...]
            while let first = value.first, first == 32 || first == 9 { value.removeFirst() }
            while let last = value.last, last == 32 || last == 9 { value.removeLast() }
            request?.headers.append((lowercased(line[..<colon]), String(decoding: value, as: UTF8.self)))
        }
        if let connection = request?[header: "connection"]?.lowercased() {
            let persists = request?.keepsAlive == true
            request?.keepsAlive = connection == "keep-alive" || (persists && connection != "close")
        }
        return request
    }

    private static func parseRequestLine(_ line: ArraySlice<UInt8>) -> HTTPRequest? {
        let parts = line.split(separator: 32, omittingEmptySubsequences: false)
        guard parts.count == 3, let first = parts[1].first, first == UInt8(ascii: "/") else { return nil }
        let version = String(decoding: parts[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return nil }
        let question = parts[1].firstIndex(of: UInt8(ascii: "?"))
        let query = question.map { parts[1][($0 + 1)...] } ?? []
        return HTTPRequest(
            method: String(decoding: parts[0], as: UTF8.self),
            path: String(decoding: question.map { parts[1][..<$0] } ?? parts[1], as: UTF8.self),
            query: QueryParameters(query),
            target: String(decoding: parts[1], as: UTF8.self),
            headers: [],
            keepsAlive: version == "HTTP/1.1"
        )
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.lazy.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
