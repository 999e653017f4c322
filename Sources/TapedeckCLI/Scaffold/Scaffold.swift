import RecordingKit

/// The files of a new connector: it reads an invented platform, and its tests pass as it stands.
struct Scaffold: Sendable {
    /// The ways in which a connector can be made, as they are named on the command line.
    enum Route: String, Sendable, Hashable, CaseIterable {
        case swift
        case manifest
        case executable
    }

    let name: ConnectorName
    let route: Route
    /// Where the Tapedeck package is, for a package that depends on it.
    var package = ""

    /// Every file.
    var files: [ScaffoldFile] {
        switch route {
        case .manifest: [manifest, manifestReadme] + fixtures(in: "fixtures")
        case .executable: [program, programReadme] + fixtures(in: "fixtures")
        case .swift:
            [packageManifest, swiftSource, swiftTests, swiftReadme]
                + fixtures(in: "Tests/\(name.typeName)ConnectorTests/Fixtures")
        }
    }

    /// How to try it, as lines of a terminal in its folder.
    var commands: [String] {
        switch route {
        case .manifest: ["tapedeck conformance \(name.id).json5"]
        case .executable: ["tapedeck conformance ./\(name.id)"]
        case .swift: ["swift test"]
        }
    }
}
