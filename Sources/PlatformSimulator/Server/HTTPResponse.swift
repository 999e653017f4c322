/// A response before it is laid out as bytes.
struct HTTPResponse: Sendable {
    var status: Int
    var contentType = "application/json; charset=utf-8"
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var closes = false
    /// Every header field is written twice.
    var duplicatesHeaders = false
    /// The declared length, when it is to differ from the body's.
    var declaredLength: Int?
    /// No length is declared: the end of the connection ends the body.
    var omitsLength = false

    init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }

    /// - Parameter wallSeconds: the time for the `Date` field; zero leaves it out.
    func wireBytes(wallSeconds: Int64) -> [UInt8] {
        var bytes = headBytes(wallSeconds: wallSeconds)
        bytes.append(contentsOf: body)
        return bytes
    }

    func headBytes(wallSeconds: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + body.count)
        func line(_ name: String, _ value: String) {
            bytes.append(contentsOf: name.utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: value.utf8)
            bytes.append(13)
            bytes.append(10)
        }
        bytes.append(contentsOf: "HTTP/1.1 ".utf8)
        bytes.append(contentsOf: String(status).utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: Self.reason(status).utf8)
        bytes.append(13)
        bytes.append(10)
        for _ in 0..<(duplicatesHeaders ? 2 : 1) {
            if wallSeconds != 0 { line("Date", CivilTime.httpDate(wallSeconds)) }
            if !body.isEmpty || status != 204 { line("Content-Type", contentType) }
            for header in headers { line(header.name, header.value) }
        }
        if !omitsLength { line("Content-Length", String(declaredLength ?? body.count)) }
        if closes { line("Connection", "close") }
        bytes.append(13)
        bytes.append(10)
        return bytes
    }

    static func reason(_ status: Int) -> String {
        reasons[status] ?? "Status"
    }

    private static let reasons: [Int: String] = [
        200: "OK", 204: "No Content", 206: "Partial Content", 301: "Moved Permanently", 302: "Found", 303: "See Other",
        307: "Temporary Redirect",
        308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 409: "Conflict", 410: "Gone", 411: "Length Required", 413: "Content Too Large",
        415: "Unsupported Media Type", 416: "Range Not Satisfiable", 423: "Locked", 428: "Precondition Required",
        429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
