import PluginProtocol
import RawJSON
import RecordingKit

/// Puts what went wrong with a process into an error that may be shown.
enum ProcessFailure {
    /// The error to throw on.
    static func explained(_ error: any Error) -> any Error {
        switch error {
        case let end as ProcessEnd: TapedeckError(.connectorFailed, end.sentence)
        case let violation as ProtocolViolation:
            TapedeckError(.connectorFailed, "The connector broke the protocol: \(violation).")
        case let error as JSONError:
            TapedeckError(.connectorFailed, "The connector sent a line that is not JSON (\(error)).")
        default: error
        }
    }

    /// Whether it is the process that failed, and not what it was asked for.
    static func isOfProcess(_ error: any Error) -> Bool {
        error is ProcessEnd || error is ProtocolViolation || error is JSONError
    }
}
