import RawJSON
import RecordingKit

/// Watches a listing for what must never end it quietly or keep it going for ever: cycles, endless empty pages, missing items.
struct PagingGuards: Sendable {
    private let paging: Paging
    private var seenTokens: Set<Int> = []
    private var repeatedItems: [UInt64: Int] = [:]
    private var seenKeys: Set<Int> = []
    private var keysOfThisPass: Set<Int> = []
    /// Items that came in this pass, each counted once where items have keys.
    private(set) var received = 0
    /// How many items the platform said there are when the pass began.
    private(set) var promised: Int?
    /// The most items that the platform said there are in this pass.
    private var mostPromised: Int?
    /// Whether an earlier reading took pages over, whose items are counted but not known.
    private var hasResumed = false
    private var emptyPages = 0
    private var hasReadAgain = false
    /// How many pages were admitted.
    private(set) var pages = 0

    /// Items of equal content that may come again before it counts as a cycle: rows without an id can be truly equal, and with
    /// very small pages so can whole pages.
    private static let toleratedRepeats = 10

    init(_ paging: Paging) { self.paging = paging }

    /// Counts what an earlier reading of the same listing took over.
    mutating func resume(at place: PagePlace) {
        pages = place.pages
        received = place.received
        promised = place.promised
        hasResumed = true
    }

    /// Notes the token or link that leads to the next page.
    ///
    /// - Throws: `paging_cycle` when an earlier page led there too.
    mutating func see(_ token: String) throws {
        guard seenTokens.insert(token.hashValue).inserted else { throw PagingGuards.cycle }
    }

    /// What a next page that was read already is reported as.
    static var cycle: TapedeckError {
        TapedeckError(.pagingCycle, "The next page was read already: the platform's pages lead in a circle.")
    }

    /// Takes a page's items, and returns those that are new.
    ///
    /// - Throws: `paging_cycle` when the same content comes again and again, `paging_limit` when there are too many pages.
    mutating func admit(_ items: [JSONValue], of response: APIResponse) throws -> [JSONValue] {
        pages += 1
        guard pages <= paging.maximumPages else {
            throw TapedeckError(.pagingLimit, "The listing has more than \(paging.maximumPages) pages.")
        }
        emptyPages = items.isEmpty ? emptyPages + 1 : 0
        if let pointer = paging.totalCount, let value = response.json.value(at: pointer), !value.isNull {
            guard let count = value.integer, count >= 0 else {
                throw TapedeckError(.malformedResponse, "The answer has no count of items at \"\(pointer)\".")
            }
            // What was there when the pass began: rows that are added meanwhile are left to the next run.
            promised = promised ?? Int(count)
            mostPromised = max(mostPromised ?? 0, Int(count))
        }
        if !items.isEmpty { try watchContent(items, tolerating: endsByItself(response) ? 2 * items.count : 0) }
        guard let key = paging.itemKey else {
            received += items.count
            return items
        }
        return items.filter { item in
            guard let hash = item[key]?.scalarText?.hashValue else {
                received += 1
                return true
            }
            if keysOfThisPass.insert(hash).inserted { received += 1 }
            return seenKeys.insert(hash).inserted
        }
    }

    /// Notes that more pages are promised.
    ///
    /// - Throws: `paging_limit` when too many pages in a row were empty all the same.
    func promise(isEmpty: Bool) throws {
        guard isEmpty, emptyPages > paging.maximumEmptyPages else { return }
        throw TapedeckError(.pagingLimit, "\(emptyPages) pages in a row were empty although more were promised.")
    }

    /// Compares what came with what the platform says there is, at the end of the listing.
    ///
    /// - Returns: whether to read once more from the first page, because items came or went while pages shifted.
    /// - Throws: `count_mismatch` when the numbers differ after that too: items are missing, or the platform's number is not that
    ///   of its items and proves nothing.
    mutating func mustReadAgain() throws -> Bool {
        guard let promised, received < promised || isMoreThanPromised else { return false }
        guard paging.itemKey != nil, !hasReadAgain else {
            let number = received < promised ? "\(promised)" : "\(mostPromised ?? promised) at most"
            throw TapedeckError(
                .countMismatch,
                "\(received) items came although the platform says that there are \(number)."
            )
        }
        hasReadAgain = true
        seenTokens = []
        repeatedItems = [:]
        keysOfThisPass = []
        received = 0
        self.promised = nil
        mostPromised = nil
        emptyPages = 0
        return true
    }

    /// Whether more items came than there ever were by the platform's word; only items with keys are surely different ones.
    private var isMoreThanPromised: Bool {
        guard let mostPromised, paging.itemKey != nil, !hasResumed else { return false }
        return received > mostPromised
    }

    /// Numbered pages with a total end by themselves, and shifting rows can make two of them equal, but hardly three.
    private func endsByItself(_ response: APIResponse) -> Bool {
        switch paging.strategy.kind {
        case .pageNumber(_, _, let totalPages, _): totalPages.flatMap { response.json.value(at: $0) } != nil
        case .single: true
        default: false
        }
    }

    private mutating func watchContent(_ items: [JSONValue], tolerating tolerated: Int) throws {
        let fingerprint = items.reduce(UInt64(items.count)) { ContentHash.hash($1.rawBytes, seed: $0) }
        guard let repeats = repeatedItems[fingerprint] else {
            repeatedItems[fingerprint] = 0
            return
        }
        repeatedItems[fingerprint] = repeats + items.count
        guard repeats + items.count < max(tolerated, PagingGuards.toleratedRepeats) else {
            throw TapedeckError(.pagingCycle, "The same page came again: the platform's pages lead in a circle.")
        }
    }
}
