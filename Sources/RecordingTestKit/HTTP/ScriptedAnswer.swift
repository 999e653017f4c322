public import RecordingHost
public import RecordingKit

/// What a scripted transport does with one request.
public struct ScriptedAnswer: Sendable {
    enum Kind: Sendable {
        case response(@Sendable (TransportRequest) -> TransportResponse)
        case failure(TransportError)
        case hang
    }

    let kind: Kind

    /// Answers with JSON.
    public static func json(_ json: JSONLiteral, status: Int = 200, headers: HTTPHeaders = [:]) -> ScriptedAnswer {
        body(json.bytes, type: "application/json", status: status, headers: headers)
    }

    /// Answers with JSON that is given as text, which may be broken on purpose.
    public static func json(text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> ScriptedAnswer {
        body(Array(text.utf8), type: "application/json", status: status, headers: headers)
    }

    /// Answers with any bytes; `type` goes into `Content-Type` unless `headers` holds one.
    public static func body(
        _ bytes: [UInt8],
        type: String,
        status: Int = 200,
        headers: HTTPHeaders = [:]
    ) -> ScriptedAnswer {
        var headers = headers
        if headers["Content-Type"] == nil { headers.add("Content-Type", type) }
        let response = TransportResponse(status: status, headers: headers, body: bytes)
        return .responding { _ in response }
    }

    /// Answers with a status and header fields, without content.
    public static func status(_ status: Int, headers: HTTPHeaders = [:]) -> ScriptedAnswer {
        let response = TransportResponse(status: status, headers: headers)
        return .responding { _ in response }
    }

    /// Answers with what `make` makes of the request.
    public static func responding(
        _ make: @escaping @Sendable (TransportRequest) -> TransportResponse
    ) -> ScriptedAnswer {
        ScriptedAnswer(kind: .response(make))
    }

    /// Fails without an answer.
    public static func failure(_ kind: TransportError.Kind) -> ScriptedAnswer {
        ScriptedAnswer(kind: .failure(TransportError(kind, "scripted failure")))
    }

    /// Never answers; the call ends only when its task is cancelled.
    public static let hang = ScriptedAnswer(kind: .hang)
}
