import RecordingHost
import RecordingKit

/// The files of one kind of records: those that are finished, and the one that is written to.
struct LineSeries {
    /// What a position says of one file.
    struct Extent {
        let name: PartName
        let length: Int64
        let mark: UInt64?
    }

    /// The kind.
    var kind: RecordKind { current.name.kind }
    /// Files that are never touched again, in order.
    private(set) var finished: [Extent]
    /// The file that is written to.
    var current: LineFile
    /// Whether the next lines begin another file although the current one is not full.
    private var mustBegin: Bool

    init(finished: [Extent], current: LineFile, mustBegin: Bool) {
        self.finished = finished
        self.current = current
        self.mustBegin = mustBegin
    }

    /// Whether the next lines go into another file, which only ever begins where the last commit ended.
    func isFull(_ limit: Int64?) -> Bool {
        guard current.isFinished else { return false }
        if mustBegin { return true }
        return limit.map { current.length >= max(1, $0) } ?? false
    }

    /// Goes on with another file.
    mutating func turn(to file: LineFile) {
        finished.append(Extent(name: current.name, length: current.length, mark: current.mark.hash))
        current = file
        mustBegin = false
    }

    /// Adds the files to a position.
    func add(to position: inout SinkPosition) {
        for extent in finished + [Extent(name: current.name, length: current.length, mark: current.mark.hash)] {
            position.offsets[extent.name.text] = extent.length
            position.marks[extent.name.text] = extent.mark
        }
    }
}
