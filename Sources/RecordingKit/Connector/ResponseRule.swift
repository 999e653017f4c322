public import RawJSON

/// An answer that means something else on one platform than the host's table says.
public struct ResponseRule: Sendable {
    /// What the host does.
    public enum Meaning: Sendable, Hashable {
        /// Treat it as a passing failure: wait and send again.
        case retry
        /// Treat it as a rate limit: everyone waits.
        case rateLimited
        /// Treat it as rejected credentials.
        case unauthorized
        /// Treat it as a failure with this code.
        case failure(TapedeckError.Code)
    }

    /// Every status that an answer can have.
    public static let anyStatus = 100...599

    /// The statuses that the rule is about.
    public let statuses: ClosedRange<Int>
    /// Where in a JSON body a value must be for the rule to hold; nil when the status alone decides.
    public let pointer: JSONPointer?
    /// The text, number or truth value that must be there; nil when anything but null will do.
    public let value: String?
    /// Where the answer says how long to wait, for the meanings that wait; nil to go by `Retry-After` and the rate signals.
    ///
    /// What cannot be read there counts as not said.
    public let wait: WaitSignal?
    /// What the answer means.
    public let meaning: Meaning

    /// The only status that the rule is about, or the first of them.
    public var status: Int { statuses.lowerBound }

    /// States a rule for one status.
    public init(
        status: Int,
        at pointer: JSONPointer? = nil,
        equals value: String? = nil,
        wait: WaitSignal? = nil,
        meaning: Meaning
    ) {
        self.init(statuses: status...status, at: pointer, equals: value, wait: wait, meaning: meaning)
    }

    /// States a rule for a range of statuses, such as ``anyStatus``.
    public init(
        statuses: ClosedRange<Int>,
        at pointer: JSONPointer? = nil,
        equals value: String? = nil,
        wait: WaitSignal? = nil,
        meaning: Meaning
    ) {
        self.statuses = statuses
        self.pointer = pointer
        self.value = value
        self.wait = wait
        self.meaning = meaning
    }
}
