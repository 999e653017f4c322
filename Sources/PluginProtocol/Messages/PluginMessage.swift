package import RawJSON
package import RecordingKit

/// What a connector says to the host: one line each.
package enum PluginMessage: Sendable {
    /// The first line: the version that is spoken from now on, and what the connector is.
    case hello(version: Int, ConnectorDescription)
    /// The settings are taken.
    case ready
    /// What follows belongs to this call.
    case begin(id: Int)
    /// One part of the source.
    case listing(Listing)
    /// A page of recordings.
    case recordings([ListedRecording])
    /// A page of access events; what they are of is known when they are read.
    case accessEvents(AccessEventRows)
    /// What there is of a recording's media.
    case media(MediaAvailability)
    /// Send this.
    case request(APIRequest)
    /// Send this, and page through what comes.
    case pages(APIRequest, Paging, pager: Int, whole: Bool)
    /// Send me the next page.
    case nextPage(pager: Int)
    /// A sign of life, for people.
    case progress(String)
    /// Not everything of the last page could be used; see ``APIClient/holdPlace()``.
    case holdPlace
    /// The call is done.
    case done(id: Int)
    /// The call, or the settings when there is no call, cannot be done.
    case failed(id: Int?, TapedeckError)
}

/// What a connector says of itself.
package struct ConnectorDescription: Sendable {
    /// What it is and needs.
    package let descriptor: ConnectorDescriptor
    /// Its own version.
    package let version: String?

    /// Puts both together.
    package init(descriptor: ConnectorDescriptor, version: String?) {
        self.descriptor = descriptor
        self.version = version
    }
}

/// A page of access events as it came: what they are of is known to whoever asked.
package struct AccessEventRows: Sendable {
    fileprivate let rows: [JSONValue]
    fileprivate let items: [JSONValue]

    /// Reads the events, which are of one recording.
    ///
    /// - Throws: ``ProtocolViolation``.
    package func events(of recordingID: String) throws -> [AccessEvent] {
        try rows.map { try AccessEventJSON.read($0, of: recordingID, items: items) }
    }
}

// MARK: - Reading

extension PluginMessage {
    /// Reads a line that was parsed.
    ///
    /// - Parameters:
    ///   - message: the line.
    ///   - items: the items of the page that was sent last, to which records may refer.
    /// - Throws: ``ProtocolViolation``.
    package init(_ message: JSONValue, items: [JSONValue] = []) throws {
        guard message.kind == .object, let type = message["type"]?.string else {
            throw ProtocolViolation("it sent something that is not a message")
        }
        var reader = try MemberReader(message, "\(type) message", seen: 1)
        switch type {
        case "recordings":
            self = .recordings(try reader.list("records").map { try RecordingJSON.readListed($0, items: items) })
            try reader.finish(["type", "records"])
        case "access_events":
            self = .accessEvents(AccessEventRows(rows: try reader.list("events"), items: items))
            try reader.finish(["type", "events"])
        case "request": self = try PluginMessage.request(&reader)
        case "next_page":
            self = .nextPage(pager: try reader.count("pager") ?? 0)
            try reader.finish(["type", "pager"])
        case "listing":
            guard let listing = reader.member("listing") else { throw reader.missing("listing") }
            self = .listing(try ListingJSON.read(listing))
            try reader.finish(["type", "listing"])
        case "media": self = .media(try MediaJSON.read(message))
        case "begin":
            guard let id = try reader.count("id") else { throw reader.missing("id") }
            self = .begin(id: id)
            try reader.finish(["type", "id"])
        case "done":
            guard let id = try reader.count("id") else { throw reader.missing("id") }
            self = .done(id: id)
            try reader.finish(["type", "id"])
        case "failed":
            guard let error = reader.member("error") else { throw reader.missing("error") }
            self = .failed(id: try reader.count("id"), try FailureJSON.read(error))
            try reader.finish(["type", "id", "error"])
        case "hold_place":
            self = .holdPlace
            try reader.finish(["type"])
        case "progress":
            self = .progress(try reader.text("message") ?? "")
            try reader.finish(["type", "message"])
        case "ready":
            self = .ready
            try reader.finish(["type"])
        case "hello": self = try PluginMessage.hello(&reader)
        default: throw ProtocolViolation("it sent a message of a type that is not part of the protocol")
        }
    }

