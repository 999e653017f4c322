import RawJSON
import RecordingKit

/// Stands between a connector and the host's own sender and pager: notes every fetch, and interferes where it is told to.
struct ProbeExecutor: APIExecutor {
    let base: any APIExecutor
    let log: ProbeLog
    let interference: Interference
    /// The most pages of one paged request.
    let pages: Int
    /// Told when the fetch that is to be cancelled is under way.
    let onHold: @Sendable () -> Void

    func send(_ request: APIRequest) async throws -> APIResponse {
        let index = log.ask(request, nil, page: 1)
        try await interfere(with: index)
        let response = try await base.send(request)
        log.answer(index, response)
        return response
    }

    func pager(for request: APIRequest, paging: Paging) -> any Pager {
        ProbePager(executor: self, request: request, paging: paging, base: base.pager(for: request, paging: paging))
    }

    func holdPlace() async { await base.holdPlace() }

    /// Fails a fetch, or holds it until it is cancelled.
    fileprivate func interfere(with index: Int) async throws {
        try Task.checkCancellation()
        if let failure = interference.failure?(index) { throw failure }
        guard interference.cancelledFetch == index else { return }
        onHold()
        let silence = AsyncStream<Never> { _ in }
        for await _ in silence {}
        throw CancellationError()
    }
}

private struct ProbePager: Pager {
    let executor: ProbeExecutor
    let request: APIRequest
    let paging: Paging
    var base: any Pager
    var waiting: [APIPage] = []
    var asked = 0
    var number = 0

    mutating func nextPage() async throws -> APIPage? {
        if waiting.isEmpty {
            guard asked < executor.pages else {
                executor.log.cutShort()
                return nil
            }
            asked += 1
            let index = executor.log.ask(request, paging, page: asked)
            try await executor.interfere(with: index)
            guard let page = try await base.nextPage() else { return nil }
            executor.log.answer(index, page.response, page.items)
            waiting = executor.interference.reshape?(page, paging) ?? [page]
        }
        guard !waiting.isEmpty else { return nil }
        number += 1
        let page = waiting.removeFirst()
        return APIPage(items: page.items, response: page.response, number: number)
    }
}
