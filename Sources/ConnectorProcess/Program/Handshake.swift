import PluginProtocol
import RawJSON
import RecordingKit

/// The first words between the host and a new process.
struct Handshake: Sendable {
    /// What a connector says of itself, and how to tell that it says the same again.
    struct Greeting: Sendable {
        let description: ConnectorDescription
        let canonical: [UInt8]
    }

    private let process: PluginProcess
    private let limits: ProcessLimits
    private let watch: SilenceWatch

    init(_ process: PluginProcess, _ launcher: ProcessLauncher) {
        self.process = process
        limits = launcher.program.limits
        watch = SilenceWatch(process.channel, limit: limits.startUp, clock: launcher.program.clock)
    }

    /// Asks the process what it is.
    ///
    /// - Throws: ``ProcessEnd``, `ProtocolViolation`, `CancellationError`.
    func greet() async throws -> Greeting {
        try await watch.guarding {
            try await exchangeHello()
        }
    }

    /// Asks the process what it is, and gives it its settings.
    ///
    /// - Throws: ``ProcessEnd``, `ProtocolViolation`, `CancellationError`; `TapedeckError` when it does not take its settings.
    func configure(_ settings: [String: SettingValue], expecting expected: Greeting) async throws {
        try await watch.guarding {
            guard try await exchangeHello().canonical == expected.canonical else {
                throw ProtocolViolation("it says something else of itself than when it was first asked")
            }
            process.channel.send(HostMessage.configure(settings).line)
            let answer = try await PluginMessage(JSONDocument(parsing: process.channel.receive()).root)
            switch answer {
            case .ready: return
            case .failed(nil, let error): throw error
            default: throw ProtocolViolation("it answered its settings with neither \"ready\" nor \"failed\"")
            }
        }
    }

    private func exchangeHello() async throws -> Greeting {
        let hello = HostMessage.hello(protocols: [ProtocolVersion.current], hostVersion: "1")
        process.channel.send(hello.line)
        let message = try await JSONDocument(parsing: process.channel.receive()).root
        guard case .hello(_, let description) = try PluginMessage(message), let connector = message["connector"] else {
            throw ProtocolViolation("its first message is not \"hello\"")
        }
        return Greeting(description: description, canonical: CanonicalJSON.bytes(of: connector))
    }
}
