extension FaultEffect {
    /// Whether the effect stands in place of the proper answer.
    var replacesAnswer: Bool {
        switch self {
        case .tooManyRequests, .locked, .serverError, .htmlPage, .emptyBody, .redirect, .resetBeforeResponse: true
        default: false
        }
    }

    /// The status and body of an effect that stands in place of the proper answer.
    ///
    /// - Parameter error: the platform's way to write an error body.
    func replacement(_ request: HTTPRequest, wallSeconds: Int64, error: (Int, String) -> HTTPResponse) -> HTTPResponse {
        func withRetryAfter(_ response: HTTPResponse, _ style: RetryAfterStyle) -> HTTPResponse {
            var response = response
            if let value = style.header(wallSeconds: wallSeconds) { response.headers.append(("Retry-After", value)) }
            return response
        }
        switch self {
        case .tooManyRequests(let style):
            return withRetryAfter(error(429, "Too many requests"), style)
        case .locked(let style):
            return withRetryAfter(error(423, "The requested resource is temporarily unavailable."), style)
        case .serverError(let status, let body, let style):
            return withRetryAfter(Self.serverError(status, body, error: error), style)
        case .htmlPage:
            return Self.html(200, "Please sign in")
        case .redirect(let status, let origin):
            var response = HTTPResponse(status: status)
            response.headers.append(("Location", origin + request.target))
            return response
        default:
            return HTTPResponse(status: 200)
        }
    }

    /// Lays out a response, and spoils it where the effect says so.
    func spoil(_ response: HTTPResponse, wallSeconds: Int64) -> WireReply {
        var response = response
        let half = Array(response.body.prefix(response.body.count / 2))
        func halfSent(_ ending: WireReply.Ending) -> WireReply {
            WireReply(bytes: response.headBytes(wallSeconds: wallSeconds) + half, ending: ending)
        }
        switch self {
        case .stallAfterHead:
            return WireReply(bytes: response.headBytes(wallSeconds: wallSeconds), ending: .stall)
        case .stallInBody:
            return halfSent(.stall)
        case .resetBeforeResponse:
            return WireReply(ending: .reset)
        case .resetInBody:
            return halfSent(.reset)
        case .shortBody:
            return halfSent(.close)
        case .truncatedJSON:
            response.body = half
            return WireReply(bytes: response.wireBytes(wallSeconds: wallSeconds))
        default:
            return WireReply(bytes: response.wireBytes(wallSeconds: wallSeconds))
        }
    }

    /// The wait that the effect tells clients to keep.
    var retryAfter: RetryAfterStyle {
        switch self {
        case .tooManyRequests(let style), .locked(let style): style
        case .serverError(_, _, let style): style
        default: .none
        }
    }

    private static func serverError(
        _ status: Int,
        _ body: ErrorBody,
        error: (Int, String) -> HTTPResponse
    ) -> HTTPResponse {
        switch body {
        case .json: error(status, HTTPResponse.reason(status))
        case .html: html(status, "\(status) \(HTTPResponse.reason(status))")
        case .empty: HTTPResponse(status: status)
        }
    }

    private static func html(_ status: Int, _ title: String) -> HTTPResponse {
        let page = "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        var response = HTTPResponse(status: status, body: Array(page.utf8))
        response.contentType = "text/html; charset=utf-8"
        return response
    }
}
