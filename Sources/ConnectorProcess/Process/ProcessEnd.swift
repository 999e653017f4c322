/// How a process ended by itself.
enum ProcessExit: Sendable, Hashable {
    /// It exited with a status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)
    /// Somebody else has collected its status.
    case unknown

    /// The words for it.
    var words: String {
        switch self {
        case .status(let status): "exit status \(status)"
        case .signal(let signal): "signal \(signal)"
        case .unknown: "exit status unknown"
        }
    }
}

/// Why nothing more comes from a process.
enum ProcessEnd: Error, Sendable, Hashable {
    /// It exited.
    case exited(ProcessExit)
    /// It closed its descriptor 4, and was ended.
    case closedOutput
    /// A line was longer than it may be.
    case lineTooLong
    /// It sent nothing, or did not read what it was sent, for so long that it was ended.
    case silent
    /// It was told to end.
    case ended

    /// One sentence for a report, without anything that the process said.
    var sentence: String {
        switch self {
        case .exited(let exit): "The connector's process ended in the middle of its work (\(exit.words))."
        case .closedOutput: "The connector's process closed its descriptor 4 in the middle of its work."
        case .lineTooLong: "The connector sent a line that is longer than allowed."
        case .silent: "The connector sent nothing, or read nothing, for longer than allowed, and its process was ended."
        case .ended: "The connector's process was ended."
        }
    }
}
