import JSON5

/// The names that templates and conditions may use at one place of a manifest.
struct KnownNames: Sendable {
    private(set) var names: Set<String>
    /// Names of secret settings, which nothing but authentication may read.
    private let secrets: Set<String>

    init(names: Set<String>, secrets: Set<String>) {
        self.names = names
        self.secrets = secrets
    }

    /// These names and more.
    func adding(_ more: some Sequence<String>) -> KnownNames {
        var copy = self
        copy.names.formUnion(more)
        return copy
    }

    /// What is wrong with the use of a name; nil when nothing is.
    func complaint(about name: String) -> (message: String, suggestion: String?)? {
        guard !names.contains(name) else { return nil }
        if secrets.contains(name) {
            return ("\"\(name)\" is secret: only authentication may read it, and the host sends it", nil)
        }
        let qualified = ["settings.", "recording.", "window."].map { $0 + name }.filter(names.contains)
        let last = String(name[(name.lastIndex(of: ".").map { name.index(after: $0) } ?? name.startIndex)...])
        let suggestion = qualified.first ?? (names.contains(last) ? last : nil) ?? nearestName(to: name, among: names)
        let known = names.isEmpty ? "there are none here" : "known here are \(names.sorted().joined(separator: ", "))"
        return ("there is no name \"\(name.shownShort)\"; \(known)", suggestion)
    }
}
