import RawJSON
import RecordingKit

/// How requests are signed, as JSON.
enum HMACJSON {
    static let members = ["key", "keyEncoding", "message", "fields", "encoding", "timestamp"]

    static func read(_ reader: MemberReader) throws -> HMACSettings {
        var reader = reader
        var settings = HMACSettings(
            key: try reader.requiredText("key"),
            message: try reader.template("message"),
            fields: try reader.credentialFields("fields")
        )
        settings.keyEncoding = try encoding(&reader, "keyEncoding")
        if let encoding = try encoding(&reader, "encoding") { settings.encoding = encoding }
        if let name = try reader.text("timestamp") {
            guard let form = HMACSettings.TimestampForm(rawValue: name) else {
                throw reader.wrong("timestamp", "one of unix_seconds, unix_milliseconds, rfc3339")
            }
            settings.timestamp = form
        }
        try reader.finish(members)
        return settings
    }

    private static func encoding(_ reader: inout MemberReader, _ name: String) throws -> HMACSettings.Encoding? {
        guard let text = try reader.text(name) else { return nil }
        guard let encoding = HMACSettings.Encoding(rawValue: text) else {
            throw reader.wrong(name, "\"hex\" or \"base64\"")
        }
        return encoding
    }

    static func write(_ settings: HMACSettings, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", settings.key)
        writer.member("keyEncoding", settings.keyEncoding?.rawValue)
        writer.member("message", settings.message.description)
        writer.member("fields", settings.fields)
        writer.member("encoding", settings.encoding.rawValue)
        writer.member("timestamp", settings.timestamp.rawValue)
        writer.endObject()
    }
}
