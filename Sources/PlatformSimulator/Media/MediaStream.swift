/// Content that is made while it is sent.
struct MediaStream: Sendable {
    let content: MediaContent
    let range: Range<Int>
    /// One byte a second.
    var trickles = false
    /// Told how many bytes are about to be handed to the system: a client that has them all must find them counted.
    let onSent: @Sendable (Int) -> Void

    /// Sends everything, and says whether the peer took it.
    func send(on connection: StreamSocket) -> Bool {
        var block = MediaBlock()
        var offset = range.lowerBound
        while offset < range.upperBound {
            let number = offset / MediaContent.blockLength
            let start = offset - number * MediaContent.blockLength
            let count = min(MediaContent.blockLength - start, range.upperBound - offset)
            block.load(number, of: content, count: start + count)
            guard send(block.bytes, in: start..<(start + count), on: connection) else { return false }
            offset += count
        }
        return true
    }

    private func send(_ bytes: [UInt8], in part: Range<Int>, on connection: StreamSocket) -> Bool {
        guard trickles else {
            onSent(part.count)
            return connection.send(bytes, in: part)
        }
        for index in part {
            onSent(1)
            guard connection.send(bytes, in: index..<(index + 1)) else { return false }
            guard connection.staysOpen(milliseconds: 1000) else { return false }
        }
        return true
    }
}
