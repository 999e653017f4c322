import RawJSON
import RecordingKit

/// One page of an answer, taken apart.
struct RowPage {
    /// The whole answer.
    let answer: JSONValue
    let items: [JSONValue]
    /// The lists in it that are missing.
    var faults = FaultTally()
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
            guard let within = plan.itemsWithin else { return RowPage(answer: page.response.json, items: page.items) }
            var faults = FaultTally()
            let items = page.items.flatMap { within.rows(in: $0, &faults) }
            return RowPage(answer: page.response.json, items: items, faults: faults)
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
    ///
    /// - Parameter faults: counts items without what `each` leads to.
    func rows(of item: JSONValue, _ faults: inout FaultTally) -> [JSONValue] {
        guard let each else { return paging == nil && item.kind == .array ? Array(item.elements) : [item] }
        return each.rows(in: item, &faults)
    }

    /// The rows of a page.
    ///
    /// - Parameter faults: counts the lists in the page that are missing.
    func rows(of page: RowPage, _ faults: inout FaultTally) -> [JSONValue] {
        faults.add(page.faults)
        var rows: [JSONValue] = []
        for item in page.items { rows += self.rows(of: item, &faults) }
        return rows
    }

    /// Refuses an answer without the list that was due: that there are no rows is said by an empty one.
    func requireList(in answer: APIResponse) throws(TapedeckError) {
        let search = each ?? RowSearch(path: ValuePath(JSONPointer()))
        let pointer = search.path.splitAtWildcard?.container ?? search.path.pointer ?? JSONPointer()
        guard let list = answer.json.value(at: pointer), !list.isNull else {
            if search.mayBeAbsent { return }
            throw TapedeckError(.malformedResponse, "The answer has nothing at \"\(pointer)\".")
        }
        guard search.isContainer(list) else {
            throw TapedeckError(.malformedResponse, "What the answer has at \"\(pointer)\" is no list.")
        }
    }
}
