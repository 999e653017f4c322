import RecordingKit
import Testing

@testable import RecordingHost

@Suite("What is remembered of a listing that is being read")
struct ListingProgressTests {
    private func task(_ id: String) -> DetailTask {
        DetailTask(recording: Recording(id: id), revision: .revision("1"), since: nil)
    }

    @Test("are the recordings whose events are still to be read, each once, and none that the ledger was told of")
    func remembered() {
        let progress = ListingProgress()
        progress.take(2, [task("a"), task("b")])
        #expect(progress.remember().map(\.recordingID).sorted() == ["a", "b"])
        #expect(progress.remember().isEmpty)
        #expect(progress.isRemembered("a"))
        progress.finish("a")
        #expect(progress.isRemembered("a"))
        progress.forget("a")
        #expect(!progress.isRemembered("a"))
        progress.take(1, [task("c")])
        #expect(progress.remember().map(\.recordingID) == ["c"])
    }

    @Test(
        "are those of the reading that is continued, to its end: they are read by it and not by a page that has them again"
    )
    func continued() {
        let name = ListingKey(source: "s", part: 1, window: nil)
        let open = OpenListing(
            name: name,
            listing: Listing(key: "k", label: "l"),
            place: "",
            beganAt: Timestamp(secondsSince1970: 0),
            recordings: 7,
            details: [
                RememberedDetail(recordingID: "old", context: [], parameters: [:], revision: nil, since: nil)
            ]
        )
        let progress = ListingProgress(continuing: open)
        progress.finish("old")
        progress.forget("old")
        #expect(progress.isRemembered("old"))
        #expect(progress.recordings == 7)
        progress.take(1, [task("old")])
        #expect(progress.remember().isEmpty)
    }
}
