import RecordingKit
import Testing

@Suite("Settings that hold a platform's id")
struct IdentifierSettingTests {
    private let specification = SettingsSpecification(fields: [SettingField("id", .identifier, help: "Id.")])

    @Test(
        "text and whole numbers are read as text",
        arguments: [("EG_a", "EG_a"), (101, "101")] as [(SettingValue, String)]
    )
    func accepted(value: SettingValue, expected: String) {
        let parsed = specification.parse(["id": value])
        #expect(parsed.problems.isEmpty)
        #expect(parsed.settings.string("id") == expected)
    }

    @Test("anything else is a problem", arguments: ["", 1.5, true, [], [:]] as [SettingValue])
    func refused(value: SettingValue) {
        #expect(specification.parse(["id": value]).problems.map(\.path) == [["id"]])
    }
}
