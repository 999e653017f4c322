import RawJSON
import RecordingKit

/// Turns what Webex sends into the common vocabulary.
enum WebexMapping {
    /// The sites of an account.
    ///
    /// - Throws: ``TapedeckError`` with code `malformed_response` when a site has no address or there is none at all: reading
    ///   nothing would look like an account without recordings.
    static func sites(_ answer: JSONValue) throws -> [String] {
        let sites = (answer["sites"]?.elements).map { Array($0) } ?? []
        let addresses = sites.compactMap { $0.text("siteUrl") }
        guard !addresses.isEmpty, addresses.count == sites.count else {
            throw TapedeckError(
                .malformedResponse,
                "Webex named no site, or one without an address; name the sites in the setting \"sites\"."
            )
        }
        return addresses
    }

    /// One row of the summary report, or nil when it has no id.
    ///
    /// - Parameters:
    ///   - row: the platform's object.
    ///   - host: the `hostEmail` that the report was asked with. The details of a recording are asked for with the same one,
    ///     because the report also lists what is only shared with that host; `all` has a meaning in this report alone.
    static func recording(_ row: JSONValue, listedFor host: String?) -> ListedRecording? {
        guard let id = row.identifier("recordingId") else { return nil }
        var recording = Recording(id: id, status: .available)
        recording.title = row["topic"]?.string
        recording.startedAt = row.time("timeRecorded")
        recording.host = Person(email: row.text("hostEmail"))
        recording.site = row.text("siteUrl")
        recording.raw = row
        recording.parameters["hostEmail"] = host == WebexScope.everyHost ? recording.host.email : host
        let views = row.count("viewCount")
        let downloads = row.count("downloadCount")
        return ListedRecording(
            recording,
            summary: views == nil && downloads == nil
                ? nil : AccessSummary(recordingID: id, views: views, downloads: downloads),
            accessRevision: revision(views: views, downloads: downloads)
        )
    }

    /// Every access changes a counter, so equal counters mean that there is nothing new; one counter alone cannot say that.
    private static func revision(views: Int64?, downloads: Int64?) -> AccessRevision {
        guard let views, let downloads else { return .unknown }
        return .revision(String(views) + ":" + String(downloads))
    }

    /// One row of the detail report, or nil when it says that it belongs to another recording.
    ///
    /// Rows have no id. What tells them apart is who, when and how; the spelling of the address and of the time, which may
    /// change from one answer to the next, is not part of it.
    static func event(_ row: JSONValue, of recordingID: String) -> AccessEvent? {
        guard row.kind == .object, (row.identifier("recordingId") ?? recordingID) == recordingID else { return nil }
        let actor = Person(name: row.text("name"), email: row.text("email"))
        let time = row.time("accessTime")
        let viewed = row["viewed"]?.boolean
        let downloaded = row["downloaded"]?.boolean
        var actions: [AccessAction] = []
        if viewed == true { actions.append(.view) }
        if downloaded == true { actions.append(.download) }
        let instant = time.map { "\($0.seconds).\($0.nanoseconds)" } ?? row["accessTime"]?.scalarText ?? ""
        var event = AccessEvent(
            identity: .derived([
                recordingID,
                actor.email.map { "email:\($0.lowercased())" } ?? actor.name.map { "name:\($0)" } ?? "",
                instant,
                flag(viewed),
                flag(downloaded),
            ]),
            recordingID: recordingID,
            actor: actor,
            actions: actions
        )
        event.occurredAt = time
        event.raw = row
        return event
    }

    /// Ends a listing that held rows which nothing could be made of.
    static func requireNone(_ count: Int, _ what: String) throws {
        guard count > 0 else { return }
        throw TapedeckError(.malformedResponse, "Webex sent \(count) \(what); everything else was read.")
    }

    private static func flag(_ value: Bool?) -> String { value.map { $0 ? "true" : "false" } ?? "" }
}

extension JSONValue {
    /// The text of a member; nil when it is absent, null or empty.
    fileprivate func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// An id, whether it is quoted or not.
    fileprivate func identifier(_ name: String) -> String? {
        guard let text = self[name]?.scalarText, !text.isEmpty else { return nil }
        return text
    }

    /// A time; one without a zone is UTC, because that was asked for.
    fileprivate func time(_ name: String) -> Timestamp? { self[name].flatMap { Timestamp($0) } }

    /// A counter, which the documentation types as a number of any form.
    fileprivate func count(_ name: String) -> Int64? {
        guard let member = self[name] else { return nil }
        let count = member.integer ?? member.double.flatMap(Int64.init(exactly:))
        return count.flatMap { $0 >= 0 ? $0 : nil }
    }
}
