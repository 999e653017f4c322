import JSON5
import Testing

@Suite("Nearest name")
struct NearestNameTests {
    static let known = ["ledger", "sources", "sinks", "media", "raw", "clientID", "clientSecret", "baseURL", "id"]

    @Test(
        "finds the name that was meant",
        arguments: [
            ("ledgre", "ledger"), ("leger", "ledger"), ("ledgers", "ledger"), ("lodger", "ledger"),
            ("source", "sources"), ("suorces", "sources"), ("SINKS", "sinks"), ("medium", "media"),
            ("baseUrl", "baseURL"), ("base_url", "baseURL"), ("clientId", "clientID"), ("clientsecrte", "clientSecret"),
            ("row", "raw"), ("di", "id"), ("sink", "sinks"),
        ]
    )
    func found(name: String, expected: String) {
        #expect(nearestName(to: name, among: Self.known) == expected)
        #expect(nearestName(to: name, among: Self.known.reversed()) == expected)
    }

    @Test(
        "says nothing when no name is near",
        arguments: ["", "x", "i", "de", "wra!", "ledgerdomain", "sores", "proxy"]
    )
    func notFound(name: String) {
        #expect(nearestName(to: name, among: Self.known) == nil)
    }

    @Test("prefers the nearer name, then the first in string order")
    func ties() {
        #expect(nearestName(to: "hostName", among: ["hostNames1", "hostNames"]) == "hostNames")
        #expect(nearestName(to: "cat", among: ["rat", "bat"]) == "bat")
        #expect(nearestName(to: "cat", among: ["bat", "rat"]) == "bat")
        #expect(nearestName(to: "cat", among: [String]()) == nil)
    }
}
