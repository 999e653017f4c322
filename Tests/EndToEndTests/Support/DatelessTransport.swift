import RecordingHost
import RecordingKit

/// Takes the `Date` field out of every answer, as a proxy may: nothing tells that this machine's clock is wrong.
struct DatelessTransport: HTTPTransport {
    let next: any HTTPTransport

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var response = try await next.send(request)
        response.headers.remove("Date")
        return response
    }
}
