import Foundation
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("A file is fetched")
struct MediaTransferTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "transfer-\(UUID().uuidString)").path
    private let clock = ManualClock.automatic(at: SenderBench.start)

    /// Fetches one link as a source at `https://api.test` does, and returns what was asked for.
    @discardableResult
    private func fetch(
        _ links: [MediaLink],
        origins: [OriginPattern] = [],
        _ script: @escaping ScriptedMediaTransport.Script
    ) async throws -> [MediaRequest] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bench = try SenderBench([], clock: clock, credentialOrigins: origins)
        let transport = ScriptedMediaTransport(script)
        let spool = try SpoolFile(
            path: folder + "/1.partial",
            checkpoint: nil,
            expectedLength: nil,
            clock: clock,
            freeSpace: { nil },
            onCheckpoint: { _ in }
        )
        let asked = Journal()
        var supply = LinkSupply(clock: clock) {
            asked.note("asked")
            return .available([links[min(asked.entries.count, links.count) - 1]])
        }
        _ = try await supply.refill()
        let link = try #require(supply.links.first)
        _ = try await MediaTransfer(bench.sender, transport: transport).fetch(link, into: spool, supply: &supply)
        return transport.requests
    }

    private static let file = ScriptedMediaAnswer.answer(headers: ["Content-Length": "3"], parts: [[1, 2, 3]])

    private static func redirect(_ location: String) -> ScriptedMediaAnswer {
        .answer(status: 302, headers: ["Location": location])
    }

    @Test(
        "with the source's credentials only where its connector says that they may go",
        arguments: [
            ("https://api.test/f", true), ("https://files.test/f", true), ("https://a.cdn.test/f", true),
            ("https://cdn.test/f", false), ("https://other.test/f", false), ("https://api.test:8443/f", false),
            ("http://files.test/f", false), ("https://files.test.evil.test/f", false),
        ]
    )
    func credentials(url: String, areSent: Bool) async throws {
        for wantsThem in [true, false] {
            let link = MediaLink(rendition: "audio", url: url, sendsCredentials: wantsThem)
            let requests = try await fetch([link], origins: ["https://files.test", "https://*.cdn.test"]) { _ in
                Self.file
            }
            #expect(requests.map(\.url.text) == [url])
            #expect(requests.first?.headers["Authorization"] == (areSent && wantsThem ? "Bearer s3cret" : nil))
        }
    }

    @Test("without them from the first redirect to another place on, also back where they may go")
    func redirects() async throws {
        let link = MediaLink(rendition: "audio", url: "https://api.test/f", sendsCredentials: true)
        let way = ["https://files.test/f", "https://other.test/f", "https://files.test/g", "https://api.test/g"]
        let requests = try await fetch([link], origins: ["https://files.test"]) { request in
            let places = ["https://api.test/f"] + way
            guard let place = places.firstIndex(of: request.url.text), place < way.count else { return Self.file }
            return Self.redirect(way[place])
        }
        #expect(requests.map(\.url.text) == ["https://api.test/f"] + way)
        #expect(requests.map { $0.headers["Authorization"] != nil } == [true, true, false, false, false])
    }

    @Test(
        "through a fresh link when the first one's life is over, counted from when it was handed out",
        arguments: [(60, "new"), (65, "new"), (66, "old"), (3_600, "old"), (0, "old"), (-5, "old")]
    )
    func lifetime(seconds: Int, expected: String) async throws {
        let links = ["old", "new"].map { name in
            MediaLink(rendition: "audio", url: "https://files.test/\(name)", lifetime: .seconds(seconds))
        }
        let requests = try await fetch(links) { [clock] request in
            guard request.headers["Range"] == nil, request.url.path == "/old" else {
                return .answer(
                    status: request.headers["Range"] == nil ? 200 : 206,
                    headers: request.headers["Range"] == nil
                        ? ["Content-Length": "6", "ETag": "\"a\""]
                        : ["Content-Length": "3", "Content-Range": "bytes 3-5/6", "ETag": "\"a\""],
                    parts: request.headers["Range"] == nil ? [[1, 2, 3], [4, 5, 6]] : [[4, 5, 6]]
                )
            }
            clock.advance(by: .seconds(55))
            return .answer(
                headers: ["Content-Length": "6", "ETag": "\"a\""],
                parts: [[1, 2, 3]],
                failure: .connectionBroken
            )
        }
        #expect(requests.map(\.url.path) == ["/old", "/\(expected)"])
    }

    @Test("until the end that the platform names, whatever it says of a life")
    func namedEnd() async throws {
        let end = SenderBench.start.advanced(by: .seconds(900))
        var supply = LinkSupply(clock: clock) {
            .available([MediaLink(rendition: "a", url: "https://x.test", expiresAt: end, lifetime: .seconds(60))])
        }
        _ = try await supply.refill()
        #expect(supply.links.map(\.expiresAt) == [end])
    }
}
