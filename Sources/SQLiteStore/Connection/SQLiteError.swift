import CSQLite
import RecordingKit

/// A failure that SQLite reported: its code, and never the statement or a value.
struct SQLiteError: Error, Equatable {
    /// The extended result code.
    let code: Int32

    /// The code without the extension.
    var primary: Int32 { code & 0xFF }

    /// The code that says that nothing can be written.
    static let readOnly = SQLITE_READONLY

    /// SQLite's name for the primary code.
    var name: String { Self.names[primary] ?? "SQLITE code \(code)" }

    /// The failure as people and the host see it.
    ///
    /// - Parameters:
    ///   - file: the database's name without its folder.
    ///   - role: what the database is.
    func described(_ file: String, as role: StoreRole = .ledger) -> TapedeckError {
        role.refusal("\(role.noun) \(file) failed with \(name) (\(code)): \(advice(role))")
    }

    private func advice(_ role: StoreRole) -> String {
        if code == Self.symbolicLink {
            return "the file is a symbolic link; put the file itself there, or choose another path"
        }
        return switch primary {
        case SQLITE_FULL: "the disk is full; free space and run again, nothing that was committed is lost"
        case SQLITE_BUSY, SQLITE_LOCKED: "another program holds the file; stop it and run again"
        case SQLITE_READONLY: "the file cannot be written; check its owner and permissions and those of its folder"
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            "the file cannot be opened; check its owner and permissions and those of its folder"
        case SQLITE_CORRUPT: "the file is damaged; \(role.remedyForDamage)"
        case SQLITE_NOTADB: "the file is not an SQLite database; \(role.remedyForStranger)"
        case SQLITE_IOERR: "the disk or the file system reported an error; check both and run again"
        case SQLITE_NOMEM: "no memory is left"
        default: "this was not expected; run again, and report it if it stays"
        }
    }

    /// `SQLITE_CANTOPEN_SYMLINK`, a macro that Swift does not import.
    private static let symbolicLink = SQLITE_CANTOPEN | 6 << 8

    private static let names: [Int32: String] = [
        SQLITE_ERROR: "SQLITE_ERROR",
        SQLITE_INTERNAL: "SQLITE_INTERNAL",
        SQLITE_PERM: "SQLITE_PERM",
        SQLITE_ABORT: "SQLITE_ABORT",
        SQLITE_BUSY: "SQLITE_BUSY",
        SQLITE_LOCKED: "SQLITE_LOCKED",
        SQLITE_NOMEM: "SQLITE_NOMEM",
        SQLITE_READONLY: "SQLITE_READONLY",
        SQLITE_INTERRUPT: "SQLITE_INTERRUPT",
        SQLITE_IOERR: "SQLITE_IOERR",
        SQLITE_CORRUPT: "SQLITE_CORRUPT",
        SQLITE_NOTFOUND: "SQLITE_NOTFOUND",
        SQLITE_FULL: "SQLITE_FULL",
        SQLITE_CANTOPEN: "SQLITE_CANTOPEN",
        SQLITE_PROTOCOL: "SQLITE_PROTOCOL",
        SQLITE_SCHEMA: "SQLITE_SCHEMA",
        SQLITE_TOOBIG: "SQLITE_TOOBIG",
        SQLITE_CONSTRAINT: "SQLITE_CONSTRAINT",
        SQLITE_MISMATCH: "SQLITE_MISMATCH",
        SQLITE_MISUSE: "SQLITE_MISUSE",
        SQLITE_NOLFS: "SQLITE_NOLFS",
        SQLITE_AUTH: "SQLITE_AUTH",
        SQLITE_RANGE: "SQLITE_RANGE",
        SQLITE_NOTADB: "SQLITE_NOTADB",
    ]
}
