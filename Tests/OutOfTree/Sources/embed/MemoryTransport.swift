import RecordingHost
import RecordingKit

// snippet.transport
/// A transport of an embedding program's own: it answers from memory, and only who shows the right credentials.
struct MemoryTransport: HTTPTransport {
    /// JSON by path, or by path, `?` and one parameter of the query where that tells pages apart.
    let answers: [String: String]
    /// The answer that never comes; asking for it is told to `onStall`.
    var stalled: String?
    /// Told that the stalled answer was asked for.
    var onStall: @Sendable () -> Void = {}

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        guard isAllowed(request) else { return TransportResponse(status: 401) }
        let parameters = (request.url.query ?? "").split(separator: "&")
        let keys = parameters.map { "\(request.url.path)?\($0)" } + [request.url.path]
        guard let key = keys.first(where: { answers[$0] != nil || $0 == stalled }) else {
            return TransportResponse(status: 404)
        }
        if key == stalled {
            onStall()
            try await Task.sleep(for: .seconds(3600))
        }
        let headers: HTTPHeaders = ["Content-Type": "application/json"]
        return TransportResponse(status: 200, headers: headers, body: Array((answers[key] ?? "").utf8))
    }

    private func isAllowed(_ request: TransportRequest) -> Bool {
        request.headers["Authorization"] == "Bearer token"
            || request.headers["X-Client-ID"] == "id" && request.headers["X-Client-Secret"] == "secret"
    }
}
// snippet.end
