import RawJSON
import RecordingKit

/// Turns what Webex says about one recording's files into the common vocabulary.
enum WebexMedia {
    /// The rendition that every recording has.
    static let video = "video"

    /// What the details of a recording say.
    ///
    /// Only the temporary links are links to files: `downloadUrl` and `playbackUrl` lead to web pages. `sizeBytes` is handed on
    /// for none of them, because Webex does not say which file it measures nor that it is exact, and a file is refused when it
    /// is not as long as announced.
    ///
    /// - Throws: `malformed_response` when they are those of another recording, whose files must never be taken for this one's,
    ///   or when what stands in place of a link is none.
    static func availability(_ row: JSONValue, of id: String) throws(TapedeckError) -> MediaAvailability {
        guard row.kind == .object, row["id"]?.scalarText == id else {
            throw TapedeckError(.malformedResponse, "Webex answered with something else than the recording asked for.")
        }
        guard let links = row["temporaryDirectDownloadLinks"], !links.isNull else { return withoutLinks(row) }
        guard links.kind == .object else { throw malformedLink }
        let expiresAt = links["expiration"]?.string.flatMap { Timestamp($0) }
        var found: [MediaLink] = []
        for (member, rendition, ending) in [
            ("recordingDownloadLink", video, fileExtension(row["format"]?.string)),
            ("audioDownloadLink", "audio", nil),
            ("transcriptDownloadLink", "transcript", "vtt"),
        ] {
            guard let url = try link(links[member]) else { continue }
            found.append(MediaLink(rendition: rendition, url: url, expiresAt: expiresAt, fileExtension: ending))
        }
        return found.isEmpty ? withoutLinks(row) : .available(found)
    }

    /// What a failed request says about the files; nil when it says nothing about them.
    static func availability(after error: TapedeckError) -> MediaAvailability? {
        switch error.code {
        case .notFound:
            return .gone(reason: "the platform no longer shows it")
        case .gone:
            return .gone(reason: "the platform no longer hands it out: deleted, or found to hold malware")
        case .forbidden:
            return .forbidden(
                reason:
                    "the scope meeting:recordings_read, for recordings of others meeting:admin_recordings_read, or the role that goes with it, is missing"
            )
        case .confirmationRequired:
            return .forbidden(
                reason: "the platform wants a confirmation that the file could not be scanned for malware"
            )
        case .rateLimited where error.status == 423:
            return .pending(reason: "the platform is still scanning the file for malware")
        default: return nil
        }
    }

    private static func withoutLinks(_ row: JSONValue) -> MediaAvailability {
        switch row["status"]?.string?.lowercased() {
        case "deleted", "purged": .gone(reason: "it was deleted on the platform")
        default: .forbidden(reason: "the host or the site has switched on \"Prevent downloading\"")
        }
    }

    /// The text of a member that holds a link; nil when it is absent, null or empty.
    private static func link(_ member: JSONValue?) throws(TapedeckError) -> String? {
        guard let member, !member.isNull, member.string != "" else { return nil }
        guard let text = member.string, HTTPURL(text) != nil else { throw malformedLink }
        return text
    }

    /// How the main file's name ends; an uploaded file may be anything, and so may what a format of a later day is.
    private static func fileExtension(_ format: String?) -> String? {
        switch format?.uppercased() {
        case "MP4": "mp4"
        case "ARF": "arf"
        case "MP3": "mp3"
        default: nil
        }
    }

    private static var malformedLink: TapedeckError {
        TapedeckError(.malformedResponse, "Webex sent a download link that is not a URL.")
    }
}
