import RawJSON
import RecordingKit
import Testing

@Suite("Paging as data")
struct PagingTests {
    @Test(
        "Every factory keeps its strategy and the place of the items",
        arguments: [
            (.single(items: "/i"), "single"), (.linkHeader(items: "/i"), "link"),
            (.nextURL(at: "/n", items: "/i"), "next /n"),
            (.cursor(at: "/n", parameter: "c", items: "/i"), "query /n c"),
            (.bodyCursor(at: "/n", parameter: "c", items: "/i"), "body /n c"),
            (.pageNumber(items: "/i"), "page page 1 -"),
            (.pageNumber(parameter: "p", first: 0, totalPages: "/t", items: "/i"), "page p 0 /t"),
            (.offset(items: "/i"), "offset offset"), (.offset(parameter: "o", items: "/i"), "offset o"),
            (.lastID(parameter: "a", key: "id", items: "/i"), "last a id"),
        ] as [(Paging, String)]
    )
    func factories(paging: Paging, expected: String) {
        #expect(text(of: paging.strategy) == expected)
        #expect(paging.items == "/i")
        #expect(paging.pageSize == nil && paging.totalCount == nil && paging.itemKey == nil)
        #expect(paging.more == nil && !paging.itemsMayBeAbsent)
        #expect(paging.maximumEmptyPages == 3)
        #expect(paging.maximumPages == 1_000_000)
    }

    private func text(of strategy: PagingStrategy) -> String {
        switch strategy.kind {
        case .single: "single"
        case .linkHeader: "link"
        case .nextURL(let pointer): "next \(pointer)"
        case .cursor(let pointer, let parameter, let place): "\(place.rawValue) \(pointer) \(parameter)"
        case .pageNumber(let parameter, let first, let total, let place):
            "page \(parameter) \(first) \(total?.description ?? "-")" + suffix(place)
        case .offset(let parameter, let place): "offset \(parameter)" + suffix(place)
        case .lastID(let parameter, let key, let place): "last \(parameter) \(key)" + suffix(place)
        }
    }

    private func suffix(_ place: ParameterPlace) -> String { place == .body ? " in body" : "" }

    @Test(
        "A page size is at least 1 and its minimum is never above it",
        arguments: [(100, 10, 100, 10), (5, 10, 5, 5), (0, 0, 1, 1), (-5, -9, 1, 1), (10, -1, 10, 1)]
    )
    func pageSizes(preferred: Int, minimum: Int, keptPreferred: Int, keptMinimum: Int) {
        let size = PageSize("max", preferred: preferred, minimum: minimum)
        #expect(size.preferred == keptPreferred)
        #expect(size.minimum == keptMinimum)
    }
}
