package import RecordingHost
import RecordingKit

/// A program that is a connector: where it is, and how it is run.
///
/// A value that does nothing by itself; ``inspect()`` starts the program for the first time.
public struct ConnectorProgram: Sendable {
    /// The program's file, an absolute path.
    public var path: String
    /// What it is started with, after its own name.
    public var arguments: [String]
    /// Its whole environment: nothing of the host's is handed on.
    public var environment: [String: String]
    /// The SHA-256 that the file must have each time it is started, 64 lower-case hexadecimal digits; nil to start whatever is
    /// there.
    ///
    /// What is hashed is what is executed: on Linux the program is started from the file that was opened and hashed, under its
    /// descriptor 5. Not covered are what the program loads besides, such as an interpreter, libraries and other scripts; and a
    /// file that is written to, in place, in the moment between the two.
    public var sha256: String?
    /// What its processes may use.
    public var limits: ProcessLimits
    /// Told what the processes say to people, from several threads; default nobody.
    public var observer: @Sendable (ConnectorNotice) -> Void
    /// Tells how long it was silent.
    package var clock: any HostClock

    /// Describes a program.
    public init(
        path: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        sha256: String? = nil,
        limits: ProcessLimits = ProcessLimits(),
        observer: @escaping @Sendable (ConnectorNotice) -> Void = { _ in }
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.sha256 = sha256
        self.limits = limits
        self.observer = observer
        clock = SystemClock()
    }

    /// Starts the program, asks it what it is, and ends it again.
    ///
    /// - Throws: `TapedeckError`: `configuration_invalid` when there is no such program, when it is not the one that was meant, or
    ///   cannot be started; `connector_failed` when it does not say what it is, in time and in a version that this host speaks;
    ///   `CancellationError`.
    public func inspect() async throws -> ExecutableConnector {
        let launcher = ProcessLauncher(self)
        do {
            let (process, sha256) = try await launcher.launch()
            let greeting = try await Handshake(process, launcher).greet()
            process.channel.end(.ended)
            await process.channel.waitUntilGone()
            return ExecutableConnector(launcher, greeting, sha256: sha256)
        } catch {
            await launcher.close()
            throw ProcessFailure.explained(error)
        }
    }
}
