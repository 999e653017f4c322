/// What a connection does with a request: wait, send bytes, then go on or break off.
struct WireReply: Sendable {
    enum Ending: Sendable {
        case keepOpen
        case close
        /// A TCP reset.
        case reset
        /// Nothing more is sent until the peer gives up or the server stops.
        case stall
    }

    var delayMilliseconds = 0
    var bytes: [UInt8] = []
    /// Content that follows the bytes.
    var stream: MediaStream?
    var ending = Ending.keepOpen
}
