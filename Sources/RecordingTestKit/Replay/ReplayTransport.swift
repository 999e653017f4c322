public import RecordingHost
public import RecordingKit
import Synchronization

/// A transport that answers from recorded exchanges; opens no connection.
///
/// A request is answered by the exchanges that it matches in method, path, query and content, one after the other, and by the last of
/// them for ever. One that matches none fails with ``TransportError/Kind/transportFailed``, and ``unrecorded`` says what was asked. May
/// be used concurrently.
public final class ReplayTransport: HTTPTransport {
    private struct Progress {
        var asked: [Int]
        var unrecorded: [String] = []
    }

    private let baseURL: HTTPURL
    private let exchanges: [RecordedExchange]
    private let places: [RequestKey: [Int]]
    private let progress: Mutex<Progress>

    /// Makes a transport that answers requests below `baseURL` from `exchanges`.
    public init(_ exchanges: [RecordedExchange], baseURL: HTTPURL) {
        self.baseURL = baseURL
        self.exchanges = exchanges
        places = exchanges.indices.reduce(into: [:]) {
            $0[RequestKey(exchanges[$1].request), default: []].append($1)
        }
        progress = Mutex(Progress(asked: exchanges.map { _ in 0 }))
    }

    /// One sentence for each request that no exchange answers, each once, in order.
    public var unrecorded: [String] { progress.withLock { $0.unrecorded } }

    /// The exchanges that were never asked for.
    public var unasked: [RecordedExchange] {
        progress.withLock { progress in
            exchanges.indices.filter { progress.asked[$0] == 0 }.map { exchanges[$0] }
        }
    }

    /// Answers from the recording.
    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        await Task.yield()
        let asked = RecordedRequest(request, baseURL: baseURL)
        let candidates = (places[RequestKey(asked)] ?? []).filter { index in
            exchanges[index].request.headers.allSatisfy { request.headers[$0.name] == $0.value }
        }
        let found: Int? = progress.withLock { progress in
            guard let index = candidates.first(where: { progress.asked[$0] == 0 }) ?? candidates.last else {
                let sentence = UnrecordedRequest(asked, among: exchanges.map(\.request)).description
                if !progress.unrecorded.contains(sentence) { progress.unrecorded.append(sentence) }
                return nil
            }
            progress.asked[index] += 1
            return index
        }
        guard let found else {
            throw TransportError(.transportFailed, "no answer is recorded for \(request.method) \(request.url.path)")
        }
        let response = exchanges[found].response
        return TransportResponse(status: response.status, headers: response.headers, body: response.body)
    }
}

/// What makes two requests the same.
struct RequestKey: Hashable {
    private let method: String
    private let path: String
    private let query: [String]
    private let body: String?

    init(_ request: RecordedRequest) {
        method = request.method
        path = PercentEncoding.decode(request.path) ?? request.path
        query = request.query.map { "\($0.name)=\($0.value)" }.sorted()
        body = request.body
    }
}

extension RecordedRequest {
    /// What a request asks for, as it is recorded.
    init(_ request: TransportRequest, baseURL: HTTPURL) {
        self.init(
            request.method,
            RecordedRequest.path(of: request.url, below: baseURL),
            query: request.queryParameters.map { Parameter($0.name, $0.value) },
            body: request.body.map { String(decoding: $0, as: UTF8.self) }
        )
    }

    /// The path of a URL relative to a base URL, beginning with `/`; the URL without its query where it is elsewhere.
    static func path(of url: HTTPURL, below baseURL: HTTPURL) -> String {
        let base = baseURL.path.hasSuffix("/") ? String(baseURL.path.dropLast()) : baseURL.path
        guard url.origin == baseURL.origin, url.path.hasPrefix(base + "/") || url.path == base else {
            return url.description
        }
        let path = url.path.dropFirst(base.count)
        return path.isEmpty ? "/" : String(path)
    }
}
