/// Where a command writes to, and what is known of the person or program on the other side.
public struct Output: Sendable {
    /// Takes bytes of results.
    public var standardOutput: @Sendable ([UInt8]) -> Void
    /// Takes bytes of messages and progress.
    public var standardError: @Sendable ([UInt8]) -> Void
    /// Whether a person watches the messages, so that lines may be drawn over; default false.
    public var isTerminal: Bool
    /// The width of the terminal in columns; default 80.
    public var width: Int

    /// Describes an output.
    public init(
        standardOutput: @escaping @Sendable ([UInt8]) -> Void,
        standardError: @escaping @Sendable ([UInt8]) -> Void,
        isTerminal: Bool = false,
        width: Int = 80
    ) {
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.isTerminal = isTerminal
        self.width = width
    }
}
