import RawJSON
import RecordingKit

/// How a platform wants its credentials, as JSON: an object with the name of the scheme, or `"none"`.
enum AuthenticationJSON {
    static let schemes = [
        "bearer", "basic", "headers", "query", "oauthRefreshToken", "oauthClientCredentials", "hmac", "firstConfigured",
    ]

    static func read(_ value: JSONValue) throws -> AuthenticationScheme {
        if value.string == "none" { return .none }
        var reader = try MemberReader(value, "authentication")
        let scheme = try readScheme(&reader)
        try reader.finish(schemes)
        return scheme
    }

    private static func readScheme(_ reader: inout MemberReader) throws -> AuthenticationScheme {
        if let setting = try reader.text("bearer") { return .bearer(setting: setting) }
        if var basic = try reader.object("basic") {
            let scheme = AuthenticationScheme.basic(
                user: try basic.requiredText("user"),
                password: try basic.requiredText("password")
            )
            try basic.finish(["user", "password"])
            return scheme
        }
        let headers = try reader.credentialFields("headers")
        if !headers.isEmpty { return .headers(headers) }
        let query = try reader.credentialFields("query")
        if !query.isEmpty { return .query(query) }
        if var oauth = try reader.object("oauthRefreshToken") {
            let refreshToken = try oauth.requiredText("refreshToken")
            return .oauthRefreshToken(try OAuthJSON.read(&oauth, besides: ["refreshToken"]), refreshToken: refreshToken)
        }
        if var oauth = try reader.object("oauthClientCredentials") {
            return .oauthClientCredentials(try OAuthJSON.read(&oauth, besides: []))
        }
        if let signing = try reader.object("hmac") { return .hmac(try HMACJSON.read(signing)) }
        let choices = try reader.list("firstConfigured").map(read)
        guard !choices.isEmpty else { throw ProtocolViolation("its authentication names no scheme") }
        return .firstConfigured(choices)
    }

    static func write(_ scheme: AuthenticationScheme, to writer: inout JSONWriter) {
        if case .none = scheme.kind { return writer.string("none") }
        writer.beginObject()
        switch scheme.kind {
        case .none: break
        case .bearer(let setting): writer.member("bearer", setting)
        case .basic(let user, let password):
            writer.name("basic")
            writer.beginObject()
            writer.member("user", user)
            writer.member("password", password)
            writer.endObject()
        case .headers(let fields): writer.member("headers", fields)
        case .query(let parameters): writer.member("query", parameters)
        case .refreshToken(let client, let refreshToken):
            writer.name("oauthRefreshToken")
            writer.beginObject()
            OAuthJSON.writeMembers(of: client, to: &writer)
            writer.member("refreshToken", refreshToken)
            writer.endObject()
        case .clientCredentials(let client):
            writer.name("oauthClientCredentials")
            writer.beginObject()
            OAuthJSON.writeMembers(of: client, to: &writer)
            writer.endObject()
        case .hmac(let signing):
            writer.name("hmac")
            HMACJSON.write(signing, to: &writer)
        case .firstConfigured(let schemes):
            writer.name("firstConfigured")
            writer.beginArray()
            for scheme in schemes { write(scheme, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
    }
}
