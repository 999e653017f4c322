public import RecordingHost
import RecordingKit
import Synchronization

/// A transport that answers from a script and remembers what it was asked; opens no connection.
///
/// A request is answered by the first route that matches it and has an answer left. One that no route answers fails with
/// ``TransportError/Kind/transportFailed`` and a message with its method and path, and is listed in ``unscripted``. May be used
/// concurrently.
public final class ScriptedTransport: HTTPTransport {
    fileprivate struct State {
        var requests: [TransportRequest] = []
        var unscripted: [String] = []
        var answered: [Int]
        var pending = 0
        var largestPending = 0
    }

    private let routes: [ScriptedRoute]
    private let state: Mutex<State>

    /// Makes a transport that answers from `routes`.
    public init(_ routes: [ScriptedRoute]) {
        self.routes = routes
        state = Mutex(State(answered: routes.map { _ in 0 }))
    }

    /// Every request, in the order in which they came.
    public var requests: [TransportRequest] { state.withLock { $0.requests } }

    /// Method and path of each request that no route answered.
    public var unscripted: [String] { state.withLock { $0.unscripted } }

    /// The most requests that were under way at the same time.
    public var largestPending: Int { state.withLock { $0.largestPending } }

    /// How many scripted answers were never asked for.
    public var unusedAnswers: Int {
        state.withLock { state in
            zip(routes, state.answered).reduce(0) { $0 + max(0, $1.0.answers.count - $1.1) }
        }
    }

    /// Answers from the script.
    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let answer = state.withLock { $0.take(request, routes) }
        defer { state.withLock { $0.pending -= 1 } }
        await Task.yield()
        switch answer?.kind {
        case .response(let make): return make(request)
        case .failure(let error): throw error
        case .hang:
            let silence = AsyncStream<Never> { _ in }
            for await _ in silence {}
            throw CancellationError()
        case nil:
            throw TransportError(.transportFailed, "no answer is scripted for \(request.method) \(request.url.path)")
        }
    }
}

extension ScriptedTransport.State {
    /// Counts a request and finds its answer.
    fileprivate mutating func take(_ request: TransportRequest, _ routes: [ScriptedRoute]) -> ScriptedAnswer? {
        requests.append(request)
        pending += 1
        largestPending = max(largestPending, pending)
        for (index, route) in routes.enumerated() where route.matches(request) {
            guard let answer = route.answer(after: answered[index]) else { continue }
            answered[index] += 1
            return answer
        }
        unscripted.append("\(request.method) \(request.url.path)")
        return nil
    }
}
