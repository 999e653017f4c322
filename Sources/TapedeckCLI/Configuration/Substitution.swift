/// Replaces `${env:NAME}` and `${file:PATH}` in the texts of a configuration; `$${` stands for `${`.
struct Substitution: Sendable {
    /// A text after substitution.
    struct Result: Sendable, Hashable {
        /// The text; nil when something could not be substituted.
        var text: String?
        /// Whether anything came from outside the configuration.
        var isSubstituted = false
        /// What could not be substituted, without any value.
        var problems: [String] = []
    }

    /// The largest file that is read for a value.
    static let fileLimit = 65_536

    let environment: [String: String]
    let files: FileAccess
    /// The folder that relative paths are relative to.
    let folder: String

    /// Replaces every reference in `text`.
    func resolve(_ text: String) -> Result {
        var result = Result()
        var output = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            output += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                output += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else {
                    result.problems.append("A \"${\" is not closed; write \"$${\" for the characters themselves.")
                    return result
                }
                let reference = rest.dropFirst(2)[..<end]
                output += value(of: reference, problems: &result.problems)
                result.isSubstituted = true
                rest = rest[rest.index(after: end)...]
            } else {
                output.append("$")
                rest = rest.dropFirst()
            }
        }
        if result.problems.isEmpty { result.text = output + rest }
        return result
    }

    private func value(of reference: Substring, problems: inout [String]) -> String {
        if reference.hasPrefix("env:") {
            return variable(String(reference.dropFirst(4)), problems: &problems)
        }
        if reference.hasPrefix("file:") {
            return content(of: String(reference.dropFirst(5)), problems: &problems)
        }
        problems.append(
            "A reference is neither ${env:NAME} nor ${file:PATH}; write \"$${\" for the characters themselves."
        )
        return ""
    }

    private func variable(_ name: String, problems: inout [String]) -> String {
        guard !name.isEmpty else {
            problems.append("Expected the name of an environment variable after \"env:\".")
            return ""
        }
        guard let value = environment[name] else {
            problems.append("The environment variable \(name) is not set.")
            return ""
        }
        if value.isEmpty { problems.append("The environment variable \(name) is empty.") }
        return value
    }

    private func content(of path: String, problems: inout [String]) -> String {
        guard !path.isEmpty else {
            problems.append("Expected a path after \"file:\".")
            return ""
        }
        let path = FilePath.joined(folder, path)
        do {
            var bytes = try files.read(path, Self.fileLimit)
            if bytes.last == 0x0A { bytes.removeLast() }
            if bytes.last == 0x0D { bytes.removeLast() }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                problems.append("The file \(path) is not UTF-8.")
                return ""
            }
            if text.isEmpty { problems.append("The file \(path) is empty.") }
            return text
        } catch {
            problems.append(
                "The file \(path) cannot be read: \((error as? FileAccess.Failure)?.reason ?? "unknown reason")."
            )
            return ""
        }
    }
}
