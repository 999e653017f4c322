import RecordingKit

/// Where the links of a listing may lead: to the source's own origin, and not back to the first page.
struct PageLinks: Sendable {
    let baseURL: HTTPURL
    /// The request for the first page.
    let first: APIRequest
    /// The page size's parameter, where it is in the query, and the size that is asked for.
    let size: (parameter: String, value: Int)?
    /// Parameters that carry credentials: a link that repeats them is remembered without.
    let hidden: [String]

    /// The next page's URL, with a page size that means something.
    ///
    /// - Parameter current: the page that the link was on, when that was reached through a link.
    /// - Throws: `TapedeckError`: `paging_broken`, `foreign_origin`, `paging_cycle`.
    func resolve(_ target: String, from current: HTTPURL?) throws -> HTTPURL {
        guard let url = (current ?? baseURL.appendingPath(first.path)).resolving(target) else {
            throw TapedeckError(.pagingBroken, "The link to the next page is not an http or https URL.")
        }
        guard url.origin == baseURL.origin else {
            throw TapedeckError(
                .foreignOrigin,
                "The link to the next page leads to another origin, \(url.origin.host)."
            )
        }
        let shown = hidden.reduce(url) { $0.removingQuery($1) }
        guard !isFirstPage(shown) else { throw PagingGuards.cycle }
        return shown
    }

    /// The URL with the page size that is asked for, when its own means nothing.
    func withUsablePageSize(_ url: HTTPURL) -> HTTPURL {
        guard let size else { return url }
        let isUsable = url.queryValue(of: size.parameter).flatMap { Int($0) } != nil
        return isUsable ? url : url.replacingQueryValue(of: size.parameter, with: String(size.value))
    }

    /// Whether a link asks for nothing but what the first request asked for, so that it leads back to the first page.
    private func isFirstPage(_ url: HTTPURL) -> Bool {
        guard url.path == baseURL.appendingPath(first.path).path, let names = url.queryNames else { return false }
        return names.allSatisfy { name in
            guard let item = first.query.first(where: { $0.name == name }) else { return false }
            switch item.value {
            case .text(let text): return name == size?.parameter || url.queryValue(of: name) == text
            // Sent as it was, or as the platform's horizon had it by then.
            case .start: return true
            }
        }
    }
}
