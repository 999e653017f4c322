public import RecordingHost
import Synchronization

/// A transport for media that answers from a script and remembers what it was asked; opens no connection.
///
/// May be used concurrently. As the protocol asks, the receiver is called for one part at a time and not after the call has ended; a
/// cancelled task ends before the next part. When a transfer is to fail before its first part, the receiver is not told of its head.
public final class ScriptedMediaTransport: MediaTransport {
    /// Tells the answer to a request; what it throws is thrown to the caller as it is.
    public typealias Script = @Sendable (MediaRequest) async throws -> ScriptedMediaAnswer

    private struct State {
        var requests: [MediaRequest] = []
        var pending = 0
        var largestPending = 0
    }

    private let script: Script
    private let state = Mutex(State())

    /// Makes a transport that answers as `script` says.
    public init(_ script: @escaping Script) {
        self.script = script
    }

    /// Every request, in the order in which they came.
    public var requests: [MediaRequest] { state.withLock { $0.requests } }

    /// The most requests that were under way at the same time.
    public var largestPending: Int { state.withLock { $0.largestPending } }

    /// Answers from the script.
    ///
    /// - Throws: the scripted failure, what the script or the receiver throws, `CancellationError`.
    public func fetch(_ request: MediaRequest, into receiver: any MediaReceiver) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.requests.append(request)
            state.pending += 1
            state.largestPending = max(state.largestPending, state.pending)
        }
        defer { state.withLock { $0.pending -= 1 } }
        let answer = try await script(request)
        guard try await Self.hand(answer, to: receiver) else { return }
        switch answer.end {
        case .complete: return
        case .failure(let error): throw error
        case .hang:
            let silence = AsyncStream<Never> { _ in }
            for await _ in silence {}
            throw CancellationError()
        }
    }

    /// Hands over what there is; false when the receiver wants nothing of it.
    private static func hand(_ answer: ScriptedMediaAnswer, to receiver: any MediaReceiver) async throws -> Bool {
        await Task.yield()
        try Task.checkCancellation()
        guard let head = answer.head else { return true }
        if answer.parts.isEmpty, case .failure = answer.end { return true }
        if answer.parts.isEmpty, case .hang = answer.end { return true }
        guard try receiver.begin(head) else { return false }
        for part in answer.parts {
            try receiver.receive(part.span)
            await Task.yield()
            try Task.checkCancellation()
        }
        return true
    }
}
