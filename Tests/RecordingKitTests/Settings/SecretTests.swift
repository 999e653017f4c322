import RawJSON
import RecordingKit
import Testing

@Suite("What must not be printed")
struct SecretTests {
    private let text = "hunter2-\u{1F511}"

    private struct Holder {
        var secret: Secret
        var secrets: [String: Secret?]
    }

    @Test("No way of printing a secret, alone or inside something, shows its text")
    func hidesSecret() {
        let secret = Secret(text)
        let holder = Holder(secret: secret, secrets: ["a": secret])
        #expect(secret.description == "[hidden]")
        #expect(secret.debugDescription == "[hidden]")
        #expect("\(secret)" == "[hidden]")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(!(printedForms(of: secret) + printedForms(of: holder)).contains { $0.contains("hunter2") })
    }

    @Test("The host reads the text that nobody is shown")
    func keepsText() {
        #expect(Secret(text).value == text)
        #expect(Secret(text) == Secret(text))
        #expect(Secret(text) != Secret("other"))
    }

    @Test("Values as configured print as their kind, because they may be secrets")
    func hidesConfiguredValues() {
        let values: [SettingValue] = ["hunter2", ["hunter2"], ["oauth": ["clientSecret": "hunter2"]]]
        #expect(values.map(\.description) == ["text", "a list", "an object"])
        #expect(!printedForms(of: values).contains { $0.contains("hunter2") })
    }

    @Test("Checked settings do not print their secrets")
    func hidesParsedSecrets() {
        let specification = SettingsSpecification(fields: [
            SettingField("token", .string, help: "A token.", isSecret: true)
        ])
        let parsed = specification.parse(["token": "hunter2"])
        #expect(parsed.secrets["token"]?.value == "hunter2")
        #expect(!printedForms(of: parsed).contains { $0.contains("hunter2") })
    }

    @Test("Links, listings and answers print without what they lead to")
    func hidesLinks() throws {
        let link = MediaLink(rendition: "video", url: "https://a.example/?hunter2")
        let listing = Listing(key: "hunter2", label: "site 1", parameters: ["host": "hunter2"])
        let document = try JSONDocument(parsing: #"{"title":"hunter2"}"#)
        let answer = APIResponse(status: 200, headers: ["Set-Cookie": "hunter2"], json: document.root)
        let printed = printedForms(of: link) + printedForms(of: listing) + printedForms(of: answer)
        #expect(!printed.contains { $0.contains("hunter2") })
        #expect(["\(link)", "\(listing)", "\(answer)"] == ["media link for video", "site 1", "status 200"])
    }
}
