import RecordingKit

/// Writes the reference of manifests in Markdown from the table of keys.
enum ReferenceWriter {
    /// Every object with its keys, then the words of templates, conversions and errors.
    static func reference() -> String {
        var text = ManifestTable.definitions.map(section).joined(separator: "\n")
        text +=
            "\n"
            + list(
                "Filters",
                "What a template does with a value: `{name | filter}`, one after the other.",
                TemplateFilter.allCases.map { ($0.rawValue, $0.help) }
            )
        text +=
            "\n"
            + list(
                "Conversions",
                "What `as` takes.",
                ValueConversion.Name.allCases.map { ($0.rawValue, $0.help) }
            )
        text +=
            "\n"
            + list(
                "Error codes",
                "What `means` takes; `ignore` and `onError` take "
                    + ErrorCodes.ofAbsence.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                    + " alone, because the others do not say that there is nothing.",
                ErrorCodes.ofAnswers.map { ($0.rawValue, ErrorCodes.help[$0] ?? "") }
            )
        return text
    }

    private static func section(_ definition: ManifestDefinition) -> String {
        var lines = ["## \(definition.name)", "", definition.help, ""]
        lines += ["| key | takes | default | meaning |", "|---|---|---|---|"]
        for key in definition.keys {
            let fallback = key.isRequired ? "required" : key.fallback ?? ""
            lines.append("| `\(key.name)` | \(cell(takes(key.shape))) | \(cell(fallback)) | \(cell(key.help)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What a shape takes, with the definitions that it names as links.
    private static func takes(_ shape: ManifestShape) -> String {
        switch shape {
        case .object(let name): "[\(name)](#\(name.lowercased()))"
        case .either(let shapes): ManifestShape.joined(shapes.map(takes))
        case .list(let element, _): "a list, each \(takes(element))"
        case .map(let element, let names): "an object from \(names) to \(takes(element))"
        case .text(.word(let words)): ManifestShape.joined(words.map { "`\"\($0)\"`" })
        default: shape.expectation
        }
    }

    private static func list(_ title: String, _ help: String, _ rows: [(name: String, help: String)]) -> String {
        (["## \(title)", "", help, ""] + rows.map { "- `\($0.name)`: \($0.help)" }).joined(separator: "\n") + "\n"
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
