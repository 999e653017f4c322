import BundledManifests
import ConnectorManifest
import Digest
import KismetConnector
import RecordingKit
import WebexConnector

/// The connectors that are part of the program: those that are compiled in, one line each, and those that are declared.
enum AllConnectors {
    static func registry() throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        for file in BundledManifests.all {
            let manifest = try ConnectorManifest(parsing: file.bytes, fileName: file.name)
            let origin = ConnectorOrigin(
                route: .manifest,
                version: manifest.version,
                sha256: try SHA256.hash(file.bytes).lowercaseHex
            )
            try registry.register(manifest.descriptor, origin: origin) { try manifest.makeSource(settings: $0) }
        }
        return registry
    }
}
