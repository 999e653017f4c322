import RawJSON
import RecordingKit

/// Turns what Kismet says about one recording's file into the common vocabulary.
enum KismetMedia {
    /// What the details of an egress say.
    ///
    /// - Throws: `malformed_response` when they are those of another egress, whose file must never be taken for this one's, or
    ///   when the link is none.
    static func availability(_ row: JSONValue, of id: String) throws(TapedeckError) -> MediaAvailability {
        guard row.kind == .object, row.identifier("id") == id else {
            throw TapedeckError(.malformedResponse, "Kismet answered with something else than the recording asked for.")
        }
        guard let member = row["url"], !member.isNull, member.string != "" else { return withoutLink(row) }
        guard let text = member.string, let url = HTTPURL(text) else {
            throw TapedeckError(.malformedResponse, "Kismet sent a link that is not a URL.")
        }
        let link = MediaLink(
            rendition: KismetSource.mediaOffer.mainRendition,
            url: text,
            expiresAt: PresignedURL(url).expiresAt,
            fileExtension: fileExtension(of: url.path)
        )
        return .available([link])
    }

    /// What a failed request says about the file; nil when it says nothing about it.
    static func availability(after error: TapedeckError) -> MediaAvailability? {
        switch error.code {
        case .notFound, .gone:
            .gone(reason: "the platform no longer shows it: deleted, or consent was withdrawn")
        case .forbidden:
            .forbidden(reason: "the platform does not let these credentials have it")
        default: nil
        }
    }

    /// Why there is no link: the platform's own text may hold anything, so the status alone decides.
    private static func withoutLink(_ row: JSONValue) -> MediaAvailability {
        let hasFailed = KismetMapping.failure(of: row) != nil
        switch KismetMapping.status(row["status"]?.string, hasFailed: hasFailed) {
        case .failed: return .gone(reason: "recording failed on the platform, so there is no file")
        case .processing: return .pending(reason: "the platform is still recording or processing it")
        default: return .pending(reason: "the platform shows no link to it yet")
        }
    }

    /// How the last segment of a path ends, where that looks like the ending of a file's name.
    static func fileExtension(of path: String) -> String? {
        let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...].dropFirst()
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        let isPlain = ending.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return isPlain && (1...5).contains(ending.utf8.count) ? ending : nil
    }
}
