import RecordingKit

/// What is said when a folder cannot take or give a file.
enum FolderFailure {
    static func error(_ purpose: String, root: String, _ failure: SystemError) -> TapedeckError {
        if failure.isFullDisk || failure.isFullQuota {
            return TapedeckError(.noSpace, "\(purpose): there is no room left in \(root).")
        }
        let advice =
            switch failure {
            case _ where failure.isDenied: "Check who owns the folder, and whether it may be written to."
            case _ where failure.isSymbolicLink || failure.isNotAFolder || failure == .notAFile:
                "A symbolic link, or something that is no file, stands in the way; none is ever followed."
            case _ where failure.isMissing: "Something is missing; check that the disk is there."
            default: "Check the disk."
            }
        return TapedeckError(.mediaStoreFailed, "\(purpose) in \(root): \(failure). \(advice)")
    }

    static func outside(_ root: String) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "A file that is to be stored does not lie below \(root).")
    }

    static func otherSize(_ path: MediaPath) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "The file for \(path) has not the size that was counted while it was fetched.")
    }

    static func otherContent(_ path: MediaPath) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "Another file is at \(path) already; it was not overwritten. Move it elsewhere if it does not belong there."
        )
    }

    static func missing(_ path: MediaPath) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "There is no file for \(path).")
    }
}
