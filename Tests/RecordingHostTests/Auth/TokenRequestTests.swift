import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Token requests are made as the platform's declaration says")
struct TokenRequestTests {
    private static let specification = SettingsSpecification(fields: [
        SettingField("id", .string, help: "Id."), SettingField("secret", .string, help: "Secret.", isSecret: true),
        SettingField("refresh", .string, help: "Refresh token.", isSecret: true),
        SettingField("account", .identifier, help: "Account.", isSecret: true),
    ])
    private static let values: [String: SettingValue] = [
        "id": "client:1", "secret": "s3cret&+", "refresh": "r1", "account": "a/1",
    ]

    private func oauth(_ change: (inout OAuthSettings) -> Void) -> OAuthSettings {
        var settings = OAuthSettings(tokenEndpoint: "/access_token", clientID: "id", clientSecret: "secret")
        change(&settings)
        return settings
    }

    private func authenticator(
        _ rig: TokenRig,
        _ scheme: AuthenticationScheme,
        _ changes: [String: SettingValue] = [:]
    ) throws -> any Authenticator {
        let values = Self.values.merging(changes) { $1 }
        return try rig.factory(Self.specification.parse(values)).make(scheme)
    }

    @Test("A grant type and an account of its own make a token request, and no refresh token is kept")
    func accountCredentials() async throws {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r")])
        let oauth = oauth {
            $0.grantType = "account_credentials"
            $0.parameters = [
                CredentialField("account_id", .setting("account")), CredentialField("k", "x-{account}-{{}}"),
            ]
            $0.clientAuthentication = .basic
        }
        let header = try await authenticator(rig, .oauthClientCredentials(oauth)).authorization()
        #expect(header == "Bearer a1")
        #expect(
            rig.forms == [["grant_type": "account_credentials", "account_id": "a/1", "k": "x-a/1-{}"]]
        )
        // RFC 6749 §2.3.1 and appendix B: both are form-encoded before they are joined.
        let identity = Base64.encode(Array("client%3A1:s3cret%26%2B".utf8))
        #expect(rig.transport.requests.map { $0.headers["Authorization"] } == ["Basic \(identity)"])
        #expect(await rig.ledger.tokens(of: TokenRig.source)?.refreshToken == nil)
    }

    @Test("Without options the client's identity is in the form and nowhere else")
    func plain() async throws {
        let rig = TokenRig([TokenRig.issued("a1")])
        _ = try await authenticator(rig, .oauthClientCredentials(oauth { _ in })).credential()
        #expect(
            rig.forms
                == [["grant_type": "client_credentials", "client_id": "client:1", "client_secret": "s3cret&+"]]
        )
        #expect(rig.transport.requests.first?.headers["Authorization"] == nil)
    }

    @Test("A refresh token takes the same options")
    func refreshToken() async throws {
        let rig = TokenRig([TokenRig.issued("a1", refresh: "r2")])
        let oauth = oauth {
            $0.scope = "read all"
            $0.parameters = [CredentialField("tenant", "{account}")]
            $0.clientAuthentication = .basic
        }
        _ = try await authenticator(rig, .oauthRefreshToken(oauth, refreshToken: "refresh")).credential()
        #expect(
            rig.forms
                == [["grant_type": "refresh_token", "refresh_token": "r1", "scope": "read all", "tenant": "a/1"]]
        )
        #expect(rig.transport.requests.first?.headers["Authorization"]?.hasPrefix("Basic ") == true)
    }

    @Test("A parameter with a standard name goes in its place, and never twice")
    func replaces() async throws {
        let rig = TokenRig([TokenRig.issued("a1")])
        let oauth = oauth { $0.parameters = [CredentialField("client_id", .constant("other"))] }
        _ = try await authenticator(rig, .oauthClientCredentials(oauth, scope: "s")).credential()
        let body = String(decoding: rig.transport.requests.first?.body ?? [], as: UTF8.self)
        #expect(body == "grant_type=client_credentials&scope=s&client_secret=s3cret%26%2B&client_id=other")
    }

    @Test("Tokens of one account are not used for another, and the same account's are")
    func otherAccount() async throws {
        let rig = TokenRig([TokenRig.issued("a1"), TokenRig.issued("a2")])
        let scheme = AuthenticationScheme.oauthClientCredentials(
            oauth { $0.parameters = [CredentialField("account_id", .setting("account"))] }
        )
        for (account, token) in [("one", "a1"), ("one", "a1"), ("two", "a2")] as [(String, String)] {
            let authenticator = try authenticator(rig, scheme, ["account": .string(account)])
            #expect(try await authenticator.authorization() == "Bearer \(token)")
        }
        #expect(rig.forms.compactMap { $0["account_id"] } == ["one", "two"])
    }

    @Test("The settings of parameters are asked for like the others")
    func settings() {
        let scheme = AuthenticationScheme.oauthClientCredentials(
            oauth { $0.parameters = [CredentialField("account_id", "{account}"), CredentialField("k", "constant")] }
        )
        let problems = scheme.problems(in: Self.specification.parse(["id": "i", "secret": "s"]))
        #expect(problems.map(\.path) == [["account"]])
    }
}
