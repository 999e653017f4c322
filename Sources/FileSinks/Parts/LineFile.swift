import RecordingHost

/// One file of whole lines that is appended to, compressed or not.
struct LineFile {
    /// Its name, whose text is also the name of its part in a position.
    let name: PartName
    /// Bytes in the file.
    private(set) var length: Int64
    /// Bytes at the last place where the file may end: behind a whole line, or behind a whole frame.
    private(set) var wholeLength: Int64
    private(set) var mark: FileMark
    private let file: OpenFile
    private var compressor: (any Compressor)?
    private var hasOpenFrame = false
    private var isSynchronized = true

    /// How long one call that cannot take bytes now is waited for, and how many times in a row.
    private static let patience = (milliseconds: Int32(1_000), attempts: 10)

    /// Takes over a file whose content is `length` bytes of whole lines, the last of which `mark` holds.
    init(name: PartName, file: OpenFile, length: Int64, mark: FileMark) throws(CompressionError) {
        self.name = name
        self.file = file
        self.length = length
        self.mark = mark
        wholeLength = length
        compressor = try name.compression.makeCompressor()
    }

    /// Whether nothing was appended since the last ``finish(_:)``.
    var isFinished: Bool { isSynchronized && !hasOpenFrame }

    /// Appends lines; when that fails, the file is cut back to ``wholeLength``.
    mutating func append(_ lines: Span<UInt8>, _ operations: FileOperations) throws {
        guard !lines.isEmpty else { return }
        guard compressor != nil else {
            try put(lines, operations)
            wholeLength = length
            return
        }
        hasOpenFrame = true
        var output: [UInt8] = []
        try compressor?.compress(lines, into: &output)
        try put(output.span, operations)
    }

    /// Ends the frame and makes what was appended durable; does nothing when there is nothing.
    mutating func finish(_ operations: FileOperations) throws {
        if hasOpenFrame {
            var output: [UInt8] = []
            try compressor?.finish(into: &output)
            try put(output.span, operations)
            hasOpenFrame = false
            wholeLength = length
        }
        guard !isSynchronized else { return }
        try operations.synchronize(file)
        isSynchronized = true
    }

    /// The file's length as the system knows it, which differs from ``length`` when another program changed it.
    func actualLength() throws(SystemError) -> Int64 { try file.status().size }

    private mutating func put(_ bytes: Span<UInt8>, _ operations: FileOperations) throws(SystemError) {
        isSynchronized = false
        do {
            try Self.write(bytes, to: file, operations)
        } catch {
            // When cutting back fails too, the next recovery does it.
            try? file.truncate(to: wholeLength)
            throw error
        }
        length += Int64(bytes.count)
        mark.append(bytes)
    }

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
