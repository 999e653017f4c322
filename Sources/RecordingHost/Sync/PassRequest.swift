import RecordingKit

extension SyncRequest {
    /// Tells what a pass was asked for: runs that ask for the same continue it.
    func passNumber(_ reads: Set<RecordKind>) -> UInt64 {
        let wanted = [since, until].map { $0?.description ?? "-" } + reads.map(\.rawValue).sorted()
        return ContentHash.hash(wanted.joined(separator: " "))
    }
}
