import RawJSON
public import RecordingKit
import Synchronization

/// Stands in for the host below a connector: answers requests with JSON pages and remembers them.
///
/// It neither retries, paces nor guards; it is for tests of what a connector asks and of what it makes of the answers. A request
/// is answered by its path; one without an answer throws `connector_failed` with its method and path. May be used concurrently.
public final class ScriptedAPI: APIExecutor {
    /// What a path is answered with.
    public enum Answer: Sendable {
        /// Pages, one after the other; a single request is answered with the first.
        case pages([JSONLiteral])
        /// Some pages, then a failure.
        case failure(TapedeckError, after: [JSONLiteral] = [])

        /// One page.
        public static func json(_ json: JSONLiteral) -> Answer { .pages([json]) }

        var pages: [JSONLiteral] {
            switch self {
            case .pages(let pages), .failure(_, let pages): pages
            }
        }
    }

    /// One request, with the paging that it was sent with.
    public struct Call: Sendable {
        /// What the connector wanted sent.
        public let request: APIRequest
        /// How it wanted the answer paged; nil for a single request.
        public let paging: Paging?
    }

    private let answers: [String: Answer]
    private let recorded = Mutex<[Call]>([])

    /// Makes a double that answers by path, relative to the base URL.
    public init(_ answers: [String: Answer] = [:]) { self.answers = answers }

    /// Everything that was asked, in order.
    public var calls: [Call] { recorded.withLock { $0 } }

    /// A client that asks this double.
    public var client: APIClient { APIClient(executor: self) }

    /// Answers with the first page.
    public func send(_ request: APIRequest) async throws -> APIResponse {
        recorded.withLock { $0.append(Call(request: request, paging: nil)) }
        return try response(to: request, page: 0) ?? missing(request)
    }

    /// Answers page by page.
    public func pager(for request: APIRequest, paging: Paging) -> any Pager {
        recorded.withLock { $0.append(Call(request: request, paging: paging)) }
        return ScriptedPager(api: self, request: request, paging: paging)
    }

    fileprivate func response(to request: APIRequest, page: Int) throws -> APIResponse? {
        guard let answer = answers[request.path] else { return try missing(request) }
        guard page < answer.pages.count else {
            if case .failure(let error, _) = answer { throw error }
            return nil
        }
        let json = try JSONDocument(parsing: answer.pages[page].bytes).root
        return APIResponse(status: 200, headers: [:], json: json)
    }

    private func missing(_ request: APIRequest) throws -> APIResponse {
        throw TapedeckError(.connectorFailed, "no answer is scripted for \(request.method) \(request.path)")
    }
}

private struct ScriptedPager: Pager {
    let api: ScriptedAPI
    let request: APIRequest
    let paging: Paging
    var number = 0

    mutating func nextPage() async throws -> APIPage? {
        guard let response = try api.response(to: request, page: number) else { return nil }
        number += 1
        let items = response.json.value(at: paging.items).map { Array($0.elements) } ?? []
        return APIPage(items: items, response: response, number: number)
    }
}
