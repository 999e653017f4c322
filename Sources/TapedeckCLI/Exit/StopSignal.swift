/// A signal that asks the program to come to an end.
public enum StopSignal: Sendable, Hashable, CaseIterable {
    /// Someone pressed control-C (`SIGINT`).
    case interrupt
    /// The system or a supervisor wants the process gone (`SIGTERM`).
    case terminate

    /// 128 plus the signal's number, as a shell reports it.
    public var exitCode: ExitCode {
        switch self {
        case .interrupt: ExitCode(rawValue: 130)
        case .terminate: ExitCode(rawValue: 143)
        }
    }

    /// The signal's name.
    public var name: String {
        switch self {
        case .interrupt: "SIGINT"
        case .terminate: "SIGTERM"
        }
    }
}
