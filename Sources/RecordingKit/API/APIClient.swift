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

    /// Says that not everything of the page that came last could be used.
    ///
    /// A listing that is cut continues behind the last page that was handed over; what was wrong with an earlier one would then
    /// be forgotten, and the listing taken for complete. Call this before handing over the rest of such a page, and throw when
    /// everything was handed over: a later run reads the page again and finds the same. Costs nothing; may be called again.
    public func holdPlace() async { await executor.holdPlace() }
}

/// What sends a connector's requests: the host's own machinery, or a test double.
public protocol APIExecutor: Sendable {
    /// Sends one request; see ``APIClient/send(_:)``.
    func send(_ request: APIRequest) async throws -> APIResponse

    /// Starts paging; nothing is sent before the first ``Pager/nextPage()``.
    func pager(for request: APIRequest, paging: Paging) -> any Pager

    /// Keeps the place at which a cut listing continues where it is; see ``APIClient/holdPlace()``.
    func holdPlace() async
}

extension APIExecutor {
    /// Does nothing, which is right where no listing is ever continued.
    public func holdPlace() async {}
}

/// Fetches the pages of one listing one after another; used by one task at a time.
public protocol Pager {
    /// Fetches the next page, or returns nil when the last one was handed over.
    mutating func nextPage() async throws -> APIPage?
}
