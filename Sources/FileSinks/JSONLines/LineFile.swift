import RecordingHost

/// One file of whole lines that is appended to.
struct LineFile {
    /// Its name in the folder, which is also the name of its part in a position.
    let name: String
    /// Bytes of whole lines; nothing of this sink lies behind them.
    private(set) var length: Int64
    private let file: OpenFile
    private var isSynchronized = true

    /// How long one call that cannot take bytes now is waited for, and how many times in a row.
    private static let patience = (milliseconds: Int32(1_000), attempts: 10)

    /// Takes over a file whose content is `length` bytes of whole lines.
    init(name: String, file: OpenFile, length: Int64) {
        self.name = name
        self.file = file
        self.length = length
    }

    /// Appends lines; when that fails, the file is cut back so that it still ends with a whole line.
    mutating func append(_ lines: Span<UInt8>, _ operations: FileOperations) throws(SystemError) {
        do {
            isSynchronized = false
            try Self.write(lines, to: file, operations)
            length += Int64(lines.count)
        } catch {
            // When cutting back fails too, the next recovery does it.
            try? file.truncate(to: length)
            throw error
        }
    }

    /// Makes appended lines durable; does nothing when there are none.
    mutating func synchronize(_ operations: FileOperations) throws(SystemError) {
        guard !isSynchronized else { return }
        try operations.synchronize(file)
        isSynchronized = true
    }

    /// The file's length as the system knows it, which differs from ``length`` when another program changed it.
    func actualLength() throws(SystemError) -> Int64 { try file.status().size }

    private static func write(
        _ lines: Span<UInt8>,
        to file: OpenFile,
        _ operations: FileOperations
    ) throws(SystemError) {
        var written = 0
        var attempts = 0
        while written < lines.count {
            do throws(SystemError) {
                let count = try operations.write(file, lines.extracting(written..<lines.count))
                attempts = count > 0 ? 0 : attempts + 1
                written += count
            } catch {
                if error.isInterruption { continue }
                guard error.isTemporary else { throw error }
                attempts += 1
                guard attempts < patience.attempts else { throw error }
                file.waitUntilWritable(milliseconds: patience.milliseconds)
            }
            guard attempts < patience.attempts else { throw .inputOutput }
        }
    }
}
