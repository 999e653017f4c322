import ConnectorProcess
import RecordingKit
import TapedeckCLI

extension ConcreteServices {
    /// Starts a program that is to be a connector, asks it what it is and ends it again.
    @Sendable
    static func loadProgram(_ request: ProgramRequest) async throws -> FoundConnector {
        let program = ConnectorProgram(
            path: request.path,
            arguments: request.arguments,
            environment: request.environment,
            sha256: request.sha256
        )
        let connector = try await program.inspect()
        return FoundConnector(
            descriptor: connector.descriptor,
            origin: connector.origin,
            makeSource: { connector.makeSource(settings: $0) }
        )
    }
}
