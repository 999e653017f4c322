import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

struct TokenGrantTests {
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)

    private func grant() throws -> TokenGrant {
        TokenGrant(
            endpoint: try #require(HTTPURL("https://api.test/v1/access_token")),
            clientID: "id",
            clientSecret: Secret("a+b&c=d")
        )
    }

    @Test("The form is percent-encoded, with plus and ampersand as data") func form() throws {
        let request = try grant().request(.refreshToken(Secret("r/1+2")), limits: TransportLimits())
        #expect(request.method == "POST")
        #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(
            String(decoding: request.body ?? [], as: UTF8.self)
                == "grant_type=refresh_token&refresh_token=r%2F1%2B2&client_id=id&client_secret=a%2Bb%26c%3Dd"
        )
    }

    @Test(
        "A lifetime is read as number or text, and one that means nothing counts as unknown",
        arguments: [
            ("60", 60), (#""60""#, 60), ("60.0", 60), ("0", 0), ("-5", 0), ("null", nil), (#""nan""#, nil),
            (#""soon""#, nil), ("1e300", 1_000_000_000), (#""inf""#, 1_000_000_000),
        ] as [(String, Int64?)]
    )
    func lifetime(text: String, seconds: Int64?) throws {
        let json = try JSONDocument(parsing: #"{"access_token":"a","expires_in":\#(text)}"#).root
        let tokens = try grant().tokens(from: json, kind: .clientCredentials, seed: "s", now: Self.now)
        #expect(tokens.expiresAt == seconds.map { Self.now.advanced(by: .seconds($0)) })
    }

    @Test("Printing tokens or credentials shows none of them") func hidden() throws {
        let tokens = StoredTokens(
            accessToken: Secret("acc3ss"),
            expiresAt: nil,
            refreshToken: Secret("r3fresh"),
            seed: "s"
        )
        let credential = Credential(
            fields: [HTTPHeaders.Field(name: "Authorization", value: "Bearer acc3ss")],
            generation: 1
        )
        let texts = [
            "\(tokens)", String(reflecting: tokens), "\(credential)",
            "\(TokenGrant.Kind.refreshToken(Secret("r3fresh")))",
        ]
        for text in texts {
            #expect(!text.contains("acc3ss"))
            #expect(!text.contains("r3fresh"))
        }
    }
}
