package import RawJSON
package import RecordingKit

/// What the host says to a connector: one line each.
package enum HostMessage: Sendable {
    /// The first line: which versions of the protocol the host speaks.
    case hello(protocols: [Int], hostVersion: String)
    /// The source's settings, without the secret ones.
    case configure([String: SettingValue])
    /// The connector is to do something.
    case call(PluginCall)
    /// The answer to a request.
    case response(APIResponse)
    /// The answer to a paged request or to `next_page`.
    case page(PluginPage)
    /// There are no more pages.
    case end
    /// The request or the page could not be had.
    case failure(TapedeckError)
    /// What was handed over is taken.
    case proceed
    /// Stop: nothing is read any more.
    case cancel
}

/// A page as it travels: its items, or the whole answer in which they lie.
package struct PluginPage: Sendable {
    /// 1 for the first page.
    package let number: Int
    /// The status of the answer.
    package let status: Int
    /// The header fields of the answer.
    package let headers: HTTPHeaders
    /// What is sent of the content.
    package let content: Content

    /// What is sent of a page's content.
    package enum Content: Sendable {
        /// The items alone.
        case items([JSONValue])
        /// The whole answer, and the positions of the items in it that came before already.
        case whole(JSONValue, dropped: [Int])
    }

    /// Describes a page.
    package init(number: Int, status: Int, headers: HTTPHeaders, content: Content) {
        self.number = number
        self.status = status
        self.headers = headers
        self.content = content
    }
}

// MARK: - Writing

extension HostMessage {
    /// The message as one line, with its line feed.
    package var line: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        switch self {
        case .hello(let protocols, let version):
            writer.member("type", "hello")
            writer.name("protocols")
            writer.beginArray()
            for number in protocols { writer.integer(number) }
            writer.endArray()
            writer.name("host")
            writer.beginObject()
            writer.member("name", "tapedeck")
            writer.member("version", version)
            writer.endObject()
        case .configure(let settings):
            writer.member("type", "configure")
            writer.name("settings")
            SettingValue.object(settings).write(to: &writer)
        case .call(let call):
            writer.member("type", "call")
            call.writeMembers(to: &writer)
        case .response(let response):
            writer.member("type", "response")
            writer.writeAnswer(response.status, response.headers)
            writer.member("json", raw: response.json)
        case .page(let page):
            writer.member("type", "page")
            page.writeMembers(to: &writer)
        case .end: writer.member("type", "end")
        case .failure(let error):
            writer.member("type", "error")
            writer.name("error")
            FailureJSON.write(error, to: &writer)
        case .proceed: writer.member("type", "continue")
        case .cancel: writer.member("type", "cancel")
        }
        writer.endObject()
        writer.newline()
        return writer.take()
    }
}

extension JSONWriter {
    fileprivate mutating func writeAnswer(_ status: Int, _ headers: HTTPHeaders) {
        member("status", status)
        name("headers")
        HeaderJSON.write(headers, to: &self)
    }
}

extension PluginPage {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("number", number)
        writer.writeAnswer(status, headers)
        switch content {
        case .items(let items):
            writer.name("items")
            writer.beginArray()
            for item in items { writer.raw(item) }
            writer.endArray()
        case .whole(let json, let dropped):
            writer.member("json", raw: json)
            guard !dropped.isEmpty else { return }
            writer.name("dropped")
            writer.beginArray()
            for position in dropped { writer.integer(position) }
            writer.endArray()
        }
    }
}

// MARK: - Reading

extension HostMessage {
    /// Reads a line; members that are not known are passed over, because a later host may say more.
    ///
    /// - Throws: ``ProtocolViolation``, `JSONError`.
    package init(line: [UInt8]) throws {
        let message = try JSONDocument(parsing: line).root
        var reader = try MemberReader(message, "message")
        switch try reader.requiredText("type") {
        case "hello":
            let protocols = try reader.list("protocols").compactMap { $0.integer.flatMap { Int(exactly: $0) } }
            var host = try reader.object("host")
            self = .hello(protocols: protocols, hostVersion: try host?.text("version") ?? "")
        case "configure": self = .configure(reader.member("settings").map(SettingValue.members(of:)) ?? [:])
        case "call": self = .call(try PluginCall(message))
        case "response":
            let (status, headers) = try HostMessage.answer(&reader)
            guard let json = message["json"] else { throw reader.missing("json") }
            self = .response(APIResponse(status: status, headers: headers, json: json))
        case "page":
            guard let number = try reader.count("number") else { throw reader.missing("number") }
            let (status, headers) = try HostMessage.answer(&reader)
            let content: PluginPage.Content
            if let json = reader.member("json") {
                let dropped = try reader.list("dropped").compactMap { $0.integer.flatMap { Int(exactly: $0) } }
                content = .whole(json, dropped: dropped)
            } else {
                content = .items(try reader.list("items"))
            }
            self = .page(PluginPage(number: number, status: status, headers: headers, content: content))
        case "end": self = .end
        case "error":
            guard let error = reader.member("error") else { throw reader.missing("error") }
            self = .failure(try FailureJSON.readTrusted(error))
        case "continue": self = .proceed
        case "cancel": self = .cancel
        default: throw reader.wrong("type", "one that this version knows")
        }
    }

    private static func answer(_ reader: inout MemberReader) throws -> (status: Int, headers: HTTPHeaders) {
        guard let status = try reader.count("status") else { throw reader.missing("status") }
        return (status, try reader.member("headers").map(HeaderJSON.read) ?? HTTPHeaders())
    }
}
