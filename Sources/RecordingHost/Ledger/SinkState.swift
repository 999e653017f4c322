/// How far a sink has come, and what it lacks.
public struct SinkState: Sendable, Hashable {
    /// Where it is.
    public var position: SinkPosition
    /// What was written to the other sinks without this one, as their positions when that began, by their ids.
    ///
    /// Nil when it lacks nothing; empty when it lacks everything.
    public var lacksSince: [String: SinkPosition]?

    /// Describes a sink.
    public init(position: SinkPosition, lacksSince: [String: SinkPosition]? = nil) {
        self.position = position
        self.lacksSince = lacksSince
    }
}
