import Digest

/// Reads a manifest without changing it: checks its chain, and learns what should be in the store.
struct ManifestAudit {
    private(set) var expected: ExpectedFiles
    /// How many bytes the files that should be there have.
    private(set) var bytesExpected: Int64 = 0
    private(set) var problemCount = 0
    private(set) var problems: [ManifestProblem] = []
    /// Whether the file ends in the middle of a line, which a writer may be about to end.
    private(set) var isTorn = false
    private var chain: ManifestChain
    private var lineCount: Int64 = 0
    private var awaited: ManifestAnchor?
    private let root: OpenFolder
    private var file: OpenFile?

    private static let shownProblems = 100

    /// Opens the manifest of a folder; one that is not there is taken for one without lines.
    ///
    /// - Throws: `SystemError`, also when there is no folder.
    init(folder: String, awaiting anchor: ManifestAnchor? = nil) throws {
        root = try OpenFolder(FilePath.absolute(folder))
        expected = try ExpectedFiles()
        chain = try ManifestChain()
        awaited = anchor == .beginning ? nil : anchor
    }

    /// The last whole line.
    var head: ManifestAnchor { chain.head.anchor }

    /// Reads from where the last reading ended to the end of the file as it is now.
    ///
    /// - Throws: `SystemError`, `DigestError`; `CancellationError` between two lines.
    mutating func readOn() throws {
        guard let file = try opened() else { return }
        var lines = ManifestLines(file, from: chain.head.byteCount)
        isTorn = false
        while let line = try lines.next() {
            if lineCount % 1_024 == 0 { try Task.checkCancellation() }
            guard line.isEnded else {
                isTorn = true
                return
            }
            lineCount += 1
            let link = try chain.take(line)
            if let problem = link.problem { add(ManifestProblem(line: lineCount, reason: problem)) }
            if chain.head.anchor == awaited { awaited = nil }
            if let entry = link.entry { try learn(entry, at: line.offset) }
        }
    }

    /// Ends the reading: what is still awaited, or half written, does not come any more.
    mutating func finish() {
        if isTorn { add(ManifestProblem(line: lineCount + 1, reason: "it is cut off before its end")) }
        if let awaited {
            let reason = "entry \(awaited.number) with the expected hash is not there: it was cut off or written anew"
            add(ManifestProblem(line: nil, reason: reason))
        }
    }

    /// A file that should be in the store.
    struct Due: Sendable {
        let path: MediaPath
        let bytes: Int64
        let sha256: String
        /// The line that says so.
        let line: Int64
    }

    /// Names every file that should be in the store, reading the manifest a second time up to where the first reading ended.
    ///
    /// - Throws: `SystemError`, `DigestError`, what `body` throws.
    func eachDue(_ body: (Due) async throws -> Void) async throws {
        guard let file else { return }
        var lines = ManifestLines(file)
        while lines.place < chain.head.byteCount, let line = try lines.next() {
            guard let draft = ManifestEntry(line: line.bytes)?.draft else { continue }
            for path in draft.path.isQuarantined ? [draft.path] : [draft.path, draft.path.quarantined]
            where expected[try expected.key(of: path.text)] == .init(line: line.offset, isPresent: true) {
                try await body(Due(path: path, bytes: draft.bytes, sha256: draft.sha256, line: line.offset))
            }
        }
    }

    /// The manifest; nil as long as there is none.
    private mutating func opened() throws(SystemError) -> OpenFile? {
        if file == nil, try root.status(of: ManifestFile.name) != nil { file = try root.file(ManifestFile.name) }
        return file
    }

    private mutating func learn(_ entry: ManifestEntry, at offset: Int64) throws {
        let change = try expected.take(entry, at: offset)
        if change.isPresent { bytesExpected += entry.draft.bytes }
        for line in change.lines { bytesExpected -= try bytes(at: line) }
    }

    private func bytes(at offset: Int64) throws -> Int64 {
        guard let file else { return 0 }
        var lines = ManifestLines(file, from: offset, blockSize: 1_024)
        return try lines.next().flatMap { ManifestEntry(line: $0.bytes) }?.draft.bytes ?? 0
    }

    private mutating func add(_ problem: ManifestProblem) {
        problemCount += 1
        if problems.count < Self.shownProblems { problems.append(problem) }
    }
}
