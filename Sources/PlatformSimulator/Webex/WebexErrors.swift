/// Bodies of errors as Webex writes them.
enum WebexErrors {
    static let unauthorized = "The request requires a valid access token set in the Authorization request header."

    static func response(_ status: Int, _ message: String, trackingID: String) -> HTTPResponse {
        var body = JSONBytes()
        body.raw("{\"message\":")
        body.string(message)
        body.raw(",\"errors\":[{\"description\":")
        body.string(message)
        body.raw("}],\"trackingId\":")
        body.string(trackingID)
        body.raw("}")
        return HTTPResponse(status: status, body: body.bytes)
    }
}
