import RecordingHost

/// The right to renew the tokens in a ledger, held as an advisory lock on a file beside it; it dies with its process.
actor FileTokenLock: TokenLock {
    private var file: OpenFile?

    /// Holds a file's lock for as long as the file is open; nil when there is nothing to lock.
    init(_ file: sending OpenFile?) { self.file = file }

    func release() { file = nil }

    /// The lock file of the ledger at `path`.
    static func path(_ path: String) -> String { path + ".tokens.lock" }

    /// Takes the lock; nil while another holder has it.
    static func take(_ path: String) throws(SystemError) -> sending OpenFile? {
        let file = try open(path)
        return try file.lock() ? file : nil
    }

    private static func open(_ path: String) throws(SystemError) -> sending OpenFile {
        do throws(SystemError) {
            return try OpenFile(path, as: .new)
        } catch {
            guard error.isExistingFile else { throw error }
            return try OpenFile(path, as: .existing)
        }
    }
}
