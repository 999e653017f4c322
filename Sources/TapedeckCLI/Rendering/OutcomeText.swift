import RecordingHost
import RecordingKit

/// How a source stands, in words for people.
enum OutcomeText {
    /// The state's name.
    static func name(of state: SourceState) -> String {
        switch state {
        case .complete: "complete"
        case .incomplete: "incomplete"
        case .failed: "failed"
        case .credentialsRejected: "credentials rejected"
        case .tryLater: "try later"
        case .stopped: "stopped"
        }
    }

    /// For which ranges everything was read, and what lies between them.
    static func coverage(_ ranges: [CompleteRange]) -> [String] {
        var lines: [String] = []
        for (index, range) in ranges.enumerated() {
            if let from = range.from {
                if index > 0 { lines.append("gap from \(ranges[index - 1].to) to \(from)") }
                lines.append("complete from \(from) to \(range.to)")
            } else {
                lines.append("complete from the beginning to \(range.to)")
            }
        }
        return lines
    }

    /// Records written, of all kinds.
    static func written(_ counts: SourceCounts) -> Int { counts.written.values.reduce(0, +) }

    /// What a person does next about a source.
    static func nextStep(_ status: SourceStatus?, source: String, connector: ConnectorDescriptor?) -> String {
        guard let outcome = status?.lastOutcome else { return "Run \"tapedeck sync \(source)\"." }
        switch outcome.state {
        case .complete: return "Nothing to do; \"tapedeck sync\" reads what is new."
        case .incomplete: return "Run \"tapedeck sync \(source)\" again; it reads only what is missing."
        case .failed: return "See the failure, then run \"tapedeck check \(source)\"."
        case .credentialsRejected: return connector?.credentialAdvice ?? "Check the credentials."
        case .tryLater:
            return outcome.retryAt.map { "Run \"tapedeck sync \(source)\" after \($0)." }
                ?? "Run \"tapedeck sync \(source)\" later."
        case .stopped: return "Run \"tapedeck sync \(source)\" to go on."
        }
    }
}
