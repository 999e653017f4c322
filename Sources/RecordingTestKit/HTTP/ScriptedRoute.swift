public import RecordingHost
import RecordingKit

/// Requests that are alike for a test, and what each of them in turn is answered with.
public struct ScriptedRoute: Sendable {
    let method: String
    let path: String
    let query: [String: String]
    let condition: @Sendable (TransportRequest) -> Bool
    let answers: [ScriptedAnswer]
    let repeatsLast: Bool

    /// Describes requests and their answers.
    ///
    /// - Parameters:
    ///   - method: the method's name.
    ///   - path: the whole path as it is sent, the base URL's included.
    ///   - query: parameters that must be there with these values; others may be there too.
    ///   - condition: anything else that must hold; default nothing.
    ///   - answers: given in this order, one a request.
    ///   - repeatsLast: whether the last answer is given for ever; default false, so that a further request is a failure.
    public init(
        _ method: String = "GET",
        _ path: String,
        query: [String: String] = [:],
        where condition: @escaping @Sendable (TransportRequest) -> Bool = { _ in true },
        answers: [ScriptedAnswer],
        repeatsLast: Bool = false
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.condition = condition
        self.answers = answers
        self.repeatsLast = repeatsLast
    }

    func matches(_ request: TransportRequest) -> Bool {
        request.method == method && request.url.path == path
            && query.allSatisfy { request.queryValue($0.key) == $0.value } && condition(request)
    }

    /// The answer to the request that comes after `count` others; nil when there is none left.
    func answer(after count: Int) -> ScriptedAnswer? {
        if count < answers.count { return answers[count] }
        return repeatsLast ? answers.last : nil
    }
}
