/// Tells who fetches a source's media that a listing has found more, and in the end that nothing more will be found.
struct MediaBell: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Something was found.
    func ring() { continuation.yield() }

    /// Nothing more will be found.
    func close() { continuation.finish() }

    /// Each time that something was found since the last time; ends when nothing more will be.
    ///
    /// For one task.
    var rings: AsyncStream<Void> { stream }
}
