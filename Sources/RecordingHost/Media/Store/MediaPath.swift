public import RecordingKit

/// Where a media file is, relative to the store's root: `source/yyyy/mm/recording/rendition.ext`.
///
/// Made of ids alone, so that it names no person. Each segment is made of lower-case ASCII letters, digits, `-`, `_` and inner dots, and is
/// not too long for any file system or object storage.
public struct MediaPath: Sendable, Hashable, CustomStringConvertible {
    /// The path with `/` between the segments.
    public let text: String

    /// The place of one rendition of a recording.
    ///
    /// - Parameters:
    ///   - source: the configured source's id.
    ///   - recording: the recording's id, whatever it holds.
    ///   - rendition: the rendition's name, whatever it holds.
    ///   - date: when the recording began; one without a time stands under `0000/00`.
    ///   - fileExtension: how the name ends, without the dot; nil or nothing for a name without one.
    /// - Throws: `TapedeckError` with code `media_store_failed` when the cryptographic library fails.
    public init(
        source: String,
        recording: String,
        rendition: String,
        date: Timestamp?,
        fileExtension: String?
    ) throws {
        do {
            var name = try PathSegment.encode(rendition)
            if let fileExtension, !fileExtension.isEmpty {
                name += "." + (try PathSegment.encode(fileExtension, limit: 40))
            }
            let folders = [try PathSegment.encode(source), Self.month(of: date), try PathSegment.encode(recording)]
            text = (folders + [name]).joined(separator: "/")
        } catch {
            throw TapedeckError(.mediaStoreFailed, "The name of a file could not be made.")
        }
    }

    /// A path that was written down earlier; nil when it could lead out of the store.
    public init?(text: String) {
        let segments = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !segments.isEmpty, segments.allSatisfy(PathSegment.isSafe) else { return nil }
        self.text = text
    }

    /// Where the file is kept when it is taken out of reach.
    public var quarantined: MediaPath { MediaPath(unchecked: Self.quarantineFolder + "/" + text) }

    /// Whether this is a place for what was taken out of reach.
    public var isQuarantined: Bool { text.hasPrefix(Self.quarantineFolder + "/") }

    /// The path itself.
    public var description: String { text }

    // No source's segment begins with two of these.
    private static let quarantineFolder = "__quarantine"

    private static func month(of date: Timestamp?) -> String {
        let text = date.map { "\($0.wholeSeconds)" } ?? ""
        // A year that has not four digits is a platform's mistake.
        guard text.utf8.count == "2026-01-01T00:00:00Z".utf8.count else { return "0000/00" }
        return text.prefix(4) + "/" + text.dropFirst(5).prefix(2)
    }

    private init(unchecked text: String) { self.text = text }
}
