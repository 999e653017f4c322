/// A connector that the configuration names, or that lies in the folder for them.
struct PluginEntry: Sendable, Hashable {
    /// The absolute path of the file or folder.
    var path: String
    /// The SHA-256 that the file must have; nil when any will do.
    var sha256: String?
    /// What a program is started with.
    var arguments: [String] = []
    /// The variables that a program sees.
    var environment: [String: String] = [:]
    /// The names that lead to the entry in the configuration; nil for a file that was found in the folder.
    var place: [String]?
}
