import RecordingKit
import Synchronization

/// What of one listing was read so far, for the note that lets another process continue it.
///
/// Safe to use from any task.
final class ListingProgress: Sendable {
    private struct State {
        var recordings: Int
        var unfinished: [String: RememberedDetail] = [:]
        /// Those that the ledger remembers of this reading, until it is told that they were read.
        var remembered: Set<String> = []
    }

    /// Those that the ledger remembers of the reading that is continued.
    private let continued: Set<String>
    private let state: Mutex<State>

    /// - Parameter open: the earlier reading that is continued; nil for one from the start.
    init(continuing open: OpenListing? = nil) {
        continued = Set(open?.details.map(\.recordingID) ?? [])
        state = Mutex(State(recordings: open?.recordings ?? 0))
    }

    /// How many recordings came.
    var recordings: Int { state.withLock { $0.recordings } }

    /// Notes a page, with the recordings whose access events are to be read.
    func take(_ recordings: Int, _ details: [DetailTask]) {
        state.withLock { state in
            state.recordings += recordings
            for detail in details { state.unfinished[detail.recording.id] = RememberedDetail(detail) }
        }
    }

    /// Notes that a recording's access events were read.
    func finish(_ recordingID: String) { state.withLock { $0.unfinished[recordingID] = nil } }

    /// Whether the ledger remembers that the recording's access events are to be read, or did when this reading began.
    func isRemembered(_ recordingID: String) -> Bool {
        continued.contains(recordingID) || state.withLock { $0.remembered.contains(recordingID) }
    }

    /// Notes that the ledger was told that a recording's access events were read.
    func forget(_ recordingID: String) { state.withLock { _ = $0.remembered.remove(recordingID) } }

    /// The recordings whose access events are still to be read and which the ledger does not remember yet; it does from now on.
    func remember() -> [RememberedDetail] {
        state.withLock { state in
            let fresh = state.unfinished.filter { !state.remembered.contains($0.key) && !continued.contains($0.key) }
            state.remembered.formUnion(fresh.keys)
            return Array(fresh.values)
        }
    }
}

extension RememberedDetail {
    fileprivate init(_ task: DetailTask) {
        self.init(
            recordingID: task.recording.id,
            context: task.recording.context,
            parameters: task.recording.parameters,
            revision: task.revision.text,
            since: task.since
        )
    }
}

extension DetailTask {
    /// What is to be done for a recording that was listed in an earlier run.
    init(_ detail: RememberedDetail) {
        var recording = Recording(id: detail.recordingID)
        recording.context = detail.context
        recording.parameters = detail.parameters
        self.init(
            recording: recording,
            revision: detail.revision.map { .revision($0) } ?? .unknown,
            since: detail.since
        )
    }
}
