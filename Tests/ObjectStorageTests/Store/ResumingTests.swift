import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import ObjectStorage

@Suite("Going on with an upload that was cut off")
struct ResumingTests {
    private static let part = 5 << 20
    private let storage = MemoryStorage()

    /// Sends a file on a transport that dies for good with the request of this number.
    private func cutOff(_ bench: StorageBench, _ file: SpooledMedia, at last: Int) async throws {
        storage.misbehave { number, _ in number >= last ? .failure(.transportFailed) : nil }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await bench.store().store(file, at: bench.path())
        }
        storage.misbehave { _, _ in nil }
        storage.forgetRequests()
    }

    @Test("Wherever a run was cut off, the next one sends no part twice", arguments: 4...11)
    func cutOffAnywhere(last: Int) async throws {
        let bench = try StorageBench(storage)
        bench.parallelParts = 1
        let file = try bench.file(4 * Self.part + 7)
        let bytes = try Data(contentsOf: URL(filePath: file.file))
        try await cutOff(bench, file, at: last)
        let sent = storage.uploads.values.first?.parts.count ?? (storage.objects.isEmpty ? 0 : 5)
        try await bench.store().store(file, at: bench.path())
        #expect(storage.log.count { $0 == "PUT partNumber uploadId" } == 5 - sent)
        #expect(storage.objects["calls/" + (try bench.path().text)].map { Data($0.bytes) == bytes } == true)
        #expect(storage.uploads.isEmpty)
    }

    @Test("An upload with other content is given up, and nothing of it is used")
    func otherContent() async throws {
        let bench = try StorageBench(storage)
        try await cutOff(bench, bench.file(3 * Self.part, seed: 2), at: 7)
        #expect(storage.uploads.count == 1)
        let file = try bench.file(3 * Self.part, seed: 3)
        try await bench.store().store(file, at: bench.path())
        #expect(storage.log.count { $0 == "PUT partNumber uploadId" } == 3)
        #expect(storage.log.contains("DELETE uploadId"))
        #expect(storage.uploads.isEmpty)
    }

    @Test("A file that starts like the one whose upload was cut off is stored under its own checksum")
    func commonStart() async throws {
        let bench = try StorageBench(storage)
        bench.parallelParts = 1
        try await cutOff(bench, bench.file(3 * Self.part, seed: 2, commonBytes: 2 * Self.part), at: 6)
        #expect(storage.uploads.values.first?.parts.isEmpty == false)
        let file = try bench.file(3 * Self.part, seed: 3, commonBytes: 2 * Self.part)
        try await bench.store().store(file, at: bench.path())
        let object = try #require(storage.objects["calls/" + bench.path().text])
        #expect(object.headers["x-amz-meta-sha256"] == file.sha256)
        #expect(storage.uploads.isEmpty)
    }

    @Test("An object that somebody else puts there while an upload goes on is kept", arguments: [true, false])
    func takenMeanwhile(isUploadGone: Bool) async throws {
        let bench = try StorageBench(storage)
        let file = try bench.file(3 * Self.part)
        try await cutOff(bench, file, at: 7)
        let key = "calls/" + (try bench.path().text)
        storage.misbehave { [storage] _, request in
            if request.method == "POST" {
                storage.change { state in
                    if isUploadGone { state.uploads = [:] }
                    let bytes = StorageBench.bytes(3 * Self.part, seed: 8)
                    state.objects[key] = MemoryStorage.Object(bytes: bytes, headers: ["x-amz-meta-sha256": "other"])
                }
            }
            return nil
        }
        await #expect(throws: TapedeckError(.mediaStoreFailed, "")) {
            try await bench.store().store(file, at: bench.path())
        }
        #expect(storage.objects[key]?.headers["x-amz-meta-sha256"] == "other")
        #expect(bench.exists(file))
    }

    @Test("Uploads for other keys are left alone")
    func otherKeys() async throws {
        let bench = try StorageBench(storage)
        let key = "calls/" + (try bench.path().text) + ".other"
        storage.change { $0.uploads["other"] = MemoryStorage.Upload(key: key, headers: [:]) }
        try await bench.store().store(bench.file(Self.part + 1), at: bench.path())
        #expect(storage.uploads.keys.sorted() == ["other"])
    }

    @Test("A part is known by its tag where a server tells no checksum")
    func tagAlone() throws {
        let part = FilePart(bytes: [1, 2, 3], sha256: [])
        #expect(SentPart(number: 1, size: 3, tag: "\"5289df737df57326fcdd22597afb1fac\"", checksum: nil).holds(part))
        #expect(!SentPart(number: 1, size: 3, tag: "\"5289df737df57326fcdd22597afb1fad\"", checksum: nil).holds(part))
        #expect(!SentPart(number: 1, size: 4, tag: "\"5289df737df57326fcdd22597afb1fac\"", checksum: nil).holds(part))
        #expect(
            !SentPart(number: 1, size: 3, tag: "\"5289df737df57326fcdd22597afb1fac\"", checksum: "AA==").holds(part)
        )
    }

    private static let plans: [[Int64]] = [
        [1, 16_777_216, 1], [16_777_216, 16_777_216, 1], [16_777_217, 16_777_216, 2],
        [167_772_160_000, 16_777_216, 10_000], [167_772_160_001, 17_825_792, 9_412],
        [5_497_558_138_880, 550_502_400, 9_987],
    ]

    @Test(
        "A file is cut into parts of the size wished for, larger ones where there would be too many",
        arguments: plans
    )
    func plan(row: [Int64]) {
        let plan = PartPlan(bytes: row[0], wished: 16_777_216)
        #expect(plan.partBytes == row[1])
        #expect(plan.count == Int(row[2]))
        #expect(plan.range(plan.count).upperBound == row[0])
        #expect(plan.range(1).lowerBound == 0)
    }
}