    private static func hello(_ reader: inout MemberReader) throws -> PluginMessage {
        guard let version = try reader.count("protocol") else { throw reader.missing("protocol") }
        // What another version says of itself may look different.
        guard version == ProtocolVersion.current else { throw ProtocolViolation.version(version) }
        guard let connector = reader.member("connector") else { throw reader.missing("connector") }
        let description = try DescriptorJSON.read(connector)
        try reader.finish(["type", "protocol", "connector"])
        return .hello(version: version, description)
    }

    private static func request(_ reader: inout MemberReader) throws -> PluginMessage {
        guard let value = reader.member("request") else { throw reader.missing("request") }
        let request = try RequestJSON.read(value)
        let paging = try reader.member("paging").map(PagingJSON.read)
        let pager = try reader.count("pager")
        let whole = try reader.boolean("whole")
        try reader.finish(["type", "request", "paging", "pager", "whole"])
        guard let paging else {
            guard pager == nil, whole == nil else {
                throw ProtocolViolation("its request message has a pager or \"whole\" without paging")
            }
            return .request(request)
        }
        return .pages(request, paging, pager: pager ?? 0, whole: whole ?? false)
    }
}

extension ProtocolViolation {
    /// A connector that speaks another version.
    static func version(_ number: Int) -> ProtocolViolation {
        ProtocolViolation(
            "it speaks version \(number) of the protocol, and this host speaks version \(ProtocolVersion.current)"
        )
    }
}

// MARK: - Writing

extension PluginMessage {
    /// The message as one line, with its line feed.
    ///
    /// - Throws: ``ProtocolViolation`` when a request cannot be said in JSON.
    package func line() throws -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        switch self {
        case .hello(let version, let description):
            writer.member("type", "hello")
            writer.member("protocol", version)
            writer.name("connector")
            DescriptorJSON.write(description, to: &writer)
        case .ready: writer.member("type", "ready")
        case .begin(let id):
            writer.member("type", "begin")
            writer.member("id", id)
        case .listing(let listing):
            writer.member("type", "listing")
            writer.name("listing")
            ListingJSON.write(listing, to: &writer)
        case .recordings(let records):
            writer.member("type", "recordings")
            writer.name("records")
            writer.beginArray()
            for record in records { RecordingJSON.write(record, to: &writer) }
            writer.endArray()
        case .accessEvents(let events):
            writer.member("type", "access_events")
            writer.name("events")
            writer.beginArray()
            for row in events.rows { writer.raw(row) }
            writer.endArray()
        case .media(let media):
            writer.member("type", "media")
            MediaJSON.write(media, to: &writer)
        case .request(let request):
            writer.member("type", "request")
            writer.name("request")
            try RequestJSON.write(request, to: &writer)
        case .pages(let request, let paging, let pager, let whole):
            writer.member("type", "request")
            writer.name("request")
            try RequestJSON.write(request, to: &writer)
            writer.name("paging")
            PagingJSON.write(paging, to: &writer)
            writer.member("pager", pager)
            writer.member("whole", ifTrue: whole)
        case .nextPage(let pager):
            writer.member("type", "next_page")
            writer.member("pager", pager)
        case .holdPlace: writer.member("type", "hold_place")
        case .progress(let text):
            writer.member("type", "progress")
            writer.member("message", text)
        case .done(let id):
            writer.member("type", "done")
            writer.member("id", id)
        case .failed(let id, let error):
            writer.member("type", "failed")
            writer.member("id", id)
            writer.name("error")
            FailureJSON.write(error, to: &writer)
        }
        writer.endObject()
        writer.newline()
        return writer.take()
    }

    /// A page of access events as one line.
    package static func line(accessEvents events: [AccessEvent]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", "access_events")
        writer.name("events")
        writer.beginArray()
        for event in events { AccessEventJSON.write(event, to: &writer) }
        writer.endArray()
        writer.endObject()
        writer.newline()
        return writer.take()
    }

}
