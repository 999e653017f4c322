import RecordingKit

/// What is said when a manifest cannot be used.
enum ManifestFailure {
    private static let wayOut =
        "Put back the missing part from a backup, or move the file aside, to a name that begins with "
        + "\"\(ManifestFile.name).\", to begin a new chain and keep the old one. It was left as it is."

    /// An error as it came from the system, with the file; one that says enough already is passed on.
    static func error(_ path: String, _ error: any Error) -> any Error {
        switch error {
        case let error as TapedeckError: error
        case is CancellationError: error
        case let failure as SystemError where failure.isFullDisk || failure.isFullQuota:
            TapedeckError(.noSpace, "There is no room left for \(path).")
        case let failure as SystemError where failure.isSymbolicLink || failure.isNotAFolder || failure == .notAFile:
            TapedeckError(
                .mediaStoreFailed,
                "\(path) cannot be used: a symbolic link, or something that is no file, stands in its place."
            )
        case let failure as SystemError:
            TapedeckError(.mediaStoreFailed, "\(path) cannot be used: \(failure).")
        default: TapedeckError(.mediaStoreFailed, "\(path) cannot be used: the cryptographic library failed.")
        }
    }

    static func gone(_ path: String, _ known: ManifestHead) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "\(path) is gone; it had \(known.number) entries. \(wayOut)")
    }

    static func shorter(_ path: String, _ known: ManifestHead) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "\(path) is shorter than the \(known.byteCount) bytes, \(known.number) entries, that the ledger knows. \(wayOut)"
        )
    }

    static func otherLine(_ path: String, _ known: ManifestHead) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "\(path) was changed: entry \(known.number) is not the one that the ledger knows. \(wayOut)"
        )
    }

    static func brokenChain(_ path: String, line: Int64, _ problem: String) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "\(path) was changed: at entry \(line), \(problem). \(wayOut)")
    }

    static func changedMeanwhile(_ path: String) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "\(path) was changed by another program while it was in use. \(wayOut)")
    }

    static func broken(_ path: String) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "\(path) could not be written; check the disk and run again.")
    }

    static func busy(_ path: String) -> TapedeckError {
        TapedeckError(.ledgerBusy, "Another run is writing to \(path); wait for it to end.")
    }

    static func unwritable(_ path: MediaPath) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "The entry for \(path) cannot be written to the manifest: it is too long or malformed."
        )
    }
}
