public import RawJSON

/// How a platform cuts a long list into pages, as data; the host follows it and guards it.
///
/// Whatever the strategy, the host ends a listing with an error, never quietly, when a page leads back to one that was read, when
/// too many pages in a row are empty although more are promised, when the next page is on an origin that is not the source's,
/// or when there are more than ``maximumPages``.
public struct Paging: Sendable {
    /// How the next page is found.
    public let strategy: PagingStrategy
    /// Where the items are in an answer.
    public var items: JSONPointer
    /// Whether the platform leaves the list out, or sends null, where there are no items; default false.
    ///
    /// Without it, an answer that has no list at ``items`` is an error: that there is nothing is said by an empty list.
    public var itemsMayBeAbsent: Bool = false
    /// Where an answer says whether more pages follow, as a truth value; nil when it does not.
    ///
    /// False ends the listing, whatever else names a next page. True where nothing leads to one is an error; with numbered pages
    /// it outweighs the strategy's own idea of the last page, an empty one included. Where the value is missing
    /// or null, the strategy alone decides; anything but a truth value, or the texts `true` and `false`, is an error.
    public var more: JSONPointer?
    /// The parameter that sets the page size, or nil to leave it to the platform.
    public var pageSize: PageSize?
    /// Where an answer says how many items there are in all; the host reconciles it with the items that it received.
    public var totalCount: JSONPointer?
    /// The member that tells items apart.
    ///
    /// With it, items that come again because pages shifted are dropped.
    public var itemKey: String?
    /// How many empty pages in a row are followed when more are promised; default 3.
    public var maximumEmptyPages: Int = 3
    /// How many pages a listing may have; default 1 000 000.
    public var maximumPages: Int = 1_000_000

    /// Puts a strategy and the place of the items together.
    public init(_ strategy: PagingStrategy, items: JSONPointer) {
        self.strategy = strategy
        self.items = items
    }

    /// One page that holds everything.
    public static func single(items: JSONPointer) -> Paging { Paging(PagingStrategy(kind: .single), items: items) }

    /// The next page is in the `Link` header field under `rel="next"` (RFC 8288); no such link means the last page.
    public static func linkHeader(items: JSONPointer) -> Paging {
        Paging(PagingStrategy(kind: .linkHeader), items: items)
    }

    /// The next page's URL, absolute or relative, is in the answer; absent, null or empty means the last page.
    public static func nextURL(at pointer: JSONPointer, items: JSONPointer) -> Paging {
        Paging(PagingStrategy(kind: .nextURL(at: pointer)), items: items)
    }

    /// A cursor in the answer goes into the next request's query; absent, null or empty means the last page.
    public static func cursor(at pointer: JSONPointer, parameter: String, items: JSONPointer) -> Paging {
        Paging(PagingStrategy(kind: .cursor(at: pointer, parameter: parameter, place: .query)), items: items)
    }

    /// A cursor in the answer goes into the next request's JSON body as the member `parameter`, which may be a pointer
    /// (see ``ParameterPlace/body``); absent, null or empty means the last page.
    public static func bodyCursor(at pointer: JSONPointer, parameter: String, items: JSONPointer) -> Paging {
        Paging(PagingStrategy(kind: .cursor(at: pointer, parameter: parameter, place: .body)), items: items)
    }

    /// Pages are numbered; the last is the one that the answer says, or without that the first that brings nothing.
    public static func pageNumber(
        parameter: String = "page",
        first: Int = 1,
        totalPages: JSONPointer? = nil,
        in place: ParameterPlace = .query,
        items: JSONPointer
    ) -> Paging {
        let kind = PagingStrategy.Kind.pageNumber(
            parameter: parameter,
            first: first,
            totalPages: totalPages,
            place: place
        )
        return Paging(PagingStrategy(kind: kind), items: items)
    }

    /// Each page starts at the number of items before it; the first page that brings nothing is the last.
    public static func offset(
        parameter: String = "offset",
        in place: ParameterPlace = .query,
        items: JSONPointer
    ) -> Paging {
        Paging(PagingStrategy(kind: .offset(parameter: parameter, place: place)), items: items)
    }

    /// Each page starts after the last item's `key`; the first page that brings nothing is the last.
    public static func lastID(
        parameter: String,
        key: String,
        in place: ParameterPlace = .query,
        items: JSONPointer
    ) -> Paging {
        Paging(PagingStrategy(kind: .lastID(parameter: parameter, key: key, place: place)), items: items)
    }
}
