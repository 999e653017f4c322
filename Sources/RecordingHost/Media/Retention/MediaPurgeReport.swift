public import RecordingKit

/// What a purge deleted and kept, or would.
public struct MediaPurgeReport: Sendable {
    /// The sources that have stored files, ordered by name.
    public var sources: [SourceCounts] = []
    /// The places of the files that are deleted, in the order in which they were found, as many as were asked for.
    public var paths: [String] = []
    /// Why not everything could be deleted that is old enough; nil when it was.
    public var failure: TapedeckError?
    /// Whether the task was cancelled before everything was looked at.
    public var wasStopped = false

    /// Counts nothing.
    public init() {}

    /// Files of one source.
    public struct SourceCounts: Sendable, Hashable {
        /// The configured source.
        public var source: String
        /// Files that are deleted.
        public var purged = 0
        /// Bytes of those.
        public var purgedBytes: Int64 = 0
        /// Files that a legal hold keeps, however old they are.
        public var held = 0
        /// Files that are not old enough.
        public var young = 0

        /// Counts nothing of a source.
        public init(source: String) { self.source = source }
    }

    /// Files that are deleted, of all sources.
    public var purged: Int { sources.reduce(0) { $0 + $1.purged } }
    /// Bytes of those.
    public var purgedBytes: Int64 { sources.reduce(0) { $0 + $1.purgedBytes } }

    mutating func count(_ source: String, _ change: (inout SourceCounts) -> Void) {
        if let index = sources.firstIndex(where: { $0.source == source }) { return change(&sources[index]) }
        var counts = SourceCounts(source: source)
        change(&counts)
        sources.append(counts)
        sources.sort { $0.source < $1.source }
    }

    mutating func countPurged(_ file: StoredMedium, pathLimit: Int) {
        count(file.key.source) { counts in
            counts.purged += 1
            counts.purgedBytes += file.medium.bytes ?? 0
        }
        if paths.count < pathLimit, let path = file.medium.path { paths.append(path) }
    }
}
