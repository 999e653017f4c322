import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorProcess

@Suite("How long a connector's processes live", .serialized)
struct LifetimeTests {
    @Test("one that is silent in a call is ended, and the call fails")
    func silentInACall() async throws {
        let clock = ManualClock.manual(at: Archive.now)
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let observer: @Sendable (ConnectorNotice) -> Void = { notice in
            if notice.text == "hanging" { continuation.yield() }
        }
        var limits = ProcessLimits.forTests
        limits.grace = .milliseconds(10)
        try await Programs.with(
            Programs.misbehaving,
            ["hangs"],
            limits: limits,
            clock: clock,
            observer: observer
        ) { connector in
            let parsed = connector.descriptor.settings.parse(["accessToken": "x"])
            let source = connector.makeSource(settings: parsed.settings)
            let listing = Listing(key: "shelf/b", label: "shelf b", parameters: ["shelf": "b"])
            let call = Task { try await source.recordings(in: listing, api: ScriptedAPI().client) { _ in } }
            for await _ in stream { break }
            let passing = Task {
                while !Task.isCancelled {
                    clock.advance(by: .seconds(121))
                    await Task.yield()
                }
            }
            let result = await call.result
            passing.cancel()
            guard case .failure(let error) = result, let failure = error as? TapedeckError else {
                Issue.record("the call did not fail")
                return
            }
            #expect(failure.code == .connectorFailed)
            #expect(failure.reason.contains("sent nothing"))
        }
    }

    @Test("one that only tells of its progress is ended, however often it does")
    func progressAlone() async throws {
        let clock = ManualClock.manual(at: Archive.now)
        let observer: @Sendable (ConnectorNotice) -> Void = { notice in
            if notice.kind == .progress { clock.advance(by: .seconds(50)) }
        }
        var limits = ProcessLimits.forTests
        limits.silence = .seconds(60)
        limits.grace = .milliseconds(10)
        limits.linesPerCall = 500
        try await Programs.with(
            Programs.misbehaving,
            ["progress_without_end"],
            limits: limits,
            clock: clock,
            observer: observer
        ) { connector in
            let parsed = connector.descriptor.settings.parse(["accessToken": "x"])
            let source = connector.makeSource(settings: parsed.settings)
            let listing = Listing(key: "shelf/b", label: "shelf b", parameters: ["shelf": "b"])
            let failure = await #expect(throws: TapedeckError.self) {
                try await source.recordings(in: listing, api: ScriptedAPI().client) { _ in }
            }
            #expect(failure?.code == .connectorFailed)
            #expect(failure?.reason.contains("only of its progress") == true, "\(failure?.reason ?? "")")
        }
    }

    @Test("cancelling the run ends a call that hangs, and keeps what was read")
    func cancellation() async throws {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let observer: @Sendable (ConnectorNotice) -> Void = { notice in
            if notice.text == "hanging" { continuation.yield() }
        }
        var limits = ProcessLimits.forTests
        limits.grace = .milliseconds(10)
        try await Programs.with(Programs.misbehaving, ["hangs"], limits: limits, observer: observer) { connector in
            let bench = try ArchiveBench(connector)
            let run = Task { try await bench.sync() }
            for await _ in stream { break }
            run.cancel()
            let outcome = try await run.value
            #expect(outcome.state == .stopped || outcome.state == .incomplete)
        }
    }

    @Test("closing ends one that ignores the end of its input")
    func ignoringTheEnd() async throws {
        let notices = Notices()
        var limits = ProcessLimits.forTests
        limits.grace = .milliseconds(10)
        try await Programs.with(
            Programs.misbehaving,
            ["ignores_the_end"],
            limits: limits,
            observer: notices.observer
        ) { connector in
            let bench = try ArchiveBench(connector)
            #expect(try await bench.check() == nil)
        }
    }

    @Test("processes end when the source is no longer referred to")
    func lastReference() async throws {
        try await Programs.with(Programs.python) { connector in
            do {
                let bench = try ArchiveBench(connector)
                #expect(try await bench.sync().state == .complete)
            }
            await connector.waitUntilIdle()
        }
    }

    @Test("a connector that was closed starts nothing more")
    func closed() async throws {
        try await Programs.with(Programs.python) { connector in
            await connector.close()
            let failure = try await ArchiveBench(connector).check()
            #expect(failure?.code == .connectorFailed)
        }
    }

    @Test("gets its declared environment, the root folder and the descriptors of the protocol, and nothing else")
    func surroundings() async throws {
        let notices = Notices()
        try await Programs.with(
            Programs.misbehaving,
            ["environment"],
            environment: ["ARCHIVE": "north"],
            observer: notices.observer
        ) { _ in }
        let text = notices.all.map(\.text).joined()
        #expect(text.contains("ARCHIVE=north"))
        #expect(!text.contains("PATH=") && !text.contains("HOME="))
        #expect(text.contains("cwd=/ "))
        // 5 is the folder that is being listed.
        #expect(text.contains("fds=0,1,2,3,4,5 ") || text.hasSuffix("fds=0,1,2,3,4,5"), "\(text)")
    }

    @Test("what it prints is told without control characters")
    func prints() async throws {
        let notices = Notices()
        try await Programs.with(Programs.misbehaving, ["prints"], observer: notices.observer) { _ in }
        #expect(notices.all.map(\.text) == ["[31mhello  canary.person@example.org"])
    }
}
