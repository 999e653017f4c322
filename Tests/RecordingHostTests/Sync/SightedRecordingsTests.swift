import Testing

@testable import RecordingHost

@Suite("The recordings that a run has seen")
struct SightedRecordingsTests {
    @Test("Each number is new once, in its own source, wherever it lies")
    func numbers() {
        var sighted = SightedRecordings()
        let numbers = [0, 1, 63, 64, 65, 127, 128, 100_000, 2]
        func insert(_ source: String) -> [Bool] { numbers.map { sighted.insert($0, of: source) } }
        #expect(insert("a") == numbers.map { _ in true })
        #expect(insert("a") == numbers.map { _ in false })
        #expect(insert("b") == numbers.map { _ in true })
        let isNew = sighted.insert(99_999, of: "a")
        #expect(isNew)
    }
}
