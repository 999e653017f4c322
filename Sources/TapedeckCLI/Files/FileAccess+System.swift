#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension FileAccess {
    /// The machine's file system.
    static let system = FileAccess(
        currentFolder: { SystemCall.resolved(".") ?? "/" },
        kind: { path in
            guard let status = SystemCall.status(path) else { return .missing }
            return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
        },
        isWritable: { unsafe access($0, W_OK) == 0 },
        isReadableByOthers: { path in
            guard let status = SystemCall.status(path) else { return false }
            return status.st_mode & (S_IRGRP | S_IROTH) != 0
        },
        isExecutable: { unsafe access($0, X_OK) == 0 },
        isWritableByOthers: { path in
            guard let status = SystemCall.status(path) else { return false }
            return status.st_mode & (S_IWGRP | S_IWOTH) != 0
        },
        names: { try SystemCall.names(in: $0) },
        resolved: { SystemCall.resolved($0) ?? $0 },
        read: { path, limit in
            try SystemCall.withDescriptor(path, flags: O_RDONLY | O_CLOEXEC) { descriptor in
                let content = try SystemCall.readAll(descriptor, upTo: limit + 1)
                guard content.count <= limit else { throw Failure(reason: "it is larger than \(limit) bytes") }
                return content
            }
        },
        readStart: { path, count in
            try SystemCall.withDescriptor(path, flags: O_RDONLY | O_CLOEXEC) { descriptor in
                try SystemCall.readAll(descriptor, upTo: count)
            }
        },
        createFolder: { path in
            var folder = ""
            for part in path.split(separator: "/") {
                folder += "/" + part
                guard unsafe mkdir(folder, 0o700) != 0, errno != EEXIST, errno != EISDIR else { continue }
                let failure = SystemCall.lastFailure()
                if SystemCall.status(folder) == nil { throw failure }
            }
        },
        writeNew: { path, bytes in
            try SystemCall.withDescriptor(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC) { descriptor in
                try SystemCall.writeAll(bytes, to: descriptor)
            }
        },
        allowRunning: { path in
            guard let status = SystemCall.status(path) else { throw SystemCall.lastFailure() }
            let readers = status.st_mode & (S_IRUSR | S_IRGRP | S_IROTH)
            // Whoever may read it may run it: each right to run stands two bits below that to read.
            guard unsafe chmod(path, status.st_mode & 0o777 | readers >> 2) == 0 else { throw SystemCall.lastFailure() }
        },
        overwrite: { path, bytes in
            try SystemCall.withDescriptor(path, flags: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC) { descriptor in
                try SystemCall.writeAll(bytes, to: descriptor)
            }
        }
    )
}

/// The system's own functions with Swift's values around them.
private enum SystemCall {
    static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    static func names(in folder: String) throws -> [String] {
        guard let stream = unsafe opendir(folder) else { throw lastFailure() }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func withDescriptor<Result>(
        _ path: String,
        flags: Int32,
        _ body: (Int32) throws -> Result
    ) throws -> Result {
        let descriptor = unsafe open(path, flags, 0o644)
        guard descriptor >= 0 else { throw lastFailure() }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    static func readAll(_ descriptor: Int32, upTo limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while content.count < limit {
            let wanted = min(chunk.count, limit - content.count)
            let count = retrying { unsafe read(descriptor, &chunk, wanted) }
            if count == 0 { break }
            guard count > 0 else { throw lastFailure() }
            content += chunk.prefix(count)
        }
        return content
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = retrying {
                unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            }
            guard count > 0 else { throw lastFailure() }
            rest = rest.dropFirst(count)
        }
    }

    static func retrying(_ call: () -> Int) -> Int {
        while true {
            let count = call()
            if count >= 0 || errno != EINTR { return count }
        }
    }

    static func lastFailure() -> FileAccess.Failure {
        FileAccess.Failure(reason: unsafe String(cString: strerror(errno)))
    }
}
