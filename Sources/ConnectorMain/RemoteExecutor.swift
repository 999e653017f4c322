import PluginProtocol
import RawJSON
import RecordingKit
import Synchronization

/// Sends a connector's requests by asking the host to.
final class RemoteExecutor: APIExecutor {
    private struct Numbers {
        var next = 0
        var free: [Int] = []
    }

    fileprivate let connection: HostConnection
    private let pagers = Mutex(Numbers())

    init(_ connection: HostConnection) { self.connection = connection }

    func send(_ request: APIRequest) async throws -> APIResponse {
        switch try await connection.ask(PluginMessage.request(request).line()) {
        case .response(let response): return response
        case .failure(let error): throw error
        default: throw ProtocolViolation("a request was not answered")
        }
    }

    func pager(for request: APIRequest, paging: Paging) -> any Pager {
        RemotePager(self, request, paging)
    }

    /// Where the host has gone, the next question ends the program.
    func holdPlace() async { try? await connection.say(PluginMessage.holdPlace.line()) }

    /// A number for a list that is paged through; one that was released is given again.
    fileprivate func takeNumber() -> Int {
        pagers.withLock { numbers in
            if let number = numbers.free.popLast() { return number }
            numbers.next += 1
            return numbers.next
        }
    }

    fileprivate func release(_ number: Int) { pagers.withLock { $0.free.append(number) } }
}

/// Pages through a list that the host pages through.
private final class RemotePager: Pager {
    private let executor: RemoteExecutor
    private let request: APIRequest
    private let paging: Paging
    private let number: Int
    private var hasBegun = false

    init(_ executor: RemoteExecutor, _ request: APIRequest, _ paging: Paging) {
        self.executor = executor
        self.request = request
        self.paging = paging
        number = executor.takeNumber()
    }

    deinit { executor.release(number) }

    func nextPage() async throws -> APIPage? {
        let question =
            hasBegun
            ? PluginMessage.nextPage(pager: number)
            : PluginMessage.pages(request, paging, pager: number, whole: true)
        hasBegun = true
        switch try await executor.connection.ask(question.line()) {
        case .page(let page):
            guard let page = APIPage(page, itemsAt: paging.items) else {
                throw ProtocolViolation("a page is not whole")
            }
            return page
        case .end: return nil
        case .failure(let error): throw error
        default: throw ProtocolViolation("a page was not answered")
        }
    }
}

extension APIPage {
    /// A page of which the whole answer came.
    fileprivate init?(_ page: PluginPage, itemsAt pointer: JSONPointer) {
        guard case .whole(let json, let dropped) = page.content else { return nil }
        let left = Set(dropped)
        let all = json.value(at: pointer).map { Array($0.elements) } ?? []
        self.init(
            items: left.isEmpty ? all : all.enumerated().filter { !left.contains($0.offset) }.map(\.element),
            response: APIResponse(status: page.status, headers: page.headers, json: json),
            number: page.number
        )
    }
}
