import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

/// Properties over a model server; each seed is a run that can be repeated.
struct ShiftingPagesTests {
    private struct Reading {
        var ids: [Int] = []
        var failure: TapedeckError.Code?
        var shrinks = 0
    }

    /// Reads everything; `between` may change the server before each page, and decides whether a page is too slow.
    private func read(
        _ server: inout ModelServer,
        _ paging: Paging,
        between: (inout ModelServer, Int) -> Bool
    ) throws -> Reading {
        let base = try #require(HTTPURL("https://api.test/v1"))
        var turner = PageTurner(.get("/things"), paging: paging, baseURL: base)
        var reading = Reading()
        for number in 0..<10_000 {
            if between(&server, number), turner.due.canShrink {
                turner.shrink()
                reading.shrinks += 1
                continue
            }
            let url = turner.due.url(base: base, rules: .unfiltered, now: .earliest)
            let (page, next) = try turner.turn(server.respond(to: url))
            reading.ids += page.items.compactMap { $0["id"]?.integer.map { Int($0) } }
            switch next {
            case .request: break
            case .end: return reading
            case .failure(let error):
                reading.failure = error.code
                return reading
            }
        }
        throw TapedeckError(.pagingLimit, "The listing did not end.")
    }

    @Test(
        "However often a page is halved, every item comes exactly once",
        arguments: ModelServer.Style.allCases,
        [true, false]
    )
    func shrinking(style: ModelServer.Style, keyed: Bool) throws {
        var shrinks = 0
        for seed in 0..<400 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...120, using: &random)
            let size = Int.random(in: 1...40, using: &random)
            var server = ModelServer(style: style, ids: Array(0..<count), saysTotal: Bool.random(using: &random))
            let paging = server.paging(size: size, keyed: keyed)
            let reading = try read(&server, paging) { _, _ in Int.random(in: 0..<4, using: &random) == 0 }
            #expect(reading.ids == Array(0..<count), "seed \(seed), size \(size)")
            #expect(reading.failure == nil, "seed \(seed)")
            shrinks += reading.shrinks
        }
        #expect(shrinks > 100)
    }

    @Test("A platform that sends smaller pages than asked for loses no item either, once they are halved")
    func cappedPages() throws {
        for seed in 0..<400 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...120, using: &random)
            let size = Int.random(in: 8...40, using: &random)
            var server = ModelServer(style: .number, ids: Array(0..<count))
            server.largestPage = Int.random(in: 1...size, using: &random)
            server.saysTotal = false
            let paging = server.paging(size: size, keyed: true)
            let reading = try read(&server, paging) { _, _ in Int.random(in: 0..<6, using: &random) == 0 }
            #expect(Set(reading.ids) == Set(0..<count), "seed \(seed)")
            #expect(reading.ids.count == count, "seed \(seed)")
        }
    }

    @Test(
        "Rows that are added between pages lose nothing and bring nothing twice",
        arguments: ModelServer.Style.allCases
    )
    func insertions(style: ModelServer.Style) throws {
        for seed in 0..<400 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...80, using: &random)
            var server = ModelServer(style: style, ids: Array(0..<count))
            let paging = server.paging(size: Int.random(in: 3...20, using: &random), keyed: true)
            var added = 1_000
            let reading = try read(&server, paging) { server, number in
                if number > 0, number < 20, Int.random(in: 0..<3, using: &random) == 0 {
                    server.ids.insert(added, at: Int.random(in: 0...server.ids.count, using: &random))
                    added += 1
                }
                return false
            }
            #expect(reading.failure == nil, "seed \(seed)")
            #expect(Set(reading.ids).isSuperset(of: 0..<count), "seed \(seed)")
            #expect(Set(reading.ids).count == reading.ids.count, "seed \(seed)")
        }
    }

    @Test(
        "Rows that are deleted between pages cost a second pass, and then nothing is missing or twice",
        arguments: ModelServer.Style.allCases
    )
    func deletions(style: ModelServer.Style) throws {
        var missed = 0
        for seed in 0..<400 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...80, using: &random)
            let size = Int.random(in: 3...20, using: &random)
            var server = ModelServer(style: style, ids: Array(0..<count))
            let paging = server.paging(size: size, keyed: true)
            let lastOfFirstPass = (count - 1) / size
            var deletions = 0
            let reading = try read(&server, paging) { server, number in
                if (1...max(1, lastOfFirstPass)).contains(number), !server.ids.isEmpty, deletions < 3,
                    Bool.random(using: &random)
                {
                    server.ids.remove(at: Int.random(in: 0..<server.ids.count, using: &random))
                    deletions += 1
                }
                return false
            }
            let throughout = Set(server.ids)
            #expect(Set(reading.ids).isSuperset(of: throughout), "seed \(seed)")
            #expect(Set(reading.ids).count == reading.ids.count, "seed \(seed)")
            #expect(reading.failure == nil, "seed \(seed)")
            if deletions > 0 { missed += 1 }
        }
        #expect(missed > 50)
    }

    @Test("A platform that never hands over all that it counts is a mismatch, after everything else was handed over")
    func trulyMissing() throws {
        for style in ModelServer.Style.allCases {
            var server = ModelServer(style: style, ids: Array(0..<50))
            let paging = server.paging(size: 10, keyed: true)
            let base = try #require(HTTPURL("https://api.test/v1"))
            var turner = PageTurner(.get("/things"), paging: paging, baseURL: base)
            var ids: [Int] = []
            var failure: TapedeckError.Code?
            for _ in 0..<100 where failure == nil {
                let url = turner.due.url(base: base, rules: .unfiltered, now: .earliest)
                let full = try server.respond(to: url)
                let text = String(decoding: full.json.rawBytes, as: UTF8.self)
                    .replacing(#"{"id":33}"#, with: #"{"id":34}"#)
                let (page, next) = try turner.turn(answer(text, link: full.headers["Link"]))
                ids += page.items.compactMap { $0["id"]?.integer.map { Int($0) } }
                if case .failure(let error) = next { failure = error.code }
                if case .end = next { break }
            }
            #expect(failure == .countMismatch)
            #expect(Set(ids) == Set(0..<50).subtracting([33]))
            server.ids = []
        }
    }
}
