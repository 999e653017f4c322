import Digest
import RawJSON
package import RecordingKit

/// The list of everything that was done with media files, as a chain of lines that is only ever added to.
///
/// It owns the open file and holds a lock on it, so that there is one writer. What is held in memory does not grow with the list.
/// Thread-safe; its blocking calls run on a thread of their own.
package actor Manifest {
    /// Where the chain has come to; everything up to here is durable.
    package private(set) var head: ManifestHead

    private let file: OpenFile
    private let path: String
    private let tool: String
    private let operations: ManifestOperations
    private let executor = QueueExecutor(label: "tapedeck.manifest")
    private var unadopted: ManifestHead
    private var isBroken = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Opens, or begins, the manifest of a media folder and goes through what stands behind the known head.
    ///
    /// A last line without its end, as a killed run leaves it, is cut off. Nothing else is changed.
    ///
    /// - Parameters:
    ///   - folder: the media folder, which is made where it is missing; its manifest must be no symbolic link.
    ///   - knownHead: the head at the last commit of the ledger; nil when it knows of none, so that every line is handed over.
    ///   - tool: what to name as the writer of lines, such as `tapedeck/1.0.0`.
    /// - Throws: `TapedeckError` with code `media_store_failed` when the file is shorter than the known head, has another line there,
    ///   or goes on with lines that do not follow; `ledger_busy` when another process has it; `no_space`.
    package static func open(
        folder: String,
        knownHead: ManifestHead?,
        tool: String
    ) async throws -> Manifest {
        try await open(folder: folder, knownHead: knownHead, tool: tool, operations: .system)
    }

    static func open(
        folder: String,
        knownHead: ManifestHead?,
        tool: String,
        operations: ManifestOperations
    ) async throws -> Manifest {
        let opened = try await BlockingCalls.run {
            try ManifestOpening(folder: folder, knownHead: knownHead ?? .empty).perform()
        }
        return Manifest(opened, tool: tool, operations: operations)
    }

    private init(_ opened: ManifestOpening.Opened, tool: String, operations: ManifestOperations) {
        file = opened.file
        path = opened.path
        head = opened.head
        unadopted = opened.knownHead
        self.tool = tool
        self.operations = operations
    }

    /// The next lines behind the known head: those of a run that was killed before its ledger knew of them.
    ///
    /// - Parameter limit: how many lines to hand over at most.
    /// - Returns: the entries, and the head behind them to commit with them; nil when all were handed over.
    /// - Throws: `TapedeckError` with code `media_store_failed`.
    package func nextUncommitted(limit: Int = 1_000) throws -> (entries: [ManifestEntry], head: ManifestHead)? {
        guard unadopted.byteCount < head.byteCount else { return nil }
        do {
            var entries: [ManifestEntry] = []
            var chain = try ManifestChain(from: unadopted)
            var lines = ManifestLines(file, from: unadopted.byteCount)
            while entries.count < max(1, limit), chain.head.byteCount < head.byteCount, let line = try lines.next() {
                let link = try chain.take(line)
                guard line.isEnded, link.problem == nil, let entry = link.entry else {
                    throw ManifestFailure.changedMeanwhile(path)
                }
                entries.append(entry)
            }
            guard !entries.isEmpty else { throw ManifestFailure.changedMeanwhile(path) }
            unadopted = chain.head
            return (entries, chain.head)
        } catch {
            throw ManifestFailure.error(path, error)
        }
    }

    /// Appends entries and returns when they are durable; all of them or none.
    ///
    /// What was not handed over by ``nextUncommitted(limit:)`` yet is handed over no more: it counts as known.
    ///
    /// - Parameters:
    ///   - drafts: what to write, in this order.
    ///   - time: when, by the host's clock.
    /// - Returns: the new head, for the ledger's next commit.
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when another program has changed the file; `no_space`.
    package func append(_ drafts: [ManifestEntry.Draft], at time: Timestamp) throws -> ManifestHead {
        guard !isBroken else { throw ManifestFailure.broken(path) }
        guard !drafts.isEmpty else { return head }
        do {
            guard try file.status().size == head.byteCount else { throw ManifestFailure.changedMeanwhile(path) }
            let (bytes, newHead) = try encode(drafts, at: time)
            try put(bytes)
            head = newHead
            unadopted = newHead
            return newHead
        } catch {
            throw ManifestFailure.error(path, error)
        }
    }

    private func encode(
        _ drafts: [ManifestEntry.Draft],
        at time: Timestamp
    ) throws -> (bytes: [UInt8], head: ManifestHead) {
        let digests = try DigestContext()
        var bytes: [UInt8] = []
        var head = head
        for draft in drafts {
            let entry = ManifestEntry(
                number: head.number + 1,
                previous: head.hash,
                draft: draft,
                tool: tool,
                writtenAt: time
            )
            var writer = JSONWriter()
            entry.write(to: &writer)
            let line = writer.take()
            guard ManifestEntry(line: line) == entry else { throw ManifestFailure.unwritable(draft.path) }
            head = ManifestHead(
                number: entry.number,
                hash: try digests.hash(line).lowercaseHex,
                byteCount: head.byteCount + Int64(line.count) + 1
            )
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        return (bytes, head)
    }

    private func put(_ bytes: [UInt8]) throws(SystemError) {
        do throws(SystemError) {
            var written = 0
            while written < bytes.count {
                do throws(SystemError) {
                    let count = try operations.write(file, bytes.span.extracting(written...))
                    guard count > 0 else { throw .inputOutput }
                    written += count
                } catch  where error.isInterruption {
                    continue
                }
            }
        } catch {
            cutBack()
            throw error
        }
        do throws(SystemError) {
            try operations.synchronize(file)
        } catch {
            // What the system dropped after this cannot be known, so nothing may be built upon it.
            isBroken = true
            cutBack()
            throw error
        }
    }

    /// Takes back what was begun; when that fails too, the next opening finds it.
    private func cutBack() {
        do {
            try file.truncate(to: head.byteCount)
        } catch {
            isBroken = true
        }
    }
}
