import KismetConnector
import RecordingKit
import WebexConnector

/// The connectors that are compiled in, one line each.
enum AllConnectors {
    static func registry() throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        return registry
    }
}
