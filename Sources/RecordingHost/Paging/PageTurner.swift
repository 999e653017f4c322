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

    /// - Parameter place: where an earlier reading of the same request was cut; nil to begin with the first page.
    init(_ request: APIRequest, paging: Paging, baseURL: HTTPURL, resumingAt place: PagePlace? = nil) {
        self.request = request
        self.paging = paging
        self.baseURL = baseURL
        size = paging.pageSize?.preferred
        guards = PagingGuards(paging)
        pageNumber = 0
        current = PreparedRequest(request: request)
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
        if let link = current.link {
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
    /// - Throws: `TapedeckError`: `malformed_response`, `paging_cycle`, `paging_limit`.
    mutating func turn(_ response: APIResponse) throws -> (page: APIPage, next: Step) {
        let items = try items(of: response)
        // Items with a key are told apart by that, which is right also when rows have shifted meanwhile.
        let due = paging.itemKey == nil ? Array(items.dropFirst(repeated)) : items
        let fresh = try guards.admit(due, of: response)
        if !items.isEmpty { served = max(served ?? 0, items.count) }
        taken += max(0, items.count - repeated)
        repeated = 0
        let page = APIPage(items: fresh, response: response, number: guards.pages)
        do {
            return (page, try next(after: response, items))
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
        case .lastID(let parameter, _, _):
            var request = positioned(keeping: current.request)
            request.setQuery(parameter, place.token)
            next = PreparedRequest(request: request, canShrink: canShrink)
        case .single, .pageNumber, .offset: next = nil
        }
        guard let next else { return }
        token = place.token
        size = size.flatMap { size in place.pageSize.map { min(size, $0) } ?? size }
        current = next
        guards.resume(at: place)
    }

    private mutating func next(after response: APIResponse, _ items: [JSONValue]) throws -> Step {
        switch try follow(response, items) {
        case .request(let next):
            try guards.promise(isEmpty: items.isEmpty)
            current = next
        case .end:
            guard try guards.mustReadAgain() else { return .end }
            restart()
        case .failure(let error):
            throw error
        }
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

    private func items(of response: APIResponse) throws -> [JSONValue] {
        // Nothing at all is no list: that there are no items is said by an empty one.
        if response.status == 204 || response.status == 205 {
            throw TapedeckError(.malformedResponse, "The answer has no content where a list was due.")
        }
        guard let list = response.json.value(at: paging.items), list.kind == .array else {
            throw TapedeckError(.malformedResponse, "The answer has no list at \"\(paging.items)\".")
        }
        return Array(list.elements)
    }

    private mutating func follow(_ response: APIResponse, _ items: [JSONValue]) throws -> Step {
        switch paging.strategy.kind {
        case .single:
            return .end
        case .linkHeader:
            guard let target = try LinkHeader(response.headers.values(of: "Link")).next() else { return .end }
            return .request(try follow(link: target))
        case .nextURL(let pointer):
            guard let target = try text(at: pointer, in: response) else { return .end }
            return .request(try follow(link: target))
        case .cursor(let pointer, let parameter, let place):
            guard let value = response.json.value(at: pointer), !value.isNull, value.scalarText != "" else {
                return .end
            }
            let cursor = String(decoding: value.rawBytes, as: UTF8.self)
            try guards.see(cursor)
            token = cursor
            return .request(try advanced(to: value, parameter, place))
        case .pageNumber(_, let first, let totalPages, _):
            // An answer that does not say how many pages there are is followed until a page brings nothing.
            let total = try totalPages.flatMap { try number(at: $0, in: response) }
            if total.map({ pageNumber - first + 1 >= $0 }) ?? items.isEmpty { return .end }
            pageNumber += 1
            return .request(PreparedRequest(request: positioned(), canShrink: canShrink))
        case .offset:
            if items.isEmpty { return .end }
            offset += items.count
            return .request(PreparedRequest(request: positioned(), canShrink: canShrink))
        case .lastID(let parameter, let key, _):
            guard let last = items.last else { return .end }
            guard let id = last[key]?.scalarText else {
                throw TapedeckError(.pagingBroken, "The last item has no \"\(key)\" to continue after.")
            }
            try guards.see(id)
            token = id
            var next = positioned(keeping: current.request)
            next.setQuery(parameter, id)
            return .request(PreparedRequest(request: next, canShrink: canShrink))
        }
    }

    private mutating func follow(link target: String) throws -> PreparedRequest {
        let next = try linked(target)
        token = next.link?.text
        return next
    }

    /// Follows a link: on the same origin, not seen before, with the parameters that the platform dropped put back.
    private mutating func linked(_ target: String) throws -> PreparedRequest {
        guard let url = (current.link ?? baseURL.appendingPath(request.path)).resolving(target) else {
            throw TapedeckError(.pagingBroken, "The link to the next page is not an http or https URL.")
        }
        guard url.origin == baseURL.origin else {
            throw TapedeckError(
                .foreignOrigin,
                "The link to the next page leads to another origin, \(url.origin.host)."
            )
        }
        guard !isFirstPage(url) else { throw PagingGuards.cycle }
        try guards.see(url.text)
        let link = withUsablePageSize(url)
        return PreparedRequest(
            request: request,
            link: link,
            restored: request.query.filter { !link.hasQuery($0.name) },
            canShrink: canShrink
        )
    }

    /// Whether a link asks for nothing but what the first request asked for, so that it leads back to the first page.
    private func isFirstPage(_ url: HTTPURL) -> Bool {
        let first = baseURL.appendingPath(request.path)
        let query = positioned().query
        guard url.path == first.path, let names = url.queryNames else { return false }
        return names.allSatisfy { name in
            guard let item = query.first(where: { $0.name == name }) else { return false }
            switch item.value {
            case .text(let text): return name == paging.pageSize?.parameter || url.queryValue(of: name) == text
            // Sent as it was, or as the platform's horizon had it by then.
            case .start: return true
            }
        }
    }

    private func withUsablePageSize(_ url: HTTPURL) -> HTTPURL {
        guard let pageSize = paging.pageSize, let size else { return url }
        let isUsable = url.queryValue(of: pageSize.parameter).flatMap { Int($0) } != nil
        return isUsable ? url : url.replacingQueryValue(of: pageSize.parameter, with: String(size))
    }

    private func advanced(
        to cursor: JSONValue,
        _ parameter: String,
        _ place: ParameterPlace
    ) throws -> PreparedRequest {
        var next = positioned(keeping: current.request)
        if place == .query {
            guard let text = cursor.scalarText else {
                throw TapedeckError(.pagingBroken, "The cursor to the next page is neither text nor a number.")
            }
            next.setQuery(parameter, text)
        } else {
            next.body = .json(try JSONBody(request.body).setting(parameter, to: cursor))
        }
        return PreparedRequest(request: next, canShrink: canShrink)
    }

    /// The connector's request with the page size and the place in the listing filled in.
    private func positioned(keeping earlier: APIRequest? = nil) -> APIRequest {
        var positioned = earlier ?? request
        if let pageSize = paging.pageSize, let size { positioned.setQuery(pageSize.parameter, String(size)) }
        switch paging.strategy.kind {
        case .pageNumber(let parameter, _, _, _): positioned.setQuery(parameter, String(pageNumber))
        case .offset(let parameter, _): positioned.setQuery(parameter, String(offset))
        default: break
        }
        return positioned
    }

    private func text(at pointer: JSONPointer, in response: APIResponse) throws -> String? {
        guard let value = response.json.value(at: pointer), !value.isNull else { return nil }
        guard let text = value.string else {
            throw TapedeckError(.pagingBroken, "The link to the next page is not text.")
        }
        return text.isEmpty ? nil : text
    }

    private func number(at pointer: JSONPointer, in response: APIResponse) throws -> Int? {
        guard let value = response.json.value(at: pointer), !value.isNull else { return nil }
        guard let number = value.integer, number >= 0 else {
            throw TapedeckError(.malformedResponse, "The answer has no count of pages at \"\(pointer)\".")
        }
        return Int(number)
    }
}

extension APIRequest {
    /// Sets a parameter of the query, in place when it is there already.
    mutating func setQuery(_ name: String, _ value: String) {
        if let index = query.firstIndex(where: { $0.name == name }) {
            query[index].value = .text(value)
        } else {
            query.append(QueryItem(name, .text(value)))
        }
    }
}
