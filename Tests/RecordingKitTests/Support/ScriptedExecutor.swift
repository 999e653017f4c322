import RawJSON
import RecordingKit
import Synchronization

/// Answers every request with 200 and null, pages with what it was given, and counts what it was asked for.
final class ScriptedExecutor: APIExecutor {
    /// A page by its number, or a failure.
    typealias Step = Result<Int, TapedeckError>

    private let steps: [Step]
    private let counter = Mutex(0)

    init(steps: [Step] = []) { self.steps = steps }

    /// How many requests were made.
    var requestCount: Int { counter.withLock { $0 } }

    static func answer() throws -> APIResponse {
        APIResponse(status: 200, headers: HTTPHeaders(), json: try JSONDocument(parsing: "null").root)
    }

    func send(_ request: APIRequest) async throws -> APIResponse {
        counter.withLock { $0 += 1 }
        return try Self.answer()
    }

    func pager(for request: APIRequest, paging: Paging) -> any Pager {
        ScriptedPager(steps: steps[...]) { self.counter.withLock { $0 += 1 } }
    }
}

private struct ScriptedPager: Pager {
    var steps: ArraySlice<ScriptedExecutor.Step>
    let count: () -> Void

    mutating func nextPage() async throws -> APIPage? {
        count()
        guard let step = steps.popFirst() else { return nil }
        return APIPage(items: [], response: try ScriptedExecutor.answer(), number: try step.get())
    }
}
