import RawJSON
import RecordingKit

/// What is said of a recording's media, as JSON; links in the words that a manifest has for them.
enum MediaJSON {
    static let members = ["type", "availability", "links", "reason"]
    static let linkMembers = [
        "rendition", "url", "expiresAt", "lifetime", "bytes", "fileExtension", "sendsCredentials",
    ]

    /// Reads the members of a message, of which one was read already.
    static func read(_ message: JSONValue) throws -> MediaAvailability {
        var reader = try MemberReader(message, "media message", seen: 1)
        let availability = try reader.requiredText("availability")
        let links = try reader.list("links").map(readLink)
        let reason = SafeText.sentence(try reader.text("reason")) ?? "The platform gives no reason."
        try reader.finish(members)
        switch availability {
        case "available":
            guard !links.isEmpty else { throw ProtocolViolation("its media are available without a link") }
            return .available(links)
        case "pending": return .pending(reason: reason)
        case "forbidden": return .forbidden(reason: reason)
        case "gone": return .gone(reason: reason)
        default: throw reader.wrong("availability", "one of available, pending, forbidden, gone")
        }
    }

    private static func readLink(_ value: JSONValue) throws -> MediaLink {
        var reader = try MemberReader(value, "media link")
        let link = MediaLink(
            rendition: try reader.requiredText("rendition"),
            url: try reader.requiredText("url"),
            expiresAt: try reader.timestamp("expiresAt"),
            lifetime: try reader.duration("lifetime"),
            byteCount: try reader.integer("bytes"),
            fileExtension: try reader.text("fileExtension"),
            sendsCredentials: try reader.boolean("sendsCredentials") ?? false
        )
        try reader.finish(linkMembers)
        return link
    }

    static func write(_ media: MediaAvailability, to writer: inout JSONWriter) {
        switch media {
        case .available(let links):
            writer.member("availability", "available")
            writer.name("links")
            writer.beginArray()
            for link in links { write(link, to: &writer) }
            writer.endArray()
        case .pending(let reason): write("pending", reason, to: &writer)
        case .forbidden(let reason): write("forbidden", reason, to: &writer)
        case .gone(let reason): write("gone", reason, to: &writer)
        }
    }

    private static func write(_ availability: String, _ reason: String, to writer: inout JSONWriter) {
        writer.member("availability", availability)
        writer.member("reason", reason)
    }

    private static func write(_ link: MediaLink, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("rendition", link.rendition)
        writer.member("url", link.url)
        writer.member("expiresAt", link.expiresAt)
        writer.member("lifetime", link.lifetime)
        writer.member("bytes", link.byteCount)
        writer.member("fileExtension", link.fileExtension)
        writer.member("sendsCredentials", ifTrue: link.sendsCredentials)
        writer.endObject()
    }
}
