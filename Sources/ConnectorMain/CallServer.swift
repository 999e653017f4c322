import PluginProtocol
import RecordingKit

/// Has the connector do what the host asks for.
struct CallServer<Source: RecordingSource> {
    let source: Source
    let connection: HostConnection

    /// Does one task; what it yields goes to the host, which says when to go on.
    ///
    /// - Throws: what the connector throws; `HostConnection.Closed`, `CancellationError`.
    func perform(_ task: PluginCall.Task) async throws {
        let api = APIClient(executor: RemoteExecutor(connection))
        switch task {
        case .check: try await source.check(api: api)
        case .listings(let window):
            try await source.listings(in: window, api: api) { try await hand(PluginMessage.listing($0).line()) }
        case .recordings(let listing):
            try await source.recordings(in: listing, api: api) { try await hand(PluginMessage.recordings($0).line()) }
        case .accessEvents(let recording, let since):
            guard let source = source as? any AccessReporting else { throw missing("access events") }
            try await source.accessEvents(of: recording, since: since, api: api) { events in
                try await hand(PluginMessage.line(accessEvents: events))
            }
        case .media(let recording):
            guard let source = source as? any MediaProviding else { throw missing("media") }
            try await hand(PluginMessage.media(try await source.media(of: recording, api: api)).line())
        }
    }

    private func hand(_ line: [UInt8]) async throws {
        guard case .proceed = try await connection.ask(line) else {
            throw ProtocolViolation("something handed over was not answered with \"continue\"")
        }
    }

    private func missing(_ what: String) -> TapedeckError {
        TapedeckError(.connectorFailed, "The connector has no \(what).")
    }
}
