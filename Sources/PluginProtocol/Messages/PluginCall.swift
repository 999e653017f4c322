import RawJSON
package import RecordingKit

/// Something that the host wants a connector to do; one at a time for each process.
package struct PluginCall: Sendable {
    /// What is wanted.
    package enum Task: Sendable {
        /// ``RecordingSource/check(api:)``.
        case check
        /// ``RecordingSource/listings(in:api:yield:)``.
        case listings(TimeWindow)
        /// ``RecordingSource/recordings(in:api:yield:)``.
        case recordings(Listing)
        /// ``AccessReporting/accessEvents(of:since:api:yield:)``.
        case accessEvents(Recording, since: Timestamp?)
        /// ``MediaProviding/media(of:api:)``.
        case media(Recording)
    }

    /// Tells the call from the others of the process.
    package let id: Int
    /// What is wanted.
    package let task: Task

    /// Numbers a task.
    package init(id: Int, task: Task) {
        self.id = id
        self.task = task
    }

    /// The method's name on the wire.
    package var method: String {
        switch task {
        case .check: "check"
        case .listings: "listings"
        case .recordings: "recordings"
        case .accessEvents: "access_events"
        case .media: "media"
        }
    }
}

extension PluginCall {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("method", method)
        writer.name("parameters")
        writer.beginObject()
        switch task {
        case .check: break
        case .listings(let window):
            writer.name("window")
            ListingJSON.write(window, to: &writer)
        case .recordings(let listing):
            writer.name("listing")
            ListingJSON.write(listing, to: &writer)
        case .accessEvents(let recording, let since):
            writer.name("recording")
            RecordingJSON.write(recording.withoutRaw, to: &writer)
            writer.member("since", since)
        case .media(let recording):
            writer.name("recording")
            RecordingJSON.write(recording.withoutRaw, to: &writer)
        }
        writer.endObject()
    }

    init(_ message: JSONValue) throws {
        var reader = try MemberReader(message, "call")
        guard let id = try reader.count("id") else { throw reader.missing("id") }
        let method = try reader.requiredText("method")
        guard var parameters = try reader.object("parameters") else { throw reader.missing("parameters") }
        func required(_ name: String) throws -> JSONValue {
            guard let member = parameters.member(name) else { throw parameters.missing(name) }
            return member
        }
        switch method {
        case "check": self.init(id: id, task: .check)
        case "listings": self.init(id: id, task: .listings(try ListingJSON.readWindow(required("window"))))
        case "recordings": self.init(id: id, task: .recordings(try ListingJSON.read(required("listing"))))
        case "access_events":
            let recording = try RecordingJSON.read(required("recording"))
            self.init(id: id, task: .accessEvents(recording, since: try parameters.timestamp("since")))
        case "media": self.init(id: id, task: .media(try RecordingJSON.read(required("recording"))))
        default: throw reader.wrong("method", "one that this version knows")
        }
    }
}

extension Recording {
    /// A connector that reads more of a recording is sure of its id, context and parameters alone.
    fileprivate var withoutRaw: Recording {
        var copy = self
        copy.raw = nil
        return copy
    }
}
