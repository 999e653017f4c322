import RecordingHost

/// The body of one answer, held to its limit.
struct Reception {
    /// The most that is reserved on the word of a `Content-Length`.
    private static let reservedBytes = 1 << 20

    private(set) var body: [UInt8] = []
    /// Why the transfer was ended from this side.
    private(set) var failure: TransportError?
    private let bodyLimit: Int

    init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    /// Makes room before the first part of a body whose announced length is `length`, or below 0 when there is none.
    mutating func expect(length: Int) {
        if length > bodyLimit { return refuseBody() }
        if length > 0 { body.reserveCapacity(min(length, Self.reservedBytes)) }
    }

    /// Appends a part of the body; false when it must not go on.
    mutating func append(_ part: Span<UInt8>) -> Bool {
        guard failure == nil else { return false }
        guard part.count <= bodyLimit - body.count else {
            refuseBody()
            return false
        }
        unsafe part.withUnsafeBufferPointer { unsafe body.append(contentsOf: $0) }
        return true
    }

    private mutating func refuseBody() {
        failure = TransportError(.tooLarge, "the body is larger than \(bodyLimit) bytes")
        body = []
    }
}
