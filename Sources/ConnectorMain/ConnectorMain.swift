import PluginProtocol
public import RecordingKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Turns a connector into a program that a host runs: the author's side of the protocol.
///
/// The whole program is:
///
/// ```swift
/// import ConnectorMain
///
/// @main enum Main {
///     static func main() async { await ConnectorMain<TapeArchive>.run(version: "1.0") }
/// }
/// ```
///
/// The connector is the same that a host could compile in. Descriptors 3 and 4 belong to the protocol; what it prints goes to the
/// host's log, at debug level.
public enum ConnectorMain<Source: Connector> {
    /// Serves the host until it closes the connection, and ends the program.
    ///
    /// Ends with status 64 and a sentence on standard error when no host has started it.
    ///
    /// - Parameter version: the connector's own version, shown to people; default none.
    public static func run(version: String? = nil) async -> Never {
        guard fcntl(HostConnection.input, F_GETFD) != -1, fcntl(HostConnection.output, F_GETFD) != -1 else {
            HostConnection.complain("This program is a connector: name it in the configuration of tapedeck.\n")
            exit(64)
        }
        let connection = HostConnection()
        do {
            try await serve(connection, version: version)
            exit(0)
        } catch is HostConnection.Closed {
            exit(0)
        } catch is CancellationError {
            exit(0)
        } catch {
            HostConnection.complain("The host broke the protocol.\n")
            exit(70)
        }
    }

    private static func serve(_ connection: HostConnection, version: String?) async throws {
        var source: Source?
        while true {
            switch try await connection.next() {
            case .hello(let protocols, _):
                guard protocols.contains(ProtocolVersion.current) else { throw ProtocolViolation("no common version") }
                let description = ConnectorDescription(descriptor: Source.connector, version: version)
                try await connection.say(PluginMessage.hello(version: ProtocolVersion.current, description).line())
            case .configure(let values):
                do {
                    source = try makeSource(values)
                    try await connection.say(PluginMessage.ready.line())
                } catch {
                    try await connection.say(PluginMessage.failed(id: nil, failure(error)).line())
                }
            case .call(let call):
                guard let source else { throw ProtocolViolation("a call before the settings") }
                try await perform(call, source, connection)
            default: throw ProtocolViolation("a message that has no place here")
            }
        }
    }

    private static func perform(_ call: PluginCall, _ source: Source, _ connection: HostConnection) async throws {
        try await connection.say(PluginMessage.begin(id: call.id).line())
        do {
            try await CallServer(source: source, connection: connection).perform(call.task)
            try await connection.say(PluginMessage.done(id: call.id).line())
        } catch let error as HostConnection.Closed {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            try await connection.say(PluginMessage.failed(id: call.id, failure(error)).line())
        }
    }

    private static func makeSource(_ values: [String: SettingValue]) throws -> Source {
        let parsed = SettingsSpecification(fields: Source.connector.settings.fields.withoutSecrets).parse(values)
        if let problem = parsed.problems.first {
            throw TapedeckError(
                .configurationInvalid,
                "The setting \(problem.path.joined(separator: ".")) is wrong: \(problem.message)"
            )
        }
        return try Source(settings: parsed.settings)
    }

    /// What the host is told: an error of another type may hold anything.
    private static func failure(_ error: any Error) -> TapedeckError {
        error as? TapedeckError
            ?? TapedeckError(.connectorFailed, "The connector failed with an error of type \(type(of: error)).")
    }
}

extension [SettingField] {
    /// The settings that a connector gets to see.
    fileprivate var withoutSecrets: [SettingField] {
        compactMap { field in
            guard !field.isSecret else { return nil }
            return SettingField(
                field.name,
                field.type.withoutSecrets,
                help: field.help,
                default: field.defaultValue,
                isRequired: field.isRequired
            )
        }
    }
}

extension SettingType {
    fileprivate var withoutSecrets: SettingType {
        switch self {
        case .object(let fields): .object(fields.withoutSecrets)
        case .list(let element): .list(element.withoutSecrets)
        case .oneOrMore(let element): .oneOrMore(element.withoutSecrets)
        default: self
        }
    }
}
