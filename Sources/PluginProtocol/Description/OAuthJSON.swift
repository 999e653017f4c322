import RawJSON
import RecordingKit

/// How a platform issues OAuth 2 tokens, as JSON.
enum OAuthJSON {
    static let members = [
        "tokenEndpoint", "clientID", "clientSecret", "grantType", "scope", "parameters", "clientAuthentication",
    ]

    static func read(_ reader: inout MemberReader, besides others: [String]) throws -> OAuthSettings {
        var settings = OAuthSettings(
            tokenEndpoint: try reader.requiredText("tokenEndpoint"),
            clientID: try reader.requiredText("clientID"),
            clientSecret: try reader.requiredText("clientSecret"),
            grantType: try reader.text("grantType"),
            scope: try reader.text("scope"),
            parameters: try reader.credentialFields("parameters")
        )
        if let name = try reader.text("clientAuthentication") {
            guard let place = OAuthSettings.ClientAuthentication(rawValue: name) else {
                throw reader.wrong("clientAuthentication", "\"body\" or \"basic\"")
            }
            settings.clientAuthentication = place
        }
        try reader.finish(members + others)
        return settings
    }

    static func writeMembers(of client: OAuthSettings, to writer: inout JSONWriter) {
        writer.member("tokenEndpoint", client.tokenEndpoint)
        writer.member("clientID", client.clientID)
        writer.member("clientSecret", client.clientSecret)
        writer.member("grantType", client.grantType)
        writer.member("scope", client.scope)
        writer.member("parameters", client.parameters)
        writer.member("clientAuthentication", client.clientAuthentication.rawValue)
    }
}
