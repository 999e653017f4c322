import RecordingKit
import Testing

@testable import RecordingHost

struct RedirectFollowerTests {
    private func follow(
        from start: String = "https://api.test/a",
        method: String = "GET",
        _ answers: [TransportResponse]
    ) async throws -> (response: TransportResponse, requests: [TransportRequest]) {
        let script = OpenTransport(answers)
        let credential = Credential(
            fields: [
                HTTPHeaders.Field(name: "X-Key", value: "k3y"),
                HTTPHeaders.Field(name: "Authorization", value: "Bearer s"),
            ],
            generation: 0
        )
        let request = TransportRequest(
            method: method,
            url: try #require(HTTPURL(start)),
            headers: ["x-key": "k3y", "Authorization": "Bearer s", "Cookie": "c=1", "Accept": "application/json"]
        )
        let response = try await RedirectFollower(transport: script, credential: credential).send(request)
        return (response, script.requests)
    }

    private static func redirect(_ location: String, status: Int = 302) -> TransportResponse {
        TransportResponse(status: status, headers: ["Location": location])
    }

    @Test(
        "On the same origin a redirect is followed with credentials",
        arguments: [
            ("/b?x=1", "https://api.test/b?x=1"), ("b", "https://api.test/b"),
            ("//api.test:443/c", "https://api.test/c"),
        ],
        [301, 302, 303, 307, 308]
    )
    func sameOrigin(place: (location: String, target: String), status: Int) async throws {
        let result = try await follow([Self.redirect(place.location, status: status), TransportResponse(status: 204)])
        #expect(result.response.status == 204)
        #expect(result.requests.last?.url.text == place.target)
        #expect(result.requests.last?.headers["X-Key"] == "k3y")
        #expect(result.requests.last?.headers["Authorization"] == "Bearer s")
    }

    @Test(
        "Another origin gets no credential, nor does the way back",
        arguments: ["https://other.test/b", "https://api.test:8443/b", "https://sub.api.test/b"]
    )
    func otherOrigin(target: String) async throws {
        let result = try await follow([
            Self.redirect(target), Self.redirect("https://api.test/c"), TransportResponse(status: 204),
        ])
        #expect(result.requests.map(\.url.text) == ["https://api.test/a", target, "https://api.test/c"])
        for request in result.requests.dropFirst() {
            for name in ["X-Key", "Authorization", "Cookie"] { #expect(request.headers[name] == nil) }
            #expect(request.headers["Accept"] == "application/json")
        }
    }

    @Test(
        "A redirect that must not be followed is returned as it is",
        arguments: [
            "http://api.test/b", "http://other.test/b", "https://localhost/b", "https://127.0.0.1/b",
            "https://[::1]:1/b",
            "ftp://api.test/b", "https://user:pw@api.test/b", "",
        ]
    )
    func refused(target: String) async throws {
        let result = try await follow([Self.redirect(target)])
        #expect(result.response.status == 302)
        #expect(result.requests.count == 1)
    }

    @Test("A redirect without a place, and a 304, are returned") func noPlace() async throws {
        #expect(try await follow([TransportResponse(status: 302)]).response.status == 302)
        #expect(try await follow([Self.redirect("/b", status: 304)]).response.status == 304)
    }

    @Test("Only reading requests are followed", arguments: ["POST", "PUT", "DELETE"])
    func otherMethods(method: String) async throws {
        let result = try await follow(method: method, [Self.redirect("/b", status: 307)])
        #expect(result.response.status == 307)
        #expect(result.requests.count == 1)
    }

    @Test("Between ports of this machine a redirect is followed") func loopback() async throws {
        let result = try await follow(
            from: "http://127.0.0.1:8080/a",
            [Self.redirect("http://127.0.0.1:9090/b"), TransportResponse(status: 204)]
        )
        #expect(result.response.status == 204)
        #expect(result.requests.last?.headers["Authorization"] == nil)
    }

    @Test("Five redirects are followed, the sixth is not") func chain() async throws {
        let redirects = (1...6).map { Self.redirect("/r\($0)") }
        #expect(try await follow(Array(redirects.prefix(5)) + [TransportResponse(status: 204)]).response.status == 204)
        let result = try await follow(redirects + [TransportResponse(status: 204)])
        #expect(result.response.status == 302)
        #expect(result.requests.count == 6)
    }
}
