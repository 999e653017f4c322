import RecordingKit
import Testing

@testable import RecordingHost

@Suite("The queue of recordings whose access events are to be read")
struct DetailQueueTests {
    private static func tasks(_ ids: ClosedRange<Int>) -> [DetailTask] {
        ids.map { DetailTask(recording: Recording(id: "\($0)"), revision: .unknown, since: nil) }
    }

    @Test("each recording is taken out once, in order, and readers end when the queue is closed")
    func order() async throws {
        let queue = DetailQueue(capacity: 10)
        queue.put(Self.tasks(1...3))
        #expect(await queue.next()?.recording.id == "1")
        queue.put(Self.tasks(4...5))
        queue.close()
        for id in 2...5 { #expect(await queue.next()?.recording.id == "\(id)") }
        #expect(await queue.next() == nil)
    }

    @Test("many readers take out everything that is put in while they wait")
    func waitingReaders() async throws {
        let queue = DetailQueue(capacity: 20)
        let read = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<7 {
                group.addTask {
                    var read: [String] = []
                    while let task = await queue.next() {
                        read.append(task.recording.id)
                        queue.finish(nil)
                    }
                    return read
                }
            }
            for start in stride(from: 1, to: 1_000, by: 10) {
                try? await queue.makeRoom(for: 10)
                queue.put(Self.tasks(start...start + 9))
            }
            queue.close()
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(read.count == 1_000)
        #expect(Set(read).count == 1_000)
    }

    @Test("there is room again when enough have ended, also those that are read elsewhere")
    func room() async throws {
        let queue = DetailQueue(capacity: 4)
        try await queue.makeRoom(for: 9)
        queue.put(Self.tasks(1...3))
        queue.noteReadElsewhere(1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                try await queue.makeRoom(for: 2)
                return 0
            }
            queue.finish(nil)
            queue.finish(nil)
            let ended = try await group.next()
            #expect(ended == 0)
        }
    }

    @Test("a failure that ends the source ends the wait for room; the first failure of all is kept")
    func failure() async throws {
        let queue = DetailQueue(capacity: 2)
        queue.put(Self.tasks(1...3))
        queue.finish(TapedeckError(.serverError, "first"))
        await #expect(throws: TapedeckError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await queue.makeRoom(for: 2) }
                queue.finish(TapedeckError(.unauthorized, "no hope"))
                try await group.next()
            }
        }
        #expect((queue.failure as? TapedeckError)?.code == .serverError)
        await #expect(throws: TapedeckError.self) { try await queue.makeRoom(for: 0) }
    }

    @Test("what no reader has taken can be taken out at the end")
    func remaining() async {
        let queue = DetailQueue(capacity: 10)
        queue.put(Self.tasks(1...4))
        _ = await queue.next()
        #expect(queue.removeRemaining().map(\.recording.id) == ["2", "3", "4"])
        #expect(queue.removeRemaining().isEmpty)
    }
}
