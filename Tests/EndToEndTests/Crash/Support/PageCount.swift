import Foundation
import PlatformSimulator

/// How many pages were asked for, by listing.
///
/// A listing is the summaries of one site, host and window, known by the day on which the window begins, or the egresses of a call.
struct PageCount: Sendable {
    private(set) var pages: [String: Int] = [:]

    init(_ requests: [SimulatedRequest]) {
        for request in requests {
            guard let listing = Self.listing(request) else { continue }
            pages[listing, default: 0] += 1
        }
    }

    /// Adds the pages of some sources.
    mutating func add(_ other: PageCount, of sources: Set<String>) {
        for (listing, count) in other.pages where sources.contains(listing.hasPrefix("/") ? "clinic" : "acme") {
            pages[listing, default: 0] += count
        }
    }

    private static func listing(_ request: SimulatedRequest) -> String? {
        switch request.endpoint {
        case .kismetEgresses: return request.target
        case .webexAccessSummary:
            let items = URLComponents(string: request.target)?.queryItems ?? []
            func value(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
            return "\(value("siteUrl")) \(value("hostEmail")) \(value("from").prefix(10))"
        default: return nil
        }
    }

    /// How many pages of each listing were asked for beyond those that `baseline` needed, for those listings with any.
    func beyond(_ baseline: PageCount) -> [String: Int] {
        pages.reduce(into: [:]) { result, entry in
            let excess = entry.value - baseline.pages[entry.key, default: 0]
            if excess > 0 { result[entry.key] = excess }
        }
    }
}
