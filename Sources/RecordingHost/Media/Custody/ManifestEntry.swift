package import RecordingKit

/// One line of the manifest: what was done with a file, when, and where the file came from.
///
/// It names ids alone: no title, no person, no address of a server.
package struct ManifestEntry: Sendable, Equatable {
    /// What was done with a file; the set may grow.
    package struct Action: RawRepresentable, Sendable, Hashable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        /// The file was fetched and lies at its place.
        package static let stored = Action(rawValue: "stored")
        /// The file is to be gone from its place, because nobody needs it any longer.
        package static let purged = Action(rawValue: "purged")
        /// The file is out of reach, at ``MediaPath/quarantined``.
        package static let quarantined = Action(rawValue: "quarantined")
        /// The platform has taken the recording back; the file stays where it is.
        package static let withdrawnKept = Action(rawValue: "withdrawn_kept")
    }

    /// What a writer says of a file; the manifest adds the rest.
    package struct Draft: Sendable, Equatable {
        package var action: Action
        package var source: String
        package var recordingID: String
        package var rendition: String
        /// The file's place before the action; for a quarantined file the place that it was taken from.
        package var path: MediaPath
        package var bytes: Int64
        /// 64 lower-case hexadecimal digits.
        package var sha256: String
        package var contentType: String?
        package var fetchedAt: Timestamp
        /// The platform's own id of the request that brought the file.
        package var requestID: String?
        /// Why it was done, in words that name no person; nil for a file that was stored.
        package var reason: String?

        package init(
            action: Action,
            source: String,
            recordingID: String,
            rendition: String,
            path: MediaPath,
            bytes: Int64,
            sha256: String,
            contentType: String?,
            fetchedAt: Timestamp,
            requestID: String?,
            reason: String? = nil
        ) {
            self.action = action
            self.source = source
            self.recordingID = recordingID
            self.rendition = rendition
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
            self.contentType = contentType
            self.fetchedAt = fetchedAt
            self.requestID = requestID
            self.reason = reason
        }
    }

    /// The line's number, from 1.
    package let number: Int64
    /// The SHA-256 of the line before, without its line feed; 64 zeros for the first.
    package let previous: String
    /// What the writer said.
    package let draft: Draft
    /// The program that wrote the line, such as `tapedeck/1.0.0`.
    package let tool: String
    /// When the line was written.
    package let writtenAt: Timestamp
}
