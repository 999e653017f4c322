import RecordingKit

extension TapedeckError {
    /// The platform asks for a longer wait than the configuration allows.
    static func waitTooLong(until end: Timestamp) -> TapedeckError {
        var error = TapedeckError(
            .waitTooLong,
            "The platform asks for a longer wait than limits.maxWait allows; what was read is kept."
        )
        error.retryAt = end
        return error
    }
}

extension Timestamp {
    /// The whole second in which a wait of `wait` from here is certainly over.
    func end(of wait: Duration) -> Timestamp { wholeSeconds.advanced(by: wait + .seconds(1)).wholeSeconds }
}
