import RecordingHost
import RecordingKit

/// The right to write a ledger or another database, held as an advisory lock on a file beside it and given back when this object goes.
///
/// The lock dies with its process, so a file that a dead process left behind is no obstacle. The file itself stays: removing it
/// would let two processes lock two different files of one name.
final class LedgerLock {
    private let file: OpenFile

    /// Takes the lock of the database at `path`.
    ///
    /// - Throws: `TapedeckError` with code `ledger_busy` when another holder has it, and `ledger_failed` when the file cannot be used;
    ///   with the codes of `role` when it is another.
    init(of path: String, holder: LedgerHolder, role: StoreRole = .ledger) throws {
        do {
            file = try Self.open(path + ".lock")
            guard try file.lock() else {
                throw TapedeckError(
                    role.busy,
                    "\(role.noun) \(FilePath.name(path)) is held by \(Self.holder(of: file)); wait until it ends, or stop it"
                )
            }
            if try file.status().permissions & 0o077 != 0 { try file.setPermissions(0o600) }
            try file.truncate(to: 0)
            _ = try file.write(Array(holder.text.utf8).span)
        } catch let error as SystemError {
            throw TapedeckError(
                .ledgerFailed,
                "the lock file \(FilePath.name(path)) cannot be used: \(error); \(error.advice)"
            )
        }
    }

    /// Gives the lock back, and leaves no holder's name behind.
    func release() { try? file.truncate(to: 0) }

    private static func open(_ path: String) throws(SystemError) -> OpenFile {
        do {
            return try OpenFile(path, as: .new)
        } catch {
            guard error.isExistingFile else { throw error }
            return try OpenFile(path, as: .existing)
        }
    }

    private static func holder(of file: OpenFile) -> String {
        let bytes = (try? file.read(at: 0, count: 4_096)) ?? []
        return LedgerHolder(text: String(decoding: bytes, as: UTF8.self))?.description
            ?? "a process that has just begun"
    }
}
