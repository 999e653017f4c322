import Digest
import RecordingKit

/// Compares the files of a store with the manifest: reads every file anew and hashes it.
///
/// It changes nothing and may run beside a run that adds files; what is added, purged or moved meanwhile is not found fault with.
/// Memory: about 100 bytes for each place that the manifest names, and 1 MiB for each task.
public struct MediaVerifier: Sendable {
    private let store: any MediaStore
    private let folder: String
    private let clock: any HostClock

    /// How many files are read at the same time; default as many as there are processors, at least 1.
    public var concurrency: Int
    /// How many findings are kept, default 1 000; more are only counted.
    public var findingLimit = 1_000
    /// How long a file that the manifest does not name may wait for its entry; default 2 s.
    public var settlingTime = Duration.seconds(2)

    /// Puts a verifier together.
    ///
    /// - Parameters:
    ///   - store: where the files are.
    ///   - manifestFolder: the local folder that the manifest is in.
    ///   - clock: how to wait for a run that is under way.
    public init(store: any MediaStore, manifestFolder: String, clock: any HostClock) {
        self.store = store
        folder = manifestFolder
        concurrency = ProcessorCount.online
        self.clock = clock
    }

    /// Checks the manifest's chain alone, and looks at no file.
    ///
    /// - Parameter anchor: a line that must be there, kept from an earlier time.
    /// - Returns: the head and what is wrong with the chain; the counts of files stay 0.
    /// - Throws: `TapedeckError` with code `media_store_failed` when the manifest cannot be read; `CancellationError`.
    @concurrent
    public func followManifest(expecting anchor: ManifestAnchor? = nil) async throws -> MediaVerification {
        try await naming {
            var audit = try await self.audit(anchor)
            audit.finish()
            return MediaVerification(audit, head: audit.head)
        }
    }

    /// Checks the manifest's chain, then every file.
    ///
    /// - Parameters:
    ///   - anchor: a line that must be there, kept from an earlier time.
    ///   - progress: takes news after each part of a file, from several tasks, one call at a time.
    /// - Throws: `TapedeckError` with code `media_store_failed` when the manifest cannot be read or the store cannot be listed; a file
    ///   that cannot be read is a finding. `CancellationError`.
    @concurrent
    public func verify(
        expecting anchor: ManifestAnchor? = nil,
        progress: @escaping @Sendable (MediaVerificationProgress) -> Void = { _ in }
    ) async throws -> MediaVerification {
        try await naming {
            var audit = try await self.audit(anchor)
            let head = audit.head
            let expected = audit.expected.presentCount
            let meter = VerificationMeter(
                MediaVerificationProgress(bytesTotal: audit.bytesExpected, filesTotal: expected),
                report: progress
            )
            var suspects = Suspects(limit: findingLimit)
            try await compareNames(audit, &suspects)
            try await compareContents(audit, meter, &suspects)
            try await settle(&audit, &suspects)
            audit.finish()
            var result = MediaVerification(audit, head: head)
            result.filesExpected = expected
            result.filesIntact = meter.filesIntact
            result.bytesRead = meter.bytesRead
            suspects.conclude(&result)
            return result
        }
    }

    // MARK: - Steps

    /// Reads the manifest; a line that is just being written is given time to end.
    private func audit(_ anchor: ManifestAnchor?) async throws -> ManifestAudit {
        var audit = try ManifestAudit(folder: folder, awaiting: anchor)
        try audit.readOn()
        if audit.isTorn {
            try await clock.sleep(until: clock.uptime + settlingTime)
            try audit.readOn()
        }
        return audit
    }

    /// Looks for names in the store that the manifest does not have, or has no longer.
    private func compareNames(_ audit: ManifestAudit, _ suspects: inout Suspects) async throws {
        var found: [Suspects.Suspect] = []
        var count = 0
        let limit = findingLimit
        var overflow: [MediaFinding.Kind: Int] = [:]
        try await store.list { names in
            for name in names {
                let expectation = audit.expected[try audit.expected.key(of: name)]
                guard expectation?.isPresent != true else { continue }
                let kind: MediaFinding.Kind = expectation == nil ? .extra : .remaining
                count += 1
                if count <= limit {
                    found.append(
                        .init(finding: MediaFinding(kind: kind, path: name, detail: nil), line: expectation?.line)
                    )
                } else {
                    overflow[kind, default: 0] += 1
                }
            }
        }
        suspects.add(found, overflow: overflow)
    }

    /// Reads and hashes every file that should be there.
    private func compareContents(
        _ audit: ManifestAudit,
        _ meter: VerificationMeter,
        _ suspects: inout Suspects
    ) async throws {
        let store = store
        let limit = max(1, concurrency)
        let found = try await withThrowingTaskGroup(of: Suspects.Suspect?.self) { group in
            var found = Suspects(limit: findingLimit)
            var running = 0
            try await audit.eachDue { due in
                if running == limit {
                    if let suspect = try await group.next() ?? nil { found.add(suspect) }
                    running -= 1
                }
                group.addTask {
                    try await FileCheck(store: store, due: due, meter: meter).finding().map {
                        Suspects.Suspect(finding: $0, line: due.line)
                    }
                }
                running += 1
            }
            for try await suspect in group { if let suspect { found.add(suspect) } }
            return found
        }
        suspects.add(found)
    }

    /// Lets go of what a run that is under way explains: an entry that was written meanwhile, or is about to be.
    private func settle(_ audit: inout ManifestAudit, _ suspects: inout Suspects) async throws {
        guard !suspects.isEmpty else { return }
        try audit.readOn()
        try await suspects.review(audit, store)
        guard suspects.mayBeUnderWay else { return }
        try await clock.sleep(until: clock.uptime + settlingTime)
        try audit.readOn()
        try await suspects.review(audit, store)
    }

    /// Runs the body and gives its errors a name.
    private func naming<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as SystemError where error.isMissing {
            throw TapedeckError(
                .mediaStoreFailed,
                "There is no media folder at \(folder). Check \"media.directory\", and that the disk is there."
            )
        } catch {
            throw ManifestFailure.error(FilePath.absolute(folder) + "/" + ManifestFile.name, error)
        }
    }
}

extension MediaVerification {
    /// What the manifest alone says.
    fileprivate init(_ audit: ManifestAudit, head: ManifestAnchor) {
        self.init()
        self.head = head
        problemCount = audit.problemCount
        problems = audit.problems
    }
}
