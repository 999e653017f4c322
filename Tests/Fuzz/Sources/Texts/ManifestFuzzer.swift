import ConnectorManifest
import JSON5
import RecordingKit

extension Fuzzer {
    /// Manifests of declared connectors: a refusal names places in the file, and what is accepted can be registered and described.
    static let manifest = Fuzzer(name: "manifest") { bytes in
        do throws(ManifestFailure) {
            let manifest = try ConnectorManifest(parsing: bytes, fileName: "a.json5")
            demandUsable(manifest)
        } catch {
            let text = SourceText(bytes)
            demand(!error.problems.isEmpty, "a manifest is refused without a reason")
            for problem in error.problems {
                let position = JSON5Position(line: problem.line, column: problem.column)
                demand(
                    text.holds(position),
                    "a problem at a place that is not there: \(problem.line):\(problem.column)"
                )
                demand(!problem.message.isEmpty && !problem.message.contains("\n"), "a problem without a sentence")
            }
            demand(problems(of: bytes) == error.problems, "two readings say other things")
        }
    }

    private static func problems(of bytes: [UInt8]) -> [ManifestProblem] {
        do throws(ManifestFailure) {
            _ = try ConnectorManifest(parsing: bytes, fileName: "a.json5")
            return []
        } catch {
            return error.problems
        }
    }

    private static func demandUsable(_ manifest: ConnectorManifest) {
        let descriptor = manifest.descriptor
        var registry = ConnectorRegistry()
        do {
            try registry.register(descriptor) { try manifest.makeSource(settings: $0) }
        } catch {
            stop("a manifest is accepted that cannot be registered: \(error)")
        }
        demand(registry[descriptor.id]?.descriptor.id == descriptor.id, "a connector is not found by its id")
        demand(!descriptor.id.isEmpty && !descriptor.produces.isEmpty, "a connector without an id or records")
        _ = descriptor.settings.markdownTable
        // Many manifests want settings that are not given here.
        let parsed = descriptor.settings.parse([:])
        if parsed.problems.isEmpty { _ = try? manifest.makeSource(settings: parsed.settings) }
    }
}
