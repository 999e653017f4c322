/// Opens a manifest and compares it with what is known of it.
struct ManifestOpening: Sendable {
    let folder: String
    let knownHead: ManifestHead

    /// A manifest that is fit to be added to.
    struct Opened: Sendable {
        let file: OpenFile
        let path: String
        /// Where the ledger left it.
        let knownHead: ManifestHead
        /// Where it has come to.
        let head: ManifestHead
    }

    private var path: String { FilePath.absolute(folder) + "/" + ManifestFile.name }

    /// Does the blocking work.
    ///
    /// - Throws: `TapedeckError`.
    func perform() throws -> Opened {
        do {
            let (file, isNew) = try open()
            guard try file.lock() else { throw ManifestFailure.busy(path) }
            let known = isNew ? .empty : knownHead
            try checkKnownLine(in: file, known)
            let head = try follow(file, from: known)
            return Opened(file: file, path: path, knownHead: known, head: head)
        } catch {
            throw ManifestFailure.error(path, error)
        }
    }

    private func open() throws -> (file: OpenFile, isNew: Bool) {
        let root = FilePath.absolute(folder)
        try FilePath.makeFolder(root)
        let folder = try OpenFolder(root)
        if knownHead != .empty, try folder.status(of: ManifestFile.name) == nil, try !hasEarlierChain(folder) {
            throw ManifestFailure.gone(path, knownHead)
        }
        let (file, isNew) = try folder.appendableFile(ManifestFile.name)
        if isNew {
            try file.synchronize()
            try folder.synchronize()
        }
        return (file, isNew)
    }

    /// Whether someone has moved a manifest aside, on purpose, under a name that begins with its own.
    private func hasEarlierChain(_ folder: OpenFolder) throws(SystemError) -> Bool {
        try folder.entries().contains { !$0.isFolder && $0.name.hasPrefix(ManifestFile.name + ".") }
    }

    /// Checks that the line at the known head is the one that was there.
    private func checkKnownLine(in file: OpenFile, _ known: ManifestHead) throws {
        guard known.byteCount > 0 else { return }
        guard try file.status().size >= known.byteCount else { throw ManifestFailure.shorter(path, known) }
        let longest = Int64(ManifestEntry.longestLine) + 2
        let begin = max(0, known.byteCount - longest)
        var bytes = try file.readFully(at: begin, count: Int(known.byteCount - begin))
        guard bytes.count == Int(known.byteCount - begin), bytes.popLast() == UInt8(ascii: "\n") else {
            throw ManifestFailure.otherLine(path, known)
        }
        let line = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[($0 + 1)...] } ?? bytes[...]
        guard try MediaDigest.text(of: Array(line)) == known.hash,
            ManifestEntry(line: Array(line))?.number == known.number
        else { throw ManifestFailure.otherLine(path, known) }
    }

    /// Follows the chain from the known head to its end, and cuts a line off that has none.
    private func follow(_ file: OpenFile, from known: ManifestHead) throws -> ManifestHead {
        var chain = try ManifestChain(from: known)
        var lines = ManifestLines(file, from: known.byteCount)
        while let line = try lines.next() {
            guard line.isEnded else {
                try file.truncate(to: line.offset)
                try file.synchronize()
                break
            }
            let number = chain.head.number + 1
            if let problem = try chain.take(line).problem {
                throw ManifestFailure.brokenChain(path, line: number, problem)
            }
        }
        return chain.head
    }
}

extension OpenFile {
    /// The bytes from `offset` on, `count` of them unless the file ends before.
    fileprivate func readFully(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = try read(at: offset + Int64(bytes.count), count: count - bytes.count)
            guard !part.isEmpty else { break }
            bytes += part
        }
        return bytes
    }
}
