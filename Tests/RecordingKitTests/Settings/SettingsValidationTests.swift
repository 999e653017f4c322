import RecordingKit
import Testing

@Suite("Sound specifications")
struct SettingsValidationTests {
    @Test("A sound specification contradicts nothing")
    func sound() {
        let fields = [
            SettingField("a", .oneOrMore(.string), help: "A.", default: "all"),
            SettingField(
                "b2",
                .object([SettingField("a", .string, help: "A.", isRequired: true, isSecret: true)]),
                help: "B."
            ),
        ]
        #expect(SettingsSpecification(fields: fields).contradictions.isEmpty)
    }

    @Test(
        "What contradicts itself is named by its path",
        arguments: [
            ([SettingField("", .string, help: "A.")], ""), ([SettingField("a.b", .string, help: "A.")], "a.b"),
            ([SettingField("1a", .string, help: "A.")], "1a"),
            ([SettingField("a", .string, help: "A."), SettingField("a", .boolean, help: "A.")], "a"),
            ([SettingField("a", .integer(0...9), help: "A.", isSecret: true)], "a"),
            ([SettingField("a", .object([]), help: "A.", isSecret: true)], "a"),
            ([SettingField("a", .oneOrMore(.string), help: "A.", isSecret: true)], "a"),
            ([SettingField("a", .string, help: "A.", default: "x", isSecret: true)], "a"),
            ([SettingField("a", .string, help: "A.", default: "x", isRequired: true)], "a"),
            ([SettingField("a", .url, help: "A.", default: "x")], "a"),
            ([SettingField("a", .choice([]), help: "A.")], "a"),
            ([SettingField("o", .object([SettingField("a", .url, help: "A.", default: "x")]), help: "O.")], "o.a"),
            ([SettingField("o", .list(.object([SettingField("", .string, help: "A.")])), help: "O.")], "o."),
        ]
    )
    func contradicts(fields: [SettingField], path: String) {
        let found = SettingsSpecification(fields: fields).contradictions
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.contains("\"\(path)\"") })
    }
}
