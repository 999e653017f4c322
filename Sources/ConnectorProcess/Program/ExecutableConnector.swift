import PluginProtocol
public import RecordingKit

/// A program that was asked what it is: the entry that a registry takes.
///
/// ```swift
/// let connector = try await ConnectorProgram(path: "/opt/tapedeck/tape-archive").inspect()
/// try registry.register(connector.descriptor, origin: connector.origin, makeSource: connector.makeSource)
/// …
/// await connector.close()
/// ```
///
/// Its processes are started when the host asks a source for something, and end when the source is no longer referred to, which
/// is when the run is over. They are told by the end of their input, and killed when they do not obey. ``close()`` waits for that;
/// a program that is about to exit calls it, because nobody is left to kill a disobedient process afterwards.
public struct ExecutableConnector: Sendable {
    /// What the connector is and needs.
    public let descriptor: ConnectorDescriptor
    /// Where it came from: its path, its version and the SHA-256 of its file.
    public let origin: ConnectorOrigin
    private let launcher: ProcessLauncher
    private let greeting: Handshake.Greeting

    init(_ launcher: ProcessLauncher, _ greeting: Handshake.Greeting, sha256: String) {
        self.launcher = launcher
        self.greeting = greeting
        descriptor = greeting.description.descriptor
        origin = ConnectorOrigin(
            route: .executable,
            version: greeting.description.version,
            path: launcher.program.path,
            sha256: sha256
        )
    }

    /// Makes a source from settings that were checked against the descriptor; starts nothing.
    ///
    /// The source reads access events and media too; ``ConnectorDescriptor/produces`` says whether it does.
    public func makeSource(settings: Settings) -> any RecordingSource {
        var values: [String: SettingValue] = [:]
        for field in descriptor.settings.fields { values[field.name] = settings[field.name] }
        return ProcessSource(pool: ProcessPool(launcher, greeting, settings: values))
    }

    /// Waits until no process lives, and ends none.
    package func waitUntilIdle() async { await launcher.waitUntilIdle() }

    /// Ends all processes of the connector, also those that are at work, and returns when they are gone; at the latest after the
    /// grace of its limits.
    ///
    /// Nothing can be read through it afterwards.
    public func close() async { await launcher.close() }
}
