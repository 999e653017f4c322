import RecordingHost

/// What has come in for one transfer, held to its limits.
struct Reception {
    /// What the header section of all answers to a request may be, interim answers and trailers included.
    private static let headerLimit = (lines: 1000, bytes: 256 << 10)
    /// The most that is reserved on the word of a `Content-Length`.
    private static let reservedBytes = 1 << 20

    private(set) var body: [UInt8] = []
    /// Why the transfer was ended from this side.
    private(set) var failure: TransportError?
    private let bodyLimit: Int
    private var headerLines = 0
    private var headerBytes = 0

    init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    /// Makes room before the first part of a body whose announced length is `length`, or below 0 when there is none.
    mutating func expect(length: Int) {
        if length > bodyLimit { return refuseBody() }
        if length > 0 { body.reserveCapacity(min(length, Self.reservedBytes)) }
    }

    /// Appends a part of the body; false when it must not go on.
    mutating func append(_ part: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        guard part.count <= bodyLimit - body.count else {
            refuseBody()
            return false
        }
        unsafe body.append(contentsOf: part)
        return true
    }

    /// Counts a header line; false when it must not go on.
    mutating func countHeader(bytes: Int) -> Bool {
        headerLines += 1
        headerBytes += bytes
        guard headerLines <= Self.headerLimit.lines, headerBytes <= Self.headerLimit.bytes else {
            failure = TransportError(.malformed, "the header section is too large")
            return false
        }
        return true
    }

    private mutating func refuseBody() {
        failure = TransportError(.tooLarge, "the body is larger than \(bodyLimit) bytes")
        body = []
    }
}
