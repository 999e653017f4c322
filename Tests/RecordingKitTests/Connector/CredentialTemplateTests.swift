import RecordingKit
import Testing

@Suite("Templates for credentials")
struct CredentialTemplateTests {
    @Test(
        "are text with names in braces, and read back from their own text",
        arguments: [
            ("Token {apiKey}", ["apiKey"]),
            ("{oauth.clientID}:{oauth.clientSecret}", ["oauth.clientID", "oauth.clientSecret"]),
            ("{a}{a}", ["a", "a"]), ("{{a}}", []), ("{{{a}}}", ["a"]), ("plain", []), ("", []),
        ]
    )
    func names(text: String, names: [String]) throws {
        let template = try CredentialTemplate(parsing: text)
        #expect(template.names == names)
        #expect(template.description == text)
        #expect(try CredentialTemplate(parsing: template.description) == template)
    }

    @Test(
        "that leave a brace open, or around no name, are refused",
        arguments: ["{", "}", "{a", "a}", "{}", "{a b}", "{a{b}"]
    )
    func refused(text: String) {
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try CredentialTemplate(parsing: text) }
    }

    @Test("put values in the places of names, and leave braces that are text")
    func values() throws {
        let template = try CredentialTemplate(parsing: "{{x}} {a}-{b}")
        #expect(template.text { "<\($0)>" } == "{x} <a>-<b>")
        #expect(CredentialTemplate.setting("a.b").description == "{a.b}")
        #expect(CredentialTemplate.constant("{a}").description == "{{a}}")
    }

    @Test("of signed requests ask for settings alone")
    func signing() {
        let signing = HMACSettings(
            key: "secret",
            message: "{request.method}{account}{request.body}",
            fields: [CredentialField("X", "{signature} {account} {client}")]
        )
        #expect(AuthenticationScheme.hmac(signing).settings == ["secret", "account", "client"])
    }
}
