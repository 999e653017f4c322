public import RecordingHost
public import RecordingKit

/// What a scripted media transport does with one request.
public struct ScriptedMediaAnswer: Sendable {
    enum End: Sendable {
        case complete
        case failure(TransportError)
        case hang
    }

    let head: MediaResponseHead?
    let parts: [[UInt8]]
    let end: End

    /// Answers with `parts`, one after the other, as they are: no header field is added.
    ///
    /// - Parameters:
    ///   - status: the status code; default 200.
    ///   - headers: the header fields; default none.
    ///   - parts: the content, in the pieces in which it comes; default none.
    ///   - failure: how the transfer fails after the last part; default nil, it is complete.
    public static func answer(
        status: Int = 200,
        headers: HTTPHeaders = [:],
        parts: [[UInt8]] = [],
        failure: TransportError.Kind? = nil
    ) -> ScriptedMediaAnswer {
        let end = failure.map { End.failure(TransportError($0, "scripted failure")) } ?? .complete
        return ScriptedMediaAnswer(head: MediaResponseHead(status: status, headers: headers), parts: parts, end: end)
    }

    /// Answers with `parts` and then nothing; the call ends only when its task is cancelled.
    public static func hanging(
        status: Int = 200,
        headers: HTTPHeaders = [:],
        parts: [[UInt8]] = []
    ) -> ScriptedMediaAnswer {
        ScriptedMediaAnswer(head: MediaResponseHead(status: status, headers: headers), parts: parts, end: .hang)
    }

    /// Fails without an answer.
    public static func failure(_ kind: TransportError.Kind) -> ScriptedMediaAnswer {
        ScriptedMediaAnswer(head: nil, parts: [], end: .failure(TransportError(kind, "scripted failure")))
    }
}
