import Digest
import RecordingKit

/// Reads one file and compares it with what the manifest says.
struct FileCheck: Sendable {
    let store: any MediaStore
    let due: ManifestAudit.Due
    let meter: VerificationMeter

    /// What is wrong with the file; nil when nothing is.
    ///
    /// - Throws: `CancellationError` alone.
    func finding() async throws -> MediaFinding? {
        var read: Int64 = 0
        do {
            let finding = try await compare(&read)
            meter.finish(skipped: due.bytes - read, isIntact: finding == nil)
            return finding
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            meter.finish(skipped: due.bytes - read, isIntact: false)
            return found(.unreadable, (error as? TapedeckError)?.reason ?? "it could not be read")
        }
    }

    private func compare(_ read: inout Int64) async throws -> MediaFinding? {
        guard let size = try await store.size(of: due.path) else { return found(.missing, nil) }
        guard size == due.bytes else { return found(.changed, "it has \(size) bytes; it had \(due.bytes)") }
        var hash = try SHA256()
        var count: Int64 = 0
        defer { read = count }
        try await store.read(due.path) { part in
            try hash.update(part)
            count += Int64(part.count)
            meter.add(bytes: part.count)
        }
        guard count == due.bytes else { return found(.changed, "it has \(count) bytes; it had \(due.bytes)") }
        let sha256 = try hash.finalize().lowercaseHex
        guard sha256 == due.sha256 else { return found(.changed, "its SHA-256 is \(sha256); it was \(due.sha256)") }
        return nil
    }

    private func found(_ kind: MediaFinding.Kind, _ detail: String?) -> MediaFinding {
        MediaFinding(kind: kind, path: due.path.text, detail: detail)
    }
}
