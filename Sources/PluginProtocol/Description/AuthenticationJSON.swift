import RawJSON
import RecordingKit

/// How a platform wants its credentials, as JSON: an object with the name of the scheme, or `"none"`.
enum AuthenticationJSON {
    static func read(_ value: JSONValue) throws -> AuthenticationScheme {
        if value.string == "none" { return .none }
        var reader = try MemberReader(value, "authentication")
        let scheme = try readScheme(&reader)
        try reader.finish([
            "bearer", "basic", "headers", "oauthRefreshToken", "oauthClientCredentials", "firstConfigured",
        ])
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
        let headers = try reader.pairs("headers")
        if !headers.isEmpty {
            return .headers(
                try headers.map { field in
                    guard field.value.hasPrefix("{"), field.value.hasSuffix("}") else {
                        throw reader.wrong("headers", "an object of settings in braces")
                    }
                    return (field.name, String(field.value.dropFirst().dropLast()))
                }
            )
        }
        if var oauth = try reader.object("oauthRefreshToken") {
            let client = try readClient(&oauth)
            let scheme = AuthenticationScheme.oauthRefreshToken(
                client,
                refreshToken: try oauth.requiredText("refreshToken")
            )
            try oauth.finish(["tokenEndpoint", "clientID", "clientSecret", "refreshToken"])
            return scheme
        }
        if var oauth = try reader.object("oauthClientCredentials") {
            let client = try readClient(&oauth)
            let scheme = AuthenticationScheme.oauthClientCredentials(client, scope: try oauth.text("scope"))
            try oauth.finish(["tokenEndpoint", "clientID", "clientSecret", "scope"])
            return scheme
        }
        let choices = try reader.list("firstConfigured").map(read)
        guard !choices.isEmpty else { throw ProtocolViolation("its authentication names no scheme") }
        return .firstConfigured(choices)
    }

    private static func readClient(_ reader: inout MemberReader) throws -> OAuthSettings {
        OAuthSettings(
            tokenEndpoint: try reader.requiredText("tokenEndpoint"),
            clientID: try reader.requiredText("clientID"),
            clientSecret: try reader.requiredText("clientSecret")
        )
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
        case .headers(let fields):
            writer.name("headers")
            writer.beginObject()
            for field in fields {
                writer.name(field.name)
                writer.string("{\(field.setting)}")
            }
            writer.endObject()
        case .refreshToken(let client, let refreshToken):
            writer.name("oauthRefreshToken")
            writer.beginObject()
            writeMembers(of: client, to: &writer)
            writer.member("refreshToken", refreshToken)
            writer.endObject()
        case .clientCredentials(let client, let scope):
            writer.name("oauthClientCredentials")
            writer.beginObject()
            writeMembers(of: client, to: &writer)
            writer.member("scope", scope)
            writer.endObject()
        case .firstConfigured(let schemes):
            writer.name("firstConfigured")
            writer.beginArray()
            for scheme in schemes { write(scheme, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
    }

    private static func writeMembers(of client: OAuthSettings, to writer: inout JSONWriter) {
        writer.member("tokenEndpoint", client.tokenEndpoint)
        writer.member("clientID", client.clientID)
        writer.member("clientSecret", client.clientSecret)
    }
}
