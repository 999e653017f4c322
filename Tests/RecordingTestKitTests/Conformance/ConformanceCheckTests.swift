import RecordingKit
import RecordingTestKit
import Testing

@Suite("The conformance checks")
struct ConformanceCheckTests {
    private func report(of connector: TapeConnector) async throws -> ConformanceReport {
        var fixtures = TapeFixtures.fixtures
        if connector.descriptor.settings.fields.contains(where: { $0.name == "sessionToken" }) {
            fixtures.settings["sessionToken"] = "made-up-too"
        }
        return try await ConformanceSubject(connector.entry(), fixtures: fixtures).examine()
    }

    @Test("all pass for a connector that is right, and none is skipped")
    func right() async throws {
        let report = try await report(of: TapeConnector())
        #expect(report.problems == [])
        #expect(report.isPassed)
        #expect(report.results.map(\.id) == ConformanceCheck.all.map(\.id))
        #expect(report.results.filter { $0.outcome != .passed }.map(\.id) == [])
    }

    @Test(
        "fail for a connector that is wrong in one thing, and only the one that is about it",
        arguments: WrongConnector.all
    )
    func wrongOnes(_ wrong: WrongConnector) async throws {
        let report = try await report(of: wrong.connector)
        #expect(report.failures.map(\.id) == [wrong.check], "\(report.problems)")
    }

    @Test("are each failed by some wrong connector")
    func everyCheckCanFail() {
        let known = Set(WrongConnector.all.map(\.check))
        #expect(ConformanceCheck.all.map(\.id).filter { !known.contains($0) } == [])
    }

    @Test("have ids in snake_case, each once, and sentences as titles")
    func names() {
        let ids = ConformanceCheck.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
        #expect(ConformanceCheck.all.allSatisfy { $0.title.hasSuffix(".") })
    }

    @Test("tell each result as soon as it is there")
    func order() async throws {
        var told: [String] = []
        let subject = try ConformanceSubject(TapeConnector().entry(), fixtures: TapeFixtures.fixtures)
        let report = try await subject.examine([.descriptionSound, .metadataRunIsFree]) { told.append($0.id) }
        #expect(told == ["description_sound", "metadata_run_is_free"])
        #expect(report["metadata_run_is_free"] == .passed)
        #expect(report["cancellation"] == nil)
    }
}
