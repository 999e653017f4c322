import RecordingKit
import Testing

@testable import RecordingHost

@Suite("How long files are kept")
struct RetentionPolicyTests {
    private let day: Int64 = 86_400

    private func file(
        _ source: String = "clinic",
        _ id: String = "7",
        started: Int64?,
        fetched: Int64
    ) -> RetentionPolicy.StoredFile {
        RetentionPolicy.StoredFile(
            source: source,
            recordingID: id,
            startedAt: started.map { Timestamp(secondsSince1970: $0) },
            fetchedAt: Timestamp(secondsSince1970: fetched)
        )
    }

    @Test("A file may go once its recording began long enough ago, to the second")
    func boundary() throws {
        let policy = try RetentionPolicy(retain: .seconds(10 * day))
        let stored = file(started: 1_000, fetched: 5_000)
        #expect(policy.decision(on: stored, at: Timestamp(secondsSince1970: 999 + 10 * day)) == .young)
        #expect(policy.decision(on: stored, at: Timestamp(secondsSince1970: 1_000 + 10 * day)) == .purge)
    }

    @Test("Without a start, the age counts from when the file was fetched")
    func withoutStart() throws {
        let policy = try RetentionPolicy(retain: .seconds(10 * day))
        let stored = file(started: nil, fetched: 5_000)
        #expect(policy.decision(on: stored, at: Timestamp(secondsSince1970: 4_999 + 10 * day)) == .young)
        #expect(policy.decision(on: stored, at: Timestamp(secondsSince1970: 5_000 + 10 * day)) == .purge)
    }

    @Test("Without a span everything is kept for ever")
    func forEver() throws {
        #expect(try RetentionPolicy(retain: nil).decision(on: file(started: 0, fetched: 0), at: .latest) == .young)
    }

    @Test("A clock that shows a time before the file was fetched deletes nothing")
    func wrongClock() throws {
        let policy = try RetentionPolicy(retain: .seconds(day))
        let stored = file(started: 0, fetched: 100 * day)
        #expect(policy.decision(on: stored, at: Timestamp(secondsSince1970: 100 * day - 1)) == .young)
    }

    @Test("A span below a day is refused", arguments: [0, 360, 86_399] as [Int64])
    func tooShort(seconds: Int64) {
        #expect(throws: TapedeckError(.configurationInvalid, "")) {
            _ = try RetentionPolicy(retain: .seconds(seconds))
        }
    }

    @Test(
        "A held recording is named by its source and its id",
        arguments: [
            ("clinic/7", "clinic", "7"), ("clinic/a/b", "clinic", "a/b"), ("clinic//", "clinic", "/"),
        ]
    )
    func holdText(text: String, source: String, id: String) {
        #expect(LegalHolds.HeldRecording(text) == LegalHolds.HeldRecording(source: source, recordingID: id))
    }

    @Test("What does not name both is refused", arguments: ["", "clinic", "clinic/", "/7", "/"])
    func badHoldText(text: String) {
        #expect(LegalHolds.HeldRecording(text) == nil)
    }

    @Test("Whatever the ages, spans and holds: nothing held is deleted, nothing too young, and all else is")
    func properties() throws {
        var generator = SeededGenerator(seed: 42)
        var purged = 0
        for _ in 0..<20_000 {
            let sources = ["a", "b", "c"]
            let ids = ["1", "2", "1/2"]
            func pick(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }
            var holds = LegalHolds()
            if Bool.random(using: &generator) { holds.sources.insert(pick(sources)) }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                holds.recordings.insert(.init(source: pick(sources), recordingID: pick(ids)))
            }
            let retain = Int64.random(in: day...(4_000 * day), using: &generator)
            let now = Int64.random(in: 0...(8_000 * day), using: &generator)
            let start = Bool.random(using: &generator) ? Int64.random(in: -day...(9_000 * day), using: &generator) : nil
            let stored = file(
                pick(sources),
                pick(ids),
                started: start,
                fetched: Int64.random(in: 0...(9_000 * day), using: &generator)
            )
            let policy = try RetentionPolicy(retain: .seconds(retain), legalHolds: holds)
            let decision = policy.decision(on: stored, at: Timestamp(secondsSince1970: now))
            let isHeld =
                holds.sources.contains(stored.source)
                || holds.recordings.contains { $0.source == stored.source && $0.recordingID == stored.recordingID }
            let age = now - (start ?? stored.fetchedAt.seconds)
            #expect((decision == .held) == isHeld)
            let mayGo = !isHeld && age >= retain && now >= stored.fetchedAt.seconds
            #expect((decision == .purge) == mayGo)
            if mayGo { purged += 1 }
        }
        #expect(purged > 1_000)
    }
}
