import RecordingKit
import Testing

@testable import RecordingHost

struct AuthenticatorFactoryTests {
    private static let settings = SettingsSpecification(fields: [
        SettingField("user", .string, help: "User."),
        SettingField("secret", .string, help: "Secret.", isSecret: true),
        SettingField("other", .string, help: "Other.", isSecret: true),
    ])

    private func fields(
        _ scheme: AuthenticationScheme,
        _ values: [String: SettingValue]
    ) async throws -> [HTTPHeaders.Field] {
        try await TokenRig([]).factory(Self.settings.parse(values)).make(scheme).credential().fields
    }

    @Test("No scheme sends no field") func none() async throws {
        #expect(try await fields(.none, [:]).isEmpty)
    }

    @Test("Static headers are sent as declared") func headers() async throws {
        let scheme = AuthenticationScheme.headers([
            (name: "X-Client", setting: "user"), (name: "X-Key", setting: "secret"),
        ])
        #expect(
            try await fields(scheme, ["user": "u", "secret": "s3 cret"]) == [
                HTTPHeaders.Field(name: "X-Client", value: "u"), HTTPHeaders.Field(name: "X-Key", value: "s3 cret"),
            ]
        )
    }

    @Test("Header fields can be text around settings") func templates() async throws {
        let scheme = AuthenticationScheme.headers([
            CredentialField("Authorization", "Token {secret}"),
            CredentialField("X-Both", "{user}:{secret};v={{1}}"),
            CredentialField("X-Version", .constant("{2}")),
        ])
        #expect(scheme.settings == ["secret", "user"])
        #expect(
            try await fields(scheme, ["user": "u", "secret": "s3c"]) == [
                HTTPHeaders.Field(name: "Authorization", value: "Token s3c"),
                HTTPHeaders.Field(name: "X-Both", value: "u:s3c;v={1}"),
                HTTPHeaders.Field(name: "X-Version", value: "{2}"),
            ]
        )
        #expect(
            await code { _ = try await fields(scheme, ["user": "u", "secret": "a\r\nb"]) } == .configurationInvalid
        )
        #expect(await code { _ = try await fields(scheme, ["secret": "s"]) } == .configurationInvalid)
    }

    @Test("A bearer token goes into Authorization") func bearer() async throws {
        #expect(
            try await fields(.bearer(setting: "secret"), ["secret": "t0ken"])
                == [HTTPHeaders.Field(name: "Authorization", value: "Bearer t0ken")]
        )
    }

    @Test("Basic joins user and password as RFC 7617 §2 shows, also beyond ASCII") func basic() async throws {
        let scheme = AuthenticationScheme.basic(user: "user", password: "secret")
        #expect(
            try await fields(scheme, ["user": "Aladdin", "secret": "open sesame"])
                == [HTTPHeaders.Field(name: "Authorization", value: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
        )
        #expect(
            try await fields(scheme, ["user": "test", "secret": "123£"])
                == [HTTPHeaders.Field(name: "Authorization", value: "Basic dGVzdDoxMjPCow==")]
        )
    }

    @Test("A user's name with a colon is refused, because it would be read as another user's") func colon() async {
        let scheme = AuthenticationScheme.basic(user: "user", password: "secret")
        #expect(await code { _ = try await fields(scheme, ["user": "a:b", "secret": "p"]) } == .configurationInvalid)
    }

    @Test("The first scheme that is configured is used") func firstConfigured() async throws {
        let scheme = AuthenticationScheme.firstConfigured([
            .bearer(setting: "secret"), .headers([(name: "X-Key", setting: "other")]),
        ])
        #expect(try await fields(scheme, ["secret": "s", "other": "o"]).map(\.value) == ["Bearer s"])
        #expect(try await fields(scheme, ["other": "o"]).map(\.value) == ["o"])
        #expect(await code { _ = try await fields(scheme, [:]) } == .configurationInvalid)
    }

    @Test(
        "A value that would break a header field is refused without being shown",
        arguments: ["t0ken\n", "t0ken\r\nX-Evil: 1", "t0ken\u{0}", "t0ken\u{7F}", "tøken"]
    )
    func brokenValue(token: String) async {
        let error = await failure { _ = try await fields(.bearer(setting: "secret"), ["secret": .string(token)]) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.description.contains("secret\"") == true)
        #expect(error?.description.contains("ken") == false)
    }

    @Test("A token endpoint below the base URL and one elsewhere are both understood") func endpoints() throws {
        let base = try #require(HTTPURL("https://api.test/v1/"))
        #expect(base.appendingPath("/access_token").text == "https://api.test/v1/access_token")
        #expect(base.appendingPath("access_token").text == "https://api.test/v1/access_token")
    }
}
