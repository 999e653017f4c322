import RawJSON
import RecordingKit

/// Turns the pages of one listing: from a page's answer it finds the next request, the end, or an error; pure.
struct PageTurner: Sendable {
    /// What comes after a page.
    enum Step: Sendable {
        case request(PreparedRequest)
        case end
        /// The page is good, and what it says of the next one is not.
        case failure(TapedeckError)
    }

    private let request: APIRequest
    private let paging: Paging
    private let baseURL: HTTPURL
    private let hidden: [String]
    private var size: Int?
    private var pageNumber: Int
    private var offset = 0
    /// The largest page that came with this page size; a platform may send smaller pages than it was asked for.
    private var served: Int?
    /// Items that came in this pass over the listing, those that were repeated left out: the place of the page that is due.
    private var taken = 0
    /// Items at the head of the page that is due which were taken with an earlier, larger page.
    private var repeated = 0
    private var current: PreparedRequest
    /// What the platform named the page that is due by, where it names pages.
    private var token: String?
    private var guards: PagingGuards
    /// Why the request cannot be paged through at all; nil when it can.
    let obstacle: TapedeckError?

    /// - Parameters:
    ///   - hidden: the query's parameters that carry credentials.
    ///   - place: where an earlier reading of the same request was cut; nil to begin with the first page.
    init(
        _ request: APIRequest,
        paging: Paging,
        baseURL: HTTPURL,
        hidden: [String] = [],
        resumingAt place: PagePlace? = nil
    ) {
        self.request = request
        self.paging = paging
        self.baseURL = baseURL
        self.hidden = hidden
        size = paging.pageSize?.preferred
        guards = PagingGuards(paging)
        pageNumber = 0
        current = PreparedRequest(request: request)
        obstacle = PageTurner.obstacle(to: paging, of: request)
        guard obstacle == nil else { return }
        if case .pageNumber(_, let first, _, _) = paging.strategy.kind { pageNumber = first }
        current = PreparedRequest(request: positioned(), canShrink: canShrink)
        if let place { resume(at: place) }
    }

    /// How many items a page is asked to hold, where that is asked for.
    var pageSize: Int? { size }

    /// The request for the page that is due.
    var due: PreparedRequest { current }

    /// The place of the page that is due; nil at the start, and where the style of paging has no places.
    var place: PagePlace? {
        guard let token, guards.pages > 0 else { return nil }
        return PagePlace(
            request: request.placeKey,
            token: token,
            pageSize: size,
            pages: guards.pages,
            received: guards.received,
            promised: guards.promised
        )
    }

    /// Halves the size of the pages, staying at the same place in the listing.
    mutating func shrink() {
        guard let pageSize = paging.pageSize, let oldSize = size, canShrink else { return }
        let actualSize = min(oldSize, served ?? oldSize)
        let newSize = max(pageSize.minimum, actualSize / 2)
        size = newSize
        served = nil
        if let link = current.link, pageSize.place == .query {
            current.link = link.replacingQueryValue(of: pageSize.parameter, with: String(newSize))
        } else {
            if case .pageNumber(_, let first, _, _) = paging.strategy.kind {
                // The page that holds the first item of the page that was too slow.
                pageNumber = first + taken / newSize
                repeated = taken % newSize
            }
            current.request = positioned(keeping: current.request)
        }
        current.canShrink = canShrink
    }

    /// Takes the answer to the page that was due.
    ///
    /// - Returns: the page's new items, and what comes after it, which may be `paging_broken`, `foreign_origin`, `paging_cycle`,
    ///   `paging_limit`, `malformed_response` or `count_mismatch`.
    /// - Throws: `TapedeckError`: `malformed_response`, `paging_cycle`, `paging_limit`, `connector_failed`.
    mutating func turn(_ response: APIResponse) throws -> (page: APIPage, next: Step) {
        if let obstacle { throw obstacle }
        let answer = PageAnswer(response: response, paging: paging)
        let items = try answer.items()
        // Items with a key are told apart by that, which is right also when rows have shifted meanwhile.
        let due = paging.itemKey == nil ? Array(items.dropFirst(repeated)) : items
        let fresh = try guards.admit(due, of: response)
        if !items.isEmpty { served = max(served ?? 0, items.count) }
        taken += max(0, items.count - repeated)
        repeated = 0
        let page = APIPage(items: fresh, response: response, number: guards.pages)
        do {
            return (page, try next(after: answer, items))
        } catch let error as TapedeckError {
            return (page, .failure(error))
        }
    }

    /// Goes to the page at `place` in place of the first; stays there when the place means nothing to this style of paging.
    private mutating func resume(at place: PagePlace) {
        let next: PreparedRequest?
        switch paging.strategy.kind {
        case .linkHeader, .nextURL: next = try? linked(place.token)
        case .cursor(_, let parameter, let target):
            next = (try? JSONDocument(parsing: place.token).root).flatMap { try? advanced(to: $0, parameter, target) }
        case .lastID(let parameter, _, .query):
            next = advanced(toText: place.token, parameter)
        case .lastID(let parameter, _, let target):
            next = (try? JSONDocument(parsing: place.token).root).flatMap { try? advanced(to: $0, parameter, target) }
        case .single, .pageNumber, .offset: next = nil
        }
        guard let next else { return }
        token = place.token
        size = size.flatMap { size in place.pageSize.map { min(size, $0) } ?? size }
        current = next
        guards.resume(at: place)
    }

    private mutating func next(after answer: PageAnswer, _ items: [JSONValue]) throws -> Step {
        let more = try answer.more()
        if more != false, let next = try follow(answer, items, isPromised: more == true) {
            try guards.promise(isEmpty: items.isEmpty)
            current = next
            return .request(next)
        }
        guard try guards.mustReadAgain() else { return .end }
        restart()
        return .request(current)
    }

