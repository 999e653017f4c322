/// Why something could not be done, with everything that a person or a program needs to act on it and nothing that must not be shown.
///
/// It never holds a header, a query, a body, a title, a name, an e-mail or a credential. Two errors are equal when their codes are.
public struct TapedeckError: Error, Sendable {
    /// What went wrong; the set may grow.
    public let code: Code
    /// One safe sentence that says what happened and what to do.
    public let reason: String
    /// The configured source, once the host knows it.
    public var source: String?
    /// The endpoint as a template, such as `GET /users/{user}/calls`.
    public var endpoint: String?
    /// The status code of the answer, where there was one.
    public var status: Int?
    /// The platform's own id of the request, for its support.
    public var requestID: String?
    /// When it may work again, where the platform said so.
    public var retryAt: Timestamp?
    /// How many times the request was sent.
    public var attempts: Int?

    /// Describes a failure.
    ///
    /// - Parameters:
    ///   - code: what went wrong.
    ///   - reason: one sentence without personal data and secrets.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension TapedeckError: Equatable {
    /// Equal when the codes are.
    public static func == (left: TapedeckError, right: TapedeckError) -> Bool { left.code == right.code }
}

extension TapedeckError: CustomStringConvertible {
    /// The reason, then where and how often, in one line.
    public var description: String {
        var details: [String] = []
        if let source { details.append("source \(source)") }
        if let endpoint { details.append(endpoint) }
        if let status { details.append("status \(status)") }
        if let requestID { details.append("request id \(requestID)") }
        if let attempts, attempts > 1 { details.append("\(attempts) attempts") }
        if let retryAt { details.append("again at \(retryAt)") }
        return details.isEmpty ? "\(code): \(reason)" : "\(code): \(reason) (\(details.joined(separator: ", ")))"
    }
}
