import Digest
import RecordingHost
import RecordingKit
import Synchronization

@testable import ObjectStorage

/// An object storage in memory behind the transport's seam, which can be told to misbehave.
///
/// It answers path-style requests for one bucket as the reference of Amazon S3's API describes, checks every checksum it is
/// given, and remembers every request.
final class MemoryStorage: HTTPTransport {
    struct Object: Sendable {
        var bytes: [UInt8]
        var headers: HTTPHeaders
        var checksum: String?
    }

    struct Upload: Sendable {
        var key: String
        var headers: HTTPHeaders
        var parts: [Int: [UInt8]] = [:]
    }

    struct State: Sendable {
        var objects: [String: Object] = [:]
        var uploads: [String: Upload] = [:]
        var requests: [TransportRequest] = []
        var lastUpload = 0
        var underWay = 0
        var mostUnderWay = 0
    }

    /// What happens instead of, or to, an answer.
    enum Fault: Sendable {
        case answer(TransportResponse)
        case failure(TransportError.Kind)
        /// The request is carried out and its answer is lost.
        case lostAnswer
    }

    typealias Faults = @Sendable (_ number: Int, TransportRequest) -> Fault?

    let bucket: String
    private let state = Mutex(State())
    private let faults: Mutex<Faults>

    init(bucket: String = "media", faults: @escaping Faults = { _, _ in nil }) {
        self.bucket = bucket
        self.faults = Mutex(faults)
    }

    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var objects: [String: Object] { state.withLock { $0.objects } }
    var uploads: [String: Upload] { state.withLock { $0.uploads } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// Method and query names of every request, such as `PUT partNumber uploadId`.
    var log: [String] {
        requests.map { ([$0.method] + StorageCall($0).query.map(\.name).sorted()).joined(separator: " ") }
    }

    func misbehave(_ faults: @escaping Faults) { self.faults.withLock { $0 = faults } }
    func forgetRequests() { state.withLock { $0.requests = [] } }
    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let number = state.withLock { state in
            state.requests.append(request)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            return state.requests.count
        }
        defer { state.withLock { $0.underWay -= 1 } }
        await Task.yield()
        let fault = faults.withLock { $0 }(number, request)
        switch fault {
        case .answer(let response): return response
        case .failure(let kind): throw TransportError(kind, "as told")
        case .lostAnswer, nil: break
        }
        let response = try state.withLock { try $0.answer(StorageCall(request), bucket: bucket) }
        if case .lostAnswer = fault { throw TransportError(.connectionBroken, "as told") }
        return response
    }
}

/// A request taken apart.
struct StorageCall {
    let method: String
    let path: String
    let query: [(name: String, value: String)]
    let headers: HTTPHeaders
    let body: [UInt8]

    init(_ request: TransportRequest) {
        method = request.method
        path = PercentEncoding.decode(request.url.path) ?? ""
        query = (request.url.query ?? "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(sides[0]), PercentEncoding.decode(sides.count > 1 ? sides[1] : "") ?? "")
        }
        headers = request.headers
        body = request.body ?? []
    }

    subscript(name: String) -> String? { query.first { $0.name == name }?.value }
}

extension TransportResponse {
    static func refusal(_ status: Int, _ code: String, headers: HTTPHeaders = [:]) -> TransportResponse {
        let text = "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>secret text</Message></Error>"
        return TransportResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    static func document(_ text: String) -> TransportResponse {
        TransportResponse(status: 200, body: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(text)".utf8))
    }
}
