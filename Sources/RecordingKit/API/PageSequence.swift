public import RawJSON

/// The pages of one listing, fetched one by one as they are asked for.
public struct PageSequence: AsyncSequence, Sendable {
    /// One page.
    public typealias Element = APIPage

    let executor: any APIExecutor
    let request: APIRequest
    let paging: Paging

    /// Starts from the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(request: request, pager: executor.pager(for: request, paging: paging))
    }

    /// Fetches pages until the last one or the first error, and asks for nothing after either.
    public struct Iterator: AsyncIteratorProtocol {
        let request: APIRequest
        var pager: any Pager
        var isFinished = false

        /// Fetches the next page; nil after the last and after an error.
        public mutating func next() async throws -> APIPage? {
            guard !isFinished else { return nil }
            isFinished = true
            try request.validate()
            let page = try await pager.nextPage()
            isFinished = page == nil
            return page
        }
    }
}

/// One page of a listing.
public struct APIPage: Sendable {
    /// The items, without those that an earlier page of this listing already held (see ``Paging/itemKey``).
    public let items: [JSONValue]
    /// The whole answer.
    public let response: APIResponse
    /// 1 for the first page.
    public let number: Int

    /// Describes a page; made by the host and by test doubles.
    public init(items: [JSONValue], response: APIResponse, number: Int) {
        self.items = items
        self.response = response
        self.number = number
    }
}
