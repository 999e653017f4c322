package import RecordingKit

extension Recording {
    /// The time under which its files are kept, and from which their age counts: when it began, or was made, or ended.
    package var mediaDate: Timestamp? { startedAt ?? createdAt ?? endedAt }
}
