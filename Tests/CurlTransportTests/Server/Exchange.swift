import CurlTransport
import RecordingHost
import RecordingKit
import Testing

/// Runs `body` with a server and a transport, and stops both, however it ends.
func withServer<Result>(
    configuration: CurlTransportConfiguration = CurlTransportConfiguration(proxy: .none),
    _ script: @escaping ScriptedServer.Script,
    _ body: (CurlTransport, ScriptedServer) async throws -> Result
) async throws -> Result {
    let server = try ScriptedServer(script)
    defer { server.stop() }
    return try await withCurlTransport(configuration: configuration) { try await body($0, server) }
}

extension ScriptedServer {
    /// A request to this server.
    func request(
        _ method: String = "GET",
        _ path: String = "/",
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil,
        limits: TransportLimits = TransportLimits()
    ) throws -> TransportRequest {
        let url = try #require(HTTPURL("http://127.0.0.1:\(port)\(path)"))
        return TransportRequest(method: method, url: url, headers: headers, body: body, limits: limits)
    }
}

/// How a call ended.
enum Outcome: Hashable, Sendable {
    case answered(Int)
    case cancelled
    case failed(TransportError.Kind)
    case other(String)
}

extension CurlTransport {
    /// Sends `request` and tells how that ended.
    func outcome(of request: TransportRequest) async -> Outcome {
        do {
            return .answered(try await send(request).status)
        } catch is CancellationError {
            return .cancelled
        } catch let error as TransportError {
            return .failed(error.kind)
        } catch {
            return .other("\(error)")
        }
    }
}

extension TransportResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
