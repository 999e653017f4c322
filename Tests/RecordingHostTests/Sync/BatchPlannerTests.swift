import RecordingKit
import Testing

@testable import RecordingHost

struct BatchPlannerTests {
    private typealias Key = BatchPlanner.RecordingKey
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)
    private static let source = "clinic"

    /// What a ledger holds between two batches.
    private struct Memory {
        var recordings: [BatchPlanner.RecordingKey: KnownRecording] = [:]
        var events: [String: [EventKey: UInt64]] = [:]
    }

    private func origin(
        run: Int64 = 1,
        reads: Set<RecordKind> = Set(RecordKind.readByDefault),
        readsEvents: Bool = true
    ) -> RecordOrigin {
        RecordOrigin(
            source: Self.source,
            connector: "kismet",
            run: run,
            reads: readsEvents ? reads : reads.subtracting([.accessEvents]),
            mayCauseReads: false
        )
    }

    private func row(
        _ id: String,
        title: String = "t",
        context: String = "c",
        views: Int64? = nil,
        revision: String? = nil
    ) -> ListedRecording {
        var recording = Recording(id: id, status: .available)
        recording.title = title
        recording.context = [ContextEntry("call_id", context)]
        return ListedRecording(
            recording,
            summary: views.map { AccessSummary(recordingID: id, views: $0, downloads: nil) },
            accessRevision: revision.map { .revision($0) } ?? .unknown
        )
    }

    private func event(_ id: String, action: AccessAction = .view) -> NumberedEvent {
        let event = AccessEvent(identity: .platform(id), recordingID: "r", actor: Person(), actions: [action])
        return NumberedEvent(event: event, id: id, isSynthetic: false)
    }

    /// Plans works as one batch on top of `memory`, and remembers what came of them.
    private func plan(
        _ works: [RecorderWork],
        _ memory: inout Memory
    ) -> (results: [RecorderResult], batch: RecordBatch, changes: LedgerChanges) {
        var known: [String: RecordingSlots] = [:]
        for (key, entry) in memory.recordings {
            let place = known[key.source, default: RecordingSlots()].place(of: key.id)
            known[key.source]?[place].entry = entry
        }
        var planner = BatchPlanner(recordings: known, events: memory.events, includesRaw: true)
        let results = works.map { planner.add($0) }
        let changes = planner.finish()
        for change in changes.recordings { memory.recordings[Key(source: change.source, id: change.id)] = change.entry }
        for change in changes.events { memory.events[change.source, default: [:]][change.key] = change.fingerprint }
        return (results, planner.batch, changes)
    }

    private func page(
        _ rows: [ListedRecording],
        _ memory: inout Memory,
        listing: UInt64 = 1,
        _ origin: RecordOrigin
    ) -> (result: RecorderResult, batch: RecordBatch, changes: LedgerChanges) {
        let planned = plan([.page(origin, listing: listing, rows: rows, observedAt: Self.now)], &memory)
        return (planned.results[0], planned.batch, planned.changes)
    }

    @Test("A new recording is written, an unchanged one is only seen, a changed one is written again") func versions() {
        var memory = Memory()
        let first = page([row("a"), row("b")], &memory, origin(run: 1))
        #expect(first.result.seen == 2)
        #expect(first.result.written == [.recordings: 2])
        let second = page([row("a"), row("b", title: "other")], &memory, origin(run: 2))
        #expect(second.result.seen == 2)
        #expect(second.result.written == [.recordings: 1])
        #expect(second.batch.records.count == 1)
        #expect(Set(second.changes.recordings.map(\.entry.seenInRun)) == [2])
        let third = page([row("a"), row("b", title: "other")], &memory, origin(run: 2))
        #expect(third.result.seen == 0)
        #expect(third.batch.isEmpty)
        #expect(third.changes.isEmpty)
    }

    @Test("The same recording twice in one page is one record, seen once, with its details read once")
    func twiceInAPage() {
        var memory = Memory()
        let planned = page([row("a", revision: "1"), row("a", revision: "1")], &memory, origin())
        #expect(planned.result.seen == 1)
        #expect(planned.result.written == [.recordings: 1])
        #expect(planned.result.details.count == 1)
    }

    @Test(
        "Two listings that give one recording other contexts do not rewrite it run after run",
        arguments: [false, true]
    )
    func contexts(isReversed: Bool) {
        var memory = Memory()
        for run in 1...4 as ClosedRange<Int64> {
            let pages: [RecorderWork] = [
                .page(origin(run: run), listing: 1, rows: [row("a", context: "one")], observedAt: Self.now),
                .page(origin(run: run), listing: 2, rows: [row("a", context: "two")], observedAt: Self.now),
            ]
            let isFlipped = isReversed && run.isMultiple(of: 2)
            let planned = plan(isFlipped ? pages.reversed() : pages, &memory)
            #expect(planned.batch.records.count == (run == 1 ? 1 : 0), "run \(run)")
        }
    }

    @Test("A context that changes in the listing that wrote the recording is a change") func contextChange() {
        var memory = Memory()
        _ = page([row("a", context: "one")], &memory, origin(run: 1))
        #expect(page([row("a", context: "two")], &memory, origin(run: 2)).batch.records.count == 1)
    }

    @Test("A summary is written when it is new or differs") func summaries() {
        var memory = Memory()
        #expect(
            page([row("a", views: 1)], &memory, origin(run: 1)).result.written == [.recordings: 1, .accessSummaries: 1]
        )
        #expect(page([row("a", views: 1)], &memory, origin(run: 2)).result.written.isEmpty)
        #expect(page([row("a", views: 2)], &memory, origin(run: 3)).result.written == [.accessSummaries: 1])
        #expect(page([row("a")], &memory, origin(run: 4)).result.written.isEmpty)
    }

    @Test("Kinds that are not read are not written, and are written once they are") func kinds() {
        var memory = Memory()
        let events = origin(run: 1, reads: [.accessEvents])
        #expect(page([row("a", views: 1)], &memory, events).result.written.isEmpty)
        #expect(
            page([row("a", views: 1)], &memory, origin(run: 2)).result.written == [.recordings: 1, .accessSummaries: 1]
        )
        #expect(page([row("a", views: 1)], &memory, events).result.written.isEmpty)
        #expect(page([row("a", views: 1)], &memory, origin(run: 4)).result.written.isEmpty)
    }

    @Test("Events are due until they were read completely, and then when the revision differs or is unknown")
    func details() {
        var memory = Memory()
        let due: (String?, Int64) -> [DetailTask] = { revision, run in
            page([row("a", revision: revision)], &memory, origin(run: run)).result.details
        }
        #expect(due("1", 1).count == 1)
        #expect(due("1", 2).count == 1)
        let completion = EventCompletion(revision: .revision("1"), newest: Self.now, rememberedBy: nil)
        _ = plan(
            [.events(origin(), recordingID: "a", events: [], observedAt: Self.now, completion: completion)],
            &memory
        )
        #expect(due("1", 3).isEmpty)
        let changed = due("2", 4)
        #expect(changed.map(\.since) == [Self.now])
        #expect(due(nil, 5).count == 1)
    }

    @Test("Where events are not read none are due") func noDetails() {
        var memory = Memory()
        #expect(page([row("a", revision: "1")], &memory, origin(readsEvents: false)).result.details.isEmpty)
    }

    @Test("An event is written when it is new or changed, also within one batch") func events() {
        var memory = Memory()
        let work: ([NumberedEvent]) -> RecorderWork = { events in
            .events(origin(), recordingID: "r", events: events, observedAt: Self.now, completion: nil)
        }
        let first = plan([work([event("e1"), event("e2")]), work([event("e1")])], &memory)
        #expect(first.results.map { $0.written[.accessEvents] ?? 0 } == [2, 0])
        #expect(first.changes.events.count == 2)
        let second = plan([work([event("e1", action: .download), event("e2"), event("e3")])], &memory)
        #expect(second.results[0].written == [.accessEvents: 2])
        #expect(Set(second.changes.events.map(\.key.eventID)) == ["e1", "e3"])
        #expect(second.changes.recordings.isEmpty)
    }

    @Test("The newest event's time never goes back, and events of a page without completion complete nothing")
    func completion() {
        var memory = Memory()
        _ = page([row("r", revision: "1")], &memory, origin())
        let complete: (Timestamp?, String) -> RecorderWork = { newest, revision in
            .events(
                origin(),
                recordingID: "r",
                events: [event("e")],
                observedAt: Self.now,
                completion: EventCompletion(revision: .revision(revision), newest: newest, rememberedBy: nil)
            )
        }
        let key = Key(source: Self.source, id: "r")
        _ = plan(
            [.events(origin(), recordingID: "r", events: [event("e")], observedAt: Self.now, completion: nil)],
            &memory
        )
        #expect(memory.recordings[key]?.eventsWereRead == false)
        _ = plan([complete(nil, "1")], &memory)
        #expect(memory.recordings[key]?.eventsWereRead == true)
        #expect(memory.recordings[key]?.eventsThrough == nil)
        _ = plan([complete(Self.now, "2"), complete(Self.now.advanced(by: .seconds(-9)), "3")], &memory)
        #expect(memory.recordings[key]?.eventsThrough == Self.now)
        #expect(memory.recordings[key]?.accessRevision == "3")
    }
}
