/// Which messages are shown on standard error.
enum LogLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case error
    case warning
    case info
    case debug

    static func < (left: LogLevel, right: LogLevel) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
