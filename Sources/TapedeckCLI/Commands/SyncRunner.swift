import RecordingHost
import RecordingKit

/// Runs the host with the concrete stores.
struct SyncRunner {
    let context: CommandContext

    /// Sets up what reads the sources and fetches their media, where any are read, and runs `body` with it.
    ///
    /// - Parameter sources: the sources that will be read; nil for all.
    func withSession(
        _ configuration: LoadedConfiguration,
        sources: [String]?,
        _ body: @Sendable (SyncSession) async throws -> ExitCode
    ) async throws -> ExitCode {
        let (context, services) = (context, context.services)
        return try await services.withTransport { transport in
            guard let media = configuration.media, configuration.readsMedia(of: sources, context.registry) else {
                return try await body(
                    SyncSession(context: context, configuration: configuration, transport: transport, media: nil)
                )
            }
            let store = try services.makeMediaStore(media.store, transport)
            return try await services.withMediaTransport(media.bytesPerSecond) { mediaTransport in
                let facilities = MediaFacilities(
                    transport: mediaTransport,
                    store: store,
                    settings: media.settings,
                    tool: services.toolName
                )
                return try await body(
                    SyncSession(
                        context: context,
                        configuration: configuration,
                        transport: transport,
                        media: facilities
                    )
                )
            }
        }
    }
}

extension LoadedConfiguration {
    /// Whether media of any of these sources, nil for all, are wanted and can be had.
    func readsMedia(of sources: [String]?, _ registry: ConnectorRegistry) -> Bool {
        host.sources.contains { source in
            (sources?.contains(source.id) ?? true) && source.reads.contains(.media)
                && registry[source.connector]?.descriptor.produces.contains(.media) == true
        }
    }
}
