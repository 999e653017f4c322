import ConnectorManifest
import Digest
import RecordingKit

/// Makes connectors of the files that an operator names.
struct PluginLoader {
    /// The largest manifest that is read.
    static let manifestLimit = 4 << 20

    let files: FileAccess
    let services: Services
    let console: Console

    /// Adds every connector that can be had to `registry`.
    ///
    /// - Returns: what is wrong with the others, and what is to be closed when the connectors are not needed any more.
    func load(
        _ entries: [PluginEntry],
        into registry: inout ConnectorRegistry
    ) async -> (problems: [PluginProblem], found: [FoundConnector]) {
        var problems: [PluginProblem] = []
        var all: [FoundConnector] = []
        for entry in entries {
            do {
                let found = try await connector(entry)
                all.append(found)
                try registry.register(found.descriptor, origin: found.origin, makeSource: found.makeSource)
            } catch let failure as ManifestFailure {
                problems += failure.problems.map {
                    PluginProblem(place: entry.place, message: "\(failure.fileName):\($0)")
                }
            } catch let failure as Refusal {
                problems.append(PluginProblem(place: entry.place, message: failure.message))
            } catch {
                let reason = (error as? TapedeckError)?.reason ?? "It cannot be loaded."
                problems.append(PluginProblem(place: entry.place, message: "\(entry.path): \(reason)"))
            }
        }
        return (problems, all)
    }

    /// The connector of one file.
    ///
    /// - Throws: `ManifestFailure`, ``Refusal``, or what running a program throws.
    func connector(_ entry: PluginEntry) async throws -> FoundConnector {
        guard files.kind(entry.path) == .file else {
            throw Refusal("There is no file \(entry.path).")
        }
        // A pinned file is compared with its pin each time it is read or started.
        guard entry.sha256 != nil || !files.isWritableByOthers(entry.path) else {
            throw Refusal(
                "\(entry.path) may be changed by others than its owner; run \"chmod go-w\" on it, or pin it with \"sha256\"."
            )
        }
        switch PluginRoute(entry.path, files) {
        case .manifest: return try manifest(entry)
        case .executable: return try await program(entry)
        case nil:
            throw Refusal(
                "\(entry.path) is neither a manifest, whose name ends in \".json5\", nor a program; set its mode with \"chmod +x\"."
            )
        }
    }

    private func manifest(_ entry: PluginEntry) throws -> FoundConnector {
        guard entry.arguments.isEmpty, entry.environment.isEmpty else {
            throw Refusal("\(entry.path) is a manifest, which takes neither \"arguments\" nor \"environment\".")
        }
        let bytes: [UInt8]
        do {
            bytes = try files.read(entry.path, Self.manifestLimit)
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw Refusal("\(entry.path) cannot be read: \(reason).")
        }
        let sha256 = try SHA256.hash(bytes).lowercaseHex
        if let wanted = entry.sha256, wanted != sha256 {
            throw Refusal("\(entry.path) is not the file that was pinned: its SHA-256 is \(sha256).")
        }
        let manifest = try ConnectorManifest(parsing: bytes, fileName: entry.path)
        return FoundConnector(
            descriptor: manifest.descriptor,
            origin: ConnectorOrigin(route: .manifest, version: manifest.version, path: entry.path, sha256: sha256),
            makeSource: { try manifest.makeSource(settings: $0) }
        )
    }

    private func program(_ entry: PluginEntry) async throws -> FoundConnector {
        let request = ProgramRequest(
            path: entry.path,
            arguments: entry.arguments,
            environment: entry.environment,
            sha256: entry.sha256
        )
        let name = FilePath.name(of: entry.path)
        return try await services.loadProgram(request) { [console] in console.log(.debug, "\(name): \($0)") }
    }

    /// Why a file is not taken, in one sentence.
    struct Refusal: Error {
        let message: String

        init(_ message: String) { self.message = message }
    }
}
