import Synchronization

@testable import TapedeckCLI

/// A file system in memory, with the folder `/clinic` as the current one.
final class MemoryFiles: Sendable {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var folders: Set<String> = ["/", "/clinic"]
        var readOnly: Set<String> = []
        var open: Set<String> = []
        var executable: Set<String> = []
        var shared: Set<String> = []
    }

    private let state = Mutex(State())

    init(_ files: [String: String] = [:]) {
        for (path, text) in files { put(path, text) }
    }

    func put(_ path: String, _ text: String) {
        state.withLock { $0.files[path] = Array(text.utf8) }
    }

    func putFolder(_ path: String) { state.withLock { _ = $0.folders.insert(path) } }

    func makeReadOnly(_ path: String) { state.withLock { _ = $0.readOnly.insert(path) } }

    func makeReadableByOthers(_ path: String) { state.withLock { _ = $0.open.insert(path) } }

    func makeExecutable(_ path: String) { state.withLock { _ = $0.executable.insert(path) } }

    func makeWritableByOthers(_ path: String) { state.withLock { _ = $0.shared.insert(path) } }

    func text(_ path: String) -> String? {
        state.withLock { $0.files[path].map { String(decoding: $0, as: UTF8.self) } }
    }

    var paths: [String] { state.withLock { $0.files.keys.sorted() } }

    var access: FileAccess {
        FileAccess(
            currentFolder: { "/clinic" },
            kind: { path in
                self.state.withLock { $0.folders.contains(path) ? .folder : $0.files[path] == nil ? .missing : .file }
            },
            isWritable: { path in self.state.withLock { !$0.readOnly.contains(path) } },
            isReadableByOthers: { path in self.state.withLock { $0.open.contains(path) } },
            isExecutable: { path in self.state.withLock { $0.executable.contains(path) } },
            isWritableByOthers: { path in self.state.withLock { $0.shared.contains(path) } },
            names: { folder in
                self.state.withLock { state in
                    state.files.keys.filter { FilePath.parent(of: $0) == folder }.map { FilePath.name(of: $0) }
                }
            },
            resolved: { $0 },
            read: { path, limit in
                let content = self.state.withLock { $0.files[path] }
                guard let content else { throw FileAccess.Failure(reason: "No such file or directory") }
                guard content.count <= limit else {
                    throw FileAccess.Failure(reason: "it is larger than \(limit) bytes")
                }
                return content
            },
            readStart: { path, count in
                guard let content = self.state.withLock({ $0.files[path] }) else {
                    throw FileAccess.Failure(reason: "No such file or directory")
                }
                return Array(content.prefix(count))
            },
            createFolder: { path in self.state.withLock { _ = $0.folders.insert(path) } },
            writeNew: { path, bytes in
                try self.state.withLock { state in
                    guard state.files[path] == nil else { throw FileAccess.Failure(reason: "File exists") }
                    state.files[path] = bytes
                }
            },
            allowRunning: { path in self.makeExecutable(path) },
            overwrite: { path, bytes in self.state.withLock { $0.files[path] = bytes } }
        )
    }
}
