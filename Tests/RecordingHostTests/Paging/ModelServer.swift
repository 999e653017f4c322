import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

/// A platform with a list of ids that serves pages of it the way a real one does.
struct ModelServer {
    enum Style: CaseIterable {
        case number
        case offset
        case link
    }

    let style: Style
    var ids: [Int]
    /// The largest page that it sends, whatever it is asked for.
    var largestPage = Int.max
    var saysTotal = true

    func paging(size: Int, keyed: Bool) -> Paging {
        var paging: Paging =
            switch style {
            case .number: .pageNumber(totalPages: saysTotal ? "/pages" : nil, items: "/items")
            case .offset: .offset(items: "/items")
            case .link: .linkHeader(items: "/items")
            }
        paging.pageSize = PageSize("size", preferred: size)
        if saysTotal { paging.totalCount = "/total" }
        if keyed { paging.itemKey = "id" }
        return paging
    }

    /// Answers a request by what its URL asks for.
    func respond(to url: HTTPURL) throws -> APIResponse {
        let number: (String) -> Int? = { name in url.queryValue(of: name).flatMap { Int($0) } }
        let size = min(try #require(number("size")), largestPage)
        let start: Int =
            switch style {
            case .number: (number("page") ?? 1) - 1 < 0 ? 0 : ((number("page") ?? 1) - 1) * size
            case .offset: number("offset") ?? 0
            case .link: number("cursor") ?? 0
            }
        let from = min(start, ids.count)
        let end = min(from + size, ids.count)
        let items = ids[from..<end].map { #"{"id":\#($0)}"# }.joined(separator: ",")
        let totals = saysTotal ? #","pages":\#((ids.count + size - 1) / size),"total":\#(ids.count)"# : ""
        let link = style == .link && end < ids.count ? "</v1/things?cursor=\(end)&size=\(size)>; rel=next" : nil
        return try answer(#"{"items":[\#(items)]\#(totals)}"#, link: link)
    }
}
