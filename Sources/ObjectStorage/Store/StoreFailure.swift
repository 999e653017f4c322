import RecordingHost
import RecordingKit

/// What is said when it is not the object storage that refuses something.
enum StoreFailure {
    static func otherContent(_ path: MediaPath) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "Another file is at \(path) already; it was not overwritten. Move it elsewhere if it does not belong there."
        )
    }

    static func missing(_ path: MediaPath) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "There is no file for \(path).")
    }

    static func changed(_ path: MediaPath) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "The file for \(path) was replaced or deleted while it was read.")
    }

    static func otherLocalContent(_ path: MediaPath) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "The file for \(path) is not as it was when it was fetched; nothing of it was stored."
        )
    }

    static func damaged(_ path: MediaPath) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "What the object storage keeps for \(path) has not the size or the checksum of what was sent."
        )
    }

    static func local(_ purpose: String, _ error: SystemError) -> TapedeckError {
        TapedeckError(.mediaStoreFailed, "\(purpose): \(error). Check the disk with the folder for files that wait.")
    }

    static func unexpected(_ purpose: String) -> TapedeckError {
        TapedeckError(
            .mediaStoreFailed,
            "\(purpose): the object storage answered with something that cannot be understood. Check the endpoint."
        )
    }
}
