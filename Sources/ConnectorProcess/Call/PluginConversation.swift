import PluginProtocol
import RawJSON
import RecordingHost
import RecordingKit

/// One call to one process, from its first line to its last.
struct PluginConversation {
    /// The process failed before it began with the call: nothing was asked for or handed over.
    struct Unanswered: Error {
        let cause: any Error
    }

    /// How a call ended that the process has served to its end.
    enum Outcome: Sendable {
        case done
        case failed(TapedeckError)
    }

    private let channel: ProcessChannel
    private let call: PluginCall
    private let limits: ProcessLimits
    private let watch: SilenceWatch
    private let clock: any HostClock
    private let observer: @Sendable (ConnectorNotice) -> Void
    private let api: APIClient
    private var pagers: [Int: PageSequence.Iterator] = [:]
    /// Where the items are in the answers of those pagers whose pages are sent whole.
    private var wholePages: [Int: JSONPointer] = [:]
    /// The items of the page that was sent last.
    private var lastItems: [JSONValue] = []
    private var lines = 0
    private var pages = 0
    /// What the connector was told last of a request that failed.
    private var lastFailure: TapedeckError?

    init(_ process: PluginProcess, _ call: PluginCall, api: APIClient, program: ConnectorProgram) {
        channel = process.channel
        self.call = call
        self.api = api
        limits = program.limits
        observer = program.observer
        clock = program.clock
        watch = SilenceWatch(process.channel, limit: limits.silence, clock: program.clock)
    }

    /// Has the call done; what it hands over goes to `take`.
    ///
    /// - Throws: ``Unanswered``, ``ProcessEnd``, `ProtocolViolation`, `JSONError` for what the process did wrong; what `take` throws;
    ///   `CancellationError`.
    mutating func perform(_ take: (PluginMessage) async throws -> Void) async throws -> Outcome {
        try await watch.guarding {
            channel.send(HostMessage.call(call).line)
            do {
                guard case .begin(call.id) = try await next() else {
                    throw ProtocolViolation("it did not answer a call with \"begin\" and its id")
                }
            } catch  where ProcessFailure.isOfProcess(error) {
                throw Unanswered(cause: error)
            }
            while true {
                if let outcome = try await obey(next(), take) { return outcome }
            }
        }
    }

    /// The next message that wants something.
    private mutating func next() async throws -> PluginMessage {
        let began = clock.uptime
        while true {
            let line = try await watch.receive()
            lines += 1
            guard lines <= limits.linesPerCall else { throw ProtocolViolation("it sent too many lines in one call") }
            let message = try PluginMessage(JSONDocument(parsing: line).root, items: lastItems)
            switch message {
            case .progress(let text): observer(ConnectorNotice(.progress, text))
            case .holdPlace: await api.holdPlace()
            default: return message
            }
            guard clock.uptime - began < limits.idleness else {
                throw ProtocolViolation("it spoke only of its progress for longer than allowed")
            }
        }
    }

    /// Does what a message says; returns how the call ended, once it has.
    private mutating func obey(
        _ message: PluginMessage,
        _ take: (PluginMessage) async throws -> Void
    ) async throws -> Outcome? {
        switch message {
        case .done(let id):
            try checkID(id)
            return .done
        case .failed(let id, let error):
            guard let id else { throw ProtocolViolation("its failure does not say which call failed") }
            try checkID(id)
            // What the platform answered is known here better than there.
            if let lastFailure, lastFailure == error { return .failed(lastFailure) }
            return .failed(error)
        case .request(let request):
            let answer = try await answering { [api] in try await HostMessage.response(api.send(request)) }
            channel.send(answer.line)
        case .pages(let request, let paging, let pager, let whole):
            guard pagers[pager] != nil || pagers.count < limits.openPagings else {
                throw ProtocolViolation("it pages through too many lists at the same time")
            }
            pagers[pager] = api.pages(request, paging: paging).makeAsyncIterator()
            wholePages[pager] = whole ? paging.items : nil
            try await sendPage(of: pager)
        case .nextPage(let pager): try await sendPage(of: pager)
        case .listing, .recordings, .accessEvents, .media:
            try await take(message)
            channel.send(HostMessage.proceed.line)
        case .hello, .ready, .begin, .progress, .holdPlace:
            throw ProtocolViolation("it sent a message that has no place in a call")
        }
        return nil
    }

    private func checkID(_ id: Int) throws {
        guard id == call.id else { throw ProtocolViolation("it ended a call that it was not asked for") }
    }

    private mutating func sendPage(of pager: Int) async throws {
        guard var iterator = pagers[pager] else {
            throw ProtocolViolation("it asked for a page of a list that has ended")
        }
        pages += 1
        guard pages <= limits.pagesPerCall else { throw ProtocolViolation("it asked for too many pages in one call") }
        let whole = wholePages[pager]
        var items: [JSONValue]?
        let answer = try await answering {
            guard let page = try await iterator.next() else { return .end }
            items = page.items
            return .page(PluginPage(page, wholeWithItemsAt: whole))
        }
        pagers[pager] = items == nil ? nil : iterator
        lastItems = items ?? []
        channel.send(answer.line)
    }

    /// What the connector is told: the answer, or why there is none.
    private mutating func answering(_ body: () async throws -> HostMessage) async throws -> HostMessage {
        do {
            return try await body()
        } catch let error as TapedeckError {
            lastFailure = error
            return .failure(error)
        }
    }
}

extension PluginPage {
    /// The page as it is sent: its items, or the whole answer, in which the items are at `pointer`.
    fileprivate init(_ page: APIPage, wholeWithItemsAt pointer: JSONPointer?) {
        let response = page.response
        var content = Content.items(page.items)
        if let pointer {
            content = .whole(
                response.json,
                dropped: PluginPage.dropped(page.items, of: response.json.value(at: pointer))
            )
        }
        self.init(number: page.number, status: response.status, headers: response.headers, content: content)
    }

    /// The positions of the elements that are not among `items`, which are in the same order.
    private static func dropped(_ items: [JSONValue], of list: JSONValue?) -> [Int] {
        guard let list, items.count < list.elements.count else { return [] }
        var kept = items[...]
        var dropped: [Int] = []
        for (position, element) in list.elements.enumerated() {
            if let next = kept.first, next.rawBytes.startIndex == element.rawBytes.startIndex {
                kept.removeFirst()
            } else {
                dropped.append(position)
            }
        }
        return dropped
    }
}
