import RecordingKit

/// What is said when files cannot be deleted.
enum MediaPurgeFailure {
    static func unclear(_ file: StoredMedium) -> TapedeckError {
        TapedeckError(
            .ledgerFailed,
            "The ledger does not say where a stored file of the source \"\(file.key.source)\" is and what it holds."
        )
    }

    static func wrongClock(_ now: Timestamp, _ last: Timestamp) -> TapedeckError {
        TapedeckError(
            .clockWrong,
            """
            This machine's clock shows \(now.wholeSeconds), and the ledger has noted a run at \(last.wholeSeconds): nothing is deleted \
            with a clock that may be wrong. Set it right.
            """
        )
    }
}
