import Foundation
import RecordingKit
import Testing

@Suite("Documenting settings")
struct SettingsDocumentationTests {
    private let specification = SettingsSpecification(fields: [
        SettingField("sites", .oneOrMore(.string), help: "Sites | or \"all\".\nEach by name.", default: "all"),
        SettingField("pageSize", .integer(1...100), help: "Items a page.", default: 50),
        SettingField("from", .timestamp, help: "The start."),
        SettingField("order", .choice(["up", "down"]), help: "The order."),
        SettingField(
            "oauth",
            .object([
                SettingField("clientID", .string, help: "The client.", isRequired: true),
                SettingField("clientSecret", .string, help: "Its secret.", isRequired: true, isSecret: true),
            ]),
            help: "OAuth."
        ),
        SettingField(
            "calls",
            .list(.object([SettingField("callID", .integer(1 ... .max), help: "A call.")])),
            help: "Calls."
        ),
    ])

    @Test("Members of objects are rows of their own after their object")
    func rows() {
        let rows = specification.rows
        #expect(
            rows.map(\.path) == [
                "sites", "pageSize", "from", "order", "oauth", "oauth.clientID", "oauth.clientSecret", "calls",
                "calls[].callID",
            ]
        )
        #expect(rows.filter(\.isRequired).map(\.path) == ["oauth.clientID", "oauth.clientSecret"])
        #expect(rows.filter(\.isSecret).map(\.path) == ["oauth.clientSecret"])
        #expect(rows.map(\.defaultText) == ["\"all\"", "50"] + Array(repeating: nil, count: 7))
        #expect(rows[1].type == "1 … 100")
        #expect(rows[8].type == "whole number from 1")
        #expect(rows[1].help == "Items a page.")
    }

    @Test("A default of a secret is shown nowhere")
    func hidesSecretDefaults() {
        let fields = [SettingField("token", .string, help: "A token.", default: "hunter2", isSecret: true)]
        let secret = SettingsSpecification(fields: fields)
        #expect(secret.rows.map(\.defaultText) == [nil])
        #expect(!secret.markdownTable.contains("hunter2"))
        #expect(!String(decoding: secret.jsonSchema, as: UTF8.self).contains("hunter2"))
    }

    @Test("Defaults of every kind are written as JSON, members by name")
    func defaultTexts() {
        let value: SettingValue = ["b": [1, 0.5, true], "a": "x\"y"]
        let rows = SettingsSpecification(fields: [SettingField("v", .object([]), help: "V.", default: value)]).rows
        #expect(rows.map(\.defaultText) == [#"{"a":"x\"y","b":[1,0.5,true]}"#])
    }

    @Test("The Markdown table has a line for each row, five cells each, with pipes and line breaks kept out of the way")
    func markdown() {
        let lines = specification.markdownTable.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2 + 9 + 1)
        #expect(lines[0] == "| name | type | required | default | meaning |")
        #expect(lines[1] == "|---|---|---|---|---|")
        #expect(lines[2] == #"| `sites` | text, or a list | no | `"all"` | Sites \| or "all". Each by name. |"#)
        #expect(lines[8] == "| `oauth.clientSecret` (secret) | text | yes |  | Its secret. |")
        #expect(lines.last == "")
    }

    @Test("The schema of a platform's id takes text and whole numbers")
    func identifierSchema() {
        let schema = SettingsSpecification(fields: [SettingField("id", .identifier, help: "Id.")]).jsonSchema
        let expected = #"{"id":{"type":["string","integer"],"minLength":1,"description":"Id."}}"#
        #expect(String(decoding: schema, as: UTF8.self).contains(#""properties":"# + expected))
    }

    @Test("The JSON Schema says what the parser accepts")
    func schema() throws {
        let text = String(decoding: specification.jsonSchema, as: UTF8.self)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
        let expected = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": [],
             "additionalProperties": false, "properties": {
              "sites": {"description": "Sites | or \\"all\\".\\nEach by name.", "default": "all", "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}]},
              "pageSize": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50, "description": "Items a page."},
              "from": {"type": "string", "description": "The start.",
                "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}([Tt ]\\\\d{2}:\\\\d{2}(:\\\\d{2}([.,]\\\\d+)?)?([Zz]|[+-]\\\\d{2}(:?\\\\d{2})?)?)?$"},
              "order": {"enum": ["up", "down"], "description": "The order."},
              "oauth": {"type": "object", "required": ["clientID", "clientSecret"], "additionalProperties": false,
                "description": "OAuth.", "properties": {
                  "clientID": {"type": "string", "minLength": 1, "description": "The client."},
                  "clientSecret": {"type": "string", "minLength": 1, "description": "Its secret.", "writeOnly": true}}},
              "calls": {"type": "array", "minItems": 1, "description": "Calls.", "items": {"type": "object",
                "required": [], "additionalProperties": false, "properties": {
                  "callID": {"type": "integer", "minimum": 1, "description": "A call."}}}}}}
            """
        let wanted = try #require(try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary)
        #expect(root == wanted, "\(text)")
        #expect(
            text.range(of: "\"sites\"")?.lowerBound ?? text.endIndex < text.range(of: "\"calls\"")?.lowerBound
                ?? text.startIndex
        )
    }
}