    private var canShrink: Bool {
        guard let size, let pageSize = paging.pageSize else { return false }
        return size > pageSize.minimum
    }

    private mutating func restart() {
        if case .pageNumber(_, let first, _, _) = paging.strategy.kind { pageNumber = first }
        offset = 0
        taken = 0
        token = nil
        current = PreparedRequest(request: positioned(), canShrink: canShrink)
    }

    /// The next page's request; nil at the end.
    ///
    /// - Parameter isPromised: whether the answer says that there is one.
    private mutating func follow(
        _ answer: PageAnswer,
        _ items: [JSONValue],
        isPromised: Bool
    ) throws -> PreparedRequest? {
        switch paging.strategy.kind {
        case .single:
            return try end(isPromised)
        case .linkHeader:
            let target = try LinkHeader(answer.response.headers.values(of: "Link")).next()
            return try target.map { try follow(link: $0) } ?? end(isPromised)
        case .nextURL(let pointer):
            return try answer.link(at: pointer).map { try follow(link: $0) } ?? end(isPromised)
        case .cursor(let pointer, let parameter, let place):
            guard let cursor = answer.cursor(at: pointer) else { return try end(isPromised) }
            let text = String(decoding: cursor.rawBytes, as: UTF8.self)
            try guards.see(text)
            token = text
            return try advanced(to: cursor, parameter, place)
        case .pageNumber(_, let first, let totalPages, _):
            // An answer that does not say how many pages there are is followed until a page brings nothing.
            let total = try totalPages.flatMap { try answer.totalPages(at: $0) }
            let isLast = total.map { pageNumber - first + 1 >= $0 } ?? items.isEmpty
            if isLast, !isPromised { return nil }
            pageNumber += 1
            return PreparedRequest(request: positioned(), canShrink: canShrink)
        case .offset:
            if items.isEmpty { return try end(isPromised) }
            offset += items.count
            return PreparedRequest(request: positioned(), canShrink: canShrink)
        case .lastID(let parameter, let key, let place):
            guard let last = items.last else { return try end(isPromised) }
            guard let id = last[key], let text = id.scalarText else {
                throw TapedeckError(.pagingBroken, "The last item has no \"\(key)\" to continue after.")
            }
            try guards.see(text)
            token = place == .query ? text : String(decoding: id.rawBytes, as: UTF8.self)
            return try advanced(to: id, parameter, place)
        }
    }

    /// The end, unless the answer says that more follows.
    private func end(_ isPromised: Bool) throws -> PreparedRequest? {
        guard !isPromised else {
            throw TapedeckError(.pagingBroken, "The answer says that more pages follow, and nothing leads to them.")
        }
        return nil
    }

    private mutating func follow(link target: String) throws -> PreparedRequest {
        let next = try linked(target)
        token = next.link?.text
        return next
    }

    /// Follows a link: on the same origin, not seen before, with the parameters that the platform dropped put back.
    private mutating func linked(_ target: String) throws -> PreparedRequest {
        let first = positioned()
        let pageSize = paging.pageSize.flatMap { $0.place == .query ? $0.parameter : nil }
        let links = PageLinks(
            baseURL: baseURL,
            first: first,
            size: pageSize.flatMap { name in size.map { (name, $0) } },
            hidden: hidden
        )
        let url = try links.resolve(target, from: current.link)
        try guards.see(url.text)
        let link = links.withUsablePageSize(url)
        return PreparedRequest(
            request: first,
            link: link,
            restored: request.query.filter { !link.hasQuery($0.name) },
            canShrink: canShrink
        )
    }

    private func advanced(
        to token: JSONValue,
        _ parameter: String,
        _ place: ParameterPlace
    ) throws -> PreparedRequest {
        var next = positioned(keeping: current.request)
        try next.set(parameter, to: .token(token), in: place)
        return PreparedRequest(request: next, canShrink: canShrink)
    }

    private func advanced(toText token: String, _ parameter: String) -> PreparedRequest {
        var next = positioned(keeping: current.request)
        next.setQuery(parameter, token)
        return PreparedRequest(request: next, canShrink: canShrink)
    }

    /// The connector's request with the page size and the place in the listing filled in.
    private func positioned(keeping earlier: APIRequest? = nil) -> APIRequest {
        let request = earlier ?? request
        return (try? request.positioned(paging, size: size, pageNumber: pageNumber, offset: offset)) ?? request
    }

    /// What stands in the way of setting the parameters of paging, found before anything is sent.
    private static func obstacle(to paging: Paging, of request: APIRequest) -> TapedeckError? {
        do {
            var trial = try request.positioned(paging, size: paging.pageSize?.preferred, pageNumber: 0, offset: 0)
            switch paging.strategy.kind {
            case .cursor(_, let parameter, .body), .lastID(let parameter, _, .body):
                try trial.set(parameter, to: .number(0), in: .body)
            default: break
            }
            return nil
        } catch {
            return error as? TapedeckError
        }
    }
}

extension APIRequest {
    /// The request with the page size and the place in the listing that it stands at.
    ///
    /// - Throws: `TapedeckError` with code `connector_failed` when the content cannot take them.
    fileprivate func positioned(_ paging: Paging, size: Int?, pageNumber: Int, offset: Int) throws -> APIRequest {
        var positioned = self
        if let pageSize = paging.pageSize, let size {
            try positioned.set(pageSize.parameter, to: .number(size), in: pageSize.place)
        }
        switch paging.strategy.kind {
        case .pageNumber(let parameter, _, _, let place):
            try positioned.set(parameter, to: .number(pageNumber), in: place)
        case .offset(let parameter, let place):
            try positioned.set(parameter, to: .number(offset), in: place)
        default: break
        }
        return positioned
    }
}
