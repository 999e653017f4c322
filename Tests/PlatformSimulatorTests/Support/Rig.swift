import Foundation
import PlatformSimulator
import Testing

/// A running simulator with a client; the clock stands at 2026-03-15T12:00:00Z unless given.
final class Rig {
    static let now: Int64 = 1_773_576_000

    let simulator: PlatformSimulator
    let client: RawClient

    init(
        _ plan: SimulatorPlan = SimulatorPlan(),
        clock: SimulatorClock? = nil,
        timeoutMilliseconds: Int32 = 3000
    ) throws {
        simulator = try PlatformSimulator(plan: plan, clock: clock ?? .fixed(unixSeconds: Self.now))
        let port = try simulator.start()
        client = RawClient(port: port, timeoutMilliseconds: timeoutMilliseconds)
    }

    deinit {
        simulator.stop()
    }

    static let kismetHeaders = ["X-Client-ID": "kismet-client", "X-Client-Secret": "kismet-secret"]
    static let webexHeaders = ["Authorization": "Bearer webex-access-token"]

    func kismet(_ path: String) -> RawClient.Answer {
        client.send("/api/external\(path)", headers: Self.kismetHeaders)
    }

    func webex(_ target: String, headers: [String: String] = [:]) -> RawClient.Answer {
        let path = target.hasPrefix("http") ? target : "/v1\(target)"
        return client.send(path, headers: Self.webexHeaders.merging(headers) { $1 })
    }

    /// Follows page numbers to the end, and gives the items of all pages.
    func kismetPages(_ path: String, _ member: String, perPage: Int = 7) throws -> [JSON] {
        var items: [JSON] = []
        var page = 1
        while true {
            let body = try kismet("\(path)?page=\(page)&per_page=\(perPage)").json
            items += body[member]?.array ?? []
            guard page < body["pagination"]?["total_pages"]?.integer ?? 0 else { return items }
            page += 1
        }
    }

    /// Follows next links to the end, and gives the pages.
    func webexPages(_ target: String, limit: Int = 1000) throws -> [[JSON]] {
        var pages: [[JSON]] = []
        var next: String? = target
        while let url = next, pages.count < limit {
            let answer = webex(url)
            #expect(answer.status == 200)
            pages.append(try answer.json["items"]?.array ?? [])
            next = Self.next(answer)
        }
        return pages
    }

    /// The target of the last `next` relation of an answer.
    static func next(_ answer: RawClient.Answer) -> String? {
        for value in answer.values("Link").reversed() {
            guard
                let relation = value.range(of: "rel=\"next\"", options: .backwards)
                    ?? value.range(of: "rel=next", options: .backwards),
                let end = value[..<relation.lowerBound].range(of: ">", options: .backwards),
                let start = value[..<end.lowerBound].range(of: "<", options: .backwards)
            else { continue }
            return String(value[start.upperBound..<end.lowerBound])
        }
        return nil
    }

    /// Days before the clock's time, as `from` and `to` take them.
    static func daysAgo(_ days: Int64) -> String {
        (now - days * 86400).utcTimestamp
    }
}
