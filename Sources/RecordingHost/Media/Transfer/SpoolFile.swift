import Digest
import RecordingKit
import Synchronization

/// An unfinished file, and what takes its bytes: writes and hashes each part as it comes, and holds it to what was announced.
///
/// The lock in `state` makes it safe to look at while a transport's thread writes; there is one writer at a time.
final class SpoolFile: MediaReceiver {
    /// How far the file has come.
    struct Checkpoint: Sendable {
        var offset: Int64
        var sha256: String
        var length: Int64?
        var validator: FileValidator
    }

    /// How many bytes lie between two notes of how far the file has come.
    static let checkpointInterval: Int64 = 32 << 20
    /// What must stay free on the disk beside the file.
    static let reserve: Int64 = 64 << 20

    private struct State: ~Copyable {
        var file: OpenFile
        var hasher: SHA256
        var offset: Int64
        var noted: Int64
        var length: Int64?
        var validator: FileValidator
        var leading: [UInt8] = []
        var head: MediaResponseHead?
        var answer: MediaAnswer?
        var received: Int64 = 0
        var furthest: Int64 = 0
    }

    let path: String
    private let expectedLength: Int64?
    private let clock: any HostClock
    private let freeSpace: @Sendable () -> Int64?
    private let onCheckpoint: @Sendable (Checkpoint) -> Void
    private let state: Mutex<State>

    /// Opens the file; what it holds beyond the checkpoint is cut off, and what differs from it is thrown away.
    ///
    /// - Parameters:
    ///   - checkpoint: how far an earlier run came; nil for a new file.
    ///   - expectedLength: the length that the platform announced beside the link.
    ///   - freeSpace: how many bytes the disk still takes; nil when that is not known.
    ///   - onCheckpoint: told every now and then how far the file has come; called on the transport's thread.
    /// - Throws: `SystemError`, `DigestError`. Costs reading what is there.
    init(
        path: String,
        checkpoint: Checkpoint?,
        expectedLength: Int64?,
        clock: any HostClock,
        freeSpace: @escaping @Sendable () -> Int64?,
        onCheckpoint: @escaping @Sendable (Checkpoint) -> Void
    ) throws {
        self.path = path
        self.expectedLength = expectedLength
        self.clock = clock
        self.freeSpace = freeSpace
        self.onCheckpoint = onCheckpoint
        let (file, size) = try Self.open(path)
        var state = State(
            file: file,
            hasher: try SHA256(),
            offset: 0,
            noted: 0,
            length: nil,
            validator: FileValidator(etag: nil, lastModified: nil)
        )
        if let checkpoint, checkpoint.offset > 0, size >= checkpoint.offset,
            try Self.resume(&state, at: checkpoint)
        {
            try file.truncate(to: checkpoint.offset)
        } else {
            state.hasher = try SHA256()
            try file.truncate(to: 0)
        }
        self.state = Mutex(state)
    }

    private static func open(_ path: String) throws(SystemError) -> (file: OpenFile, size: Int64) {
        let file: OpenFile
        do throws(SystemError) {
            file = try OpenFile(path, as: .new)
        } catch {
            guard error.isExistingFile else { throw error }
            file = try OpenFile(path, as: .existing)
        }
        let status = try file.status()
        guard status.isRegularFile else { throw .notAFile }
        return (file, status.size)
    }

    /// Hashes what is there; false when it is not what was noted.
    private static func resume(_ state: inout State, at checkpoint: Checkpoint) throws -> Bool {
        var place: Int64 = 0
        while place < checkpoint.offset {
            let part = try state.file.read(at: place, count: Int(min(1 << 20, checkpoint.offset - place)))
            guard !part.isEmpty else { return false }
            try state.hasher.update(part)
            if place == 0 { state.leading = Array(part.prefix(LeadingBytes.count)) }
            place += Int64(part.count)
        }
        guard try state.hasher.finalize().lowercaseHex == checkpoint.sha256 else { return false }
        state.offset = checkpoint.offset
        state.furthest = checkpoint.offset
        state.noted = checkpoint.offset
        state.length = checkpoint.length
        state.validator = checkpoint.validator
        return true
    }

    // MARK: - Between two requests

    /// What the next request asks for: everything from here on, of this version.
    var place: (offset: Int64, validator: FileValidator) { state.withLock { ($0.offset, $0.validator) } }

    /// How many bytes were received in all, those included that were thrown away.
    var received: Int64 { state.withLock { $0.received } }

    /// The largest offset that was ever reached: a server that begins anew each time brings this no further.
    var furthest: Int64 { state.withLock { $0.furthest } }

