import RawJSON
import RecordingKit

/// One page of an answer, taken apart.
struct RowPage {
    /// The whole answer.
    let answer: JSONValue
    let items: [JSONValue]
}

/// Fetches the pages of a request one by one, and finds the items in them.
struct RowPages {
    private let plan: RowsPlan
    private let request: APIRequest
    private let api: APIClient
    private var iterator: PageSequence.Iterator?
    private var hasBegun = false

    /// Nothing is sent before the first ``next()``.
    init(_ plan: RowsPlan, _ names: NameScope, api: APIClient) throws(TapedeckError) {
        self.plan = plan
        self.api = api
        request = try plan.request.request(names)
        iterator = plan.paging.map { api.pages(request, paging: $0).makeAsyncIterator() }
    }

    /// Fetches the next page; nil after the last, and when the platform says that there is nothing.
    mutating func next() async throws -> RowPage? {
        let isFirst = !hasBegun
        hasBegun = true
        do {
            guard iterator != nil else { return isFirst ? try await only() : nil }
            guard let page = try await iterator?.next() else { return nil }
            let items = plan.itemsWithin.map { within in page.items.flatMap { within.all(in: $0) } } ?? page.items
            return RowPage(answer: page.response.json, items: items)
        } catch let error as TapedeckError where isFirst && plan.ignored.contains(error.code) {
            return nil
        }
    }

    private func only() async throws -> RowPage {
        let answer = try await api.send(request)
        try plan.requireList(in: answer)
        return RowPage(answer: answer.json, items: [answer.json])
    }
}

extension RowsPlan {
    /// The rows of an item.
    func rows(of item: JSONValue) -> [JSONValue] {
        guard let each else { return paging == nil && item.kind == .array ? Array(item.elements) : [item] }
        return each.all(in: item).flatMap { $0.kind == .array ? Array($0.elements) : [$0] }
    }

    /// Refuses an answer without the list that was due: that there are no rows is said by an empty one.
    func requireList(in answer: APIResponse) throws(TapedeckError) {
        let pointer = each.flatMap { $0.splitAtWildcard?.container ?? $0.pointer } ?? JSONPointer()
        guard let list = answer.json.value(at: pointer), !list.isNull else {
            throw TapedeckError(.malformedResponse, "The answer has nothing at \"\(pointer)\".")
        }
    }
}
