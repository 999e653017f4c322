/// A file of a new connector.
struct ScaffoldFile: Sendable, Hashable {
    /// Where it goes, relative to the connector's folder.
    let path: String
    /// What it holds.
    let text: String
    /// Whether it is a program.
    var isExecutable = false
}