    /// What the last answer meant, and its beginning.
    func takeAnswer() -> (answer: MediaAnswer, head: MediaResponseHead)? {
        state.withLock { state in
            guard let answer = state.answer, let head = state.head else { return nil }
            state.answer = nil
            return (answer, head)
        }
    }

    /// Throws away what is there.
    func startOver() throws {
        try state.withLock { state in try Self.startOver(&state) }
    }

    private static func startOver(_ state: inout State) throws {
        try state.file.truncate(to: 0)
        state.hasher = try SHA256()
        state.offset = 0
        state.noted = 0
        state.length = nil
        state.leading = []
        state.validator = FileValidator(etag: nil, lastModified: nil)
    }

    /// Whether everything is there that was announced; nil when nothing was.
    var isWhole: Bool? {
        state.withLock { state in (state.length ?? expectedLength).map { state.offset == $0 } }
    }

    /// How far the file has come, after making that durable.
    func checkpoint() throws -> Checkpoint {
        try state.withLock { state in
            try state.file.synchronize()
            return try Self.checkpoint(state)
        }
    }

    /// Checks the whole file and makes it durable.
    ///
    /// - Returns: its length and its hash.
    func finish() throws -> (bytes: Int64, sha256: String) {
        try state.withLock { state in
            if let expectedLength, state.offset != expectedLength {
                throw MediaFailure(.notMedia, "The file has another length than the platform announced.")
            }
            if let length = state.length, state.offset != length {
                throw MediaFailure(.truncatedResponse, "The file ended before its end.")
            }
            guard state.offset > 0 else { throw MediaFailure(.notMedia, "The file is empty.") }
            try Self.checkLeadingBytes(state)
            try state.file.synchronize()
            return (state.offset, try state.hasher.finalize().lowercaseHex)
        }
    }

    private static func checkpoint(_ state: borrowing State) throws -> Checkpoint {
        Checkpoint(
            offset: state.offset,
            sha256: try state.hasher.finalize().lowercaseHex,
            length: state.length,
            validator: state.validator
        )
    }

    private static func checkLeadingBytes(_ state: borrowing State) throws {
        guard !LeadingBytes.areOfAPage(state.leading) else {
            throw MediaFailure(.notMedia, "The server sends a page where the file was due.")
        }
    }

    // MARK: - Receiving

    func begin(_ head: MediaResponseHead) throws -> Bool {
        let now = clock.now
        return try state.withLock { state in
            let judge = MediaAnswerJudge(
                offset: state.offset,
                validator: state.validator,
                expectedLength: state.offset > 0 ? state.length ?? expectedLength : expectedLength
            )
            let answer = judge.judge(head, now: now)
            state.answer = answer
            state.head = head
            guard case .body(let place, let length) = answer else { return false }
            if place != state.offset { try Self.startOver(&state) }
            if state.offset == 0 { state.validator = FileValidator(head.headers) }
            state.length = length ?? expectedLength
            if let length = state.length, let free = freeSpace(), free < length - state.offset + Self.reserve {
                throw TapedeckError(.noSpace, "There is not enough room on the disk for the next file.")
            }
            return true
        }
    }

    func receive(_ part: Span<UInt8>) throws {
        let noted: Checkpoint? = try state.withLock { state in
            if let length = state.length, state.offset + Int64(part.count) > length {
                throw MediaFailure(.notMedia, "The server sends more than it announced.")
            }
            try Self.write(part, to: state.file)
            try state.hasher.update(part)
            state.offset += Int64(part.count)
            state.received += Int64(part.count)
            state.furthest = max(state.furthest, state.offset)
            if state.leading.count < LeadingBytes.count {
                for index in 0..<min(part.count, LeadingBytes.count - state.leading.count) {
                    state.leading.append(part[index])
                }
                if state.leading.count == LeadingBytes.count { try Self.checkLeadingBytes(state) }
            }
            guard state.offset - state.noted >= Self.checkpointInterval else { return nil }
            state.noted = state.offset
            return try Self.checkpoint(state)
        }
        if let noted { onCheckpoint(noted) }
    }

    private static func write(_ part: Span<UInt8>, to file: OpenFile) throws {
        var written = 0
        while written < part.count {
            do throws(SystemError) {
                written += try file.write(part.extracting(written...))
            } catch {
                if error.isInterruption { continue }
                if error.isFullDisk || error.isFullQuota {
                    throw TapedeckError(
                        .noSpace,
                        "The disk is full: make room, then run again; what was fetched is kept."
                    )
                }
                throw TapedeckError(.mediaStoreFailed, "A file cannot be written: \(error).")
            }
        }
    }
}
