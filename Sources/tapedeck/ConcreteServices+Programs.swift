import ConnectorProcess
import RecordingKit
import TapedeckCLI

extension ConcreteServices {
    /// Starts a program that is to be a connector, asks it what it is and ends it again.
    @Sendable
    static func loadProgram(
        _ request: ProgramRequest,
        notice: @escaping @Sendable (String) -> Void
    ) async throws -> FoundConnector {
        var program = ConnectorProgram(
            path: request.path,
            arguments: request.arguments,
            environment: request.environment,
            sha256: request.sha256
        )
        program.observer = { notice("\($0.kind.rawValue): \($0.text)") }
        let connector = try await program.inspect()
        return FoundConnector(
            descriptor: connector.descriptor,
            origin: connector.origin,
            makeSource: { connector.makeSource(settings: $0) },
            close: { await connector.close() }
        )
    }
}
