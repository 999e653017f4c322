public import RecordingKit

/// Decides which stored files may be deleted: those older than the policy that no legal hold keeps.
///
/// A pure value: it deletes nothing and reads no clock.
public struct RetentionPolicy: Sendable, Hashable {
    /// How long a file is kept after its recording began; nil for ever.
    public let retain: Duration?
    /// What is kept in any case.
    public let legalHolds: LegalHolds

    /// The shortest time that files may be kept for, one day: less is taken for a slip, such as `6m` for six months.
    public static let shortestRetain = Duration.seconds(86_400)

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - retain: how long a file is kept after its recording began; nil for ever.
    ///   - legalHolds: what is kept in any case.
    /// - Throws: `TapedeckError` with code `configuration_invalid` when `retain` is shorter than ``shortestRetain``.
    public init(retain: Duration?, legalHolds: LegalHolds = LegalHolds()) throws {
        if let retain, retain < Self.shortestRetain {
            throw TapedeckError(
                .configurationInvalid,
                "Files must be kept for a day at least; months and years are written as days (\"180d\") and \"2y\"."
            )
        }
        self.retain = retain
        self.legalHolds = legalHolds
    }

    /// A stored file as far as the decision needs it.
    public struct StoredFile: Sendable, Hashable {
        /// The configured source's id.
        public var source: String
        /// The recording's id on its platform.
        public var recordingID: String
        /// When the recording began; nil when the platform did not say.
        public var startedAt: Timestamp?
        /// When the file was fetched.
        public var fetchedAt: Timestamp

        /// Describes a file.
        public init(source: String, recordingID: String, startedAt: Timestamp?, fetchedAt: Timestamp) {
            self.source = source
            self.recordingID = recordingID
            self.startedAt = startedAt
            self.fetchedAt = fetchedAt
        }
    }

    /// Why a file is kept, or that it need not be.
    public enum Decision: Sendable, Hashable {
        /// It may be deleted.
        case purge
        /// A legal hold keeps it.
        case held
        /// It is not old enough, or the clock shows a time before it was fetched.
        case young
    }

    /// What to do with a file at a given time.
    ///
    /// Its age counts from the recording's start, or from when it was fetched where there is none. A time before it was fetched can
    /// only be a wrong clock, with which nothing is deleted.
    public func decision(on file: StoredFile, at now: Timestamp) -> Decision {
        if legalHolds.holds(source: file.source, recordingID: file.recordingID) { return .held }
        guard let retain, now >= file.fetchedAt else { return .young }
        return now.duration(since: file.startedAt ?? file.fetchedAt) >= retain ? .purge : .young
    }
}
