/// A connector's only way out: sends a request, or pages through one.
///
/// May be used concurrently. Every call waits for the source's pacer, carries the source's credentials and is retried as the
/// host's policy says. Cancelling the task cancels the call at once, whatever it is waiting for.
public struct APIClient: Sendable {
    private let executor: any APIExecutor

    /// Wraps what sends the requests; made by the host and by test doubles.
    public init(executor: any APIExecutor) { self.executor = executor }

    /// Sends one request and returns its answer.
    ///
    /// - Throws: ``TapedeckError``: `unauthorized`, `forbidden`, `not_found`, `gone`, `unexpected_status`, `malformed_response`,
    ///   `not_json`, `truncated_response`, `response_too_large`, `server_error`, `rate_limited`, `wait_too_long`, `timeout`,
    ///   `connection_failed`, `audit_budget_exhausted`, `connector_failed` for a request that is not whole; `CancellationError` when the task is cancelled.
    public func send(_ request: APIRequest) async throws -> APIResponse {
        try request.validate()
        return try await executor.send(request)
    }

    /// Pages through a listing.
    ///
    /// Nothing is sent until the sequence is iterated, and each page only when it is asked for.
    ///
    /// - Throws: from the iterator, what ``send(_:)`` throws, and `paging_cycle`, `paging_limit`, `paging_broken`,
    ///   `foreign_origin`, `count_mismatch`.
    public func pages(_ request: APIRequest, paging: Paging) -> PageSequence {
        PageSequence(executor: executor, request: request, paging: paging)
    }
}

/// What sends a connector's requests: the host's own machinery, or a test double.
public protocol APIExecutor: Sendable {
    /// Sends one request; see ``APIClient/send(_:)``.
    func send(_ request: APIRequest) async throws -> APIResponse

    /// Starts paging; nothing is sent before the first ``Pager/nextPage()``.
    func pager(for request: APIRequest, paging: Paging) -> any Pager
}

/// Fetches the pages of one listing one after another; used by one task at a time.
public protocol Pager {
    /// Fetches the next page, or returns nil when the last one was handed over.
    mutating func nextPage() async throws -> APIPage?
}
